// A strategy for tenders in a solver node: the order's economics as a tender, and its price as an output in base units. Parts are float64,
// like every price of a tender; the offer itself is rounded down in integers.
import { mulDivFloor, wholeUnit } from '@solvent/primitives'
import type { BidContext, BidDecision, BiddingStrategy } from '../bidding-strategy.ts'
import type { Tender } from './tender.ts'
import type { TenderStrategy } from './tender-strategy.ts'

const PARTS = 1_000_000_000_000n
/** Awards may come long after bids, and not at all: more undecided ones than this are not kept. */
const MOST_OPEN = 4_096

/** Part of `value` that `amount` is; 0 of nothing. Below 0 where somebody gives more than the order is worth. @example partOf(1n, 4n) // 0.25 */
export function partOf(amount: bigint, value: bigint): number {
  if (amount < 0n) return -partOf(-amount, value)
  return value <= 0n ? 0 : Number(mulDivFloor(amount, PARTS, value)) / Number(PARTS)
}

/** What rules are called where offers are used. */
const RULE_OF_USE: Readonly<Record<BidContext['use'], string>> = {
  'first-price': 'first-price',
  'second-price': 'second-price',
  'sealed-encrypted': 'sealed-encrypted',
  'fair-combinatorial': 'fair-combinatorial',
  quote: 'request-for-quote',
  dutch: 'dutch',
  'priority-fee': 'priority-fee',
}

/** Wraps a strategy for tenders; `draw` gives its chance by tender and number of the draw. */
export function createTenderBidding(
  strategy: TenderStrategy,
  draw: (tenderId: string, self: string, index: number) => number,
): BiddingStrategy {
  /** Of open tenders: whether the bid would be honoured. */
  const honoured = new Map<string, boolean>()
  const { memory } = strategy
  return {
    decide(context) {
      if (context.inputValueE8 - context.gasCostE8 <= 0n)
        return { status: 'declined', reason: 'gas-exceeds-value' }
      const tender = tenderOf(context, draw)
      const price = strategy.bid(tender)
      if (price === null) return { status: 'declined', reason: 'no-bid' }
      if (strategy.honours !== undefined) {
        if (honoured.size >= MOST_OPEN) honoured.delete(honoured.keys().next().value ?? '')
        honoured.set(tender.id, strategy.honours(tender, price))
      }
      return offerAtPrice(context, price)
    },
    honours: (tenderId) => honoured.get(tenderId) ?? true,
    learn(outcome) {
      honoured.delete(outcome.id)
      strategy.learn?.(outcome)
    },
    ...(strategy.owes === undefined ? {} : { owes: (outcome) => strategy.owes?.(outcome) ?? [] }),
    ...(memory === undefined ? {} : { memory }),
  }
}

/** The offer that leaves `price` of the value to the solver. */
export function offerAtPrice(context: BidContext, price: number): BidDecision {
  const kept = BigInt(Math.round(Math.min(1, Math.max(0, price)) * Number(PARTS)))
  const offerE8 = mulDivFloor(context.inputValueE8, PARTS - kept, PARTS)
  const { priceE8, decimals, minAmount } = context.output
  const outputAmount = mulDivFloor(offerE8, wholeUnit(decimals), priceE8)
  if (outputAmount === 0n) return { status: 'declined', reason: 'below-minimum' }
  // A price at the reserve may round to a unit below the minimum: the minimum is what was meant.
  const isAtReserve = outputAmount < minAmount && minAmount - outputAmount <= reserveSlack(minAmount)
  const due = isAtReserve ? minAmount : outputAmount
  if (due < minAmount) return { status: 'declined', reason: 'below-minimum' }
  if (due > context.inventory.free) return { status: 'declined', reason: 'no-inventory' }
  return { status: 'offer', outputAmount: due }
}

/** Values have eight decimals and prices twelve: what rounding may take of an amount. */
function reserveSlack(amount: bigint): bigint {
  return amount / 10_000_000n + 1n
}

function tenderOf(
  context: BidContext,
  draw: (tenderId: string, self: string, index: number) => number,
): Tender {
  const { tender, use, inputValueE8, gasCostE8, output } = context
  const minValueE8 = mulDivFloor(output.minAmount, output.priceE8, wholeUnit(output.decimals))
  const reserve = inputValueE8 - minValueE8
  let draws = 0
  return {
    ...tender,
    rule: RULE_OF_USE[use],
    cost: partOf(gasCostE8, inputValueE8),
    reserve: partOf(reserve < 0n ? 0n : reserve, inputValueE8),
    told: tender.told ?? null,
    leaked: tender.leaked ?? null,
    draw: () => draw(tender.id, tender.self, draws++),
  }
}
