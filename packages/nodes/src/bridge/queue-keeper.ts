// Looks after what waits in a bridge's limiter: a relayer asks for it when its time has come, a verifier votes on it.
// What waits is read from blocks, so that a restarted node knows it again.
import type { Ports, TimerId } from '@solvent/ports'
import { type ChainId, type Hash32, secondsToMs } from '@solvent/primitives'
import type { Block, BridgeSpec, RevertReason, SolventVocabulary, TransferVote } from '@solvent/protocol'
import type { Inclusion } from '../parts/pending-transaction.ts'
import { createTimerTable } from '../parts/timer-table.ts'
import type { TransactionSender } from '../parts/transaction-sender.ts'

export interface QueueKeeperInit {
  readonly bridge: BridgeSpec
  readonly sender: TransactionSender
  /** Whether this node asks for what is due; votes are a verifier's. */
  readonly releases: boolean
}

export interface QueueKeeper {
  /** Every followed block, in order. */
  onBlock(block: Block): void
  /** A block is no longer followed: what it queued does not wait. */
  onOrphaned(block: Block): void
  onIncluded(inclusion: Inclusion): void
  onTimer(timer: TimerId): boolean
  /** Votes on everything that waits now. */
  vote(vote: TransferVote): void
}

interface Waiting {
  readonly chainId: ChainId
  readonly digest: Hash32
  attempts: number
}

const STAGGER_MS = 60_000
const RETRY_MS = 300_000
/** Reverts after which the same release may succeed later. */
const passing: readonly (RevertReason | null)[] = ['paused', 'lock-exhausted', 'limited', 'out-of-gas']

export function createQueueKeeper(
  { bridge, sender, releases }: QueueKeeperInit,
  ports: Pick<Ports<SolventVocabulary>, 'timers' | 'transport'>,
): QueueKeeper {
  const timers = createTimerTable<Waiting>(ports.timers)
  const queue = new Map<Hash32, Waiting>()
  const rank = Math.max(
    0,
    bridge.relayers.findIndex(({ node }) => node === ports.transport.self),
  )

  function release(waiting: Waiting): void {
    const { chainId, digest } = waiting
    const call = { kind: 'release-transfer', bridge: bridge.address, digest } as const
    sender.send({ chainId, call, ref: `release/${digest}/${waiting.attempts++}` })
  }

  return {
    onBlock({ header, receipts }) {
      for (const { events } of receipts) {
        for (const event of events) {
          if (event.kind === 'transfer-queued' && event.message.bridge === bridge.address) {
            const waiting = { chainId: header.chainId, digest: event.digest, attempts: 0 }
            queue.set(event.digest, waiting)
            if (releases) timers.setAt(secondsToMs(event.releaseAt) + rank * STAGGER_MS, waiting)
          } else if (event.kind === 'transfer-released' || event.kind === 'transfer-censored') {
            queue.delete(event.digest)
          }
        }
      }
    },
    onOrphaned({ receipts }) {
      for (const { events } of receipts)
        for (const event of events) if (event.kind === 'transfer-queued') queue.delete(event.digest)
    },
    onIncluded({ transaction, receipt }) {
      const { call } = transaction
      if (call.kind !== 'release-transfer' || receipt.status === 'ok') return
      const waiting = queue.get(call.digest)
      if (waiting !== undefined && passing.includes(receipt.reason)) timers.set(RETRY_MS, waiting)
    },
    onTimer(timer) {
      const waiting = timers.take(timer)
      if (waiting === undefined) return false
      if (queue.get(waiting.digest) === waiting) release(waiting)
      return true
    },
    vote(vote) {
      for (const { chainId, digest } of queue.values())
        sender.send({
          chainId,
          call: { kind: 'vote-transfer', bridge: bridge.address, digest, vote },
          ref: `vote/${vote}/${digest}`,
        })
    },
  }
}
