// Which of a node's transactions waited too long for a block: recorded, so that a run can say who was priced out, and of what.
import type { Ports } from '@solvent/ports'
import type { NetworkSpec, SolventVocabulary } from '@solvent/protocol'
import type { PendingTransaction } from './pending-transaction.ts'

/** Late is what took more slots than this, and longer than the network and a busy machine may take. */
const LATE_SLOTS = 4
const LATE_MS = 30_000

export interface Lateness {
  /** It is in a block. */
  included(pending: PendingTransaction): void
  /** Its deadline passed before a producer took it. */
  givenUp(pending: PendingTransaction): void
}

export function createLateness(
  spec: NetworkSpec,
  ports: Pick<Ports<SolventVocabulary>, 'clock' | 'log'>,
): Lateness {
  function record(
    { signed, signedMs, replaced }: PendingTransaction,
    outcome: 'included' | 'given-up',
  ): void {
    // A restarted node does not know when it signed.
    if (signedMs === null) return
    const { chainId, call } = signed.transaction
    const waitedMs = ports.clock.nowMs() - signedMs
    const slotMs = spec.chains.find((chain) => chain.chainId === chainId)?.slotMs ?? 0
    if (outcome === 'included' && waitedMs <= Math.max(LATE_MS, LATE_SLOTS * slotMs)) return
    const raised = replaced.length
    ports.log.event({ kind: 'transaction-late', chainId, call: call.kind, waitedMs, raised, outcome })
  }

  return {
    included: (pending) => record(pending, 'included'),
    givenUp: (pending) => record(pending, 'given-up'),
  }
}
