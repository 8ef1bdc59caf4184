import { exp } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimsNetwork, portfolioMatrix } from '../network/sparse-matrix.ts'
import { type CapitalRatioInput, capitalRatioSales } from './capital-ratio-sales.ts'
import { gammaFeedback } from './gamma-feedback.ts'
import { leverageTargeting } from './leverage-targeting.ts'
import { overlappingPortfolios } from './overlapping-portfolios.ts'

const NEAR = 1e-9

describe('sales to a leverage target', () => {
  const market = {
    assets: [100, 100],
    equity: [10, 20],
    weights: portfolioMatrix(
      [
        [1, 0],
        [0.5, 0.5],
      ],
      2,
    ),
    illiquidity: [0.001, 0.002],
    shock: [-0.02, 0],
  }

  // By hand: sales 9·2 and 4·1; φ = (20, 2); second returns (−0.02, −0.004); indirect losses 2 and 1.2; AV 3.2/30.
  it('follows the formula on two banks and two assets', () => {
    const outcome = leverageTargeting({ ...market, sales: 'linear' })
    expect([...outcome.sale]).toEqual([18, 4])
    expect([...outcome.assetSales]).toEqual([20, 2])
    expect(outcome.aggregateVulnerability).toBeCloseTo(3.2 / 30, 14)
  })

  it('attributes all of the vulnerability to the sellers, and sells no more than is left when capped', () => {
    const share = fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 4, maxLength: 4 })
    const bank = fc.record({
      size: fc.integer({ min: 10, max: 1000 }),
      own: fc.integer({ min: 1, max: 9 }),
      share,
    })
    fc.assert(
      fc.property(
        fc.array(bank, { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: -100, max: 0 }), { minLength: 4, maxLength: 4 }),
        (banks, falls) => {
          const input = {
            assets: banks.map(({ size }) => size),
            equity: banks.map(({ own }) => own),
            weights: portfolioMatrix(
              banks.map(({ share: row }) => row.map((percent) => percent / 100)),
              4,
            ),
            illiquidity: [1e-4, 2e-4, 0, 1e-5],
            shock: falls.map((percent) => percent / 100),
          }
          const linear = leverageTargeting({ ...input, sales: 'linear' })
          const capped = leverageTargeting({ ...input, sales: 'capped' })
          expect(linear.certificate.attribution).toBeLessThan(NEAR * (1 + linear.aggregateVulnerability))
          capped.sale.forEach((sold, at) => {
            expect(sold).toBeLessThanOrEqual(input.assets[at]! - capped.directLoss[at]! + NEAR)
            expect(sold).toBeLessThanOrEqual(linear.sale[at]! + NEAR)
          })
        },
      ),
    )
  })

  it('refuses equity of zero, a fall of more than all, and shares above one', () => {
    const run = (change: object) => () => leverageTargeting({ ...market, sales: 'linear', ...change })
    expect(run({ equity: [0, 1] })).toThrow('equity')
    expect(run({ assets: [1e150, 1], equity: [1e-300, 1] })).toThrow('beyond all numbers')
    expect(run({ shock: [-1.1, 0] })).toThrow('shock')
    expect(
      run({
        weights: portfolioMatrix(
          [
            [1, 1],
            [0.5, 0.5],
          ],
          2,
        ),
      }),
    ).toThrow('must not exceed 1')
  })
})

describe('sales to keep a capital ratio', () => {
  const bank = { liabilities: claimsNetwork(1, []), cash: [5], illiquid: [100], externalLiabilities: [98] }

  // Without impact s = (98 − 5 − 0.92·100)/0.08 = 12.5; with impact p solves p = e^(−α·(93 − 92p)/(0.08p)).
  it('solves the one equation of a single bank', () => {
    const calm = capitalRatioSales({ ...bank, minCapitalRatio: 0.08, alpha: 0 })
    expect(calm.sales[0]).toBeCloseTo(12.5, 9)
    const { price } = capitalRatioSales({ ...bank, minCapitalRatio: 0.08, alpha: 1e-4 })
    expect(price).toBeCloseTo(exp((-1e-4 * (93 - 92 * price)) / (0.08 * price)), 12)
  })

  it('an insolvent bank sells everything', () => {
    const outcome = capitalRatioSales({
      ...bank,
      externalLiabilities: [120],
      minCapitalRatio: 0.08,
      alpha: 1e-3,
    })
    expect(outcome.sales[0]).toBe(100)
    expect(outcome.price).toBeCloseTo(exp(-0.1), 12)
    expect([...outcome.clearing.defaulted]).toEqual([0])
  })

  const systems: fc.Arbitrary<CapitalRatioInput> = fc.integer({ min: 1, max: 6 }).chain((n) => {
    const vector = fc.array(fc.nat(50), { minLength: n, maxLength: n })
    return fc.record({
      liabilities: fc
        .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.nat(20)), { maxLength: 3 * n })
        .map((entries) =>
          claimsNetwork(
            n,
            entries.filter(([from, to]) => from !== to),
          ),
        ),
      cash: vector,
      illiquid: vector,
      externalLiabilities: vector,
      minCapitalRatio: fc.constantFrom(0.03, 0.08, 0.2),
      alpha: fc.constantFrom(0, 1e-4, 1e-3, 1e-2),
    })
  })

  it('is an equilibrium whose price only fell, and more impact never raises it', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const outcome = capitalRatioSales(system)
        expect(outcome.certificate.residual).toBeLessThan(1e-12)
        outcome.priceIterates.slice(1).forEach((price, at) => {
          expect(price).toBeLessThanOrEqual(outcome.priceIterates[at]!)
        })
        expect(capitalRatioSales({ ...system, alpha: system.alpha + 1e-3 }).price).toBeLessThanOrEqual(
          outcome.price + NEAR,
        )
      }),
    )
  })
})

describe('overlapping portfolios', () => {
  // e^(−1.0536·0.1) is a fall of 10 %, the calibration of the paper.
  it('the first sale breaks the second bank', () => {
    const outcome = overlappingPortfolios({
      holdings: portfolioMatrix(
        [
          [50, 50],
          [50, 0],
          [0, 60],
        ],
        2,
      ),
      cash: [10, 5.5, 30],
      liabilities: [105.5, 50, 62],
      alpha: 1.0536,
      priceShock: [-0.1, 0],
    })
    expect([...outcome.defaultRound]).toEqual([0, 1, -1])
    expect(outcome.prices[0]).toBeCloseTo(0.9 * exp(-1.0536), 14)
    expect(exp(-1.0536 * 0.1)).toBeCloseTo(0.9, 4)
  })

  const vector = (n: number) => fc.array(fc.nat(60), { minLength: n, maxLength: n })
  const markets = fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 4 }))
    .chain(([banks, assets]) =>
      fc.record({
        rows: fc.array(vector(assets), { minLength: banks, maxLength: banks }),
        cash: vector(banks),
        liabilities: vector(banks),
        falls: fc.array(fc.integer({ min: -9, max: 0 }), { minLength: assets, maxLength: assets }),
      }),
    )

  it('a deeper fall of prices never saves a bank, and the names of the banks do not matter', () => {
    fc.assert(
      fc.property(markets, ({ rows, cash, liabilities, falls }) => {
        const run = (depth: number) =>
          overlappingPortfolios({
            holdings: portfolioMatrix(rows, falls.length),
            cash,
            liabilities,
            alpha: 1,
            priceShock: falls.map((tenths) => (tenths * depth) / 10),
          })
        const [mild, deep] = [run(0.5), run(1)]
        // A tie on the edge of rounding is no law.
        fc.pre(mild.certificate.smallestMargin > NEAR && deep.certificate.smallestMargin > NEAR)
        mild.defaultRound.forEach((round, bank) => {
          if (round !== -1) expect(deep.defaultRound[bank]).not.toBe(-1)
        })
        const turned = overlappingPortfolios({
          holdings: portfolioMatrix(rows.toReversed(), falls.length),
          cash: cash.toReversed(),
          liabilities: liabilities.toReversed(),
          alpha: 1,
          priceShock: falls.map((tenths) => tenths / 10),
        })
        expect([...turned.defaultRound].reverse()).toEqual([...deep.defaultRound])
      }),
    )
  })
})

describe('gamma feedback', () => {
  const shock = { shock: -10, impactPerUnit: 0.02, circuitBreakerMove: null, rounds: 60 }

  it('settles at shock/(1 − g), amplified by short and damped by long gamma', () => {
    const short = gammaFeedback({ ...shock, shortGammaUnitsPerPrice: 20 })
    expect(short.cumulativeMove.at(-1)).toBeCloseTo(-10 / 0.6, 12)
    expect(short.certificate.residual).toBeLessThan(1e-12)
    expect(gammaFeedback({ ...shock, shortGammaUnitsPerPrice: -20 }).limit).toBeCloseTo(-10 / 1.4, 12)
  })

  it('diverges at a gain of 1 and more, and halts in the round that reaches the breaker', () => {
    expect(gammaFeedback({ ...shock, shortGammaUnitsPerPrice: 50 })).toMatchObject({
      diverges: true,
      limit: null,
    })
    const halted = gammaFeedback({ ...shock, shortGammaUnitsPerPrice: 50, circuitBreakerMove: 30 })
    expect(halted.cumulativeMove).toEqual([-10, -20, -30])
    expect(halted.haltedAtRound).toBe(2)
  })

  it('refuses numbers that are not finite, and rounds that are not whole', () => {
    expect(() => gammaFeedback({ ...shock, shock: Number.NaN, shortGammaUnitsPerPrice: 1 })).toThrow('shock')
    expect(() => gammaFeedback({ ...shock, rounds: 5000, shortGammaUnitsPerPrice: -100 })).toThrow(
      'beyond all numbers',
    )
    expect(() => gammaFeedback({ ...shock, rounds: 1.5, shortGammaUnitsPerPrice: 1 })).toThrow('whole number')
    expect(() => gammaFeedback({ ...shock, circuitBreakerMove: 0, shortGammaUnitsPerPrice: 1 })).toThrow(
      'breaker',
    )
  })
})
