// Handing an account's transactions to the producers of their chains: one at a time and in the order of their nonces, again
// when a producer fails or its pool has lost them, and not at all once they are pointless.
import type { Inbound, Ports } from '@solvent/ports'
import type { ChainId } from '@solvent/primitives'
import type { SignedTransaction, SolventVocabulary } from '@solvent/protocol'
import { type BackOff, backOffMs } from './back-off.ts'
import type { LanePurpose, LaneState } from './lane-state.ts'
import type { PendingTransaction } from './pending-transaction.ts'
import { createRequestTable } from './request-table.ts'
import type { TimerTable } from './timer-table.ts'
import type { TransactionLane } from './transaction-lane.ts'

type SubmissionPorts = Pick<Ports<SolventVocabulary>, 'clock' | 'transport' | 'rng' | 'meter'>

/** A producer's own chains: hands the transaction to the pool directly and answers later; false for other chains. */
type SubmitHere = (
  signed: SignedTransaction,
  answer: (accepted: boolean, reason: string | null) => void,
) => boolean

export interface SubmissionInit {
  readonly laneOf: (chainId: ChainId) => LaneState | undefined
  /** As `onAbandoned`, with what it was. */
  readonly onGivenUp: (pending: PendingTransaction) => void
  /** A pool refuses what follows a nonce that it lacks. */
  readonly onGap: (state: LaneState) => void
  /** The deadline passed before any producer took it; its nonce has been given to nobody. */
  readonly onAbandoned?: (ref: string) => void
  readonly submitHere?: SubmitHere
  /** A producer has promised the transaction of this ref. */
  readonly onPromised?: (ref: string) => void
  /** Time-outs in ms of the node's clock; generous, because an accelerated clock runs while the machine works. */
  readonly requestTimeoutMs?: number
  readonly inclusionTimeoutMs?: number
}

export interface Submission {
  /** Submits the oldest transaction that no pool has, if nothing else is under way on this chain. */
  pump(state: LaneState): void
  /** Something got into a block, or the node begins: what is left waits from now. */
  waitAnew(state: LaneState): void
  /** Takes replies and failures that are its own; false for others. */
  onMessage(inbound: Inbound<SolventVocabulary>): boolean
}

const RETRY: BackOff = { firstMs: 2_000, capMs: 60_000 }
const REQUEST_TIMEOUT_MS = 60_000
const INCLUSION_TIMEOUT_MS = 120_000

export function createSubmission(
  init: SubmissionInit,
  ports: SubmissionPorts,
  timers: TimerTable<LanePurpose>,
): Submission {
  const { requestTimeoutMs = REQUEST_TIMEOUT_MS, inclusionTimeoutMs = INCLUSION_TIMEOUT_MS } = init
  const requests = createRequestTable<ChainId>(ports.transport)
  const jitter = ports.rng.stream(`transaction-sender/${ports.transport.self}`)
  /** Senders are spread over the producers of a chain; each goes to the next one when it fails. */
  const firstProducer = [...ports.transport.self].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)

  function pump(state: LaneState): void {
    if (state.submitting !== null || state.retry !== null) return
    abandonPointless(state.lane)
    if (state.lane.size === 0) state.waitingSinceMs = null
    for (const pending of state.lane.pending()) {
      if (pending.admitted) continue
      if (pending.stored) submit(state, pending)
      return
    }
    watch(state)
  }

  /** From the newest down, because a nonce that others follow must be used whatever the call is still worth. */
  function abandonPointless(lane: TransactionLane): void {
    for (let nonce = lane.newestNonce; ; nonce--) {
      const pending = lane.at(nonce)
      if (pending === undefined || pending.admitted || !isPointless(pending) || !lane.abandon(pending)) return
      init.onGivenUp(pending)
      init.onAbandoned?.(pending.ref)
    }
  }

  function waitAnew(state: LaneState): void {
    state.waitingSinceMs = state.lane.size === 0 ? null : ports.clock.nowMs()
  }

  function isPointless({ deadlineMs }: PendingTransaction): boolean {
    return deadlineMs !== null && ports.clock.nowMs() > deadlineMs
  }

  function submit(state: LaneState, pending: PendingTransaction): void {
    const { chain } = state.lane
    state.submitting = pending
    if (init.submitHere?.(pending.signed, (accepted, reason) => onAnswer(state, accepted, reason)) === true)
      return
    const producer = chain.producers[(firstProducer + state.failures) % chain.producers.length]
    if (producer === undefined) return
    const message = { type: 'transaction', body: pending.signed } as const
    state.request = requests.ask(producer.node, message, requestTimeoutMs, chain.chainId)
  }

  function onAnswer(state: LaneState, accepted: boolean, reason: string | null): void {
    const { submitting } = state
    state.submitting = null
    state.request = null
    if (submitting === null) return
    // A nonce too low means that the chain has this transaction, or another one in its place: blocks will tell.
    if (accepted || reason === 'duplicate' || reason === 'nonce-too-low') {
      submitting.admitted = true
      state.failures = 0
      pump(state)
      return
    }
    // The pool has lost what came before this one, or we left it out.
    if (reason === 'nonce-gap') {
      state.lane.forgetAdmissions()
      init.onGap(state)
    }
    retryLater(state)
  }

  function retryLater(state: LaneState): void {
    state.failures++
    ports.meter.count('transaction-retries')
    state.retry = timers.set(backOffMs(RETRY, state.failures, jitter), {
      kind: 'retry',
      chainId: state.lane.chain.chainId,
    })
  }

  /** Admitted is not included: a pool may be lost with its producer. */
  function watch(state: LaneState): void {
    if (state.check !== null || state.lane.size === 0) return
    state.check = timers.set(inclusionTimeoutMs, { kind: 'check', chainId: state.lane.chain.chainId })
  }

  return {
    pump,
    waitAnew,
    onMessage(inbound) {
      if (inbound.via !== 'reply' && inbound.via !== 'failure') return false
      const chainId = requests.take(inbound.request)
      const state = chainId === undefined ? undefined : init.laneOf(chainId)
      if (state === undefined) return false
      if (inbound.via === 'reply' && inbound.message.type === 'receipt') {
        const { accepted, reason, promise } = inbound.message.body
        const {
          submitting,
          lane: { chain },
        } = state
        const isOurs = promise !== undefined && state.promises.add(promise)
        onAnswer(state, accepted, reason)
        const isProducer = chain.producers.some(
          ({ address }) => address === promise?.preconfirmation.producer,
        )
        if (isOurs && isProducer && submitting?.hash === promise.preconfirmation.transactionHash)
          init.onPromised?.(submitting.ref)
      } else {
        onAnswer(state, false, inbound.via === 'failure' ? inbound.reason : 'unexpected reply')
      }
      return true
    },
  }
}
