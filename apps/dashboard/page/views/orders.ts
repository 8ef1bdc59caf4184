// The life of every order as a timeline, and the story of the one that is chosen.
import type { FrameOrder, RunFrame } from '../../src/run-frame.ts'
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
const WINDOW = {
  type: 'slider',
  yAxisIndex: 0,
  width: 14,
  right: 0,
  startValue: 0,
  endValue: AT_ONCE - 1,
} as const

/** Which orders are listed and drawn. */
const CHOICES: readonly (readonly [name: string, isShown: (order: FrameOrder) => boolean])[] = [
  ['all', () => true],
  ['not filled', ({ filled_ms }) => filled_ms === null],
  ['filled, not paid', ({ filled_ms, claimed_ms }) => filled_ms !== null && claimed_ms === null],
  ...['settled', 'refunded', 'expired', 'cancelled', 'rejected', 'pending'].map(
    (wanted) => [wanted, ({ end }: FrameOrder) => end === wanted] as const,
  ),
]

export const orderView: ViewKind = {
  id: 'orders',
  title: 'Orders',
  open(parent, { frame, source, ask }) {
    const choice = element('select')
    const list = element('div', { class: 'list', role: 'group', 'aria-label': 'Orders' })
    const story = element(
      'div',
      { 'aria-live': 'polite' },
      element(
        'p',
        {},
        'Choose an order, in the list or in the picture, to read its story and why it was filled or not.',
      ),
    )
    const left = element('div')
    const right = element('div', {}, element('label', {}, 'Orders: ', choice), list)
    parent.append(element('div', { class: 'columns' }, left, right), story)
    const chart = chartIn(
      left,
      'Life of each order, by stage; the list beside it and the story below say the same',
    )
    let isOpen = true
    let chosen = ''
    let shownOrders: readonly FrameOrder[] = []
    let nowMs = 0
    let listed = ''

    const choose = async (label: string) => {
      chosen = label
      markChosen()
      story.replaceChildren(element('p', {}, `Reading what happened to ${label} …`))
      const found = await ask<Story>(`${source}/orders/${encodeURIComponent(label)}`).catch(
        (error: Error) => error,
      )
      if (!isOpen || chosen !== label) return
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
    const markChosen = () => {
      for (const button of list.children)
        button.setAttribute('aria-current', String((button as HTMLElement).dataset.label === chosen))
    }
    const fillChoice = () => {
      const before = choice.value
      choice.replaceChildren(
        ...CHOICES.flatMap(([name, isShown]) => {
          const count = frame.orders.filter(isShown).length
          return count === 0 && name !== 'all' && name !== before
            ? []
            : [element('option', { value: name }, `${name} (${count})`)]
        }),
      )
      choice.value = before === '' ? 'all' : before
    }
    const fillList = () => {
      const [, isShown] = CHOICES.find(([name]) => name === choice.value)!
      shownOrders = frame.orders.filter(isShown)
      const lines = shownOrders.map(({ label, end }) => [label, end] as const)
      const text = JSON.stringify(lines)
      if (text === listed) return
      listed = text
      const focused =
        document.activeElement instanceof HTMLElement ? document.activeElement.dataset.label : undefined
      list.replaceChildren(
        ...lines.map(([label, end]) => {
          const button = element('button', { type: 'button', 'data-label': label }, `${label} – ${end}`)
          button.addEventListener('click', () => choose(label))
          return button
        }),
      )
      markChosen()
      // What had the keyboard keeps it while the run goes on.
      for (const button of list.children)
        if (focused !== undefined && (button as HTMLElement).dataset.label === focused)
          (button as HTMLElement).focus()
    }
    const draw = () => chart.set(lifeOf(frame, shownOrders, nowMs))
    choice.addEventListener('change', () => {
      fillList()
      chart.set({ dataZoom: [WINDOW] })
      draw()
    })
    fillChoice()
    fillList()
    chart.set({
      legend: { top: 0, textStyle: { color: ink() }, data: STAGES.map(([name]) => name) },
      grid: { left: 110, right: 20, top: 40, bottom: 60 },
      dataZoom: [WINDOW],
    })
    chart.onClick((label) => choose(label))
    return {
      show(atMs) {
        nowMs = atMs
        draw()
      },
      update() {
        fillChoice()
        fillList()
        draw()
      },
      dispose: () => {
        isOpen = false
        chart.dispose()
      },
    }
  },
}

/** The orders as they stood at a moment. */
function lifeOf(frame: RunFrame, orders: readonly FrameOrder[], atMs: number): Record<string, unknown> {
  return {
    xAxis: { type: 'value', name: 'minutes', nameLocation: 'middle', nameGap: 25, ...minutesOf(frame) },
    yAxis: { type: 'category', inverse: true, data: orders.map(({ label }) => label), ...axis() },
    series: [
      bar(
        'before',
        orders.map(({ signed_ms }) => (signed_ms ?? 0) / 60_000),
        true,
      ),
      ...STAGES.map(([name, from, to]) =>
        bar(
          name,
          orders.map((order) => lengthOf(order, from, to, atMs) / 60_000),
          false,
        ),
      ),
    ],
  }
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
  const isOverAtDeadline = to === 'awarded_ms' || to === 'filled_ms'
  const lastMs = end ?? (isOverAtDeadline ? (order.deadline_ms ?? atMs) : atMs)
  return Math.max(0, Math.min(atMs, lastMs) - start)
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
