// The cells of a phase diagram as a table of buttons: for the keyboard, for readers of screens, and for exact figures.
import { element } from '../dom.ts'
import { type Cell, short } from './phase-grid.ts'

export interface PhaseTable {
  readonly caption: string
  /** What rows and columns stand for. */
  readonly corner: string
  readonly head: readonly string[]
  readonly rows: readonly { readonly label: string; readonly cells: readonly (Cell | null)[] }[]
}

/** @param choose is told the cell of a button that is pressed */
export function phaseTable(
  { caption, corner, head, rows }: PhaseTable,
  choose: (cell: Cell) => void,
): HTMLTableElement {
  const line = (row: PhaseTable['rows'][number]) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, row.label),
      ...row.cells.map((cell) =>
        element('td', { class: 'number' }, ...(cell === null ? [] : [cellButton(cell, choose)])),
      ),
    )
  const columns = [corner, ...head].map((text) => element('th', { scope: 'col' }, text))
  return element(
    'table',
    { class: 'phase' },
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...columns)),
    element('tbody', {}, ...rows.map(line)),
  )
}

function cellButton(cell: Cell, choose: (cell: Cell) => void): HTMLButtonElement {
  const { mean, halfWidth, runs, ok, points } = cell
  const number =
    mean === null ? '–' : halfWidth === null ? short(mean) : `${short(mean)} ± ${short(halfWidth)}`
  const button = element(
    'button',
    { type: 'button', 'data-x': String(cell.x), 'data-y': String(cell.y) },
    ok < runs ? `${number} !` : number,
  )
  const notes = [
    runs === 1 ? '1 run' : `${runs} runs`,
    ...(ok < runs ? [`${runs - ok} not ok`] : []),
    ...(points.length > 1 ? [`mean of ${points.length} points`] : []),
  ]
  button.setAttribute('aria-label', `${button.textContent}, ${notes.join(', ')}: list them`)
  button.title = notes.join(', ')
  button.addEventListener('click', () => choose(cell))
  return button
}
