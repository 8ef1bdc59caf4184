// The mempool of one chain: a queue for each sender in nonce order, and among the senders' next transactions the
// highest priority fee first, then the earliest arrival. Source: geth's legacypool (per-sender lists, a price bump of
// 10 % to replace, limits on the whole and on each sender, the cheapest goes when the pool is full, three hours of life).
import type { Address } from '@solvent/primitives'
import type { RefusalReason, SignedTransaction, TransactionHash } from '@solvent/protocol'
import { tipOf } from './gas.ts'

/** Transactions in the pool at most. */
export const MAX_POOL_SIZE = 16_384
/** Transactions of one sender at most. */
export const MAX_PER_SENDER = 2_048
/** How many nonces below a transaction's own may be missing, counting the whole queue as below it. */
export const MAX_NONCE_GAP = 64
/** How long a transaction may wait for a place, ms (geth's `lifetime`). */
export const POOL_LIFETIME_MS = 3 * 3_600_000
/** A replacement must pay this much more of both fees, in percent. */
const PRICE_BUMP_PERCENT = 10n
/** For one that carries blobs, of all three (go-ethereum, blob pool). */
const BLOB_PRICE_BUMP_PERCENT = 100n

export interface PooledTransaction {
  readonly signed: SignedTransaction
  readonly hash: TransactionHash
  readonly arrival: number
  /** The first slot that had no place for it; null while there was none such. */
  waitingSince: number | null
}

/** A transaction that may be next in a block. */
export interface Candidate extends Omit<PooledTransaction, 'waitingSince'> {
  /** Wei per gas above the block's base fee; negative when it does not pay that. */
  readonly tip: bigint
}

export class TransactionPool {
  readonly #senders = new Map<Address, Map<number, PooledTransaction>>()
  #arrivals = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  /** The first nonce from `nonce` on that the sender has not filled. */
  firstMissing(sender: Address, nonce: number): number {
    const queue = this.#senders.get(sender)
    let next = nonce
    while (queue?.has(next)) next++
    return next
  }

  at(sender: Address, nonce: number): PooledTransaction | undefined {
    return this.#senders.get(sender)?.get(nonce)
  }

  /** Takes a transaction whose signature and funds have been checked; null, or why not. */
  add(signed: SignedTransaction, hash: TransactionHash, stateNonce: number): RefusalReason | null {
    const { from, nonce } = signed.transaction
    if (nonce < stateNonce) return 'nonce-too-low'
    const queue = this.#senders.get(from)
    const known = queue?.get(nonce)
    if (known !== undefined) {
      if (known.hash === hash) return 'duplicate'
      if (!outbids(signed, known.signed)) return 'fee-too-low'
    } else {
      const queued = queue?.size ?? 0
      if (nonce > stateNonce + queued + MAX_NONCE_GAP) return 'nonce-gap'
      if (queued >= MAX_PER_SENDER) return 'pool-full'
      if (this.#size >= MAX_POOL_SIZE && !this.#evictFor(signed)) return 'pool-full'
      this.#size++
    }
    const pooled = { signed, hash, arrival: this.#arrivals++, waitingSince: null }
    if (queue === undefined) this.#senders.set(from, new Map([[nonce, pooled]]))
    else queue.set(nonce, pooled)
    return null
  }

  /** A slot had no place for this transaction; false when it has waited too long and is forgotten, with all that follow it. */
  keepsWaiting({ signed: { transaction } }: Candidate, number: number, lifetimeSlots: number): boolean {
    const pooled = this.at(transaction.from, transaction.nonce)
    if (pooled === undefined) return false
    pooled.waitingSince ??= number
    if (number - pooled.waitingSince < lifetimeSlots) return true
    this.dropSender(transaction.from)
    return false
  }

  /** A full pool makes room for a better offer: the lowest of the senders' last transactions goes; false when none is lower. */
  #evictFor({ transaction: { from, maxFeePerGas } }: SignedTransaction): boolean {
    let lowest: PooledTransaction | undefined
    for (const [sender, queue] of this.#senders) {
      if (sender === from) continue
      const last = queue.get(Math.max(...queue.keys()))
      const fee = last?.signed.transaction.maxFeePerGas
      if (fee !== undefined && fee < (lowest?.signed.transaction.maxFeePerGas ?? maxFeePerGas)) lowest = last
    }
    if (lowest === undefined) return false
    this.remove(lowest.signed.transaction.from, lowest.signed.transaction.nonce)
    return true
  }

  /** Forgets a transaction that has been included or can no longer be. */
  remove(sender: Address, nonce: number): void {
    const queue = this.#senders.get(sender)
    if (queue === undefined || !queue.delete(nonce)) return
    this.#size--
    if (queue.size === 0) this.#senders.delete(sender)
  }

  /** Forgets all that a sender has queued. */
  dropSender(sender: Address): void {
    this.#size -= this.#senders.get(sender)?.size ?? 0
    this.#senders.delete(sender)
  }

  /** Each sender's transaction at its next nonce, best first to take; feed it with `push` as senders move on. */
  queueOfNext(nonceOf: (sender: Address) => number, baseFee: bigint): NextQueue {
    const queue = new NextQueue(baseFee)
    for (const [sender, transactions] of this.#senders) {
      const next = transactions.get(nonceOf(sender))
      if (next !== undefined) queue.push(next)
    }
    return queue
  }
}

/** A binary heap ordered by (tip descending, arrival). */
export class NextQueue {
  readonly #heap: Candidate[] = []
  readonly #baseFee: bigint

  constructor(baseFee: bigint) {
    this.#baseFee = baseFee
  }

  push({ signed, hash, arrival }: PooledTransaction): void {
    const item = { signed, hash, arrival, tip: tipOf(signed.transaction, this.#baseFee) }
    const heap = this.#heap
    let at = heap.length
    heap.push(item)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isBefore(item, heap[parent] as Candidate)) break
      heap[at] = heap[parent] as Candidate
      at = parent
    }
    heap[at] = item
  }

  pop(): Candidate | undefined {
    const heap = this.#heap
    const best = heap[0]
    const last = heap.pop()
    if (best === undefined || last === undefined || heap.length === 0) return best
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      const right = heap[child + 1]
      if (right !== undefined && isBefore(right, heap[child] as Candidate)) child++
      if (!isBefore(heap[child] as Candidate, last)) break
      heap[at] = heap[child] as Candidate
      at = child
    }
    heap[at] = last
    return best
  }
}

function isBefore(a: Candidate, b: Candidate): boolean {
  return a.tip === b.tip ? a.arrival < b.arrival : a.tip > b.tip
}

function outbids({ transaction: a }: SignedTransaction, { transaction: b }: SignedTransaction): boolean {
  const bump = 100n + ((b.blobs ?? 0) > 0 ? BLOB_PRICE_BUMP_PERCENT : PRICE_BUMP_PERCENT)
  const isRaised = (raised: bigint, before: bigint): boolean => raised * 100n >= before * bump
  return (
    isRaised(a.maxFeePerGas, b.maxFeePerGas) &&
    isRaised(a.maxPriorityFeePerGas, b.maxPriorityFeePerGas) &&
    isRaised(a.maxFeePerBlobGas ?? 0n, b.maxFeePerBlobGas ?? 0n)
  )
}
