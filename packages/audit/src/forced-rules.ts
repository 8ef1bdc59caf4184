// Forced inclusion, T-7: a transaction that the L1 forced upon a rollup is in the rollup's chain by its delay, if it could
// run then: its nonce is next and its sender can pay. Evidence: events of the L1, the rollup's blocks. Times: Unix seconds.
import { type Address, type ChainId, type Hash32, MS_PER_SECOND, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type Block,
  type ChainEvent,
  type DelayBufferSpec,
  decodeTransaction,
  type Transaction,
  transactionDigest,
} from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import type { FaultBook } from './fault-book.ts'
import type { Tally } from './tally.ts'

type Forced = Extract<ChainEvent, { kind: 'transaction-forced' }>

interface Demand {
  readonly hash: Hash32
  readonly transaction: Transaction
  readonly forcedAt: number
  readonly dueAt: number
  /** Number of the rollup's block that holds it; null while none does. */
  includedIn: number | null
}

/** How the forced transactions of a rollup are read, as batches say; the buffer as it was at each of those that read any. */
interface Service {
  /** When each was forced. */
  readonly times: number[]
  /** Of the batches that are followed, the newest last: how many had been read, and what was left then. */
  readonly readings: {
    readonly read: number
    readonly buffer: number
    readonly from: number
    readonly at: number
  }[]
}

/** After its due time a producer that is up has this long for the next block. */
const GRACE_SECONDS = 60

export class ForcedRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #faults: FaultBook
  readonly #demands = new Map<ChainId, Demand[]>()
  readonly #services = new Map<ChainId, Service>()
  /** The next of each sender, by chain. */
  readonly #nonces = new Map<ChainId, Map<Address, number>>()

  constructor(tally: Tally, index: NetworkIndex, faults: FaultBook) {
    this.#tally = tally
    this.#index = index
    this.#faults = faults
  }

  /** The L1 took a transaction: it is one of the rollup's, and due after the rollup's delay. */
  forced(scope: Scope, { rollup, hash, raw, dueAt }: Forced): void {
    const chain = this.#index.chains.get(rollup)
    const { consensus } = chain?.spec ?? {}
    if (chain === undefined || consensus === undefined || consensus.kind === 'l1') return
    this.#tally.checked['T-7']++
    const signed = decodeTransaction(raw)
    const waits = Math.min(
      Math.floor(consensus.forcedDelayMs / MS_PER_SECOND),
      this.#buffer(rollup, consensus.delayBuffer, scope.timestamp),
    )
    const delayed = scope.timestamp + waits
    this.#service(rollup).times.push(scope.timestamp)
    if (signed === null || transactionDigest(signed.transaction) !== hash || dueAt !== delayed) {
      this.#breach(chain, scope.atMs, `forced transaction ${hash}, due at ${dueAt}, expected ${delayed}`)
      return
    }
    const demands = this.#demands.get(rollup) ?? []
    this.#demands.set(rollup, demands)
    const { transaction } = signed
    demands.push({ hash, transaction, forcedAt: scope.timestamp, dueAt, includedIn: null })
  }

  /** A batch says how many of them its rollup is done with; the oldest that it reads counts for the buffer. */
  batched(scope: Scope, { rollup, forcedRead }: Extract<ChainEvent, { kind: 'batch-posted' }>): void {
    const chain = this.#index.chains.get(rollup)
    const { consensus } = chain?.spec ?? {}
    if (chain === undefined || consensus === undefined || consensus.kind === 'l1') return
    if (consensus.delayBuffer === undefined) return
    const { times, readings } = this.#service(rollup)
    const before = readings.at(-1)?.read ?? 0
    this.#tally.checked['T-7']++
    if (forcedRead === undefined || forcedRead < before || forcedRead > times.length)
      this.#breach(
        chain,
        scope.atMs,
        `a batch reads ${forcedRead} of ${times.length} forced, after ${before}`,
      )
    const read = forcedRead ?? before
    const oldest = read > before ? times[before] : undefined
    const last = readings.at(-1)
    const moved =
      oldest === undefined
        ? {
            buffer: last?.buffer ?? consensus.delayBuffer.maxSeconds,
            from: last?.from ?? 0,
            at: last?.at ?? 0,
          }
        : { buffer: this.#buffer(rollup, consensus.delayBuffer, oldest), from: oldest, at: scope.timestamp }
    readings.push({ read, ...moved })
  }

  #service(rollup: ChainId): Service {
    const known = this.#services.get(rollup)
    if (known !== undefined) return known
    const service: Service = { times: [], readings: [] }
    this.#services.set(rollup, service)
    return service
  }

  /** What is left of the delay buffer for a transaction of this time; no limit where there is none. */
  #buffer(rollup: ChainId, spec: DelayBufferSpec | undefined, time: number): number {
    if (spec === undefined) return Number.POSITIVE_INFINITY
    const last = this.#service(rollup).readings.at(-1)
    if (last === undefined || last.at === 0) return spec.maxSeconds
    const between = time > last.from ? time - last.from : 0
    const late = last.at - last.from - spec.thresholdSeconds
    const used = late <= 0 ? 0 : late < between ? late : between
    const left = last.buffer + Math.floor((between * spec.replenishBps) / 10_000) - used
    if (left < spec.thresholdSeconds) return spec.thresholdSeconds
    return left > spec.maxSeconds ? spec.maxSeconds : left
  }

  /** A block of a rollup, before its transactions are booked. */
  before(chain: ChainRecord, { header, transactions }: Block, atMs: number): void {
    for (const demand of this.#demands.get(chain.chainId) ?? []) {
      if (demand.includedIn !== null) continue
      if (transactions.some(({ transaction }) => transactionDigest(transaction) === demand.hash)) {
        this.#tally.checked['T-7']++
        demand.includedIn = header.number
      } else if (header.timestamp >= demand.dueAt && this.#couldRun(chain, demand, header.baseFee)) {
        this.#tally.checked['T-7']++
        this.#breach(
          chain,
          atMs,
          `block ${header.number} at ${header.timestamp} is without ${demand.hash}, forced at ${demand.forcedAt} and due at ${demand.dueAt}`,
        )
      }
    }
    const nonces = this.#noncesOf(chain)
    for (const { transaction } of transactions) nonces.set(transaction.from, transaction.nonce + 1)
  }

  /** Takes a block of a rollup back. */
  undoBlock(chain: ChainRecord, { header, transactions }: Block): void {
    const nonces = this.#noncesOf(chain)
    for (let i = transactions.length - 1; i >= 0; i--) {
      const { from, nonce } = transactions[i]!.transaction
      nonces.set(from, nonce)
    }
    for (const demand of this.#demands.get(chain.chainId) ?? [])
      if (demand.includedIn === header.number) demand.includedIn = null
  }

  /** Takes an event of an orphaned L1 block back. */
  undo(event: ChainEvent): void {
    if (event.kind === 'transaction-forced') {
      this.#demands.get(event.rollup)?.pop()
      this.#services.get(event.rollup)?.times.pop()
    }
    if (event.kind === 'batch-posted') this.#services.get(event.rollup)?.readings.pop()
  }

  /** What is overdue and in no block although somebody was there to make one. */
  end(atMs: number): void {
    for (const [rollup, demands] of this.#demands) {
      const chain = this.#index.chains.get(rollup)
      for (const demand of demands) {
        const lateMs = (demand.dueAt + GRACE_SECONDS) * MS_PER_SECOND
        if (chain === undefined || demand.includedIn !== null || lateMs > atMs) continue
        const period = { fromMs: demand.forcedAt * MS_PER_SECOND, untilMs: atMs }
        if (chain.spec.producers.every(({ node }) => this.#faults.touched(node, period))) continue
        if (!this.#couldRun(chain, demand, chain.head?.baseFee ?? 0n)) continue
        this.#tally.checked['T-7']++
        this.#breach(
          chain,
          atMs,
          `${demand.hash}, forced at ${demand.forcedAt}, is in no block and was due at ${demand.dueAt}`,
        )
      }
    }
  }

  #noncesOf({ chainId }: ChainRecord): Map<Address, number> {
    const known = this.#nonces.get(chainId)
    if (known !== undefined) return known
    const nonces = new Map<Address, number>()
    this.#nonces.set(chainId, nonces)
    return nonces
  }

  #couldRun(chain: ChainRecord, { transaction }: Demand, baseFee: bigint): boolean {
    const { from, nonce, gasLimit, maxFeePerGas } = transaction
    if ((this.#noncesOf(chain).get(from) ?? 0) !== nonce) return false
    if (maxFeePerGas < baseFee) return false
    let gas = 0n
    for (const { kind, owner, balance } of chain.book.token(ZERO_ADDRESS).accounts())
      if (owner === from && kind !== 'GAS_FEE') gas += balance
    return gas >= BigInt(gasLimit) * maxFeePerGas
  }

  #breach(chain: ChainRecord, atMs: number, detail: string): void {
    this.#tally.breach('T-7', atMs, chain.chainId, `${chain.spec.name}: ${detail}`)
  }
}
