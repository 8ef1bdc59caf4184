// The invariants of T, time and blocks; R, recovery: what a chain and a signer may not do twice.
import { bothRuntimes as both, type InvariantCatalogue } from '../invariant.ts'

export const blockInvariants = {
  'T-1': {
    statement: 'Events are popped in strictly increasing order of (time, priority, sequence).',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'runtime',
    runtimes: both,
    needs: [],
  },
  'T-2': {
    statement: 'Blocks are contiguous, linked to their parents and stamped with their slot.',
    cadence: ['block'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'T-3': {
    statement:
      'Finalised is at most safe is at most head; neither falls; no branch reaches below the finalised block, unless people overruled it; a rollup holds no block whose sequencing window passed without a batch.',
    cadence: ['block'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'T-4': {
    statement:
      'The state is that of the branch: transactions stand in it once and in the order of their nonces, and nothing that a re-org took away is held against them.',
    cadence: ['block'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'T-5': {
    statement: 'A message arrives no earlier than it was sent plus the least latency.',
    cadence: ['entry', 'live'],
    severity: 'fatal',
    reads: 'runtime',
    runtimes: ['sim'],
    needs: [],
  },
  'T-6': {
    statement:
      'A withdrawal is final no earlier than its root has stood for its window; a wrong root never while a challenger could have said so.',
    cadence: ['block', 'live'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'T-7': {
    statement:
      'A sequencer that is declared down makes no block, and one with near-empty blocks puts nobody’s transaction into them; what the L1 forces upon a rollup is in its chain by the delay, or, with a delay buffer, once it has been read, which anybody may have done when it has waited too long and not before.',
    cadence: ['block', 'end'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['outages'],
  },
  'T-8': {
    statement:
      'Chain time is slot time: no block is seen before its slot begins, less the clock skew that is declared.',
    cadence: ['block'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: [],
  },
  'T-9': {
    statement:
      'Gas costs what was used times the price: the base fee, which follows from the parent, to BURN, the tip to the producer; a transaction that reverts changes only nonce and fee.',
    cadence: ['entry', 'block'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['transactions'],
  },
  'T-10': {
    statement:
      'A promise of inclusion that blocks show to be broken costs its producer the penalty once, or what is left of the bond, half to the sender and the rest burned; a kept one costs nothing.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['promised'],
  },
  'R-4': {
    statement: 'No signer makes two conflicting commitments in one slot.',
    cadence: ['entry', 'live'],
    severity: 'fatal',
    reads: 'events',
    runtimes: both,
    needs: ['orders'],
  },
} satisfies Partial<InvariantCatalogue>
