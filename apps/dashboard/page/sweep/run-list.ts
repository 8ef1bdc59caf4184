// The runs of a cell: what became of each, how to see it again, and a way into it.
import type { SweepFrame, SweepRun } from '../../src/sweep-frame.ts'
import { element } from '../dom.ts'

export interface RunListOptions {
  readonly sweep: SweepFrame
  readonly metric: string
  readonly title: string
  readonly runs: readonly SweepRun[]
  /** Shows a run, event by event. */
  readonly openRun: (index: number) => Promise<void>
}

export function runList({ sweep, metric, title, runs, openRun }: RunListOptions): HTMLElement {
  if (runs.length === 0) return element('p', {}, `${title}: nothing is recorded yet.`)
  const head = ['run', 'policy', 'replicate', 'seed', 'status', metric, 'again']
  const list = element(
    'table',
    {},
    element('caption', {}, title),
    element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
    element(
      'tbody',
      {},
      ...runs.map((run) => {
        const { index, policy, replicate, seed, status, problem, value, replay } = run
        const first = element('td', {}, sweep.opensRuns ? openButton(index, openRun) : String(index))
        const cells = [
          sweep.policies[policy]!,
          String(replicate),
          String(seed),
          problem === null ? status : `${status}: ${problem}`,
          value ?? '–',
        ].map((text) => element('td', {}, text))
        return element('tr', {}, first, ...cells, element('td', {}, element('code', {}, replay)))
      }),
    ),
  )
  return element('div', { class: 'scroll unbounded' }, list)
}

function openButton(index: number, openRun: (index: number) => Promise<void>): HTMLButtonElement {
  const button = element('button', { type: 'button', 'aria-label': `Open run ${index}` }, `open ${index}`)
  button.addEventListener('click', async () => {
    button.disabled = true
    button.textContent = 'running it again …'
    try {
      await openRun(index)
    } finally {
      button.disabled = false
      button.textContent = `open ${index}`
    }
  })
  return button
}
