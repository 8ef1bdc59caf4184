// A sweep: how far it is, its phase diagram in a metric, a policy and two parameters (or one, as lines), the same as a table
// with a button for each cell, and the runs of the cell that is chosen. It goes on while the sweep runs.
import type { SweepArm, SweepFrame, SweepRun, SweepState } from '../../src/sweep-frame.ts'
import { ask } from '../api.ts'
import { type Chart, COLOURS, chartIn } from '../charts.ts'
import { element, shown } from '../dom.ts'
import { drawHeatMap, drawLines, type PhaseAxes } from './phase-charts.ts'
import { type Cell, phaseCells, type Scale, scaleOf } from './phase-grid.ts'
import { type PhaseTable, phaseTable } from './phase-table.ts'
import { runList } from './run-list.ts'

const ONE = 'one'
const AT_MOST_RUNS = 500

interface ShownGrid {
  readonly metric: string
  readonly label: string
  readonly axes: PhaseAxes
  readonly cells: readonly Cell[]
}

export class SweepView {
  readonly element: HTMLElement = element('div')
  readonly #sweep: SweepFrame
  readonly #openRun: (index: number) => Promise<void>
  readonly #scales: readonly Scale[]
  readonly #progress = element('p', { role: 'status' })
  readonly #metric = element('select')
  readonly #policy = element('select')
  readonly #x = element('select')
  readonly #y = element('select')
  readonly #picture = element('div')
  readonly #table = element('div')
  readonly #runs = element('div', { 'aria-live': 'polite' })
  #chart: Chart | null = null
  #metrics: readonly string[] = []
  /** The latest question; answers to earlier ones are late. */
  #asked = 0
  #chosen: Cell | null = null

  constructor(sweep: SweepFrame, openRun: (index: number) => Promise<void>) {
    this.#sweep = sweep
    this.#openRun = openRun
    this.#scales = sweep.labels.map((labels, place) =>
      scaleOf(
        sweep.points.map((values) => values[place]),
        labels,
      ),
    )
    fill(
      this.#policy,
      sweep.policies.map((name, at) => [String(at), name]),
    )
    const parameters = sweep.parameters.map((name, at) => [String(at), name] as const)
    fill(this.#x, parameters.length === 0 ? [['0', 'the only point']] : parameters)
    const alone = this.#hasRows ? 'nothing: a row for each policy' : 'nothing: lines'
    fill(this.#y, [[ONE, alone], ...parameters])
    if (parameters.length > 1) this.#y.value = '1'
    const choice = (label: string, select: HTMLSelectElement) => element('label', {}, `${label} `, select)
    const controls = element(
      'div',
      { class: 'choices', role: 'group', 'aria-label': 'What is shown' },
      choice('Metric', this.#metric),
      choice('Policy', this.#policy),
      choice('Across', this.#x),
      choice('Upwards', this.#y),
    )
    for (const select of [this.#metric, this.#policy, this.#x, this.#y])
      select.addEventListener('change', () => {
        this.#choose(null)
        this.#draw()
      })
    this.element.append(
      this.#progress,
      controls,
      element('div', { class: 'columns' }, this.#picture, this.#table),
      this.#runs,
    )
  }

  /** Takes how far the sweep is, and draws what there is by now. */
  take({ planned, counts, metrics, firstThatVaries, isComplete, problem }: SweepState): void {
    const recorded = Object.values(counts).reduce((sum, count) => sum + count, 0)
    const others = Object.entries(counts).filter(([status, count]) => status !== 'ok' && count > 0)
    this.#progress.textContent = [
      `${shown(recorded)} of ${isComplete ? '' : 'at most '}${shown(planned)} runs are recorded`,
      ...others.map(([status, count]) => `${count} ${status}`),
      ...(isComplete ? ['the sweep is complete'] : ['it may go on: this page follows']),
      ...(problem === null ? [] : [problem]),
    ].join('; ')
    if (metrics.join('\n') !== this.#metrics.join('\n')) {
      const before = this.#metric.value
      this.#metrics = metrics
      fill(
        this.#metric,
        metrics.map((name) => [name, name]),
      )
      this.#metric.value = metrics.includes(before) ? before : (firstThatVaries ?? metrics[0] ?? '')
    }
    this.#draw()
  }

  /** When the page shows it again: what was hidden has no size. */
  redraw(): void {
    this.#draw()
  }

  async #draw(): Promise<void> {
    const metric = this.#metric.value
    const question = ++this.#asked
    if (metric === '') {
      this.#table.replaceChildren(element('p', {}, 'No run that has figures is recorded yet.'))
      return
    }
    const arms = await ask<readonly SweepArm[]>(`sweep/arms?metric=${encodeURIComponent(metric)}`).catch(
      () => null,
    )
    if (arms === null || question !== this.#asked || !this.element.isConnected) return
    if (this.#isGrid) this.#drawGrid(metric, arms)
    else if (this.#hasRows) this.#drawPolicies(metric, arms)
    else this.#drawLines(metric, arms)
    if (this.#chosen !== null) await this.#showRuns(this.#chosen)
  }

  /** More policies than colours cannot be told apart as lines. */
  get #hasRows(): boolean {
    return this.#sweep.policies.length > COLOURS.length
  }

  get #isGrid(): boolean {
    return this.#y.value !== ONE && this.#y.value !== this.#x.value
  }

  #axis(select: HTMLSelectElement): { parameter: number; scale: Scale; name: string } {
    const parameter = Number(select.value)
    const scale = this.#scales[parameter] ?? { labels: ['all'], place: () => 0 }
    return { parameter, scale, name: this.#sweep.parameters[parameter] ?? '' }
  }

  #drawGrid(metric: string, arms: readonly SweepArm[]): void {
    const [x, y] = [this.#axis(this.#x), this.#axis(this.#y)]
    const policy = Number(this.#policy.value)
    const cells = phaseCells(this.#sweep, arms, policy, x, y)
    const axes = { x: { name: x.name, labels: x.scale.labels }, y: { name: y.name, labels: y.scale.labels } }
    const label = `${metric} by ${x.name} and ${y.name}, ${this.#sweep.policies[policy]}`
    this.#showGrid({ metric, label, axes, cells })
  }

  /** A row for each policy. */
  #drawPolicies(metric: string, arms: readonly SweepArm[]): void {
    const x = this.#axis(this.#x)
    const { policies } = this.#sweep
    const cells = policies.flatMap((_, place) => this.#policyCells(arms, place, x))
    const axes = { x: { name: x.name, labels: x.scale.labels }, y: { name: 'policy', labels: policies } }
    this.#showGrid({ metric, label: `${metric} by ${x.name}, a row for each policy`, axes, cells })
  }

  #showGrid({ metric, label, axes, cells }: ShownGrid): void {
    const { x, y } = axes
    drawHeatMap(this.#chartFor('grid', label), metric, axes, cells)
    const at = new Map(cells.map((cell) => [`${cell.x} ${cell.y}`, cell]))
    const rows = y.labels.map((rowLabel, row) => ({
      label: rowLabel,
      cells: x.labels.map((_, column) => at.get(`${column} ${row}`) ?? null),
    }))
    // As the picture has it: upwards.
    this.#tabulate({
      caption: label,
      corner: `${y.name} \\ ${x.name}`,
      head: x.labels,
      rows: rows.reverse(),
    })
  }

  /** Along one parameter; `y` is the policy's place. */
  #policyCells(arms: readonly SweepArm[], place: number, x: { parameter: number; scale: Scale }): Cell[] {
    return phaseCells(this.#sweep, arms, place, x, null).map((cell) => ({ ...cell, y: place }))
  }

  #drawLines(metric: string, arms: readonly SweepArm[]): void {
    const x = this.#axis(this.#x)
    const lines = this.#sweep.policies.map((policy, place) => ({
      policy,
      cells: this.#policyCells(arms, place, x),
    }))
    const label = `${metric} by ${x.name}, a line for each policy, with 95 % intervals`
    drawLines(this.#chartFor('lines', label), metric, { name: x.name, labels: x.scale.labels }, lines)
    const rows = x.scale.labels.map((rowLabel, row) => ({
      label: rowLabel,
      cells: lines.map(({ cells }) => cells.find((cell) => cell.x === row) ?? null),
    }))
    this.#tabulate({ caption: label, corner: x.name, head: this.#sweep.policies, rows })
  }

  #chartFor(kind: 'grid' | 'lines', label: string): Chart {
    if (this.#chart?.box.dataset.kind !== kind) {
      this.#chart?.dispose()
      this.#picture.replaceChildren()
      this.#chart = chartIn(this.#picture, label)
      this.#chart.box.dataset.kind = kind
      this.#chart.onPoint(([x, y]) => this.#tableButton(x, kind === 'grid' ? y : null)?.click())
    }
    this.#chart.box.setAttribute('aria-label', label)
    return this.#chart
  }

  #tableButton(x: number, y: number | null): HTMLButtonElement | null {
    const wanted = y === null ? `[data-x="${x}"]` : `[data-x="${x}"][data-y="${y}"]`
    return this.#table.querySelector<HTMLButtonElement>(`button${wanted}`)
  }

  #tabulate(table: PhaseTable): void {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset : {}
    const { x, y } = focused
    const made = phaseTable(table, (cell) => this.#choose(cell))
    this.#table.replaceChildren(element('div', { class: 'scroll' }, made))
    // What had the keyboard keeps it while the sweep goes on.
    if (x !== undefined && y !== undefined) this.#tableButton(Number(x), Number(y))?.focus()
  }

  #choose(cell: Cell | null): void {
    this.#chosen = cell
    if (cell === null) this.#runs.replaceChildren()
    else void this.#showRuns(cell)
  }

  async #showRuns(cell: Cell): Promise<void> {
    const metric = this.#metric.value
    const policy = this.#isGrid ? Number(this.#policy.value) : cell.y
    const lists = await Promise.all(
      cell.points.map((point) =>
        ask<readonly SweepRun[]>(`sweep/points/${point}?metric=${encodeURIComponent(metric)}`),
      ),
    ).catch(() => [])
    if (this.#chosen !== cell) return
    const place = this.#sweep.parameters
      .map((name, at) => `${name} = ${this.#sweep.labels[at]![cell.points[0]!]}`)
      .join(', ')
    const where = cell.points.length === 1 ? place : `${cell.points.length} points, the first ${place}`
    const runs = lists.flat().filter((run) => run.policy === policy)
    const options = { sweep: this.#sweep, metric, openRun: this.#openRun }
    const title = `Runs of ${this.#sweep.policies[policy]} at ${where}`
    this.#runs.replaceChildren(runList({ ...options, title, runs: runs.slice(0, AT_MOST_RUNS) }))
  }
}

function fill(select: HTMLSelectElement, options: readonly (readonly [value: string, text: string])[]): void {
  select.replaceChildren(...options.map(([value, text]) => element('option', { value }, text)))
}
