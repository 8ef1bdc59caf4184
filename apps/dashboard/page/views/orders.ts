// The life of every order as a timeline, and the story of the one that is chosen.
import type { FrameOrder } from '../../src/run-frame.ts'
import { axis, chartIn, ink } from '../charts.ts'
import { clockText, element, table } from '../dom.ts'
import type { ViewKind } from '../view.ts'
import { minutesOf } from './series.ts'

interface Story {
  readonly label: string
  readonly end: string
  readonly answer: string
  readonly steps: readonly { readonly atMs: number; readonly node: string; readonly what: string }[]
}

const STAGES = [
  ['auction', 'signed_ms', 'awarded_ms'],
  ['filling', 'awarded_ms', 'filled_ms'],
  ['proving', 'filled_ms', 'proven_ms'],
  ['claiming', 'proven_ms', 'claimed_ms'],
] as const

const AT_ONCE = 40

export const orderView: ViewKind = {
  id: 'orders',
  title: 'Orders',
  open(parent, { frame, source, ask }) {
    const columns = element('div', { class: 'columns' })
    const left = element('div')
    const list = element('div', { class: 'list', 'aria-label': 'Orders' })
    const story = element(
      'div',
      { 'aria-live': 'polite' },
      element('p', {}, 'Choose an order to read its story.'),
    )
    columns.append(left, element('div', {}, element('h2', {}, 'Orders'), list))
    parent.append(columns, story)
    const chart = chartIn(left, 'Life of each order, by stage')
    const buttons = new Map<string, HTMLButtonElement>()
    let isOpen = true

    const choose = async (label: string) => {
      for (const [name, button] of buttons) button.setAttribute('aria-current', String(name === label))
      const found = await ask<Story>(`${source}/orders/${encodeURIComponent(label)}`).catch(
        (error: Error) => error,
      )
      if (!isOpen) return
      if (found instanceof Error) return story.replaceChildren(element('p', {}, found.message))
      story.replaceChildren(
        element('h2', {}, `Order ${found.label}: ${found.end}`),
        element('p', { class: 'answer' }, found.answer),
        table(
          'Step by step',
          ['time', 'node', 'what'],
          found.steps.map(({ atMs, node, what }) => [clockText(atMs), node, what]),
        ),
      )
    }
    const fillList = () => {
      for (const { label, end } of frame.orders) {
        const text = `${label} – ${end}`
        const known = buttons.get(label)
        if (known !== undefined) {
          if (known.textContent !== text) known.textContent = text
          continue
        }
        const button = element('button', { type: 'button' }, text)
        button.addEventListener('click', () => choose(label))
        buttons.set(label, button)
        list.append(button)
      }
    }
    fillList()
    chart.onClick((label) => choose(label))
    return {
      show: (atMs) =>
        chart.set({
          legend: { top: 0, textStyle: { color: ink() }, data: STAGES.map(([name]) => name) },
          grid: { left: 110, right: 20, top: 40, bottom: 60 },
          dataZoom: [
            { type: 'slider', yAxisIndex: 0, width: 14, right: 0, startValue: 0, endValue: AT_ONCE - 1 },
          ],
          xAxis: {
            type: 'value',
            name: 'minutes',
            nameLocation: 'middle',
            nameGap: 25,
            ...minutesOf(frame),
          },
          yAxis: { type: 'category', inverse: true, data: frame.orders.map(({ label }) => label), ...axis() },
          series: [
            bar(
              'before',
              frame.orders.map(({ signed_ms }) => (signed_ms ?? 0) / 60_000),
              true,
            ),
            ...STAGES.map(([name, from, to]) =>
              bar(
                name,
                frame.orders.map((order) => lengthOf(order, from, to, atMs) / 60_000),
                false,
              ),
            ),
          ],
        }),
      update: fillList,
      dispose: () => {
        isOpen = false
        chart.dispose()
      },
    }
  },
}

/** How long a stage has lasted by now; one that never ended lasts as long as the order was open to it. */
function lengthOf(
  order: FrameOrder,
  from: 'signed_ms' | 'awarded_ms' | 'filled_ms' | 'proven_ms',
  to: 'awarded_ms' | 'filled_ms' | 'proven_ms' | 'claimed_ms',
  atMs: number,
): number {
  const start = order[from]
  if (start === null || start > atMs) return 0
  const end = order[to]
  if (end === null && order.end === 'rejected') return 0
  return Math.max(0, Math.min(atMs, end ?? atMs) - start)
}

function bar(name: string, data: readonly number[], isHidden: boolean): object {
  return {
    type: 'bar',
    name,
    stack: 'life',
    data,
    ...(isHidden ? { itemStyle: { color: 'transparent' }, silent: true } : {}),
  }
}
