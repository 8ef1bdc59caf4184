import { describe, expect, it } from 'vitest'
import { bestResponse, criticalDiscount, monopolyPrices, nashPrices } from './equilibrium-prices.ts'
import { demand, profits, symmetricLogitMarket } from './logit-market.ts'
import { omega } from './omega.ts'

const market = { ...symmetricLogitMarket(3), costs: [1, 0.875, 0.5], outsideQuality: 0.25 }

describe('Nash and monopoly prices under logit demand', () => {
  it('solve x + ln x = l over the whole range', () => {
    for (const l of [-700, -30, -1, 0, 0.999, 1, 2, 50, 1e6]) {
      const x = omega(l)
      expect(x + Math.log(x)).toBeCloseTo(l, 8)
    }
    // W(1), the omega constant.
    expect(omega(0)).toBeCloseTo(0.5671432904097838, 14)
  })

  it('are those of the paper for two and three firms', () => {
    // Calvano et al. 2020, input files of the authors' package: 1.47293 and 1.92498; 1.37016 and 2.0.
    expect(nashPrices(symmetricLogitMarket(2))[0]).toBeCloseTo(1.47293, 5)
    expect(monopolyPrices(symmetricLogitMarket(2))[0]).toBeCloseTo(1.92498, 5)
    expect(nashPrices(symmetricLogitMarket(3))[1]).toBeCloseTo(1.37016, 5)
    expect(monopolyPrices(symmetricLogitMarket(3))[1]).toBeCloseTo(2, 12)
  })

  it('satisfy the first-order conditions of firms that differ', () => {
    const nash = nashPrices(market)
    const shares = demand(market, nash)
    for (const [firm, price] of nash.entries()) {
      expect((price - market.costs[firm]!) * (1 - shares[firm]!)).toBeCloseTo(market.differentiation, 12)
      expect(bestResponse(market, firm, nash)).toBeCloseTo(price, 12)
    }
    const monopoly = monopolyPrices(market)
    const outside = 1 - demand(market, monopoly).reduce((sum, share) => sum + share, 0)
    for (const [firm, price] of monopoly.entries())
      expect(price - market.costs[firm]!).toBeCloseTo(market.differentiation / outside, 12)
  })

  it('leave nothing to gain: no price near the best response earns more', () => {
    const rivals = [0, 1.6, 1.4]
    const best = bestResponse(market, 0, rivals)
    const earn = (price: number) => profits(market, [price, 1.6, 1.4])[0]!
    expect(earn(best)).toBeGreaterThan(earn(best + 1e-4))
    expect(earn(best)).toBeGreaterThan(earn(best - 1e-4))
  })

  it('give the critical discount factor of grim punishment', () => {
    // Bertrand with equal split and undercutting: 1 − 1/n.
    expect(criticalDiscount({ deviation: 1, collusion: 0.25, nash: 0 })).toBe(0.75)
  })
})
