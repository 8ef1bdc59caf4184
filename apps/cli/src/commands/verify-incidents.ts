// What `solvent verify --incidents` prints: one table for all incidents, then what was chosen, and why what is missed is missed.
import type { IncidentFigure, IncidentOutcome } from '@solvent/experiments'
import { green, note, red, result, yellow } from '../output/streams.ts'
import { table } from '../output/table.ts'

const STATUS = { agrees: green('agrees'), misses: red('misses'), explained: yellow('known miss') }

export function printIncidents(outcomes: readonly IncidentOutcome[]): void {
  result(
    table(
      ['incident', 'figure', 'kind', 'reported', 'simulated', 'within', 'result', 'source'],
      outcomes.flatMap(({ file, figures }) => figures.map((figure) => [nameOf(file), ...rowOf(figure)])),
    ),
  )
  section(
    'reported and not simulated',
    ['incident', 'figure', 'reported', 'why', 'source'],
    outcomes.flatMap(({ file, unshown }) =>
      unshown.map(({ figure, reported, reason, source }) => [nameOf(file), figure, reported, reason, source]),
    ),
  )
  section(
    'calibrated',
    ['incident', 'value', 'why'],
    outcomes.flatMap(({ file, calibrated }) =>
      calibrated.map(({ what, reason }) => [nameOf(file), what, reason]),
    ),
  )
  for (const { file, figures } of outcomes)
    for (const { figure, status, reason, simulated, allowed } of figures) {
      if (status === 'explained') result(`${nameOf(file)}, ${figure}: ${reason}`)
      if (status === 'misses')
        result(
          `${nameOf(file)}, ${figure}\n  got  ${simulated}\n  want ${allowed.from ?? ''} to ${allowed.to ?? ''}`,
        )
    }
  const all = outcomes.flatMap(({ figures }) => figures)
  const count = (has: (figure: IncidentFigure) => boolean) => all.filter(has).length
  const isPublished = ({ reported }: IncidentFigure) => reported !== null
  note(
    `${outcomes.length} ${outcomes.length === 1 ? 'incident' : 'incidents'}: ${count(({ kind }) => kind === 'predicted')} figures predicted, ${count(({ kind }) => kind === 'fitted')} fitted, ` +
      `${outcomes.reduce((sum, { calibrated }) => sum + calibrated.length, 0)} values calibrated; ` +
      `${count((each) => each.status === 'agrees' && isPublished(each))} agree with what was reported, ` +
      `${count((each) => each.status === 'agrees' && !isPublished(each))} come out as the file expects where nothing was, ${count(({ status }) => status === 'explained')} known misses, ${count(({ status }) => status === 'misses')} miss`,
  )
}

/** A table under a title, where there is anything for it. */
function section(title: string, columns: readonly string[], rows: string[][]): void {
  if (rows.length === 0) return
  result(`\n${title}`)
  result(table(columns, rows))
}

function rowOf({
  figure,
  kind,
  reported,
  simulated,
  tolerancePercent,
  status,
  source,
}: IncidentFigure): string[] {
  return [
    figure,
    kind,
    reported ?? 'not published',
    simulated,
    tolerancePercent === null ? '' : `± ${tolerancePercent} %`,
    status === 'agrees' && reported === null ? 'as expected' : STATUS[status],
    source ?? '',
  ]
}

const nameOf = (file: string) => file.replace(/\.yaml$/, '')
