// The competition among solvers in a summary: what the watcher measured, beside what the scenario knows to be true of each solver, so that
// a screen can be scored.
import type { FillsOutcome, RunReport } from '@solvent/nodes'
import { type Conduct, conductOfStrategy } from '@solvent/strategies'
import { type AccompliceLabel, accompliceLabels, helpedRingOf } from '../assembly/accomplices.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

/** The ground truth about a solver. */
export interface SolverLabel {
  readonly id: string
  /** Kind of its strategy. */
  readonly strategy: string
  readonly conduct: Conduct
  /** Name of its ring; null outside rings. */
  readonly ring: string | null
}

/** The run once more, without rings. */
export interface Counterfactual {
  readonly awarded: number
  readonly hhi: number
  readonly paidBps: number
  /** What was paid above that. */
  readonly overchargeBps: number
}

export interface CompetitionSummary {
  readonly awarded: number
  readonly unawarded: number
  /** Of both, those that another member of the committee closed in place of the auctioneer that the order names. */
  readonly takenOver: number
  readonly contested: number
  /** Of the awarded auctions; 0 without one. */
  readonly contestedRate: number
  readonly hhi: number
  readonly paidBps: number
  readonly competitiveBps: number
  readonly overchargeBps: number
  /** Of all orders that were filled, whoever awarded them. */
  readonly fills: FillsOutcome
  /** The same flow with independent bidders; null where the scenario does not ask for the replay. */
  readonly counterfactual: Counterfactual | null
  readonly solvers: readonly (SolverLabel & {
    readonly awards: number
    readonly share: number
    readonly fades: number
  })[]
  /** What auctioneers took from solvers and paid, by chain and asset, as blocks say; base units. */
  readonly auctioneers: readonly {
    /** `<auctioneer>@<chain>` */
    readonly id: string
    readonly node: string
    readonly chain: string
    readonly asset: string
    readonly received: string
    readonly paidUsers: string
    readonly paidSolvers: string
    /** To users and solvers. */
    readonly payments: number
  }[]
  /** Infrastructure that helps a ring, as the scenario says. */
  readonly accomplices: readonly AccompliceLabel[]
}

/** What a scenario knows to be true of a run. */
export interface RunLabels {
  /** In the order of the file. */
  readonly solvers: readonly SolverLabel[]
  readonly accomplices: readonly AccompliceLabel[]
}

/** What a scenario says of its solvers and of those who help them: a ring with accomplices colludes, however its members bid. */
export function runLabels(scenario: Scenario): RunLabels {
  const solvers = Object.entries(scenario.solvers).map(([id, { strategy }]) => {
    const helped = helpedRingOf(scenario, id)
    return {
      id,
      strategy: strategy.kind,
      conduct: helped === undefined ? conductOfStrategy(strategy) : 'collusive',
      ring: helped ?? ('ring' in strategy ? (strategy.ring ?? null) : null),
    }
  })
  return { solvers, accomplices: accompliceLabels(scenario) }
}

/** Measures and labels side by side. */
export function competitionSummary(
  { competition, houses }: Pick<RunReport, 'competition' | 'houses'>,
  labels: RunLabels,
  replay: RunReport['competition'] | null,
): CompetitionSummary {
  const {
    awarded,
    contested,
    shares,
    unawarded,
    takenOver,
    hhi,
    paidBps,
    competitiveBps,
    overchargeBps,
    fills,
  } = competition
  const shareOf = new Map(shares.map((share) => [String(share.node), share]))
  return {
    awarded,
    unawarded,
    takenOver,
    contested,
    contestedRate: awarded === 0 ? 0 : contested / awarded,
    hhi,
    paidBps,
    competitiveBps,
    overchargeBps,
    fills,
    counterfactual:
      replay === null
        ? null
        : {
            awarded: replay.awarded,
            hhi: replay.hhi,
            paidBps: replay.paidBps,
            overchargeBps: paidBps - replay.paidBps,
          },
    solvers: labels.solvers.map((label) => ({
      ...label,
      awards: shareOf.get(label.id)?.awards ?? 0,
      share: shareOf.get(label.id)?.share ?? 0,
      fades: shareOf.get(label.id)?.fades ?? 0,
    })),
    auctioneers: houses.map((account) => ({
      id: `${account.node}@${account.chain}`,
      ...account,
      received: String(account.received),
      paidUsers: String(account.paidUsers),
      paidSolvers: String(account.paidSolvers),
    })),
    accomplices: labels.accomplices,
  }
}
