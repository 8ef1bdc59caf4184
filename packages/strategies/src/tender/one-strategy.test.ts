// One object, two places: the strategy that learned in the repeated auction bids in a solver node, and goes on learning there.
import { mechanismRules } from '@solvent/mechanisms'
import { describe, expect, test } from 'vitest'
import type { BidContext } from '../bidding-strategy.ts'
import {
  createTenderStrategy,
  partOf,
  type Tender,
  type TenderOutcome,
  type TenderStrategyName,
} from '../index.ts'
import { createTenderBidding } from './tender-bidding.ts'

const USD = 100_000_000n
const bidders = ['a', 'b']
const market = { chain: 'one', asset: 'USDC', user: 'u' }
/** A rival that asks for a third of the way up to the limit. */
const rival = ({ reserve }: Pick<Tender, 'reserve'>) => reserve / 3

const draw = (index: number) => ((index * 7_919 + 104_729) % 1_000) / 1_000
const tenderAt = (time: number, cost: number, reserve: number): Tender => ({
  ...{ id: `order-${time}`, time, rule: 'first-price', self: 'a', bidders, market },
  ...{ cost, reserve, told: null, leaked: null },
  draw: () => draw(time),
})

function outcomeOf({ reserve, id, time, rule }: Tender, price: number): TenderOutcome {
  const other = rival({ reserve })
  const isWon = price < other
  return {
    ...{ id, time, rule, bidders, market, reserve },
    ...{ winner: isWon ? 'a' : 'b', paid: isWon ? price : other, faded: [] },
    prices: new Map([
      ['a', price],
      ['b', other],
    ]),
  }
}

/** An order worth 10,000 with a limit of 1 %, and gas of 1 USD: what a node sees of it. */
const context = (time: number): BidContext => ({
  use: 'first-price',
  inputValueE8: 10_000n * USD,
  gasCostE8: USD,
  inputWrapped: false,
  output: { priceE8: USD, decimals: 6, wrapped: false, minAmount: 9_900_000_000n },
  inventory: { free: 10n ** 15n, slowFree: 0n, reference: 0n },
  prover: { verifiers: 3, threshold: 2, exposureE8: 0n, exposureLimitE8: 0n },
  ...{ confirmation: 'safe', secondsUntilPayout: 0, pastAuctions: [] },
  tender: { id: `order-${time}`, time, self: 'a', bidders, market },
})

describe('a strategy of the repeated auction in a solver node', () => {
  test.each<TenderStrategyName>(['multiplicative-weights', 'exp3', 'regret-matching', 'q-learning'])(
    '%s: the same object bids and learns in both',
    (kind) => {
      const [inNode, inLaboratory] = [createTenderStrategy({ kind }), createTenderStrategy({ kind })]
      for (const strategy of [inNode, inLaboratory])
        for (let time = 0; time < 300; time++) {
          const tender = tenderAt(time, 0.0001, 0.01)
          const price = strategy.bid(tender)
          if (price !== null) strategy.learn?.(outcomeOf(tender, price))
        }
      const bidding = createTenderBidding(inNode, (_id, _self, index) => draw(300 + index))
      const learned = new Set<bigint>()
      for (let time = 300; time < 320; time++) {
        let draws = 300
        const tender = { ...tenderAt(time, 0.0001, 0.01), draw: () => draw(draws++) }
        const price = inLaboratory.bid(tender) as number
        const decision = bidding.decide(context(time))
        if (decision.status !== 'offer') throw new Error(`declined: ${decision.reason}`)
        const kept = partOf(10_000n * USD - decision.outputAmount * 100n, 10_000n * USD)
        expect(kept).toBeCloseTo(price, 8)
        learned.add(decision.outputAmount)
        for (const learner of [inLaboratory, bidding]) learner.learn?.(outcomeOf(tender, price))
      }
      expect(learned.size).toBeGreaterThan(0)
      expect(bidding.memory?.save()).toEqual(inLaboratory.memory?.save())
    },
  )
})

test.each<[BidContext['use'], string]>([
  ['first-price', 'first-price'],
  ['second-price', 'second-price'],
  ['sealed-encrypted', 'sealed-encrypted'],
  ['fair-combinatorial', 'fair-combinatorial'],
  ['quote', 'request-for-quote'],
])('an offer for %s is a tender by the rule of that name in the repeated auction', (use, rule) => {
  const seen: string[] = []
  const bid = (tender: Tender): null => {
    seen.push(tender.rule)
    return null
  }
  createTenderBidding({ bid }, () => 0).decide({ ...context(0), use })
  expect(seen).toEqual([rule])
  expect(Object.keys(mechanismRules)).toContain(rule)
})

test('whoever delivers more than an order is worth asks for less than nothing', () => {
  expect(partOf(-1n, 4n)).toBe(-0.25)
})
