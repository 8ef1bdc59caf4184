// The relayer's part: a message that its source chain has sent, or that verifiers vouch for, is handed to its
// destination chain once its proof is ready. The first relayer of the bridge acts at once, the others wait their turn,
// so that gas is not spent twice. What is ready together may go in one transaction. What makes a message believed is the
// attestation source's business.
import type { Ports, TimerId } from '@solvent/ports'
import { type ChainId, MS_PER_SECOND } from '@solvent/primitives'
import {
  type Block,
  type BridgeMessage,
  type BridgeSpec,
  type MessageKey,
  messageDigest,
  messageKey,
  type RevertReason,
  type SolventVocabulary,
} from '@solvent/protocol'
import type { Inclusion } from '../parts/pending-transaction.ts'
import { createTimerTable } from '../parts/timer-table.ts'
import type { TransactionSender } from '../parts/transaction-sender.ts'
import type { AttestationSource, DeliveryCost } from './attestation-source.ts'
import { fillsLock, sentIn } from './bridge-block.ts'
import type { BridgeFreezes } from './bridge-freezes.ts'
import { type BatchTerms, NO_BATCHES } from './delivery-batch.ts'
import { createDeliverySpending } from './delivery-spending.ts'
import { type DeliveryTask, isPassing, MAX_ATTEMPTS, RETRY_MS } from './delivery-task.ts'
import { createRelayerBatches } from './relayer-batches.ts'

export interface RelayerInit {
  readonly bridge: BridgeSpec
  readonly freezes: BridgeFreezes
  readonly sender: TransactionSender
  readonly source: Pick<AttestationSource, 'readiness'>
  /** Wait for each relayer that comes before this one, in ms of the node's clock. */
  readonly staggerMs?: number
  /** Default: each message goes by itself. */
  readonly batches?: BatchTerms
}

export type RelayerPorts = Pick<Ports<SolventVocabulary>, 'clock' | 'timers' | 'transport' | 'log' | 'meter'>

export interface Relayer {
  /** The source's answer for a message may have changed. */
  consider(message: BridgeMessage): void
  /** Every followed block, in order, after the freezes and the source have read it. */
  onBlock(block: Block, freezeChanged: boolean): void
  /** A block is no longer followed: what it sent was not sent. */
  onOrphaned(block: Block): void
  onDelivered(key: MessageKey): void
  /** A transaction of this node is in a block. */
  onIncluded(inclusion: Inclusion): void
  onTimer(timer: TimerId): boolean
  delivered(): number
  waiting(): number
  /** Wei that what this node has handed in since it started was to cost, and was to cost at most. */
  readonly said: Readonly<Pick<DeliveryCost, 'fee' | 'maxFee'>>
}

const STAGGER_MS = 60_000
const MAX_DELIVERED = 100_000
/** Messages under watch, at most; the oldest are forgotten until their source has news of them. */
const MAX_TASKS = 100_000

/** Makes the relayer of one bridge; a node that the bridge does not list relays last. */
export function createRelayer(
  { bridge, freezes, sender, source, staggerMs = STAGGER_MS, batches = NO_BATCHES }: RelayerInit,
  ports: RelayerPorts,
): Relayer {
  const timers = createTimerTable<DeliveryTask>(ports.timers)
  const tasks = new Map<MessageKey, DeliveryTask>()
  const parked = new Map<ChainId, Map<MessageKey, DeliveryTask>>()
  /** What found the lock of its chain too small: tried again when it grows. */
  const dry = new Map<ChainId, Map<MessageKey, DeliveryTask>>()
  const delivered = new Set<MessageKey>()
  const spending = createDeliverySpending(ports)
  const place = bridge.relayers.findIndex(({ node }) => node === ports.transport.self)
  const rank = place < 0 ? bridge.relayers.length : place
  const company = createRelayerBatches(
    { terms: batches, tasks, timers, sender, source, spending, plan, onSkipped: refused },
    ports,
  )

  function consider(message: BridgeMessage): void {
    const key = messageKey(message)
    if (delivered.has(key)) return
    const digest = messageDigest(message)
    const known = tasks.get(key)
    if (known?.digest === digest) {
      if (!known.isPlanned) weigh(known)
      return
    }
    const task: DeliveryTask = {
      ...{ key, digest, message, isPlanned: false, timer: null },
      ...{ joinsAtMs: 0, goesAlone: false },
    }
    if (known === undefined) watch(task)
    else if (source.readiness(message).status === 'ready') tasks.set(key, task)
    else return
    weigh(task)
  }

  /** Asks the source how far a message is, and fixes its turn when its proof is ready. */
  function weigh(task: DeliveryTask): void {
    const readiness = source.readiness(task.message)
    if (readiness.status === 'ready') {
      task.isPlanned = true
      plan(task, rank * staggerMs, batches.waitMs)
    } else if (readiness.status === 'impossible') {
      giveUp(task, readiness.reason)
    } else {
      task.isPlanned = false
      if (readiness.untilMs !== null) plan(task, Math.max(0, readiness.untilMs - ports.clock.nowMs()))
    }
  }

  function watch(task: DeliveryTask): void {
    if (tasks.size >= MAX_TASKS) tasks.delete(tasks.keys().next().value as MessageKey)
    tasks.set(task.key, task)
  }

  /** It is looked at after a delay, and from then on waits so long for company. */
  function plan(task: DeliveryTask, delayMs: number, waitMs = 0): void {
    timers.cancel(task.timer)
    task.timer = timers.set(delayMs + waitMs, task)
    task.joinsAtMs = ports.clock.nowMs() + delayMs
  }

  function attempt(task: DeliveryTask): void {
    const { message } = task
    const readiness = source.readiness(message)
    if (readiness.status !== 'ready') return weigh(task)
    if (isFrozen(message.dstChainId)) return park(task, message.dstChainId)
    const { proof, cost } = readiness
    const together = company.withCompany({ task, message, proof, cost })
    if (together.length > 1) return company.handIn(together)
    const call = { kind: 'deliver', message, proof } as const
    for (let i = 0; i < MAX_ATTEMPTS; i++) {
      const outcome = sender.send({ chainId: message.dstChainId, call, ref: refOf(task, i) })
      if (outcome === 'signed') spending.add(cost)
      if (outcome !== 'reverted') return
    }
    ports.log.text('warn', `Message ${task.key} was refused ${MAX_ATTEMPTS} times; it is left alone.`)
  }

  function isFrozen(chainId: ChainId): boolean {
    return freezes.isFrozen(chainId, Math.floor(ports.clock.nowMs() / MS_PER_SECOND))
  }

  function park(task: DeliveryTask, chainId: ChainId): void {
    const waiting = parked.get(chainId) ?? new Map<MessageKey, DeliveryTask>()
    waiting.set(task.key, task)
    parked.set(chainId, waiting)
    const endsAtMs = freezes.endsAtMs(chainId)
    if (endsAtMs !== null) plan(task, Math.max(0, endsAtMs - ports.clock.nowMs()) + rank * staggerMs)
  }

  function unpark(chainId: ChainId): void {
    const waiting = parked.get(chainId)
    if (waiting === undefined || isFrozen(chainId)) return
    parked.delete(chainId)
    for (const task of waiting.values()) plan(task, rank * staggerMs)
  }

  /** Tries again what waits for the lock. */
  function refilled(chainId: ChainId): void {
    const waiting = dry.get(chainId)
    if (waiting === undefined) return
    dry.delete(chainId)
    for (const task of waiting.values()) plan(task, rank * staggerMs)
  }

  function awaitRefill(task: DeliveryTask, chainId: ChainId): void {
    const waiting = dry.get(chainId) ?? new Map<MessageKey, DeliveryTask>()
    waiting.set(task.key, task)
    dry.set(chainId, waiting)
  }

  /** A message was not taken, by itself or out of a batch. */
  function refused(message: BridgeMessage, chainId: ChainId, reason: RevertReason | null): void {
    const task = tasks.get(messageKey(message))
    if (task === undefined) return
    ports.meter.count('deliveries-reverted')
    if (reason === 'lock-exhausted' && bridge.custody.kind === 'lock-mint') return awaitRefill(task, chainId)
    if (reason === 'paused') park(task, chainId)
    if (isPassing(reason)) plan(task, RETRY_MS)
    else giveUp(task, reason ?? 'unknown')
  }

  function giveUp({ key, message }: DeliveryTask, reason: string): void {
    ports.log.text('warn', `Message ${key} is not delivered on chain ${message.dstChainId}: ${reason}.`)
    forget(key)
  }

  function forget(key: MessageKey): void {
    tasks.delete(key)
    for (const waiting of [...parked.values(), ...dry.values()]) waiting.delete(key)
  }

  return {
    consider,
    onBlock(block, freezeChanged) {
      if (freezeChanged) unpark(block.header.chainId)
      if (dry.size > 0 && fillsLock(block, bridge.address)) refilled(block.header.chainId)
      for (const message of sentIn(block, bridge.address)) consider(message)
    },
    onOrphaned(block) {
      for (const message of sentIn(block, bridge.address)) {
        const task = tasks.get(messageKey(message))
        if (task?.digest === messageDigest(message) && !task.isPlanned) forget(task.key)
      }
    },
    onDelivered(key) {
      delivered.add(key)
      if (delivered.size > MAX_DELIVERED) delivered.delete(delivered.keys().next().value as MessageKey)
      forget(key)
    },
    onIncluded({ transaction, receipt }) {
      const { call, chainId } = transaction
      if (call.kind === 'deliver' && receipt.status === 'reverted')
        refused(call.message, chainId, receipt.reason)
      if (call.kind === 'deliver-batch') company.onIncluded(call, chainId, receipt)
    },
    onTimer(timer) {
      const task = timers.take(timer)
      if (task === undefined) return false
      task.timer = null
      if (tasks.get(task.key) !== task) return true
      if (task.isPlanned) attempt(task)
      else weigh(task)
      return true
    },
    delivered() {
      return delivered.size
    },
    waiting() {
      return tasks.size
    },
    said: spending.said,
  }
}

function refOf({ digest }: DeliveryTask, attempt: number): string {
  return `deliver/${digest}/${attempt}`
}
