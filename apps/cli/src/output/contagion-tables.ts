// A study of contagion as tables for people.
import type { BreakReport, ContagionReport } from '@solvent/experiments'
import { bold } from './streams.ts'
import { money, number, percent, table } from './table.ts'

/** Steps of the wave that are shown; all are in the results. */
const MOST_STEPS = 20

export function contagionTables(report: ContagionReport): string {
  return [
    losses(report),
    wave(report),
    falls(report),
    channels(report),
    warning(report),
    interventions(report),
    reverse(report),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function losses(report: ContagionReport): string {
  const { classes, loss, byChain, distribution, seeds, numeraire, runs } = report
  const rows = Object.entries(classes).map(([each, title]) => [title, money(loss[each as keyof typeof loss])])
  const { mean, valueAtRisk, expectedShortfall, worst, confidence } = distribution
  const insolvent = [...new Set(runs.flatMap((run) => run.insolvent))].map((solver) => {
    const times = runs.filter((run) => run.insolvent.includes(solver)).length
    return seeds.length === 1 ? solver : `${solver} (${times} of ${seeds.length})`
  })
  return [
    bold(`Loss to the shock, ${numeraire}${seeds.length === 1 ? '' : `, mean of ${seeds.length} runs`}`),
    table(['who', 'loss'], [...rows, ['all', money(loss.total)]]),
    table(
      ['where', 'loss'],
      byChain.map((part) => [part.chain ?? 'orders, fills, transfers', money(part.loss)]),
    ),
    ...(seeds.length === 1
      ? []
      : [
          `mean ${number(mean)} · at ${percent(confidence)}: value at risk ${number(valueAtRisk)}, expected shortfall ${number(expectedShortfall)} · worst ${number(worst)}`,
        ]),
    `insolvent: ${insolvent.length === 0 ? 'nobody' : insolvent.join(', ')}`,
  ].join('\n')
}

function wave({ wave: steps, seeds }: ContagionReport): string {
  if (steps.length === 0) return ''
  const rows = steps
    .slice(0, MOST_STEPS)
    .map(({ atSeconds, kind, who, what, value }) => [
      number(Math.round(atSeconds)),
      kind,
      who,
      what,
      Number(value) === 0 ? '' : money(value),
    ])
  return [
    bold(`The wave, seed ${seeds[0]}`),
    table(['second', '', 'who', 'what', 'value'], rows),
    ...(steps.length > MOST_STEPS ? [`${steps.length - MOST_STEPS} more in the results`] : []),
  ].join('\n')
}

function falls({ falls: all, seeds }: ContagionReport): string {
  if (all.length === 0) return ''
  const rows = all
    .slice(0, MOST_STEPS)
    .map(({ round, id, atSeconds, loss, because }) => [
      String(round),
      id,
      number(Math.round(atSeconds)),
      money(loss),
      because.map((cause) => `${cause.id} ${money(cause.amount)}`).join(', '),
    ])
  return [
    bold(`Who fell in which round, seed ${seeds[0]}`),
    table(['round', 'who', 'seen at, s', 'lost', 'because of'], rows),
    ...(all.length > MOST_STEPS ? [`${all.length - MOST_STEPS} more in the results`] : []),
  ].join('\n')
}

function channels({ attribution, classes, seeds }: ContagionReport): string {
  if (attribution === null) return ''
  const { method, rest, whole } = attribution
  const shown = Object.keys(classes).filter((each) => Number(whole[each as keyof typeof whole]) !== 0)
  const columns = [...shown, 'total'] as (keyof typeof whole)[]
  const isSampled = method === 'sampled'
  const row = (name: string, parts: typeof whole, error?: number) => [
    name,
    ...columns.map((each) => money(parts[each])),
    ...(isSampled ? [error === undefined ? '' : `± ${number(Math.round(error))}`] : []),
  ]
  return [
    bold(
      `Loss by channel (Shapley values, ${method}${seeds.length === 1 ? '' : `, sum of ${seeds.length} runs`})`,
    ),
    table(
      ['channel', ...columns, ...(isSampled ? ['standard error'] : [])],
      [
        ...attribution.channels.map(({ name, parts, standardErrors }) =>
          row(name, parts, standardErrors.total),
        ),
        row('through none of these', rest),
        row('whole', whole),
      ],
    ),
    ...attribution.channels.map(({ name, title, closedBy }) => `${name}: ${title}; closed: ${closedBy}`),
  ].join('\n')
}

function interventions({ interventions, numeraire, seeds }: ContagionReport): string {
  if (interventions === null) return ''
  const { controls, cheapest } = interventions
  const rows = controls.map(
    ({ name, inFile, lossWith, avoided, unpaidWith, unpaidAvoided, refused, setting }) => [
      name,
      lossWith === null ? '-' : whole(lossWith),
      avoided === null ? '-' : interval(avoided),
      unpaidWith === null ? '-' : whole(unpaidWith),
      unpaidAvoided === null ? '-' : interval(unpaidAvoided),
      refused ?? (inFile ? "the file's own" : setting),
    ],
  )
  const bare = controls
    .slice(0, 1)
    .map(({ lossWithout, unpaidWithout }) => [
      ...['none of them', whole(lossWithout), '', whole(unpaidWithout), '', ''],
    ])
  return [
    bold(
      `Controls, each alone, ${numeraire}${seeds.length === 1 ? '' : `, mean of ${seeds.length} pairs, 95 % intervals`}`,
    ),
    table(['control', 'loss', 'avoided', 'unpaid claims', 'avoided', 'setting'], [...bare, ...rows]),
    ...(cheapest === null ? [] : [cheapestLine(cheapest)]),
  ].join('\n')
}

function cheapestLine(
  cheapest: NonNullable<NonNullable<ContagionReport['interventions']>['cheapest']>,
): string {
  const { method, bound, boundOn, controls, loss, cost, evaluations } = cheapest
  const of = boundOn === 'loss' ? 'loss' : 'unpaid claims'
  const how = `${method}, ${evaluations} sets tried`
  if (controls === null)
    return `no set keeps the ${of} to ${whole(bound)}; the best comes to ${whole(loss)} (${how})`
  const set = controls.length === 0 ? 'none is needed' : controls.join(' + ')
  return `cheapest set for ${boundOn === 'loss' ? 'a loss' : of} of at most ${whole(bound)}: ${set}, cost ${number(cost)}, ${of} ${whole(loss)} (${how})`
}

const interval = ({ mean, halfWidth }: { mean: number; halfWidth: number | null }) =>
  halfWidth === null ? whole(mean) : `${whole(mean)} ± ${whole(halfWidth)}`
const whole = (amount: number) => money(amount.toFixed(2))

function reverse({ reverse }: ContagionReport): string {
  if (reverse === null) return ''
  const { target, brokenWhen, most, bySeed, byBridge, byTime } = reverse
  const rows = [
    ...bySeed.map((found) => [`the file's, seed ${found.seed}`, ...broken(found, most)]),
    ...byBridge.map((found) => [`the same value at ${found.place}`, ...broken(found, most)]),
    ...byTime.map((found) => [`from second ${found.atSeconds} on`, ...broken(found, most)]),
  ]
  return [
    bold(`Smallest shock that breaks ${target}: ${brokenWhen}`),
    table(["shock, as a multiple of the file's", 'breaks at', 'holds at', ''], rows),
  ].join('\n')
}

function broken({ breaksAt, holdsAt, monotone }: BreakReport, most: number): string[] {
  return [
    breaksAt === null ? `not up to ${most}` : number(breaksAt),
    holdsAt === null ? '-' : number(holdsAt),
    monotone ? '' : 'not monotone: a larger one held',
  ]
}

function warning({ warning }: ContagionReport): string {
  const { any, signals, runs, everySeconds, tuned } = warning
  const rows = any.points.map(({ level, detected, falseAlarms, leadSeconds }) => [
    String(level),
    percent(detected),
    percent(falseAlarms),
    leadSeconds === null ? '' : number(Math.round(leadSeconds)),
  ])
  const areas = signals.filter(({ points }) =>
    points.some(({ detected, falseAlarms }) => detected + falseAlarms > 0),
  )
  return [
    bold(
      `Early warning: any signal, looked at every ${everySeconds} s, ${runs} runs with the shock and ${runs} without`,
    ),
    table(['level', 'detected', 'false alarms', 'lead, s'], rows),
    `area under the curve: ${[{ signal: 'any', ...any }, ...areas].map(({ signal, area }) => `${signal} ${number(area)}`).join(' · ')}`,
    ...(tuned === null ? [] : [tunedLine(tuned)]),
  ].join('\n')
}

/** Levels are set on half the seeds; what is told is of the others. */
function tunedLine({
  levels,
  runs,
  detected,
  falseAlarms,
  leadSeconds,
}: NonNullable<ContagionReport['warning']['tuned']>): string {
  const lead =
    leadSeconds === null
      ? ''
      : `, lead ${[leadSeconds.least, leadSeconds.median, leadSeconds.most].map((lead) => number(Math.round(lead))).join(' / ')} s (least / median / most)`
  const set = levels.map(({ signal, level }) => `${signal} ${level ?? 'off'}`).join(' · ')
  return `with a level for each signal (${set}), on ${runs} other runs of each: detected ${percent(detected)}, false alarms ${percent(falseAlarms)}${lead}`
}
