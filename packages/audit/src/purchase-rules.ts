// Orders that buy derivatives, V-7: a fill that delivers to a contract of purchases is in one receipt with the purchase: by the order's user, of what that
// contract names, and with what was delivered. What the derivative's own contract asks for it is V-3, V-4 and V-5.
import type { Address } from '@solvent/primitives'
import { type ChainEvent, marginAccount, type Purchase, type PurchaseSpec } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import type { Tally } from './tally.ts'

const BPS = 10_000n

type Filled = Extract<ChainEvent, { kind: 'order-filled' }>

export class PurchaseRules {
  readonly #tally: Tally
  readonly #purchases: ReadonlyMap<Address, PurchaseSpec>

  constructor(tally: Tally, { spec }: NetworkIndex) {
    this.#tally = tally
    this.#purchases = new Map((spec.purchases ?? []).map((purchase) => [purchase.address, purchase]))
  }

  event(scope: Scope, event: ChainEvent): void {
    if (event.kind !== 'order-filled') return
    const purchase = this.#purchases.get(event.order.output.recipient)
    if (purchase === undefined) return
    this.#tally.checked['V-7']++
    const problem = problemOf(scope, purchase, event)
    if (problem !== null)
      this.#tally.breach('V-7', scope.atMs, scope.chain.chainId, `order ${event.orderId} ${problem}`)
  }

  sums(): void {}

  /** It keeps nothing. */
  undoBlock(): void {}
}

function problemOf({ receipt, chain }: Scope, purchase: PurchaseSpec, filled: Filled): string | null {
  const { order, outputAmount } = filled
  const { user, output } = order
  if (purchase.chainId !== chain.chainId || purchase.token !== output.token)
    return `is filled with ${output.token} to a purchase that takes ${purchase.token} on chain ${purchase.chainId}`
  const { buys } = purchase
  if (buys.kind === 'perpetual') return positionProblem(receipt.events, buys, filled)
  const spent = receipt.events.map((event) => spentBy(event, buys, user)).find((each) => each !== null)
  if (spent === undefined || spent === null) return `is filled without the purchase of its ${buys.kind}`
  const { premium, units } = spent
  if (premium > outputAmount) return `spends ${premium} of ${outputAmount}`
  // A unit costs premium / units, and each price is rounded up once.
  return (outputAmount - premium - 1n) * units > premium
    ? `spends ${premium} of ${outputAmount}, and more could be bought`
    : null
}

interface Spent {
  readonly premium: bigint
  readonly units: bigint
}

/** What the event says that the user spent, and for how much; null: it is another event. */
function spentBy(event: ChainEvent, buys: Purchase, user: Address): Spent | null {
  if (event.kind === 'cover-bought' && buys.kind === 'cover')
    return event.cover === buys.cover && event.holder === user
      ? { premium: event.premium, units: event.amount }
      : null
  if (event.kind === 'option-bought' && buys.kind === 'option')
    return event.desk === buys.desk && event.series === buys.series && event.holder === user
      ? { premium: event.premium, units: event.units }
      : null
  return null
}

/** All that was delivered is margin of the user's isolated account, and the trade is to the side that it says, no larger than its leverage. */
function positionProblem(
  events: readonly ChainEvent[],
  { house, market, side, leverageBps }: Extract<Purchase, { kind: 'perpetual' }>,
  { order: { user }, outputAmount }: Filled,
): string | null {
  const account = marginAccount(user, market, 'isolated')
  const isMargin = events.some(
    (event) =>
      event.kind === 'margin-moved' &&
      event.house === house &&
      event.account === account &&
      event.amount === outputAmount,
  )
  const trade = events.find(
    (event) =>
      event.kind === 'perpetual-traded' &&
      event.house === house &&
      event.account === account &&
      event.market === market,
  )
  if (!isMargin || trade?.kind !== 'perpetual-traded')
    return 'is filled without the purchase of its perpetual'
  const { units, cash } = trade
  if (side === 'long' ? units <= 0n : units >= 0n) return `trades ${units}, and is ${side}`
  const size = cash < 0n ? -cash : cash
  // Twice: a virtual market's price may be far from the index that the size is of.
  return size * BPS > 2n * outputAmount * leverageBps ? `is of ${size} on a margin of ${outputAmount}` : null
}
