// Disciplines: rules about who may bid, and what misbehaving costs, that can be put around any mechanism and around each other. They keep a
// record between rounds; mechanisms keep none. Times are Unix seconds, amounts base units.
import type { Clearing, Mechanism, Payment, Round } from '../mechanism.ts'

const MILLION = 1_000_000

/** What became of an award. */
export interface Settlement {
  readonly lot: string
  readonly bidder: string
  /** A fade: not filled, or filled after its exclusivity. */
  readonly isFaded: boolean
  /** What the user was due, and what a user loses when it is not delivered. */
  readonly amount: bigint
  /** When the fill was due. */
  readonly dueSeconds: number
}

export interface Discipline {
  /** Whether offers of a bidder are taken at this moment. */
  admits(bidder: string, nowSeconds: number): boolean
  /** Takes note of what became of an award; what has to be paid for it. */
  record(settlement: Settlement): readonly Payment[]
  /** The share of its awards that a bidder may be expected to keep, ppm; absent: the discipline keeps no such record. */
  reliabilityPpm?(bidder: string): number
}

/** A mechanism that takes offers only from whoever all disciplines admit at that moment. */
export function underDisciplines(
  mechanism: Mechanism,
  disciplines: readonly Discipline[],
  nowSeconds: number,
): Mechanism {
  return {
    clear(round: Round): Clearing {
      const isAdmitted = (bidder: string) => disciplines.every((each) => each.admits(bidder, nowSeconds))
      const admitted = round.offers.filter(({ bidder }) => isAdmitted(bidder))
      const turnedAway = round.offers
        .filter(({ bidder }) => !isAdmitted(bidder))
        .map((offer) => ({ offer, reason: 'not-admitted' as const }))
      const clearing = mechanism.clear({
        ...round,
        ...reliabilityIn(admitted, disciplines),
        offers: admitted,
      })
      return { ...clearing, dropped: [...turnedAway, ...clearing.dropped] }
    },
  }
}

/** The worst that any record says of each bidder. */
function reliabilityIn(
  offers: Round['offers'],
  disciplines: readonly Discipline[],
): Pick<Round, 'reliabilityPpm'> {
  const records = disciplines.filter((each) => each.reliabilityPpm !== undefined)
  if (records.length === 0) return {}
  return {
    reliabilityPpm: new Map(
      offers.map(({ bidder }) => [
        bidder,
        Math.min(...records.map((each) => each.reliabilityPpm?.(bidder) ?? MILLION)),
      ]),
    ),
  }
}
