// Steps that place orders in limit order books.

import { checkAmount } from '../scenario/check-amount.ts'
import { pairOf } from '../scenario/market-names.ts'
import { type BookMarket, lotsOf, ticksOfPrice } from '../scenario/order-books.ts'
import { checkVenue, resolved, venueOf } from './market-steps.ts'
import type { StepFamily } from './step-rule.ts'

const MAX_TICKS = 2 ** 31 - 1

export const bookSteps: StepFamily<'place-order'> = {
  'place-order': {
    check(step, check) {
      const venue = checkVenue(step, check)
      if (venue === undefined) return
      const { scenario, findings, path } = check
      const { market } = venue
      if (market.kind !== 'order-book') {
        findings.add('E_VALUE', [...path, 'market'], 'orders rest in an order book', {
          got: market.kind,
          allowed: 'a market of kind order-book; swap trades on any market',
        })
        return
      }
      const [base] = pairOf(market)
      const asset = scenario.assets[base]
      if (asset === undefined) return
      if (!checkAmount(step.amount, { symbol: base, ...asset }, [...path, 'amount'], findings)) return
      if (lotsOf(scenario, market, step.amount) === 0n)
        findings.add('E_RANGE', [...path, 'amount'], 'the order is less than a lot', {
          got: step.amount,
          allowed: `at least the market's lot, ${market.lot}`,
        })
      const ticks = ticksOfPrice(market, step.price, step.side === 'buy' ? 'floor' : 'up')
      if (ticks < 1 || ticks > MAX_TICKS)
        findings.add(
          'E_RANGE',
          [...path, 'price'],
          'the price is no whole number of ticks that the book has',
          {
            got: step.price,
            allowed: `from one tick of ${market.tick} to 2^31 - 1`,
          },
        )
    },
    resolve(step, resolution) {
      const { scenario } = resolution
      const market = venueOf(scenario, step).market as BookMarket
      const { side, price, amount, timeInForce } = step
      const priceTicks = ticksOfPrice(market, price, side === 'buy' ? 'floor' : 'up')
      return resolved(step, resolution, ({ market: address, deadline }) => ({
        ...{ kind: 'place-orders', market: address, deadline, cancels: [] },
        orders: [{ side, priceTicks, lots: lotsOf(scenario, market, amount), timeInForce }],
      }))
    },
  },
}
