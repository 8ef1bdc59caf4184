// The transactions of one account on one chain: signed in the order of their nonces, kept until a block has them.
import type { Store, StoreTicket } from '@solvent/ports'
import type { Address } from '@solvent/primitives'
import type { Block, ChainSpec, Receipt } from '@solvent/protocol'
import { transactionDigest } from '@solvent/protocol'
import { gasOfCall } from '@solvent/settlement'
import type { Offer } from './fee-estimate.ts'
import { IncludedRecords } from './included-records.ts'
import type { KeyRing } from './key-ring.ts'
import { LaneNonces } from './lane-nonces.ts'
import {
  type Inclusion,
  type PendingTransaction,
  pendingOf,
  type SignRequest,
} from './pending-transaction.ts'
import { StoredLane } from './stored-lane.ts'
import { type Draft, withKey, withOffer } from './superseding.ts'
import type { TransactionRecord } from './transaction-record.ts'

export class TransactionLane {
  readonly chain: ChainSpec
  readonly #stored: StoredLane
  readonly #keys: KeyRing
  /** By nonce, lowest first. */
  #pending = new Map<number, PendingTransaction>()
  readonly #included = new IncludedRecords()
  readonly #nonces = new LaneNonces()
  readonly #refs = new Map<string, number>()

  /** Takes up what the store has of this chain. */
  constructor(chain: ChainSpec, store: Store, keys: KeyRing) {
    this.chain = chain
    this.#stored = new StoredLane(chain.chainId, store)
    this.#keys = keys
    for (const [nonce, record] of this.#stored.records()) this.#resume(nonce, record)
  }

  /** Pending transactions in the order of their nonces; not to be kept while others are signed. */
  pending(): Iterable<PendingTransaction> {
    return this.#pending.values()
  }

  /** How many are pending. */
  get size(): number {
    return this.#pending.size
  }

  /** The pending transaction of a nonce. */
  at(nonce: number): PendingTransaction | undefined {
    return this.#pending.get(nonce)
  }

  /** The nonce that was signed last. */
  get newestNonce(): number {
    return this.#nonces.newest
  }

  /** What is known of a ref. */
  find(ref: string): 'pending' | Receipt['status'] | undefined {
    const nonce = this.#refs.get(ref)
    if (nonce === undefined) return undefined
    return this.#included.get(nonce)?.status ?? 'pending'
  }

  /** Signs a transaction and gives it to the store; it may leave once `onStore` took the answer. */
  sign(request: SignRequest): void {
    const { ref, call, deadlineMs, offer, blobs, nowMs, skip = 0, gasLimit = gasOfCall(call) } = request
    const nonce = request.nonce ?? this.#nonces.after(skip)
    const isLast = this.#nonces.signed(nonce)
    const { maxFeePerGas, maxPriorityFeePerGas, maxFeePerBlobGas } = offer
    const transaction = {
      chainId: this.chain.chainId,
      from: this.#keys.account,
      nonce,
      gasLimit,
      maxFeePerGas,
      maxPriorityFeePerGas,
      ...(blobs === 0 ? {} : { blobs, maxFeePerBlobGas }),
      call,
    }
    this.#refs.set(ref, nonce)
    const facts = { ref, nonce, deadlineMs, replaced: [], signedMs: nowMs, sinceMs: nowMs }
    this.#keep({ facts, unsigned: transaction })
    if (!isLast) this.#sort()
  }

  /** Nonces that nothing has: what was signed above them waits until they are used. */
  missing(): number[] {
    return this.#nonces.missing(
      (nonce) => this.#pending.has(nonce) || this.#included.get(nonce) !== undefined,
    )
  }

  /** Forgets what a transaction was for, so that another one may be signed for the same; false when there is one already. */
  release({ ref, transaction: { nonce } }: Inclusion): boolean {
    return this.#refs.get(ref) === nonce && this.#refs.delete(ref)
  }

  /** Signs a pending transaction again with a higher offer; what was sent before may still be included. */
  replace(pending: PendingTransaction, offer: Offer, nowMs: number): void {
    this.#keep(withOffer(pending, offer, nowMs))
  }

  #keep({ facts, unsigned }: Draft): void {
    const { ref, nonce, deadlineMs, replaced } = facts
    const signed = this.#keys.sign(unsigned)
    const hash = transactionDigest(signed.transaction)
    this.#pending.set(nonce, { ...facts, hash, signed, stored: false, admitted: false })
    this.#stored.putAwaited(nonce, { state: 'signed', ref, hash, deadlineMs, signed, replaced })
  }

  /** Takes the store's answer; false when the ticket is not of this lane. */
  onStore(ticket: StoreTicket): boolean {
    const nonce = this.#stored.answered(ticket)
    if (nonce === undefined) return false
    const pending = this.#pending.get(nonce)
    if (pending !== undefined) pending.stored = true
    return true
  }

  /** The producer's pool may have forgotten them: submit all again. */
  forgetAdmissions(): void {
    for (const pending of this.#pending.values()) pending.admitted = false
  }

  /** Gives up the newest transaction, whose nonce nothing follows; false when it is not the newest. */
  abandon(pending: PendingTransaction): boolean {
    if (!this.#nonces.giveBack(pending.nonce)) return false
    this.#drop(pending)
    this.#stored.delete(pending.nonce)
    return true
  }

  /**
   * Reads a block of this chain: which of ours it holds, and which of ours can never be in one, because another
   * transaction of the same nonce is (after the disk was lost).
   */
  onBlock(block: Block): {
    readonly included: readonly Inclusion[]
    readonly displaced: readonly PendingTransaction[]
  } {
    const included: Inclusion[] = []
    const displaced: PendingTransaction[] = []
    block.transactions.forEach(({ transaction }, i) => {
      const receipt = block.receipts[i]
      if (transaction.from !== this.#keys.account || receipt === undefined) return
      const { nonce } = transaction
      const pending = this.#pending.get(nonce)
      const known = pending ?? this.#included.get(nonce)
      this.#nonces.used(nonce)
      if (known === undefined) return
      if (known.hash !== receipt.transactionHash && !known.replaced.includes(receipt.transactionHash)) {
        if (pending === undefined) return
        this.#drop(pending)
        displaced.push(pending)
        return
      }
      if (pending !== undefined) this.#keepIncluded(pending, receipt)
      const was = pending ?? null
      included.push({
        ref: known.ref,
        transaction,
        hash: receipt.transactionHash,
        receipt,
        block,
        pending: was,
      })
    })
    // What waits was signed with a key that counts no more.
    if (this.#keys.followed(block))
      for (const draft of withKey(this.pending(), this.#keys.inForce)) this.#keep(draft)
    return { included, displaced }
  }

  get keyInForce(): Address {
    return this.#keys.inForce
  }

  /**
   * The block is followed no more: what of ours it held waits again. Its chain's pool should have it back; if it does not come into
   * a block, it is handed in again as all that waits too long.
   */
  onOrphaned(block: Block): boolean {
    const { transactions, receipts } = block
    let hasOurs = false
    this.#keys.orphaned(block)
    transactions.forEach((signed, i) => {
      const { from, nonce } = signed.transaction
      const known = this.#included.get(nonce)
      const hash = receipts[i]?.transactionHash
      if (from !== this.#keys.account || known === undefined || hash === undefined) return
      if (known.hash !== hash) return
      const { ref, replaced } = known
      const record = { state: 'signed', ref, hash, deadlineMs: null, signed, replaced } as const
      this.#included.delete(nonce)
      this.#pending.set(nonce, { ...pendingOf(nonce, record), admitted: true })
      this.#stored.put(nonce, record)
      hasOurs = true
    })
    if (hasOurs) this.#sort()
    return hasOurs
  }

  #sort(): void {
    this.#pending = new Map([...this.#pending].sort(([a], [b]) => a - b))
  }

  #resume(nonce: number, record: TransactionRecord): void {
    this.#nonces.signed(nonce)
    this.#refs.set(record.ref, nonce)
    if (record.state === 'included') {
      this.#included.resume(nonce, record)
      this.#nonces.used(nonce)
    } else this.#pending.set(nonce, pendingOf(nonce, record))
  }

  #drop({ nonce, ref }: PendingTransaction): void {
    this.#pending.delete(nonce)
    this.#forget(ref, nonce)
  }

  /** A later transaction may have the same ref. */
  #forget(ref: string, nonce: number): void {
    if (this.#refs.get(ref) === nonce) this.#refs.delete(ref)
  }

  #keepIncluded(pending: PendingTransaction, receipt: Receipt): void {
    const { nonce, ref, replaced } = pending
    const hash = receipt.transactionHash
    const record = { state: 'included', ref, hash, status: receipt.status, replaced } as const
    this.#pending.delete(nonce)
    const forgotten = this.#included.keep(nonce, record)
    this.#stored.put(nonce, record)
    if (forgotten === null) return
    const [oldest, old] = forgotten
    this.#forget(old.ref, oldest)
    this.#stored.delete(oldest)
  }
}
