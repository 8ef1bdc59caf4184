// How much of each kind of holder's loss came through each channel: Shapley values over channels, on common random numbers.
import { type Coalition, exactShapley, MOST_EXACT_CHANNELS, sampledShapley } from '@solvent/contagion'
import { createStreams } from '@solvent/kernel'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { Channel } from './channels/channel.ts'
import { channelsOf } from './channels/channels.ts'
import { type LossClass, type LossSheet, lossClasses, lossSheet } from './loss-sheet.ts'
import { calm, drawn } from './shock.ts'
import type { Trials } from './trial.ts'

export interface Attribution {
  readonly method: 'exact' | 'sampled'
  /** Channels that the scenario has, in their order. */
  readonly channels: readonly { readonly name: string; readonly title: string; readonly closedBy: string }[]
  /** By channel, then class; with `rest` the parts of a class sum to its loss. */
  readonly parts: readonly LossSheet[]
  /** By channel, then class and total: standard errors of sampling; 0 where exact. */
  readonly standardErrors: readonly LossErrors[]
  /** Lost with every channel closed: by the shock directly, or through none of them. */
  readonly rest: LossSheet
}

export type LossErrors = Readonly<Record<LossClass | 'total', number>>

/** Pairs of an order of channels and its reverse, where there are too many for all coalitions. */
const PAIRS = 12

/** Attributes the losses of one seed. */
export function attribute(written: Scenario, seed: number, trials: Trials): Attribution {
  const scenario = drawn(written, seed)
  const shocked = trials.run(scenario, seed)
  const open = channelsOf(scenario, shocked)
  const sheets = new Map<Coalition, LossSheet>()
  const sheetOf = (coalition: Coalition): LossSheet => {
    const known = sheets.get(coalition)
    if (known !== undefined) return known
    const closed = open.filter((_, at) => (coalition & (1 << at)) === 0)
    const changed = closed.reduce((each, channel) => channel.close(each, shocked), scenario)
    const payers = new Set(closed.flatMap(({ pays }) => pays ?? []))
    const sheet = lossSheet(trials.run(calm(changed), seed), trials.run(changed, seed), payers)
    sheets.set(coalition, sheet)
    return sheet
  }
  return { channels: open.map(titled), ...attributed(open, sheetOf, seed) }
}

function attributed(
  open: readonly Channel[],
  sheetOf: (coalition: Coalition) => LossSheet,
  seed: number,
): Omit<Attribution, 'channels'> {
  const isExact = open.length <= MOST_EXACT_CHANNELS
  if (open.length === 0) return { method: 'exact', parts: [], standardErrors: [], rest: sheetOf(0) }
  const valued = (worth: (coalition: Coalition) => bigint) => {
    if (isExact) return exactShapley(open.length, worth)
    // The same orders of channels for every class, so that their runs are shared.
    const stream = createStreams(String(seed)).stream('contagion/orders')
    return sampledShapley(open.length, worth, { pairs: PAIRS, draw: (bound) => stream.int(bound) })
  }
  const byClass = lossClasses.map((each) => valued((coalition) => sheetOf(coalition)[each]))
  // Errors of classes go together, so that that of their sum is no sum of them.
  const total = valued((coalition) => {
    const sheet = sheetOf(coalition)
    return lossClasses.reduce((sum, each) => sum + sheet[each], 0n)
  })
  const sheet = <T>(of: (values: (typeof byClass)[number]) => T) =>
    Object.fromEntries(lossClasses.map((each, at) => [each, of(byClass[at]!)])) as Record<LossClass, T>
  return {
    method: isExact ? 'exact' : 'sampled',
    parts: open.map((_, channel) => sheet(({ parts }) => parts[channel]!)),
    standardErrors: open.map((_, channel) => ({
      ...sheet(({ standardErrors }) => standardErrors[channel]!),
      total: total.standardErrors[channel]!,
    })),
    rest: sheet(({ rest }) => rest),
  }
}

function titled({ name, title, closedBy }: Channel) {
  return { name, title, closedBy }
}
