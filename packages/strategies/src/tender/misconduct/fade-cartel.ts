// A fade cartel: members quote what nobody can keep, to win exclusivity, and fade as often as the breaker does not see (the blind spot of
// its prior: about 0.12 n + 1.4 fades a day). The order then falls to a price at which another member takes it.
import { unpunishedFades } from '@solvent/mechanisms'
import type { CanonicalValue } from '@solvent/primitives'
import { competitivePrice } from '../competitive-price.ts'
import type { TenderStrategyKind } from '../tender-strategy.ts'

const PPM = 1_000_000
const MOST_AWARDS = 100

/** Asks for less than its cost where it can afford to fade, and competes otherwise. */
export const fadeCartelKind: TenderStrategyKind<'fade-cartel', 'baitPpm' | 'windowLength' | 'marginFades'> = {
  kind: 'fade-cartel',
  conduct: 'collusive',
  parameters: {
    baitPpm: {
      usual: 1_000,
      least: 0,
      most: PPM,
      meaning: 'how far below its cost the bait is, in millionths of the order’s value',
    },
    windowLength: {
      usual: 86_400,
      least: 1,
      most: 31_536_000,
      meaning: 'what the breaker looks back: seconds in a network, periods in the laboratory',
    },
    marginFades: {
      usual: 0,
      least: -100,
      most: 100,
      meaning: 'how many fades fewer than the blind spot allows; below zero, how many more',
    },
  },
  create: ({ baitPpm, windowLength, marginFades }) => {
    /** Own awards that are due or were, oldest first. */
    let awards: { readonly time: number; readonly isFaded: boolean }[] = []
    /** Who this is becomes known with the first tender. */
    let self: string | null = null
    const mayFade = (time: number) => {
      const seen = awards.filter((award) => award.time > time - windowLength)
      const fades = seen.filter(({ isFaded }) => isFaded).length
      return fades + 1 + marginFades <= unpunishedFades(seen.length + 1)
    }
    return {
      bid(tender) {
        self = tender.self
        return mayFade(tender.time)
          ? Math.max(0, tender.cost - baitPpm / PPM)
          : competitivePrice(tender, tender.bidders.length)
      },
      honours: ({ time, cost }, price) => price >= cost || !mayFade(time),
      learn({ time, winner, faded }) {
        const isFaded = self !== null && faded.includes(self)
        if (isFaded || winner === self) awards = [...awards, { time, isFaded }].slice(-MOST_AWARDS)
      },
      memory: {
        save: (): CanonicalValue => awards.map(({ time, isFaded }) => [time, isFaded]),
        restore(saved) {
          awards = (saved as [number, boolean][]).map(([time, isFaded]) => ({ time, isFaded }))
        },
      },
    }
  },
}
