// Published results about learning beside ours, as a table.
import type { PublishedRow } from '@solvent/experiments'
import { green, note, red, result } from '../output/streams.ts'
import { table } from '../output/table.ts'

export function printPublished(rows: readonly PublishedRow[]): void {
  result(
    table(
      ['study', 'quantity', 'published', 'ours', '95 % interval', 'counts as the same', 'sessions', 'result'],
      rows.map(({ source, quantity, published, ours, accept, sessions, ok }) => [
        source,
        quantity,
        publishedFigure(published),
        figure(ours.value),
        ours.interval === null ? '' : range(ours.interval),
        accept[0] === accept[1] ? figure(accept[0]) : range(accept),
        sessions === 0 ? '' : String(sessions),
        ok ? green('ok') : red('outside'),
      ]),
    ),
  )
  const notes = new Map(
    rows.flatMap(({ source, quantity, note: said }) =>
      said === undefined ? [] : [[`${source}: ${quantity}`, said] as const],
    ),
  )
  for (const [what, said] of notes) result(`${what}: ${said}`)
  note(`${rows.filter(({ ok }) => ok).length} of ${rows.length} published figures replicated`)
}

/** One figure as soon as it is there: a full table takes long, and what has been found is not lost with its end. */
export function publishedLine({ quantity, published, ours, ok }: PublishedRow): string {
  return `  ${quantity}: ${publishedFigure(published)} published, ${figure(ours.value)} here, ${ok ? 'ok' : 'outside'}`
}

function publishedFigure(published: PublishedRow['published']): string {
  return typeof published === 'number' ? figure(published) : range(published)
}

function range([from, to]: readonly [number, number]): string {
  return `${figure(from)} to ${figure(to)}`
}

/** Four digits behind the point below a thousand, whole numbers above. */
function figure(value: number): string {
  return Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toFixed(5)))
}
