// The relayer's part: when enough verifiers have signed a message, it is handed to its destination chain, once. The
// first relayer of the bridge acts at once, the others wait their turn, so that gas is not spent twice.
import type { Ports, TimerId, Verdict } from '@solvent/ports'
import { type ChainId, type Hash32, MS_PER_SECOND } from '@solvent/primitives'
import {
  type Block,
  type BridgeSpec,
  type MessageKey,
  messageDigest,
  messageKey,
  type RevertReason,
  type SignedAttestation,
  type SolventVocabulary,
} from '@solvent/protocol'
import { createTimerTable } from '../parts/timer-table.ts'
import type { Inclusion } from '../parts/transaction-lane.ts'
import type { TransactionSender } from '../parts/transaction-sender.ts'
import { AttestationPool, type CollectedMessage, quorumOf } from './attestation-pool.ts'
import type { BridgeFreezes } from './bridge-freezes.ts'

export interface RelayerInit {
  readonly bridge: BridgeSpec
  readonly freezes: BridgeFreezes
  readonly sender: TransactionSender
  /** Wait for each relayer that comes before this one, in ms of the node's clock. */
  readonly staggerMs?: number
}

export type RelayerPorts = Pick<Ports<SolventVocabulary>, 'clock' | 'timers' | 'transport' | 'log' | 'meter'>

export interface Relayer {
  /** An attestation from gossip, from its verifier, or our own. */
  collect(signed: SignedAttestation): Verdict
  /** Every followed block, in order, after the freezes have read it. */
  onBlock(block: Block, freezeChanged: boolean): void
  onDelivered(key: MessageKey): void
  /** A transaction of this node is in a block. */
  onIncluded(inclusion: Inclusion): void
  onTimer(timer: TimerId): boolean
  /** What a fresh relayer needs to collect again. */
  collected(): readonly SignedAttestation[]
  readonly delivered: number
}

interface Task {
  readonly key: MessageKey
  readonly digest: Hash32
}

const STAGGER_MS = 60_000
const RETRY_MS = 300_000
const MAX_ATTEMPTS = 8
const MAX_DELIVERED = 100_000

/** Reverts after which the same delivery may succeed later. */
const passing: readonly (RevertReason | null)[] = ['paused', 'unknown-order', 'lock-exhausted', 'out-of-gas']

/** Makes the relayer of one bridge; a node that the bridge does not list relays last. */
export function createRelayer(
  { bridge, freezes, sender, staggerMs = STAGGER_MS }: RelayerInit,
  ports: RelayerPorts,
): Relayer {
  const { threshold, setIndex } = bridge.verification
  const pool = new AttestationPool(bridge)
  const timers = createTimerTable<Task>(ports.timers)
  const tasks = new Map<MessageKey, Task>()
  const parked = new Map<ChainId, Map<MessageKey, Task>>()
  const delivered = new Set<MessageKey>()
  const place = bridge.relayers.findIndex(({ node }) => node === ports.transport.self)
  const rank = place < 0 ? bridge.relayers.length : place

  function plan(task: Task, delayMs: number): void {
    timers.set(delayMs, task)
  }

  function attempt(task: Task): void {
    const collected = pool.find(task.key, task.digest)
    if (collected === undefined || delivered.has(task.key)) return
    const { message } = collected
    const signatures = quorumOf(collected, threshold)
    if (signatures === null) return
    if (freezes.isFrozen(message.dstChainId, Math.floor(ports.clock.nowMs() / MS_PER_SECOND)))
      return park(task, message.dstChainId)
    const proof = { kind: 'quorum', setIndex, signatures } as const
    const call = { kind: 'deliver', message, proof } as const
    for (let i = 0; i < MAX_ATTEMPTS; i++) {
      if (sender.send({ chainId: message.dstChainId, call, ref: refOf(collected, i) }) !== 'reverted') return
    }
    ports.log.text('warn', `Message ${task.key} was refused ${MAX_ATTEMPTS} times; it is left alone.`)
  }

  function park(task: Task, chainId: ChainId): void {
    const waiting = parked.get(chainId) ?? new Map<MessageKey, Task>()
    waiting.set(task.key, task)
    parked.set(chainId, waiting)
    const endsAtMs = freezes.endsAtMs(chainId)
    if (endsAtMs !== null) plan(task, Math.max(0, endsAtMs - ports.clock.nowMs()) + rank * staggerMs)
  }

  function unpark(chainId: ChainId): void {
    const waiting = parked.get(chainId)
    if (waiting === undefined || freezes.isFrozen(chainId, Math.floor(ports.clock.nowMs() / MS_PER_SECOND)))
      return
    parked.delete(chainId)
    for (const task of waiting.values()) plan(task, rank * staggerMs)
  }

  function forget(key: MessageKey): void {
    tasks.delete(key)
    pool.drop(key)
    for (const waiting of parked.values()) waiting.delete(key)
  }

  return {
    collect(signed) {
      if (delivered.has(messageKey(signed.attestation))) return 'ignore'
      const outcome = pool.collect(signed)
      if (outcome.status === 'invalid') return { reject: outcome.reason }
      if (outcome.status === 'known') return 'ignore'
      if (outcome.status === 'foreign') return 'accept'
      const { collected, evidence } = outcome
      if (evidence !== null) {
        ports.meter.count('conflicting-attestations')
        ports.transport.publish('evidence', { type: 'evidence', body: evidence })
      }
      const { key, digest, signatures } = collected
      if (signatures.size >= threshold && tasks.get(key)?.digest !== digest) {
        const task = { key, digest }
        tasks.set(key, task)
        plan(task, rank * staggerMs)
      }
      return 'accept'
    },
    onBlock({ header }, freezeChanged) {
      if (freezeChanged) unpark(header.chainId)
    },
    onDelivered(key) {
      delivered.add(key)
      if (delivered.size > MAX_DELIVERED) delivered.delete(delivered.keys().next().value as MessageKey)
      forget(key)
    },
    onIncluded({ transaction, receipt }) {
      const { call } = transaction
      if (call.kind !== 'deliver' || receipt.status === 'ok') return
      const key = messageKey(call.message)
      const task = tasks.get(key)
      if (task === undefined) return
      ports.meter.count('deliveries-reverted')
      if (receipt.reason === 'paused') park(task, transaction.chainId)
      if (passing.includes(receipt.reason)) {
        plan(task, RETRY_MS)
      } else {
        ports.log.text(
          'warn',
          `Message ${key} was refused on chain ${transaction.chainId}: ${receipt.reason}.`,
        )
        forget(key)
      }
    },
    onTimer(timer) {
      const task = timers.take(timer)
      if (task === undefined) return false
      if (tasks.get(task.key) === task) attempt(task)
      return true
    },
    collected: () => pool.all(),
    get delivered() {
      return delivered.size
    },
  }
}

function refOf({ message }: CollectedMessage, attempt: number): string {
  return `deliver/${messageDigest(message)}/${attempt}`
}
