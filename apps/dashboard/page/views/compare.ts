// Two runs side by side: their measures at the moment and as lines, and the numbers of their summaries that differ.
import type { RunDifference, RunFrame } from '../../src/run-frame.ts'
import { element, shown, table } from '../dom.ts'
import type { ViewKind } from '../view.ts'
import { linesOf, picturesIn, valueAt } from './series.ts'

const MEASURES = [
  ['orders.settled', 'Orders settled', 'orders'],
  ['orders.stranded', 'Orders stranded', 'orders'],
  ['users.welfare', 'Welfare of users', 'numeraire'],
  ['solver.equity', 'Equity by solver', 'numeraire'],
  ['bridge.backing', 'Backing of wrapped assets', 'ratio'],
] as const

export const compareView: ViewKind = {
  id: 'compare',
  title: 'Compare',
  open(parent, { frame, source, other, ask }) {
    if (other === null) {
      parent.append(
        element(
          'p',
          {},
          'There is one run here: name a second directory when the dashboard is started, and both are compared.',
        ),
      )
      return { show: () => undefined, dispose: () => undefined }
    }
    let isOpen = true
    const [left, right] = [nameOf(frame), nameOf(other.frame)]
    const now = element('div', { class: 'scroll' })
    parent.append(now, element('p', { class: 'hint' }, `Lines: solid ${left}, dotted ${right}.`))
    const pictures = picturesIn(
      parent,
      frame,
      MEASURES.map(([measure, title, unit]) => ({
        title,
        unit,
        lines: () => [
          ...linesOf(frame, measure).map(({ name, points }) => ({ name: `${name} (${left})`, points })),
          ...linesOf(other.frame, measure).map(({ name, points }, place) => ({
            name: `${name} (${right})`,
            points,
            dottedLike: place,
          })),
        ],
      })),
    )
    const differences = element('div', { class: 'scroll unbounded digits' }, element('p', {}, 'Comparing …'))
    parent.append(differences)
    const place = (each: string) => each.replace('runs/', '')
    ask<readonly RunDifference[]>(`compare/${place(source)}/${place(other.source)}`).then(
      (found) => {
        if (isOpen) differences.replaceChildren(differenceTable(found, left, right))
      },
      (error: Error) => differences.replaceChildren(element('p', {}, error.message)),
    )
    return {
      show(atMs) {
        pictures.mark(atMs)
        now.replaceChildren(
          table('At this moment', ['measure', left, right, 'difference'], rowsAt(frame, other.frame, atMs)),
        )
      },
      dispose: () => {
        isOpen = false
        pictures.dispose()
      },
    }
  },
}

const nameOf = ({ name, seed }: RunFrame): string => `${name}, seed ${seed}`

function rowsAt(left: RunFrame, right: RunFrame, atMs: number): string[][] {
  return MEASURES.flatMap(([measure, title]) => {
    const subjects = new Set([...linesOf(left, measure), ...linesOf(right, measure)].map(({ name }) => name))
    return [...subjects].map((subject) => {
      const [a, b] = [valueAt(left, measure, subject, atMs), valueAt(right, measure, subject, atMs)]
      const difference = a === null || b === null ? null : b - a
      return [
        subject === 'all' ? title : `${title}: ${subject}`,
        ...[a, b, difference].map((value) => (value === null ? '–' : shown(value))),
      ]
    })
  })
}

/** How often the audit looked comes last: it differs with everything else. */
function differenceTable(found: readonly RunDifference[], left: string, right: string): HTMLElement {
  if (found.length === 0) return element('p', {}, 'Every number of the two summaries is the same.')
  const isCount = ({ path }: RunDifference) => path.startsWith('invariants.checked')
  return table(
    'Numbers that differ',
    ['number', left, right, 'difference'],
    [...found.filter((each) => !isCount(each)), ...found.filter(isCount)].map(
      ({ path, left: a, right: b }) => [path, a ?? '–', b ?? '–', differenceOf(a, b)],
    ),
  )
}

/** Of two numbers that a float holds well enough to be read. */
function differenceOf(a: string | null, b: string | null): string {
  const isNumber = (text: string | null): text is string => text !== null && /^-?\d+(\.\d+)?$/.test(text)
  return isNumber(a) && isNumber(b)
    ? (Number(b) - Number(a)).toLocaleString('en-US', {
        maximumSignificantDigits: 6,
        signDisplay: 'negative',
      })
    : ''
}
