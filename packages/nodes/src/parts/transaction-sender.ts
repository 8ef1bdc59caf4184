// How a node acts on chains: it signs a transaction once, keeps it in its store, and hands the same bytes to the
// chain's producers until a followed block has it.
import type { Inbound, Ports, StoreTicket, TimerId } from '@solvent/ports'
import type { Address, ChainId } from '@solvent/primitives'
import type { Block, Call, DigestSigner, NetworkSpec, Receipt, SolventVocabulary } from '@solvent/protocol'
import { type AccountRotation, isRotation, nextKeyOf, rotationDue } from './account-rotation.ts'
import type { GasQuote } from './fee-estimate.ts'
import { createLaneState, type LanePurpose, type LaneState } from './lane-state.ts'
import { createLateness } from './lateness.ts'
import { fillerOf, isFiller } from './nonce-filler.ts'
import type { Inclusion } from './pending-transaction.ts'
import { claimedBy, claimOf, isClaim, noteBroken } from './promise-claim.ts'
import { SigningFaults } from './signing-faults.ts'
import { createStuckTransactions } from './stuck-transactions.ts'
import { createSubmission, type SubmissionInit } from './submission.ts'
import { createTimerTable } from './timer-table.ts'

export type TransactionSenderPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'transport' | 'signer' | 'store' | 'rng' | 'log' | 'meter'
>

export interface TransactionSenderInit extends Omit<SubmissionInit, 'laneOf' | 'onGivenUp' | 'onGap'> {
  readonly spec: NetworkSpec
  /** Those to which the account's owner may rotate it; default none. */
  readonly keys?: readonly DigestSigner[]
  /** Of the account's key, at a time; its node hears nothing of it. Default: never. */
  readonly rotation?: AccountRotation | undefined
  /** A transaction of ours is in a block. Called again when blocks are read again after a restart. */
  readonly onIncluded: (inclusion: Inclusion) => void
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
  /** Whoever sets it has it: what runs out of it is not sent again. Default: what the call takes. */
  readonly gasLimit?: number
  /** Nonces that are left out before it; default none. */
  readonly skipNonces?: number
}

/** `signed` now, `pending` since earlier, or in a block: `ok` or `reverted`. */
export type SendOutcome = 'signed' | 'pending' | Receipt['status']

export interface TransactionSender {
  send(options: SendOptions): SendOutcome
  /** What is known of a ref on a chain. */
  find(chainId: ChainId, ref: string): 'pending' | Receipt['status'] | undefined
  /** Whose signature the chain takes for the account, as far as blocks say. */
  keyInForce(chainId: ChainId): Address
  /** Submits what was pending when the node was killed. */
  start(): void
  /** Every followed block, in order. */
  onBlock(block: Block): void
  /** A block that is followed no more. */
  onOrphaned(block: Block): void
  /** Takes replies, failures, store answers and orders to sign wrongly, which are its own; false for others. */
  onMessage(inbound: Inbound<SolventVocabulary>): boolean
  /** False when the timer is not its own. */
  onTimer(timer: TimerId): boolean
  /** How long something of ours has waited for this chain without any of it getting into a block, ms; 0 when nothing waits. */
  waitedMs(chainId: ChainId): number
  /** How many transactions are on their way. */
  pending(): number
  /** What gas costs on a chain. */
  gasQuote(chainId: ChainId): GasQuote
  /** Wei per blob gas in the next block of a chain; 0 where there are no blobs. */
  blobBaseFee(chainId: ChainId): bigint
}

/** Makes the sender of one node's account. Its parts of the store begin with `tx/`. */
export function createTransactionSender(
  init: TransactionSenderInit,
  ports: TransactionSenderPorts,
): TransactionSender {
  const timers = createTimerTable<LanePurpose>(ports.timers)
  const stuck = createStuckTransactions({ clock: ports.clock, log: ports.log, meter: ports.meter, timers })
  const { rotation } = init
  const keys = [...(init.keys ?? []), ...(rotation === undefined ? [] : [nextKeyOf(rotation)])]
  const states = new Map<ChainId, LaneState>(
    init.spec.chains.map((chain) => [chain.chainId, createLaneState(init.spec, chain, ports, keys)]),
  )

  const faults = new SigningFaults(init.spec, ports)
  /** Refs of this life whose gas limit was set by whoever sent them. */
  const limited = new Set<string>()
  const lateness = createLateness(init.spec, ports)
  const submission = createSubmission(
    {
      ...init,
      laneOf: (chainId) => states.get(chainId),
      onGivenUp: (pending) => lateness.givenUp(pending),
      onGap: fillGaps,
    },
    ports,
    timers,
  )

  /** What the sender does of itself: its node did not ask for it. */
  const isHouseWork = (inclusion: Inclusion): boolean =>
    isClaim(inclusion) || isFiller(inclusion) || isRotation(inclusion)

  function send(options: SendOptions): SendOutcome {
    const { chainId, call, ref, deadlineMs = null, priorityFeePerGas, blobs = 0 } = options
    const state = stateOf(chainId)
    if (options.gasLimit !== undefined) limited.add(ref)
    const known = state.lane.find(ref)
    if (known !== undefined) return known
    const nowMs = ports.clock.nowMs()
    const offer = state.fees.offer(nowMs, priorityFeePerGas)
    const { skip, ...cut } = faults.take(chainId, call)
    const gas = options.gasLimit === undefined ? cut : { gasLimit: options.gasLimit }
    const skipped = skip + (options.skipNonces ?? 0)
    state.lane.sign({ ref, call, deadlineMs, offer, blobs, nowMs, skip: skipped, ...gas })
    if (skipped > 0)
      ports.log.text('warn', `${ref} leaves ${skipped} nonces out on ${state.lane.chain.name}.`)
    stuck.sweepLater(state)
    ports.meter.count('transactions-signed')
    state.waitingSinceMs ??= ports.clock.nowMs()
    return 'signed'
  }

  function stateOf(chainId: ChainId): LaneState {
    const state = states.get(chainId)
    if (state === undefined)
      throw new Error(`A transaction for chain ${chainId}, which the network does not have.`)
    return state
  }

  /** Once more what was signed before, under a nonce of its own. */
  function sendAgain({
    transaction,
    pending,
    ref,
  }: Pick<Inclusion, 'transaction' | 'pending' | 'ref'>): void {
    const { call, chainId, maxPriorityFeePerGas, blobs = 0 } = transaction
    const deadlineMs = pending?.deadlineMs ?? null
    send({
      chainId,
      call,
      ref,
      blobs,
      priorityFeePerGas: maxPriorityFeePerGas,
      ...(deadlineMs === null ? {} : { deadlineMs }),
      ...(limited.has(ref) ? { gasLimit: transaction.gasLimit } : {}),
    })
  }

  /** What ran out of gas that nobody wanted to be so little is sent again with enough; true when its node need not know. */
  function isMended(state: LaneState, inclusion: Inclusion): boolean {
    const { ref, receipt } = inclusion
    if (receipt.reason !== 'out-of-gas' || limited.has(ref)) return false
    if (!state.lane.release(inclusion)) return true
    ports.meter.count('transactions-out-of-gas')
    ports.log.text('warn', `${ref} ran out of gas on ${state.lane.chain.name} and is sent again.`)
    sendAgain(inclusion)
    return true
  }

  /** Something of ours has waited too long, or a pool says that nonces are missing. */
  function fillGaps({ lane, fees }: LaneState): void {
    const nowMs = ports.clock.nowMs()
    for (const nonce of lane.missing()) {
      const filler = fillerOf(ports.signer.address, nonce)
      lane.sign({ ...filler, nonce, deadlineMs: null, offer: fees.offer(nowMs), blobs: 0, nowMs })
      ports.meter.count('nonces-filled')
      ports.log.text('warn', `Nonce ${nonce} of ${lane.chain.name} was missing and is used for nothing.`)
    }
  }

  return {
    send,
    keyInForce: (chainId) => stateOf(chainId).lane.keyInForce,
    find: (chainId, ref) => states.get(chainId)?.lane.find(ref),
    start() {
      for (const state of states.values()) {
        submission.waitAnew(state)
        submission.pump(state)
        stuck.sweepLater(state)
      }
    },
    onBlock(block) {
      const state = states.get(block.header.chainId)
      if (state === undefined) return
      state.fees.onHeader(block.header)
      const broken = state.promises.onBlock(block)
      for (const promise of broken) noteBroken(state, promise, ports)
      const { included, displaced } = state.lane.onBlock(block)
      if (included.length + displaced.length > 0) {
        timers.cancel(state.check)
        state.check = null
        submission.waitAnew(state)
      }
      for (const pending of displaced) {
        const { ref, signed } = pending
        ports.log.text(
          'warn',
          `Another transaction took nonce ${signed.transaction.nonce} on ${state.lane.chain.name}; ${ref} is signed again.`,
        )
        if (!isFiller(pending)) sendAgain({ transaction: signed.transaction, pending, ref })
      }
      for (const { pending } of included) if (pending !== null) lateness.included(pending)
      for (const inclusion of included)
        if (!isMended(state, inclusion) && !isHouseWork(inclusion)) init.onIncluded(inclusion)
      const next = rotation === undefined ? null : rotationDue(rotation, block)
      if (next !== null) send(next)
      for (const { ref } of included) {
        const claimed = claimedBy(ref)
        if (claimed !== null) state.broken.claimed(claimed)
      }
      for (const promise of state.broken.onBlock(block, broken)) send(claimOf(state, promise))
      if (included.length + displaced.length > 0) submission.pump(state)
    },
    onOrphaned(block) {
      const state = states.get(block.header.chainId)
      state?.broken.onOrphaned(block)
      if (state?.lane.onOrphaned(block) !== true) return
      ports.meter.count('transactions-orphaned')
      submission.waitAnew(state)
      submission.pump(state)
    },
    onMessage(inbound) {
      if (inbound.via === 'request') return faults.onRequest(inbound)
      return inbound.via === 'store' ? onStore(inbound.ticket) : submission.onMessage(inbound)
    },
    onTimer(timer) {
      const purpose = timers.take(timer)
      const state = purpose === undefined ? undefined : states.get(purpose.chainId)
      if (purpose === undefined || state === undefined) return false
      state[purpose.kind] = null
      if (purpose.kind === 'sweep') {
        stuck.sweep(state)
        return true
      }
      if (purpose.kind === 'check') {
        state.lane.forgetAdmissions()
        fillGaps(state)
      }
      submission.pump(state)
      return true
    },
    waitedMs(chainId) {
      const sinceMs = states.get(chainId)?.waitingSinceMs ?? null
      return sinceMs === null ? 0 : ports.clock.nowMs() - sinceMs
    },
    gasQuote: (chainId) => stateOf(chainId).fees.quote(ports.clock.nowMs()),
    blobBaseFee: (chainId) => states.get(chainId)?.fees.next(ports.clock.nowMs()).blobBaseFee ?? 0n,
    pending() {
      let count = 0
      for (const { lane } of states.values()) count += lane.size
      return count
    },
  }

  function onStore(ticket: StoreTicket): boolean {
    for (const state of states.values()) {
      if (!state.lane.onStore(ticket)) continue
      submission.pump(state)
      return true
    }
    return false
  }
}
