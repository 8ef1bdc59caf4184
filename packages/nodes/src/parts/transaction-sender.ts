// How a node acts on chains: it signs a transaction once, keeps it in its store, and hands the same bytes to the
// chain's producers until a followed block has it.
import type { Inbound, Ports, RequestId, StoreTicket, TimerId } from '@solvent/ports'
import type { ChainId } from '@solvent/primitives'
import type {
  Block,
  Call,
  NetworkSpec,
  Receipt,
  SignedPreconfirmation,
  SignedTransaction,
  SolventVocabulary,
} from '@solvent/protocol'
import { type BackOff, backOffMs } from './back-off.ts'
import { FeeEstimate } from './fee-estimate.ts'
import { PromiseBook } from './promise-book.ts'
import { createRequestTable } from './request-table.ts'
import { createTimerTable } from './timer-table.ts'
import { type Inclusion, type PendingTransaction, TransactionLane } from './transaction-lane.ts'

export type TransactionSenderPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'transport' | 'signer' | 'store' | 'rng' | 'log' | 'meter'
>

export interface TransactionSenderInit {
  readonly spec: NetworkSpec
  /** A transaction of ours is in a block. Called again when blocks are read again after a restart. */
  readonly onIncluded: (inclusion: Inclusion) => void
  /** The deadline passed before any producer took it; its nonce has been given to nobody. */
  readonly onAbandoned?: (ref: string) => void
  /** A producer's own chains: hands the transaction to the pool directly and answers later; false for other chains. */
  readonly submitHere?: (
    signed: SignedTransaction,
    answer: (accepted: boolean, reason: string | null) => void,
  ) => boolean
  /** Time-outs in ms of the node's clock; generous, because an accelerated clock runs while the machine works. */
  readonly requestTimeoutMs?: number
  readonly inclusionTimeoutMs?: number
}

export interface SendOptions {
  readonly chainId: ChainId
  readonly call: Call
  /** What it is for; a second transaction for the same ref is never signed. */
  readonly ref: string
  /** Unix ms of the node's clock after which it is pointless; default: never. */
  readonly deadlineMs?: number
  /** Wei per gas on top of the base fee; default a tenth of the base fee, more in full blocks. */
  readonly priorityFeePerGas?: bigint
  /** Blobs that it carries; default none. */
  readonly blobs?: number
}

/** `signed` now, `pending` since earlier, or in a block: `ok` or `reverted`. */
export type SendOutcome = 'signed' | 'pending' | Receipt['status']

export interface TransactionSender {
  send(options: SendOptions): SendOutcome
  /** What is known of a ref on a chain. */
  find(chainId: ChainId, ref: string): 'pending' | Receipt['status'] | undefined
  /** Submits what was pending when the node was killed. */
  start(): void
  /** Every followed block, in order. */
  onBlock(block: Block): void
  /** Takes replies, failures and store answers that are its own; false for others. */
  onMessage(inbound: Inbound<SolventVocabulary>): boolean
  /** False when the timer is not its own. */
  onTimer(timer: TimerId): boolean
  /** How long something of ours has waited for this chain without any of it getting into a block, ms; 0 when nothing waits. */
  waitedMs(chainId: ChainId): number
  /** How many transactions are on their way. */
  readonly pending: number
  /** Wei per blob gas in the next block of a chain; 0 where there are no blobs. */
  blobBaseFee(chainId: ChainId): bigint
}

const RETRY: BackOff = { firstMs: 2_000, capMs: 60_000 }
const REQUEST_TIMEOUT_MS = 60_000
const INCLUSION_TIMEOUT_MS = 120_000
const CLAIM_REF = 'broken-promise/'
/** How often pending offers are looked at, when one counts as stuck, and how often it is raised (see fee-estimate.ts). */
const SWEEP_MS = 15_000
const STUCK_MS = 60_000
const MAX_REPLACEMENTS = 3

interface LaneState {
  readonly lane: TransactionLane
  readonly fees: FeeEstimate
  readonly promises: PromiseBook
  /** One submission at a time, so that nonces reach the pool in order. */
  submitting: PendingTransaction | null
  request: RequestId | null
  retry: TimerId | null
  check: TimerId | null
  sweep: TimerId | null
  failures: number
  /** Unix ms since when something waits and nothing gets into a block; null when nothing waits. */
  waitingSinceMs: number | null
}

type Purpose = { readonly kind: 'retry' | 'check' | 'sweep'; readonly chainId: ChainId }

/** Makes the sender of one node's account. Its parts of the store begin with `tx/`. */
export function createTransactionSender(
  init: TransactionSenderInit,
  ports: TransactionSenderPorts,
): TransactionSender {
  const { requestTimeoutMs = REQUEST_TIMEOUT_MS, inclusionTimeoutMs = INCLUSION_TIMEOUT_MS } = init
  const timers = createTimerTable<Purpose>(ports.timers)
  const requests = createRequestTable<ChainId>(ports.transport)
  const jitter = ports.rng.stream(`transaction-sender/${ports.transport.self}`)
  /** Senders are spread over the producers of a chain; each goes to the next one when it fails. */
  const firstProducer = [...ports.transport.self].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  const states = new Map<ChainId, LaneState>(
    init.spec.chains.map((chain) => [
      chain.chainId,
      {
        lane: new TransactionLane(chain, ports.store, ports.signer),
        fees: new FeeEstimate(init.spec, chain),
        promises: new PromiseBook(ports.signer.address),
        submitting: null,
        request: null,
        retry: null,
        check: null,
        sweep: null,
        failures: 0,
        waitingSinceMs: null,
      },
    ]),
  )

  function send({ chainId, call, ref, deadlineMs, priorityFeePerGas, blobs = 0 }: SendOptions): SendOutcome {
    const state = states.get(chainId)
    if (state === undefined)
      throw new Error(`A transaction for chain ${chainId}, which the network does not have.`)
    const known = state.lane.find(ref)
    if (known !== undefined) return known
    const nowMs = ports.clock.nowMs()
    const offer = state.fees.offer(nowMs, priorityFeePerGas)
    state.lane.sign({ ref, call, deadlineMs: deadlineMs ?? null, offer, blobs, nowMs })
    sweepLater(state)
    ports.meter.count('transactions-signed')
    state.waitingSinceMs ??= ports.clock.nowMs()
    return 'signed'
  }

  /** Submits the oldest transaction that no pool has, if nothing else is under way on this chain. */
  function pump(state: LaneState): void {
    if (state.submitting !== null || state.retry !== null) return
    abandonPointless(state.lane)
    if (state.lane.pending().length === 0) state.waitingSinceMs = null
    for (const pending of state.lane.pending()) {
      if (pending.admitted) continue
      if (pending.stored) submit(state, pending)
      return
    }
    watch(state)
  }

  /** From the newest down, because a nonce that others follow must be used whatever the call is still worth. */
  function abandonPointless(lane: TransactionLane): void {
    for (const pending of lane.pending().reverse()) {
      if (pending.admitted || !isPointless(pending) || !lane.abandon(pending)) return
      init.onAbandoned?.(pending.ref)
    }
  }

  function waitAnew(state: LaneState): void {
    state.waitingSinceMs = state.lane.pending().length === 0 ? null : ports.clock.nowMs()
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
    // The pool has lost what came before this one.
    if (reason === 'nonce-gap') state.lane.forgetAdmissions()
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

  /** A promise was broken: the chain pays for it out of the producer's bond. */
  function claim({ lane }: LaneState, promise: SignedPreconfirmation): void {
    const { transactionHash, block } = promise.preconfirmation
    ports.meter.count('promises-broken')
    ports.log.text(
      'warn',
      `${transactionHash} was promised for block ${block} of ${lane.chain.name} at the latest.`,
    )
    const { chainId } = lane.chain
    send({ chainId, call: { kind: 'prove-broken-promise', promise }, ref: CLAIM_REF + transactionHash })
  }

  /** While something waits on a chain whose fees move, its oldest offer is looked at. */
  function sweepLater(state: LaneState): void {
    if (!state.fees.moves || state.sweep !== null || state.lane.pending().length === 0) return
    state.sweep = timers.set(SWEEP_MS, { kind: 'sweep', chainId: state.lane.chain.chainId })
  }

  /** The transaction that all others wait for, raised when it is stuck: in time, within the cap, and not too often. */
  function sweep(state: LaneState): void {
    const nowMs = ports.clock.nowMs()
    const [stuck] = state.lane.pending()
    if (stuck === undefined) return
    stuck.sinceMs ??= nowMs
    if (stuck.admitted && nowMs - stuck.sinceMs > STUCK_MS) raise(state, stuck, nowMs)
    sweepLater(state)
  }

  function raise(state: LaneState, stuck: PendingTransaction, nowMs: number): void {
    const { maxFeePerGas, maxPriorityFeePerGas, maxFeePerBlobGas = 0n } = stuck.signed.transaction
    const offer =
      stuck.replaced.length < MAX_REPLACEMENTS
        ? state.fees.raised({ maxFeePerGas, maxPriorityFeePerGas, maxFeePerBlobGas }, nowMs)
        : null
    if (offer !== null) {
      ports.meter.count('transactions-replaced')
      state.lane.replace(stuck, offer, nowMs)
      return
    }
    const why = stuck.replaced.length < MAX_REPLACEMENTS ? 'the cap on fees' : 'its last replacement'
    ports.meter.count('transactions-priced-out')
    ports.log.text(
      'warn',
      `${stuck.ref} is priced out on ${state.lane.chain.name}: ${maxFeePerGas} wei a gas was ${why}, ` +
        `${state.fees.next(nowMs).baseFee} is the base fee. It waits in the pool.`,
    )
    // Not before the pool may have forgotten it.
    stuck.sinceMs = Number.MAX_SAFE_INTEGER
  }

  /** Admitted is not included: a pool may be lost with its producer. */
  function watch(state: LaneState): void {
    if (state.check !== null || state.lane.pending().length === 0) return
    state.check = timers.set(inclusionTimeoutMs, { kind: 'check', chainId: state.lane.chain.chainId })
  }

  return {
    send,
    find: (chainId, ref) => states.get(chainId)?.lane.find(ref),
    start() {
      for (const state of states.values()) {
        waitAnew(state)
        pump(state)
        sweepLater(state)
      }
    },
    onBlock(block) {
      const state = states.get(block.header.chainId)
      if (state === undefined) return
      state.fees.onHeader(block.header)
      const broken = state.promises.onBlock(block)
      const { included, displaced } = state.lane.onBlock(block)
      if (included.length + displaced.length > 0) {
        timers.cancel(state.check)
        state.check = null
        waitAnew(state)
      }
      for (const { ref, signed, deadlineMs } of displaced) {
        const { call, chainId, maxPriorityFeePerGas, blobs = 0 } = signed.transaction
        ports.log.text(
          'warn',
          `Another transaction took nonce ${signed.transaction.nonce} on ${chainId}; ${ref} is signed again.`,
        )
        send({
          chainId,
          call,
          ref,
          blobs,
          priorityFeePerGas: maxPriorityFeePerGas,
          ...(deadlineMs === null ? {} : { deadlineMs }),
        })
      }
      for (const inclusion of included) if (!isClaim(inclusion)) init.onIncluded(inclusion)
      for (const promise of broken) claim(state, promise)
      if (included.length + displaced.length > 0) pump(state)
    },
    onMessage(inbound) {
      if (inbound.via === 'store') return onStore(inbound.ticket)
      if (inbound.via !== 'reply' && inbound.via !== 'failure') return false
      const chainId = requests.take(inbound.request)
      const state = chainId === undefined ? undefined : states.get(chainId)
      if (state === undefined) return false
      if (inbound.via === 'reply' && inbound.message.type === 'receipt') {
        const { accepted, reason, promise } = inbound.message.body
        if (promise !== undefined) state.promises.add(promise)
        onAnswer(state, accepted, reason)
      } else {
        onAnswer(state, false, inbound.via === 'failure' ? inbound.reason : 'unexpected reply')
      }
      return true
    },
    onTimer(timer) {
      const purpose = timers.take(timer)
      const state = purpose === undefined ? undefined : states.get(purpose.chainId)
      if (purpose === undefined || state === undefined) return false
      state[purpose.kind] = null
      if (purpose.kind === 'sweep') {
        sweep(state)
        return true
      }
      if (purpose.kind === 'check') state.lane.forgetAdmissions()
      pump(state)
      return true
    },
    waitedMs(chainId) {
      const sinceMs = states.get(chainId)?.waitingSinceMs ?? null
      return sinceMs === null ? 0 : ports.clock.nowMs() - sinceMs
    },
    blobBaseFee: (chainId) => states.get(chainId)?.fees.next(ports.clock.nowMs()).blobBaseFee ?? 0n,
    get pending() {
      let count = 0
      for (const { lane } of states.values()) count += lane.pending().length
      return count
    },
  }

  function onStore(ticket: StoreTicket): boolean {
    for (const state of states.values()) {
      if (!state.lane.onStore(ticket)) continue
      pump(state)
      return true
    }
    return false
  }
}

/** The sender's own business, which its node did not ask for. */
function isClaim({ ref }: Inclusion): boolean {
  return ref.startsWith(CLAIM_REF)
}
