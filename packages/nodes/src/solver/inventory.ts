// What a solver holds and what it has set aside: balances folded from the journal legs of followed blocks, and one
// reservation for each order or quote (O-13). Amounts are base units of a token on a chain.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import type { DomainEvent, EntryCause, JournalEntry } from '@solvent/protocol'

export type ReserveReason = 'bid' | 'quote' | 'fill' | 'rebalance' | 'bond' | 'restart'
export type ReleaseReason = 'lost' | 'no-award' | 'refused' | 'expired' | 'filled' | 'failed' | 'moved'

/** One change of the account's balance and what caused it. */
export interface Movement {
  readonly cause: EntryCause
  readonly token: Address
  readonly amount: bigint
}

interface Holding {
  readonly chainId: ChainId
  readonly token: Address
  /** What stays unreserved. */
  readonly floor: bigint
  balance: bigint
  reserved: bigint
}

interface Reservation {
  readonly holding: Holding
  readonly amount: bigint
}

export interface InventoryInit {
  readonly owner: Address
  /** Where reservations are recorded. */
  readonly record: (event: DomainEvent) => void
  /** What must stay unreserved of a token, e.g. gas. */
  readonly floor: (chainId: ChainId, token: Address) => bigint
}

/** Balances and reservations of one account. */
export class Inventory {
  readonly #init: InventoryInit
  readonly #holdings = new Map<ChainId, Map<Address, Holding>>()
  readonly #reservations = new Map<Hash32, Reservation>()

  constructor(init: InventoryInit) {
    this.#init = init
  }

  /** Reservations that stand. */
  get size(): number {
    return this.#reservations.size
  }

  /** A balance at genesis, which no block carries. */
  begin(chainId: ChainId, token: Address, amount: bigint): void {
    this.#holding(chainId, token).balance += amount
  }

  /** Takes the account's legs of one receipt; returns them, so that others see the same. */
  apply(chainId: ChainId, entries: readonly JournalEntry[]): Movement[] {
    const own: Movement[] = []
    for (const { cause, legs } of entries) {
      for (const { owner, token, amount } of legs) {
        if (owner !== this.#init.owner) continue
        this.#holding(chainId, token).balance += amount
        own.push({ cause, token, amount })
      }
    }
    return own
  }

  /** Takes back what `apply` took, when a block is no longer followed. */
  unapply(chainId: ChainId, entries: readonly JournalEntry[]): Movement[] {
    return this.apply(
      chainId,
      entries.map((entry) => ({
        ...entry,
        legs: entry.legs.map((leg) => ({ ...leg, amount: -leg.amount })),
      })),
    )
  }

  balance(chainId: ChainId, token: Address): bigint {
    return this.#holdings.get(chainId)?.get(token)?.balance ?? 0n
  }

  /** What may still be set aside; never negative. */
  free(chainId: ChainId, token: Address): bigint {
    const holding = this.#holdings.get(chainId)?.get(token)
    if (holding === undefined) return 0n
    const free = holding.balance - holding.reserved - holding.floor
    return free > 0n ? free : 0n
  }

  isReserved(id: Hash32): boolean {
    return this.#reservations.has(id)
  }

  /** Sets an amount aside; false when that much is not free or the id has a reservation. */
  reserve(id: Hash32, chainId: ChainId, token: Address, amount: bigint, reason: ReserveReason): boolean {
    if (amount <= 0n || this.#reservations.has(id) || this.free(chainId, token) < amount) return false
    const holding = this.#holding(chainId, token)
    holding.reserved += amount
    this.#reservations.set(id, { holding, amount })
    this.#record('inventory-reserved', id, { holding, amount }, reason)
    return true
  }

  /** Frees what was set aside for an id; nothing happens when it has none. */
  release(id: Hash32, reason: ReleaseReason): void {
    const reservation = this.#reservations.get(id)
    if (reservation === undefined) return
    this.#reservations.delete(id)
    reservation.holding.reserved -= reservation.amount
    this.#record('inventory-released', id, reservation, reason)
  }

  #record(
    kind: 'inventory-reserved' | 'inventory-released',
    orderId: Hash32,
    made: Reservation,
    reason: string,
  ): void {
    const { chainId, token, reserved, balance } = made.holding
    const { owner, record } = this.#init
    record({ kind, solver: owner, chainId, token, orderId, amount: made.amount, reserved, balance, reason })
  }

  #holding(chainId: ChainId, token: Address): Holding {
    const ofChain = this.#holdings.get(chainId) ?? new Map<Address, Holding>()
    const known = ofChain.get(token)
    if (known !== undefined) return known
    const holding = { chainId, token, floor: this.#init.floor(chainId, token), balance: 0n, reserved: 0n }
    this.#holdings.set(chainId, ofChain.set(token, holding))
    return holding
  }
}
