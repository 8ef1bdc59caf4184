// Published results about learning beside ours, as a table.
import type { PublishedRow } from '@solvent/experiments'
import { green, note, red, result, yellow } from '../output/streams.ts'
import { table } from '../output/table.ts'

export function printPublished(rows: readonly PublishedRow[]): void {
  result(
    table(
      ['study', 'quantity', 'published', 'ours', '95 % interval', 'counts as the same', 'sessions', 'result'],
      rows.map(({ source, quantity, published, ours, accept, sessions, ok, reason }) => [
        source,
        quantity,
        publishedFigure(published),
        figure(ours.value),
        ours.interval === null ? '' : range(ours.interval),
        accept[0] === accept[1] ? figure(accept[0]) : range(accept),
        sessions === 0 ? '' : String(sessions),
        ok ? green('ok') : reason === null ? red('outside') : yellow('known miss'),
      ]),
    ),
  )
  const notes = new Map(
    rows.flatMap(({ source, quantity, note: said, reason }) => {
      const words = [
        ...(reason === null ? [] : [`known miss, ${reason}`]),
        ...(said === undefined ? [] : [said]),
      ]
      return words.length === 0 ? [] : [[`${source}: ${quantity}`, words.join('; ')] as const]
    }),
  )
  for (const [what, said] of notes) result(`${what}: ${said}`)
  const known = rows.filter(({ reason }) => reason !== null).length
  note(
    `${rows.filter(({ ok }) => ok).length} of ${rows.length} published figures replicated${known === 0 ? '' : `, ${known} known to miss`}`,
  )
}

/** One figure as soon as it is there: a full table takes long, and what has been found is not lost with its end. */
export function publishedLine({ quantity, published, ours, ok, reason }: PublishedRow): string {
  return `  ${quantity}: ${publishedFigure(published)} published, ${figure(ours.value)} here, ${ok ? 'ok' : reason === null ? 'outside' : 'known miss'}`
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
