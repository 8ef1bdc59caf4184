// Forced inclusion, T-7: a transaction that the L1 forced upon a rollup is in the rollup's chain by its delay, if it could
// run then: its nonce is next and its sender can pay. Evidence: events of the L1, the rollup's blocks. Times: Unix seconds.
import { type Address, type ChainId, type Hash32, MS_PER_SECOND, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type Block,
  type ChainEvent,
  decodeTransaction,
  type Transaction,
  transactionDigest,
} from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import type { FaultBook } from './fault-book.ts'
import { ForcedService } from './forced-service.ts'
import type { Tally } from './tally.ts'

type Forced = Extract<ChainEvent, { kind: 'transaction-forced' }>
type Moved = Extract<ChainEvent, { kind: 'forced-moved' }>

interface Demand {
  readonly hash: Hash32
  readonly transaction: Transaction
  readonly forcedAt: number
  /** As the L1 has said it last. */
  dueAt: number
  /** Number of the rollup's block that holds it; null while none does. */
  includedIn: number | null
}

/** After its due time a producer that is up has this long for the next block. */
const GRACE_SECONDS = 60

export class ForcedRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #faults: FaultBook
  readonly #demands = new Map<ChainId, Demand[]>()
  readonly #services = new Map<ChainId, ForcedService<Hash32>>()
  /** The next of each sender, by chain. */
  readonly #nonces = new Map<ChainId, Map<Address, number>>()

  constructor(tally: Tally, index: NetworkIndex, faults: FaultBook) {
    this.#tally = tally
    this.#index = index
    this.#faults = faults
  }

  /** The L1 took a transaction, which it had not: it is one of the rollup's, and due after the rollup's delay. */
  forced(scope: Scope, { rollup, hash, raw, dueAt }: Forced): void {
    const chain = this.#index.chains.get(rollup)
    const { consensus } = chain?.spec ?? {}
    if (chain === undefined || consensus === undefined || consensus.kind === 'l1') return
    this.#tally.checked['T-7']++
    const demands = this.#demands.get(rollup) ?? []
    this.#demands.set(rollup, demands)
    const service = this.#service(chain)
    const delayed =
      service === null
        ? scope.timestamp + Math.floor(consensus.forcedDelayMs / MS_PER_SECOND)
        : this.#timeOf(scope.chain, service.take(hash, scope.block.header.number))
    const signed = decodeTransaction(raw)
    const isSame = signed !== null && transactionDigest(signed.transaction) === hash
    if (!isSame || dueAt !== delayed || demands.some((demand) => demand.hash === hash))
      this.#breach(chain, scope.atMs, `forced transaction ${hash}, due at ${dueAt}, expected ${delayed}`)
    if (signed === null) return
    const { transaction } = signed
    demands.push({ hash, transaction, forcedAt: scope.timestamp, dueAt, includedIn: null })
  }

  /** A batch says how many of them its rollup is done with: no fewer than were due by its end. */
  batched(
    scope: Scope,
    { rollup, toBlock, forcedRead }: Extract<ChainEvent, { kind: 'batch-posted' }>,
  ): void {
    const chain = this.#index.chains.get(rollup)
    const service = chain === undefined ? null : this.#service(chain)
    if (chain === undefined || service === null) return
    this.#tally.checked['T-7']++
    this.#untold(scope, chain)
    const { length } = service.awaited
    const endMs = toBlock * chain.spec.slotMs
    const end = Math.floor(endMs / scope.chain.spec.slotMs)
    const read = forcedRead ?? service.read
    if (forcedRead === undefined || read < service.read || read > length || service.hasSkipped(read, end))
      this.#breach(
        chain,
        scope.atMs,
        `a batch to block ${toBlock} reads ${forcedRead} of ${length} forced, after ${service.read}`,
      )
    const inReach = Math.min(Math.max(read, service.read), length)
    service.batch(inReach, scope.block.header.number, end)
  }

  /** The L1 says that one is due at another time: as the batch before has made it. */
  moved(scope: Scope, { rollup, hash, before, dueAt }: Moved): void {
    const chain = this.#index.chains.get(rollup)
    const demand = this.#demands.get(rollup)?.find((each) => each.hash === hash)
    if (chain === undefined) return
    this.#tally.checked['T-7']++
    const due = this.#service(chain)?.awaited.find(({ of }) => of === hash)?.due
    const expected = due === undefined ? undefined : this.#timeOf(scope.chain, due)
    if (demand === undefined || demand.dueAt !== before || dueAt !== expected)
      this.#breach(
        chain,
        scope.atMs,
        `${hash} is due at ${dueAt} in place of ${before}, expected ${expected} in place of ${demand?.dueAt}`,
      )
    if (demand !== undefined) demand.dueAt = dueAt
  }

  /** What a batch has moved is told with it. */
  #untold(scope: Pick<Scope, 'chain' | 'atMs'>, chain: ChainRecord): void {
    const service = this.#service(chain)
    const demands = this.#demands.get(chain.chainId) ?? []
    for (const { of, due } of service?.awaited.slice(service.read) ?? []) {
      const told = demands.find(({ hash }) => hash === of)?.dueAt
      const dueAt = this.#timeOf(scope.chain, due)
      if (told === undefined || told === dueAt) continue
      this.#breach(chain, scope.atMs, `${of} is due at ${dueAt}, and the L1 still says ${told}`)
    }
  }

  /** Where the rollup has a delay buffer. */
  #service({ chainId, spec }: ChainRecord): ForcedService<Hash32> | null {
    const known = this.#services.get(chainId)
    const { consensus } = spec
    if (known !== undefined) return known
    if (consensus.kind === 'l1' || consensus.delayBuffer === undefined) return null
    const slotMs = this.#l1Of(this.#index.chains.get(chainId))?.spec.slotMs ?? spec.slotMs
    const { delayBuffer: buffer, forcedDelayMs: delayMs } = consensus
    const service = new ForcedService<Hash32>({ buffer, delayMs, slotMs })
    this.#services.set(chainId, service)
    return service
  }

  /** Chain time of a block, Unix seconds. */
  #timeOf({ spec }: ChainRecord, block: number): number {
    return Math.floor((this.#index.spec.genesisMs + block * spec.slotMs) / MS_PER_SECOND)
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
      this.#services.get(event.rollup)?.untake()
    }
    if (event.kind === 'batch-posted') this.#services.get(event.rollup)?.unbatch()
    if (event.kind !== 'forced-moved') return
    const demand = this.#demands.get(event.rollup)?.find(({ hash }) => hash === event.hash)
    if (demand !== undefined) demand.dueAt = event.before
  }

  /** What is overdue and in no block although somebody was there to make one. */
  end(atMs: number): void {
    for (const [rollup, demands] of this.#demands) {
      const chain = this.#index.chains.get(rollup)
      const l1 = this.#l1Of(chain)
      if (chain !== undefined && l1 !== undefined) this.#untold({ chain: l1, atMs }, chain)
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

  #l1Of(chain: ChainRecord | undefined): ChainRecord | undefined {
    const consensus = chain?.spec.consensus
    return consensus === undefined || consensus.kind === 'l1'
      ? undefined
      : this.#index.chains.get(consensus.l1)
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
