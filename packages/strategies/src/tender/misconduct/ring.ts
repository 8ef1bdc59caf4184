// What members of a ring agree on: whose turn it is, and what happens to whoever breaks the agreement. Nobody needs to speak for it: turns
// follow a calendar, as the phases of the moon did among makers of switchgear in the 1950s (Smith, Fortune, April 1961), and chance is
// drawn from the tender's own name, which all of them see.
import { hash32OfString, type RuleParameter } from '@solvent/primitives'
import { competitivePrice } from '../competitive-price.ts'
import type { Tender } from '../tender.ts'
import type { TenderStrategy } from '../tender-strategy.ts'
import { LatestTenders } from './latest-tenders.ts'

const TWO_TO_32 = 4_294_967_296
const PPM = 1_000_000

/** Parameters that every ring has. */
export const RING_PARAMETERS = {
  turnLength: {
    usual: 1,
    least: 1,
    most: 31_536_000,
    meaning: 'how long a turn lasts: periods in the laboratory, seconds in a network',
  },
  noisePpm: {
    usual: 0,
    least: 0,
    most: PPM,
    meaning: 'how often the turn goes to a member drawn at random instead, in millionths',
  },
  deviationPpm: {
    usual: 0,
    least: 0,
    most: PPM,
    meaning: 'how often this member competes although it is not its turn, in millionths',
  },
  punishmentLength: {
    usual: 0,
    least: 0,
    most: 31_536_000,
    meaning: 'how long members compete after one of them has won out of turn, counted like turns; 0: never',
  },
} as const satisfies Record<string, RuleParameter>

export type RingParameters = Readonly<Record<keyof typeof RING_PARAMETERS, number>>

/** Uniform on [0, 1), the same for all who know the tender and the purpose. */
export function commonDraw(tenderId: string, purpose: string): number {
  return (hash32OfString(`${purpose}/${tenderId}`) >>> 0) / TWO_TO_32
}

/** How a ring's member acts in a tender when the agreement holds. */
export interface RingConduct {
  /** Whose tender it is. */
  designate(tender: Tender): string
  /** What the designated member asks for. */
  lead(tender: Tender): number | null
  /** What the others do. */
  follow(tender: Tender, designated: string): number | null
  owes?: TenderStrategy['owes']
}

/** Bidders of a tender that are outside the ring. */
export function outsiders(tender: { readonly bidders: readonly string[] }, ring: readonly string[]): number {
  return tender.bidders.filter((bidder) => !ring.includes(bidder)).length
}

/** The cheapest of those that told their cost, or whose turn it is where nobody speaks; ties to whoever is first in the ring. */
export function cheapestOrTurn(ring: readonly string[], tender: Tender, parameters: RingParameters): string {
  const { told } = tender
  let cheapest: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (const member of ring) {
    const cost = told?.get(member) ?? Number.POSITIVE_INFINITY
    if (cost < least) {
      cheapest = member
      least = cost
    }
  }
  return cheapest ?? turnOf(ring, tender, parameters)
}

/** Whose turn it is by the calendar, with the ring's noise. */
export function turnOf(
  ring: readonly string[],
  tender: { readonly id: string; readonly time: number },
  { turnLength, noisePpm }: Pick<RingParameters, 'turnLength' | 'noisePpm'>,
): string {
  const isNoise = commonDraw(tender.id, 'noise') * PPM < noisePpm
  const at = isNoise
    ? Math.floor(commonDraw(tender.id, 'turn') * ring.length)
    : Math.floor(tender.time / turnLength) % ring.length
  return ring[at] ?? ''
}

/** What a member asks for when the agreement does not hold. */
export function compete(tender: Tender): number | null {
  return competitivePrice(tender, tender.bidders.length)
}

/** A member that keeps to the agreement, breaks it at its own chance, and punishes others that broke it. */
export function ringMember(
  ring: readonly string[],
  { deviationPpm, punishmentLength }: Pick<RingParameters, 'deviationPpm' | 'punishmentLength'>,
  conduct: RingConduct,
): TenderStrategy {
  let punishedUntil = Number.NEGATIVE_INFINITY
  /** Whose the open tenders are. */
  const expected = new LatestTenders<string>()
  const { owes } = conduct
  return {
    bid(tender) {
      if (tender.time < punishedUntil) return compete(tender)
      const designated = conduct.designate(tender)
      if (punishmentLength > 0) expected.set(tender.id, designated)
      if (designated === tender.self) return conduct.lead(tender)
      if (deviationPpm > 0 && tender.draw() * PPM < deviationPpm) return compete(tender)
      return conduct.follow(tender, designated)
    },
    learn({ id, winner, time }) {
      const designated = expected.take(id)
      if (designated === undefined || winner === null || winner === designated) return
      if (ring.includes(winner)) punishedUntil = Math.max(punishedUntil, time + punishmentLength)
    },
    ...(owes === undefined ? {} : { owes }),
    memory: {
      save: () => (punishedUntil === Number.NEGATIVE_INFINITY ? null : punishedUntil),
      restore(saved) {
        punishedUntil = typeof saved === 'number' ? saved : Number.NEGATIVE_INFINITY
      },
    },
  }
}
