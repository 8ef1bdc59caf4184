// Bonds of solvers, O-17: what an auctioneer takes of one is for an order whose winner has not filled it in time, or whose bid was not opened, is no more than
// what the solver has posted and not lost, and is taken once for an order. What was posted is counted from the transfers that blocks carry; a re-org takes it back.
import type { Address, NodeId } from '@solvent/primitives'
import type { Block, DomainEvent, NetworkSpec } from '@solvent/protocol'
import type { OrderTable } from './order-record.ts'
import type { Tally } from './tally.ts'

type Slash = Extract<DomainEvent, { kind: 'bond-slashed' }>

export class BondRules {
  readonly #tally: Tally
  readonly #orders: OrderTable
  readonly #auctioneers: ReadonlyMap<NodeId, Address>
  readonly #addresses: ReadonlySet<Address>
  /** Auctioneer, solver, chain and token → posted less slashed. */
  readonly #left = new Map<string, bigint>()
  readonly #taken = new Set<string>()

  constructor(tally: Tally, spec: NetworkSpec, orders: OrderTable) {
    this.#tally = tally
    this.#orders = orders
    this.#auctioneers = new Map(spec.auctioneers.map(({ node, address }) => [node, address]))
    this.#addresses = new Set(this.#auctioneers.values())
  }

  /** Counts what a block pays to auctioneers; -1 takes an orphaned one back. */
  block({ header, transactions, receipts }: Block, sign: 1n | -1n): void {
    if (this.#addresses.size === 0) return
    for (let i = 0; i < transactions.length; i++) {
      const { from, call } = transactions[i]!.transaction
      if (call.kind !== 'transfer' || !this.#addresses.has(call.to)) continue
      if (receipts[i]?.status !== 'ok') continue
      const key = `${call.to}/${from}/${header.chainId}/${call.token}`
      this.#left.set(key, (this.#left.get(key) ?? 0n) + sign * call.amount)
    }
  }

  slashed(atMs: number, node: NodeId, event: Slash): void {
    const { orderId, solver, user, chainId, token, amount, cause } = event
    this.#tally.checked['O-17']++
    const key = `${this.#auctioneers.get(node)}/${solver}/${chainId}/${token}`
    const left = this.#left.get(key) ?? 0n
    this.#left.set(key, left - amount)
    const once = `${node}/${orderId}/${solver}`
    const order = this.#orders.get(orderId)
    const problem = this.#taken.has(once)
      ? 'for the same order a second time'
      : amount <= 0n || amount > left
        ? `of which ${left} is left`
        : order !== undefined && order.order.user !== user
          ? `for ${user}, who is not its user`
          : cause === 'faded' && wasKept(order, solver)
            ? 'for an award that was kept'
            : null
    this.#taken.add(once)
    if (problem !== null)
      this.#tally.breach(
        'O-17',
        atMs,
        chainId,
        `${node} takes ${amount} of the bond of ${solver} (order ${orderId}), ${problem}`,
      )
  }
}

/** The winner's own fill came while it alone could fill. */
function wasKept(record: ReturnType<OrderTable['get']>, solver: Address): boolean {
  if (record?.order.award.by !== 'auctioneer') return false
  const { fill, order } = record
  return (
    fill?.solver === solver && order.award.by === 'auctioneer' && fill.timestamp <= order.award.exclusiveUntil
  )
}
