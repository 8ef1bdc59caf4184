// Forced inclusion, T-7: a transaction that the L1 forced upon a rollup is in the rollup's chain by its delay, or, with a delay buffer,
// once it has been read, if it could run then: its nonce is next and its sender can pay. With a buffer, one that could not then has failed,
// and may be handed in again. Anybody's call reads what has waited too long, and nothing else. Evidence: events and refusals of the L1, the
// rollup's blocks. Times: Unix seconds.
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
type Read = Extract<ChainEvent, { kind: 'forced-read' }>

interface Demand {
  readonly hash: Hash32
  readonly transaction: Transaction
  readonly forcedAt: number
  /** As the L1 has said it; null until it has been read. */
  dueAt: number | null
  /** Number of the rollup's block that holds it; null while none does. */
  includedIn: number | null
  /** Number of the rollup's block in which its turn came and it could not run; where there is a delay buffer, it has no other. */
  failedIn: number | null
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

  /** The L1 took a transaction, which it had not: it is one of the rollup's, and due after the rollup's delay, or when it is read. */
  forced(scope: Scope, { rollup, hash, raw, dueAt }: Forced): void {
    const chain = this.#index.chains.get(rollup)
    const { consensus } = chain?.spec ?? {}
    if (chain === undefined || consensus === undefined || consensus.kind === 'l1') return
    this.#tally.checked['T-7']++
    const demands = this.#demands.get(rollup) ?? []
    this.#demands.set(rollup, demands)
    const service = this.#service(chain)
    const isRepeated =
      service === null
        ? demands.some((demand) => demand.hash === hash)
        : service.awaited.slice(service.read).some(({ of }) => of === hash)
    service?.take(hash, heightOf(scope))
    const delayed =
      service === null ? scope.timestamp + Math.floor(consensus.forcedDelayMs / MS_PER_SECOND) : null
    const signed = decodeTransaction(raw)
    const isSame = signed !== null && transactionDigest(signed.transaction) === hash
    if (!isSame || dueAt !== delayed || isRepeated)
      this.#breach(chain, scope.atMs, `forced transaction ${hash}, due at ${dueAt}, expected ${delayed}`)
    if (signed === null) return
    const { transaction } = signed
    demands.push({ hash, transaction, forcedAt: scope.timestamp, dueAt, includedIn: null, failedIn: null })
  }

  /** So many of them have been read, no fewer than before: by a call only what has waited too long. They are due a slot later. */
  read(scope: Scope, { rollup, read, by, dueAt }: Read): void {
    const chain = this.#index.chains.get(rollup)
    const service = chain === undefined ? null : this.#service(chain)
    if (chain === undefined) return
    this.#tally.checked['T-7']++
    const { block, atMs } = scope
    const expected = this.#timeOf(scope.chain, block.header.number + 1)
    const may =
      service !== null &&
      (by === 'batch' ? service.mayBatch(read) : service.mayCall(read, heightOf(scope))) &&
      dueAt === expected
    if (!may)
      this.#breach(
        chain,
        atMs,
        `a ${by} reads ${read} of ${service?.awaited.length ?? 0} forced after ${service?.read ?? 0}, due at ${dueAt}, expected ${expected}`,
      )
    if (service === null) return
    for (const { of } of service.awaited.slice(service.read, read)) {
      const demand = this.#demands.get(rollup)?.findLast(({ hash }) => hash === of)
      if (demand !== undefined) demand.dueAt = dueAt
    }
    service.note(read, by, heightOf(scope))
  }

  /** A call that the contract refused was too early, or there was nothing for it. */
  refused(scope: Scope): void {
    const { receipt, transaction } = scope
    if (transaction?.call.kind !== 'force-inclusion' || receipt.status !== 'reverted') return
    if (receipt.reason === 'out-of-gas') return
    const { rollup, read } = transaction.call
    const chain = this.#index.chains.get(rollup)
    const service = chain === undefined ? null : this.#service(chain)
    if (chain === undefined || service === null) return
    this.#tally.checked['T-7']++
    if (service.mayCall(read, heightOf(scope)))
      this.#breach(chain, scope.atMs, `nobody may have ${read} read although the last has waited too long`)
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
    const hasTurns = this.#service(chain) !== null
    for (const demand of this.#demands.get(chain.chainId) ?? []) {
      if (demand.includedIn !== null || demand.failedIn !== null) continue
      if (transactions.some(({ transaction }) => transactionDigest(transaction) === demand.hash)) {
        this.#tally.checked['T-7']++
        demand.includedIn = header.number
      } else if (demand.dueAt === null || header.timestamp < demand.dueAt) {
        continue
      } else if (!this.#couldRun(chain, demand, header.baseFee)) {
        if (hasTurns) demand.failedIn = header.number
      } else {
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
    for (const demand of this.#demands.get(chain.chainId) ?? []) {
      if (demand.includedIn === header.number) demand.includedIn = null
      if (demand.failedIn === header.number) demand.failedIn = null
    }
  }

  /** Takes an event of an orphaned L1 block back. */
  undo(event: ChainEvent): void {
    if (event.kind === 'transaction-forced') {
      this.#demands.get(event.rollup)?.pop()
      this.#services.get(event.rollup)?.untake()
    }
    if (event.kind !== 'forced-read') return
    const service = this.#services.get(event.rollup)
    service?.unread()
    for (const { of } of service?.awaited.slice(service.read) ?? []) {
      const demand = this.#demands.get(event.rollup)?.findLast(({ hash }) => hash === of)
      if (demand !== undefined) demand.dueAt = null
    }
  }

  /** What is overdue and in no block although somebody was there to make one. */
  end(atMs: number): void {
    for (const [rollup, demands] of this.#demands) {
      const chain = this.#index.chains.get(rollup)
      for (const demand of demands) {
        if (demand.dueAt === null) continue
        const lateMs = (demand.dueAt + GRACE_SECONDS) * MS_PER_SECOND
        if (chain === undefined || demand.includedIn !== null || demand.failedIn !== null || lateMs > atMs)
          continue
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

/** What the contracts of an L1 see as the number of its block. */
function heightOf({ chain, block }: Scope): number {
  return block.header.number - chain.missed
}
