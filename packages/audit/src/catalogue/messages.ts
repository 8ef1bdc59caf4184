// The invariants of S, signatures and messages: who said what, once, and to whom.
import { bothRuntimes as both, type InvariantCatalogue } from '../invariant.ts'

export const messageInvariants = {
  'S-1': {
    statement: 'An accepted order carries the canonical signature of its user.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'S-2': {
    statement: 'The id of an order is its digest.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'S-3': {
    statement: 'A nonce is used once per user, settler and chain; cancelling uses it.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'S-4': {
    statement: 'The digest binds chain, settler and version; orders of a foreign domain are not stored.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['orders'],
  },
  'S-5': {
    statement:
      'A message is bound by its digest and delivered at most once, where it is addressed; another digest for its key is a conflict.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['messages'],
  },
  'S-6': {
    statement:
      'A delivered message carries strictly increasing distinct verifiers of the current set or one in its grace, at least the threshold, which is at least one; a set takes over by the votes of the one before; or it stands in the source’s outbox under a block that was as firm as the bridge demands.',
    cadence: ['entry'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['messages'],
  },
  'S-8': {
    statement:
      "No delivered message pays or calls a contract of the network: a bridge, its own admin above all, a settler, a rollup's contract, or nobody.",
    cadence: ['entry', 'unit'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['messages'],
  },
  'S-9': {
    statement:
      'A transaction of an account whose key has been rotated carries the signature of the key that counts: its first, until a rotation that the key before has signed puts another in its place.',
    cadence: ['entry', 'unit'],
    severity: 'fatal',
    reads: 'blocks',
    runtimes: both,
    needs: ['rekeyed'],
  },
} satisfies Partial<InvariantCatalogue>
