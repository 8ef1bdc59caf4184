// Bonds of solvers, O-17: what an auctioneer takes of one is for an order whose winner has not filled it in time, whose bid was not opened, or whose user was given
// less than a rival had bid, is no more than what the solver has posted and not lost, and is taken once for an order and reason. A challenge that is upheld stands on
// a bid that the award reveals, of a rival that did not fill the order itself, above what blocks say was delivered. What was posted is counted from the transfers that blocks carry; a re-org takes it back.
import type { Address, NodeId, OrderId } from '@solvent/primitives'
import type { Award, Block, DomainEvent, NetworkSpec } from '@solvent/protocol'
import type { OrderTable } from './order-record.ts'
import type { Tally } from './tally.ts'

type Slash = Extract<DomainEvent, { kind: 'bond-slashed' }>
type Challenge = Extract<DomainEvent, { kind: 'challenge-upheld' }>

/** Awards that may still be challenged, at most. */
const MOST_AWARDS = 65_536

export class BondRules {
  readonly #tally: Tally
  readonly #orders: OrderTable
  readonly #auctioneers: ReadonlyMap<NodeId, Address>
  readonly #addresses: ReadonlySet<Address>
  /** Auctioneer, solver, chain and token → posted less slashed. */
  readonly #left = new Map<string, bigint>()
  readonly #taken = new Set<string>()
  /** False in the process of a live node, which audits what the node records and reads no blocks: what was posted and filled is not known there. */
  #readsBlocks = false
  /** Of auctions that closed while bonds were posted. */
  readonly #awards = new Map<OrderId, Award>()
  /** Node, order and winner of challenges that were upheld. */
  readonly #upheld = new Set<string>()

  constructor(tally: Tally, spec: NetworkSpec, orders: OrderTable) {
    this.#tally = tally
    this.#orders = orders
    this.#auctioneers = new Map(spec.auctioneers.map(({ node, address }) => [node, address]))
    this.#addresses = new Set(this.#auctioneers.values())
  }

  /** Counts what a block pays to auctioneers; -1 takes an orphaned one back. */
  block({ header, transactions, receipts }: Block, sign: 1n | -1n): void {
    this.#readsBlocks = true
    if (this.#addresses.size === 0) return
    for (let i = 0; i < transactions.length; i++) {
      const { from, call } = transactions[i]!.transaction
      if (call.kind !== 'transfer' || !this.#addresses.has(call.to)) continue
      if (receipts[i]?.status !== 'ok') continue
      const key = `${call.to}/${from}/${header.chainId}/${call.token}`
      this.#left.set(key, (this.#left.get(key) ?? 0n) + sign * call.amount)
    }
  }

  closed(award: Award): void {
    if (this.#left.size === 0 && this.#readsBlocks) return
    this.#awards.set(award.orderId, award)
    const oldest = this.#awards.size > MOST_AWARDS ? this.#awards.keys().next() : null
    if (oldest?.done === false) this.#awards.delete(oldest.value)
  }

  upheld(atMs: number, node: NodeId, event: Challenge): void {
    const { orderId, solver, challenger } = event
    // A live node's process that has been restarted did not hear of the award.
    if (!this.#readsBlocks && !this.#awards.has(orderId)) return
    this.#tally.checked['O-17']++
    const place = `${node}/${orderId}/${solver}`
    const problem = this.#upheld.has(place) ? 'a second time' : this.#challengeProblem(node, event)
    this.#upheld.add(place)
    if (problem !== null)
      this.#tally.breach(
        'O-17',
        atMs,
        null,
        `${node} upholds what ${challenger} holds against the fill of order ${orderId}, ${problem}`,
      )
  }

  #challengeProblem(
    node: NodeId,
    { orderId, solver, challenger, offered, delivered }: Challenge,
  ): string | null {
    const award = this.#awards.get(orderId)
    if (award === undefined || award.auctioneer !== this.#auctioneers.get(node))
      return 'which it did not award'
    if (award.winner !== solver) return `which ${award.winner} won, not ${solver}`
    const hasBid = award.bids.some((bid) => bid.solver === challenger && bid.outputAmount === offered)
    if (challenger === solver || !hasBid)
      return `by a bid of ${offered} that the award does not reveal of a rival`
    if (delivered >= offered) return `though ${delivered} is no less than ${offered}`
    const fill = this.#orders.get(orderId)?.fill ?? null
    // The block of the fill may reach the watcher later than the auctioneer.
    if (fill === null) return null
    if (fill.solver === challenger) return 'which it filled itself'
    return fill.outputAmount === delivered
      ? null
      : `of which ${fill.outputAmount} was delivered, not ${delivered}`
  }

  slashed(atMs: number, node: NodeId, event: Slash): void {
    const { orderId, solver, user, chainId, token, amount, cause } = event
    this.#tally.checked['O-17']++
    const key = `${this.#auctioneers.get(node)}/${solver}/${chainId}/${token}`
    const left = this.#left.get(key) ?? 0n
    this.#left.set(key, left - amount)
    const place = `${node}/${orderId}/${solver}`
    const isWorse = cause === 'worse-than-offer'
    const once = isWorse ? `${place}/${cause}` : place
    const order = this.#orders.get(orderId)
    const problem = this.#taken.has(once)
      ? 'for the same order a second time'
      : amount <= 0n || (this.#readsBlocks && amount > left)
        ? `of which ${left} is left`
        : order !== undefined && order.order.user !== user
          ? `for ${user}, who is not its user`
          : cause === 'faded' && wasKept(order, solver)
            ? 'for an award that was kept'
            : isWorse && !this.#upheld.has(place)
              ? 'for a fill that no upheld challenge was made against'
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
