// The invariants of B, bridges: backing, limits, pauses and what is given back.
import { bothRuntimes as both, type InvariantCatalogue } from '../invariant.ts'

export const bridgeInvariants = {
  'B-1': {
    statement:
      'Each lot in transit belongs to one message that is sent and not delivered; the lots sum to the transit.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['crossings'],
  },
  'B-2': {
    statement: 'Locked plus the declared deficit equals minted plus what is in transit.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['wrapped'],
  },
  'B-3': {
    statement:
      'The supply of a burn-and-mint asset on all chains plus what is in transit equals issued less redeemed plus the declared unauthorised mint.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['issued'],
  },
  'B-4': {
    statement:
      'No far chain exports more of a wrapped asset than it had and received: with an accountant never, without one only by a declared exploit.',
    cadence: ['entry', 'unit'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['crossings'],
  },
  'B-5': {
    statement:
      'What bridges pay out stays below limiter and cap: on each chain of arrival the window sum of each source below its limit, the large delayed, releases before that time by enough votes. What leaves over a lane with a departure limit, its bucket holds. Under a governor each verifier signs no more within a window, and the large is delivered after its wait.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['limited'],
  },
  'B-6': {
    statement:
      "The cash and claims of a bridge's pool are what belongs to its providers, its utilisation is at most 1, and payouts that wait are made in the order of delivery.",
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['pooled'],
  },
  'B-7': {
    statement:
      'A paused bridge neither mints nor releases nor proves, and a lesser pause never ends a greater one.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['messages'],
  },
  'B-8': {
    statement: 'The first event that needs a deficit is the declared exploit.',
    cadence: ['end'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'B-9': {
    statement:
      'A hash lock ends once: the preimage of its hash pays its recipient in time, or time gives it back; what locks hold is what open ones were given.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['swapped'],
  },
} satisfies Partial<InvariantCatalogue>
