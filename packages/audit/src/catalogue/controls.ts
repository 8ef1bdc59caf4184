// The invariants of G, controls: breakers, limits, authorities and funds.
import { bothRuntimes as both, type InvariantCatalogue } from '../invariant.ts'

export const controlInvariants = {
  'G-1': {
    statement:
      'A circuit breaker halts when the price that it watches has moved too far within its window, and only then; what it stops does not happen while it halts, and is refused for a halt at no other time.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['breakers'],
  },
  'G-2': {
    statement:
      'Within a window no more of a token leaves a market or lending pool than its outflow limit lets through, liquidations aside.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['outflows'],
  },
  'G-3': {
    statement:
      'A measure is enacted once, by an authority that reaches so far, after the votes of enough of its members or holders and its delays, and within its bounds; terms of a reserve change by measures alone.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['measures'],
  },
  'G-4': {
    statement:
      'Nothing moves of a token that is halted, nor to or from an account for which it is frozen, but what an enacted claw-back takes; and no other transfer is refused as halted or frozen.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['holds'],
  },
  'G-5': {
    statement:
      'After a loan no more of a token stands behind the account in the places of a collateral check than it allows, receipts and shares of pairs looked through.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['checks'],
  },
  'G-6': {
    statement:
      'A discount window lends what it has on pledges that are worth more than the loan by their oracles and its haircuts, gives each back for principal and penalty interest and to nobody else, and keeps it only past the term.',
    cadence: ['entry', 'thousand'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['windows'],
  },
} satisfies Partial<InvariantCatalogue>
