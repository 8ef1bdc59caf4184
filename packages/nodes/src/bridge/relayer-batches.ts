// A relayer's batches: which messages go with one whose turn it is, how they are handed in as one transaction, and what
// becomes of them when a block has it: each was delivered or skipped, or the whole failed and each goes by itself from then on.
import type { Ports } from '@solvent/ports'
import type { ChainId } from '@solvent/primitives'
import {
  type BridgeMessage,
  type MessageKey,
  messageDigest,
  messageKey,
  type Receipt,
  type RevertReason,
  type SolventVocabulary,
} from '@solvent/protocol'
import { batchKeyOf, joinDeliveries } from '@solvent/settlement'
import type { TimerTable } from '../parts/timer-table.ts'
import type { TransactionSender } from '../parts/transaction-sender.ts'
import type { AttestationSource } from './attestation-source.ts'
import {
  type BatchCall,
  type BatchTerms,
  costOfBatch,
  nameOfBatch,
  type ReadyDelivery,
  thatFit,
} from './delivery-batch.ts'
import type { DeliverySpending } from './delivery-spending.ts'
import { type DeliveryTask, isPassing, MAX_ATTEMPTS, RETRY_MS } from './delivery-task.ts'

export interface RelayerBatchesInit {
  readonly terms: BatchTerms
  /** All that the relayer watches, oldest first. */
  readonly tasks: ReadonlyMap<MessageKey, DeliveryTask>
  readonly timers: Pick<TimerTable<DeliveryTask>, 'cancel'>
  readonly sender: Pick<TransactionSender, 'send' | 'gasQuote'>
  readonly source: Pick<AttestationSource, 'readiness'>
  readonly spending: DeliverySpending
  /** A task is looked at again after a delay. */
  readonly plan: (task: DeliveryTask, delayMs: number) => void
  /** A batch was taken without this message. */
  readonly onSkipped: (message: BridgeMessage, chainId: ChainId, reason: RevertReason | null) => void
}

export type RelayerBatchesPorts = Pick<Ports<SolventVocabulary>, 'clock' | 'log' | 'meter'>

/** A task that could be handed in now. */
export interface ReadyTask extends ReadyDelivery {
  readonly task: DeliveryTask
}

export interface RelayerBatches {
  /** A message, and what may go with it now: of its lane and on the same word, as much as one transaction carries. */
  withCompany(first: ReadyTask): readonly ReadyTask[]
  /** As one transaction. */
  handIn(together: readonly ReadyTask[]): void
  /** A batch of this node is in a block. */
  onIncluded(call: BatchCall, chainId: ChainId, receipt: Receipt): void
}

/** Makes the batches of one relayer. */
export function createRelayerBatches(
  { terms, tasks, timers, sender, source, spending, plan, onSkipped }: RelayerBatchesInit,
  ports: RelayerBatchesPorts,
): RelayerBatches {
  /** What has waited its time may go before its timer fires. */
  function mayJoin(task: DeliveryTask, nowMs: number): boolean {
    return task.isPlanned && task.timer !== null && task.joinsAtMs <= nowMs && !task.goesAlone
  }

  /** A batch failed as a whole: whose fault it was shows when each goes by itself. */
  function scatter(messages: readonly BridgeMessage[], reason: RevertReason | null): void {
    for (const message of messages) {
      const task = tasks.get(messageKey(message))
      if (task === undefined) continue
      ports.meter.count('deliveries-reverted')
      task.goesAlone = true
      plan(task, isPassing(reason) ? RETRY_MS : 0)
    }
  }

  return {
    withCompany(first) {
      const together = [first]
      if (terms.most === 1 || first.task.goesAlone) return together
      const nowMs = ports.clock.nowMs()
      const key = batchKeyOf(first)
      for (const task of tasks.values()) {
        if (together.length === terms.most) break
        if (!mayJoin(task, nowMs) || task === first.task || !isSameLane(task.message, first.message)) continue
        const readiness = source.readiness(task.message)
        if (readiness.status !== 'ready') continue
        const { proof, cost } = readiness
        const ready = { task, message: task.message, proof, cost }
        if (batchKeyOf(ready) === key) together.push(ready)
      }
      return thatFit(together)
    },
    handIn(together) {
      for (const { task } of together) {
        timers.cancel(task.timer)
        task.timer = null
      }
      const call = joinDeliveries(together)
      const name = nameOfBatch(call)
      const { dstChainId } = (together[0] as ReadyTask).message
      for (let i = 0; i < MAX_ATTEMPTS; i++) {
        const outcome = sender.send({ chainId: dstChainId, call, ref: `deliver-batch/${name}/${i}` })
        if (outcome === 'signed') {
          const costs = together.map(({ cost }) => cost)
          spending.add(costOfBatch(sender, call, costs))
          ports.meter.count('delivery-batches')
          ports.meter.count('batched-deliveries', together.length)
        }
        // What was in a block and is tried again was skipped there.
        if (outcome === 'signed' || outcome === 'pending') return
      }
      ports.log.text('warn', `Batch ${name} was refused ${MAX_ATTEMPTS} times; it is left alone.`)
    },
    onIncluded({ messages }, chainId, { status, reason, events }) {
      if (status === 'reverted') return scatter(messages, reason)
      for (const event of events) {
        if (event.kind !== 'message-skipped') continue
        const message = messages.find((each) => messageDigest(each) === event.digest)
        if (message !== undefined) onSkipped(message, chainId, event.reason)
      }
    },
  }
}

/** A bridge's relayer knows messages of its bridge alone. */
function isSameLane(a: BridgeMessage, b: BridgeMessage): boolean {
  return a.srcChainId === b.srcChainId && a.emitter === b.emitter && a.dstChainId === b.dstChainId
}
