// The invariants of L, the ledger: what is held, issued and lost adds up.
import { bothRuntimes as both, type InvariantCatalogue } from '../invariant.ts'

export const ledgerInvariants = {
  'L-1': {
    statement: 'The balances of an asset, SUPPLY included, sum to zero.',
    cadence: ['entry', 'thousand', 'end'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'L-2': {
    statement: 'Minus SUPPLY equals the sum of all holders and what was minted less what was burned.',
    cadence: ['thousand', 'end'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'L-3': {
    statement: 'No balance but SUPPLY is negative; reservations are never negative.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'L-4': {
    statement:
      'An entry has at least two legs that sum to zero per asset, each below 2^256, a cause that happened and the next index; the entries of a block are those that its header commits to.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'L-5': {
    statement:
      'Folding the journal and the messages sent gives the state and the outbox that the chain commits to.',
    cadence: ['end'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'L-6': {
    statement:
      'Value leaves circulation only to BURN, or to LOSS with a reason of the closed list, and never comes back.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['transactions'],
  },
  'L-7': {
    statement:
      'Every division states its direction and its residue, which is below the divisor, and rounds against the one who gains by it.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['transactions'],
  },
  'L-8': {
    statement: 'What a bridge cannot carry in its shared decimals goes back to the sender in the same entry.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['crossings'],
  },
  'L-9': {
    statement:
      'Values are derived, never stored: a shown value equals the one recomputed from balances and marks.',
    cadence: ['end'],
    severity: 'fatal',
    reads: 'report',
    runtimes: both,
    needs: ['solvers'],
  },
} satisfies Partial<InvariantCatalogue>
