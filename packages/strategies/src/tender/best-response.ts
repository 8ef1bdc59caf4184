// Numerical best response: where there is no closed form, a bidder asks for the price on a grid that earns most against the best rival
// prices that it has seen, (p − c) · share of tenders in which the best rival asked for more. Fictitious play (Brown 1951) on prices, in
// parts of the reserve so that tenders of different limits are comparable.
import type { CanonicalValue } from '@solvent/primitives'
import { competitivePrice } from './competitive-price.ts'
import type { TenderStrategyKind } from './tender-strategy.ts'

type Parameters = 'gridPoints' | 'memory' | 'leastSeen'

export const bestResponseKind: TenderStrategyKind<'best-response', Parameters> = {
  kind: 'best-response',
  conduct: 'competitive',
  parameters: {
    gridPoints: { usual: 50, least: 2, most: 1_000, meaning: 'prices tried between cost and reserve' },
    memory: { usual: 200, least: 1, most: 10_000, meaning: 'tenders that it remembers' },
    leastSeen: { usual: 10, least: 1, most: 10_000, meaning: 'tenders before it trusts what it has seen' },
  },
  create: ({ gridPoints, memory, leastSeen }) => {
    /** Best rival prices in parts of the reserve, oldest first; tenders without a rival count as the reserve. */
    let seen: number[] = []
    /** Who this is becomes known with the first tender. */
    let self: string | null = null
    return {
      bid(tender) {
        self = tender.self
        const { cost, reserve, rule } = tender
        if (cost > reserve) return null
        if (rule === 'second-price') return cost
        if (seen.length < leastSeen) return competitivePrice(tender, tender.bidders.length)
        let best = cost
        let most = 0
        for (let point = 0; point <= gridPoints; point++) {
          const price = reserve - (point * (reserve - cost)) / gridPoints
          const wins = seen.filter((rival) => rival * reserve > price).length
          // Strictly more: of equal profits the highest price stands, the first one tried.
          if ((price - cost) * wins > most) {
            most = (price - cost) * wins
            best = price
          }
        }
        return best
      },
      learn({ prices, reserve }) {
        if (reserve <= 0) return
        let best = reserve
        for (const [bidder, price] of prices) if (bidder !== self && price < best) best = price
        seen = [...seen, best / reserve].slice(-memory)
      },
      memory: {
        save: (): CanonicalValue => seen,
        restore(saved) {
          seen = [...(saved as readonly number[])]
        },
      },
    }
  },
}
