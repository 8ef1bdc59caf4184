// Sealed encrypted bids: bids are encrypted to a committee and opened after the window, when a threshold of its members publishes their
// shares (Shamir 1979). Too few shares, and nothing opens. First price among what opened; `threshold-seal.ts` has the cryptography.
import type { MechanismRule } from '../mechanism.ts'
import { perLot, splitFeasible } from '../per-lot.ts'
import { inWindow, WINDOW_MS } from './sealed-window.ts'

type Parameters = 'windowMs' | 'revealMs' | 'keyholders' | 'threshold' | 'silentKeyholders'

const COMMITTEE = { least: 1, most: 255 }

/** The best of the bids that opened owes what it offered, once they are open. */
export const sealedEncryptedRule: MechanismRule<'sealed-encrypted', Parameters> = {
  rule: 'sealed-encrypted',
  parameters: {
    windowMs: WINDOW_MS,
    revealMs: {
      usual: 2_000,
      least: 0,
      most: 3_600_000,
      meaning: 'from the close until shares are there, ms',
    },
    keyholders: { ...COMMITTEE, usual: 5, meaning: 'members of the committee' },
    threshold: { ...COMMITTEE, usual: 3, meaning: 'shares that open a bid' },
    silentKeyholders: { least: 0, most: 255, usual: 0, meaning: 'members that publish no share' },
  },
  create: ({ windowMs, revealMs, keyholders, threshold, silentKeyholders }) => {
    const isOpened = keyholders - silentKeyholders >= threshold
    return perLot((lot, offers) => {
      const { inTime, late } = inWindow(offers, windowMs)
      if (!isOpened) {
        const unrevealed = inTime.map(({ offer }) => ({ offer, reason: 'unrevealed' as const }))
        return { award: null, dropped: [...late, ...unrevealed], payments: [] }
      }
      const { feasible, dropped } = splitFeasible(inTime, lot.reserve)
      const best = feasible[0]
      const atMs = windowMs + revealMs
      return {
        award: best === undefined ? null : { offer: best.offer, amount: best.amount, atMs },
        dropped: [...late, ...dropped],
        payments: [],
      }
    })
  },
}
