// Solver inventories, O-13 (and the reservation half of L-3), from what solvers record: their reservations sum to what
// they say, stay within the balance they see, and are freed when the reason for them has gone.
import {
  type Address,
  type ChainId,
  MS_PER_SECOND,
  type NodeId,
  type OrderId,
  ZERO_ADDRESS,
} from '@solvent/primitives'
import type { Award, DomainEvent, Order, Party } from '@solvent/protocol'
import type { Tally } from './tally.ts'

type Reservation = Extract<DomainEvent, { kind: 'inventory-reserved' | 'inventory-released' }>

/** How long after an award's window or an order's deadline a reservation may linger: the award may be lost on its way. */
export const RELEASE_GRACE_MS = 60_000

class Inventory {
  readonly solver: Address
  readonly chainId: ChainId
  readonly token: Address
  readonly byOrder = new Map<OrderId, bigint>()
  sum = 0n

  constructor({ solver, chainId, token }: Reservation) {
    this.solver = solver
    this.chainId = chainId
    this.token = token
  }
}

/** What the audit knows of an auction. */
interface Auction {
  readonly winner: Address | null
  readonly order: Order | null
}

export class ReservationRules {
  readonly #tally: Tally
  readonly #solverOf = new Map<NodeId, Address>()
  readonly #inventories = new Map<string, Inventory>()
  readonly #auctions = new Map<OrderId, Auction>()
  /** Solvers whose node is down: they free nothing. */
  readonly #down = new Set<Address>()

  constructor(tally: Tally, solvers: readonly Party[]) {
    this.#tally = tally
    for (const { node, address } of solvers) this.#solverOf.set(node, address)
  }

  changed(atMs: number, event: Reservation): void {
    const tally = this.#tally
    const inventory = this.#inventory(event)
    tally.checked['O-13']++
    tally.checked['L-3']++
    const held = inventory.byOrder.get(event.orderId) ?? 0n
    const change = event.kind === 'inventory-reserved' ? event.amount : -event.amount
    const left = held + change
    inventory.sum += change
    if (left === 0n) inventory.byOrder.delete(event.orderId)
    else inventory.byOrder.set(event.orderId, left)
    const where = `${event.solver}, token ${event.token} on chain ${event.chainId}, order ${event.orderId}`
    if (left < 0n || event.reserved < 0n)
      tally.breach('L-3', atMs, event.chainId, `${where}: reservation of ${left}`)
    if (event.reserved !== inventory.sum) {
      tally.breach(
        'O-13',
        atMs,
        event.chainId,
        `${where}: says ${event.reserved} are reserved, its reservations sum to ${inventory.sum}`,
      )
    }
    if (event.kind === 'inventory-reserved' && event.reserved > event.balance) {
      tally.breach(
        'O-13',
        atMs,
        event.chainId,
        `${where}: ${event.reserved} reserved of a balance of ${event.balance}`,
      )
    }
  }

  signed(orderId: OrderId, order: Order): void {
    if (!this.#auctions.has(orderId)) this.#auctions.set(orderId, { winner: null, order })
  }

  closed(award: Award, order: Order): void {
    this.#auctions.set(award.orderId, { winner: award.winner, order })
  }

  /** The node is gone; its reservations with it, unless it comes back and says otherwise. */
  nodeDown(node: string): void {
    const solver = this.#solverOf.get(node as NodeId)
    if (solver !== undefined) this.#down.add(solver)
  }

  /** A node that starts again reserves anew what it still needs (after a restart inventory is a function of the journal). */
  nodeUp(node: NodeId): void {
    const solver = this.#solverOf.get(node)
    if (solver === undefined) return
    this.#down.delete(solver)
    for (const inventory of this.#inventories.values()) {
      if (inventory.solver !== solver) continue
      inventory.byOrder.clear()
      inventory.sum = 0n
    }
  }

  /** What is still reserved although its auction was lost, or its order can no longer be filled. */
  end(atMs: number): void {
    for (const inventory of this.#inventories.values()) {
      if (this.#down.has(inventory.solver)) continue
      for (const [orderId, amount] of inventory.byOrder) {
        this.#tally.checked['O-13']++
        const overdue = overdueReason(this.#auctions.get(orderId), inventory.solver, atMs)
        if (overdue === null) continue
        this.#tally.breach(
          'O-13',
          atMs,
          inventory.chainId,
          `${inventory.solver} still reserves ${amount} of ${inventory.token} for order ${orderId}, ${overdue}`,
        )
      }
    }
  }

  #inventory(event: Reservation): Inventory {
    const key = `${event.solver}/${event.chainId}/${event.token}`
    let inventory = this.#inventories.get(key)
    if (inventory === undefined) {
      inventory = new Inventory(event)
      this.#inventories.set(key, inventory)
    }
    return inventory
  }
}

function overdueReason(auction: Auction | undefined, solver: Address, atMs: number): string | null {
  const order = auction?.order
  if (auction === undefined || order === undefined || order === null) return null
  const { award, fillDeadline } = order
  const isLost = auction.winner !== null && auction.winner !== ZERO_ADDRESS && auction.winner !== solver
  if (isLost && award.by === 'auctioneer' && atMs > award.exclusiveUntil * MS_PER_SECOND + RELEASE_GRACE_MS) {
    return `which ${auction.winner} won`
  }
  if (atMs > fillDeadline * MS_PER_SECOND + RELEASE_GRACE_MS) return `whose fill deadline was ${fillDeadline}`
  return null
}
