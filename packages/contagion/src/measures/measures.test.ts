import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eisenbergNoe, rogersVeraart } from '../clearing/clearing.ts'
import { wrappedAssetHaircut } from '../fire-sales/wrapped-asset-haircut.ts'
import { claimsNetwork, type Entry, portfolioMatrix } from '../network/sparse-matrix.ts'
import { debtRank } from '../stress/debt-rank.ts'
import { createStressSystem } from '../stress/stress-system.ts'
import { corePeriphery } from './core-periphery.ts'
import { lossByRound, shortfallByRound } from './loss-by-round.ts'
import { lossDistribution } from './loss-distribution.ts'
import { herfindahl, networkMetrics } from './network-metrics.ts'
import { ranking } from './ranking.ts'
import { singleFailures, tooBigToFail } from './single-failures.ts'
import { systemicLoss } from './systemic-loss.ts'

const networks = fc.integer({ min: 2, max: 8 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    entries: fc
      .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.integer({ min: 1, max: 30 })), {
        maxLength: 4 * n,
      })
      .map((entries) => entries.filter(([from, to]) => from !== to)),
  }),
)

const damped = ({ n, entries }: { readonly n: number; readonly entries: readonly Entry[] }) =>
  createStressSystem({
    exposures: claimsNetwork(n, entries),
    buffers: new Array<number>(n).fill(1000),
    weights: Array.from({ length: n }, (_, node) => node + 1),
  })

describe('losses over scenarios', () => {
  // Acerbi, Tasche 2002: of an atom at the VaR only so much belongs to the tail as fills it up.
  it('value at risk is the smallest loss not exceeded, expected shortfall the mean of the worst part', () => {
    const losses = [4, 0, 1, 3, 2]
    expect(lossDistribution(losses, 0.8)).toMatchObject({ mean: 2, valueAtRisk: 3, worst: 4 })
    expect(lossDistribution(losses, 0.8).expectedShortfall).toBeCloseTo(4, 12)
    // Half of the worst 0.3 beyond: (0.2·4 + 0.1·3)/0.3.
    expect(lossDistribution(losses, 0.7).expectedShortfall).toBeCloseTo(1.1 / 0.3, 12)
    expect(lossDistribution(losses, 0).expectedShortfall).toBeCloseTo(2, 12)
    expect(lossDistribution([7], 0.99)).toMatchObject({ valueAtRisk: 7, expectedShortfall: 7 })
  })

  // Exponential losses of mean 1: VaR = −ln(1 − c), ES = VaR + 1; here the mid-points of 10,000 equal slices.
  it('agrees with the exponential distribution', () => {
    const n = 10_000
    const losses = Float64Array.from({ length: n }, (_, at) => -Math.log(1 - (at + 0.5) / n))
    for (const confidence of [0.9, 0.95, 0.99]) {
      const found = lossDistribution(losses, confidence)
      expect(found.valueAtRisk).toBeCloseTo(-Math.log(1 - confidence), 1)
      expect(found.expectedShortfall).toBeCloseTo(1 - Math.log(1 - confidence), 1)
    }
  })

  it('scenarios of weight k count like k scenarios, and expected shortfall never falls with confidence', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 4 })), {
          minLength: 1,
          maxLength: 12,
        }),
        (scenarios) => {
          if (scenarios.every(([, times]) => times === 0)) return
          const repeated = scenarios.flatMap(([loss, times]) => new Array<number>(times).fill(loss))
          let last = Number.NEGATIVE_INFINITY
          for (const confidence of [0, 0.3, 0.5, 0.9, 0.99]) {
            const weighted = lossDistribution(
              scenarios.map(([loss]) => loss),
              confidence,
              scenarios.map(([, times]) => times),
            )
            const plain = lossDistribution(repeated, confidence)
            expect(weighted.valueAtRisk).toBe(plain.valueAtRisk)
            expect(weighted.expectedShortfall).toBeCloseTo(plain.expectedShortfall, 9)
            expect(plain.expectedShortfall).toBeGreaterThanOrEqual(plain.valueAtRisk - 1e-9)
            expect(plain.expectedShortfall).toBeGreaterThanOrEqual(last - 1e-9)
            last = plain.expectedShortfall
          }
        },
      ),
    )
  })

  it('refuses no scenario, a confidence of 1, and probabilities of nothing', () => {
    expect(() => lossDistribution([], 0.5)).toThrow('There must be a scenario')
    expect(() => lossDistribution([1], 1)).toThrow('confidence')
    expect(() => lossDistribution([1], 0.5, [0])).toThrow('There must be a scenario')
    expect(() => lossDistribution([Number.NaN], 0.5)).toThrow('losses')
  })
})

describe('single failures', () => {
  // Star: the leaves hold 10, 20, 30 and 60 of the centre against buffers of 50 (fixture dr-01-star: R = 0.44).
  it('the centre of a star is systemic, its leaves are vulnerable', () => {
    const star = createStressSystem({
      exposures: claimsNetwork(5, [
        [1, 0, 10],
        [2, 0, 20],
        [3, 0, 30],
        [4, 0, 60],
      ]),
      buffers: [50, 50, 50, 50, 50],
      weights: [1, 1, 1, 1, 1],
    })
    const failures = singleFailures(star, 'linear')
    expect(failures.systemicness[0]).toBeCloseTo(0.44, 12)
    expect([...failures.vulnerability].map((value) => value * 4)).toEqual(
      [0, 0.2, 0.4, 0.6, 1].map((value) => expect.closeTo(value, 12)),
    )
    expect([...failures.defaults]).toEqual([1, 0, 0, 0, 0])
    expect(failures.losses[0]).toBeCloseTo(120, 12)
    expect(tooBigToFail(failures, 0.4)).toEqual([0])
    expect(tooBigToFail(failures, 0.44 + 1e-9)).toEqual([])
    expect(tooBigToFail(failures, 0, [1, 2])).toEqual([])
  })

  it('systemicness and vulnerability are one sum, taken two ways, under every rule', () => {
    fc.assert(
      fc.property(networks, fc.constantFrom('linear' as const, 'single-hit' as const), (network, rule) => {
        const system = damped(network)
        const failures = singleFailures(system, rule)
        expect(failures.certificate.attribution).toBeLessThan(1e-12)
        const shock = new Float64Array(network.n)
        shock[1] = 1
        expect(failures.systemicness[1]).toBeCloseTo(debtRank(system, shock, rule).additionalStress, 12)
      }),
    )
  })

  it('ranks equal values in the order of the nodes', () => {
    expect([...ranking([1, 3, 3, 2])]).toEqual([1, 2, 3, 0])
  })
})

describe('losses by round', () => {
  // Two-cycle of impacts 0.8 and 0.5: losses shrink by 0.8 and 0.5 in turn.
  it('of a two-cycle shrink by its impacts in turn', () => {
    const system = createStressSystem({
      exposures: claimsNetwork(2, [
        [0, 1, 0.8],
        [1, 0, 0.5],
      ]),
      buffers: [1, 1],
      weights: [1, 1],
    })
    const { losses, later, total, shares } = lossByRound(system, [0.1, 0])
    expect([...losses]).toEqual([0.1, 0.05, 0.04, 0.02].map((loss) => expect.closeTo(loss, 12)))
    expect(total).toBeCloseTo(0.15 / 0.6, 12)
    expect(later).toBeCloseTo(total - 0.21, 12)
    expect(shares[0]).toBeCloseTo(0.05 / (total - 0.1), 12)
  })

  it('sum to the loss of DebtRank, and their shares to 1', () => {
    fc.assert(
      fc.property(networks, fc.nat(7), (network, at) => {
        const system = damped(network)
        const shock = new Float64Array(network.n)
        shock[at % network.n] = 0.7
        const { losses, later, total, shares } = lossByRound(system, shock)
        const outcome = debtRank(system, shock, 'linear')
        expect(total).toBeCloseTo(outcome.originalLosses + outcome.additionalLosses, 8)
        expect(losses.reduce((sum, loss) => sum + loss, later)).toBeCloseTo(total, 8)
        const share = shares.reduce((sum, part) => sum + part, 0)
        expect(share).toBeCloseTo(outcome.additionalLosses > 0 ? 1 : 0, 8)
      }),
    )
  })

  it('of a clearing are what debtors of each round do not pay', () => {
    const chain = {
      liabilities: claimsNetwork(3, [
        [0, 1, 10],
        [1, 2, 10],
      ]),
      externalAssets: [4, 3, 0],
      externalLiabilities: [0, 0, 2],
    }
    expect([...shortfallByRound(eisenbergNoe(chain))]).toEqual([0, 6, 3])
  })
})

describe('systemic loss', () => {
  it('is the shock and what bankruptcy destroys on top, borne by owners and outside creditors', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(networks, amounts, amounts, (network, assets, outside) => {
        const { n, entries } = network
        const clear = (own: readonly number[]) =>
          rogersVeraart(
            {
              liabilities: claimsNetwork(n, entries),
              externalAssets: own.slice(0, n),
              externalLiabilities: outside.slice(0, n),
            },
            { alpha: 0.7, beta: 0.8 },
          )
        const loss = systemicLoss(clear(assets), clear(assets.map((own) => own / 2)))
        expect(loss.certificate.conservation).toBeLessThan(1e-9)
        expect(loss.total).toBeGreaterThanOrEqual(-1e-9)
      }),
    )
  })

  // 0 owes 10 and loses 5 of 10: its creditor gets ½ of 5. Owners of 1 lose 7.5, and 2.5 of it is bankruptcy.
  it('multiplies where bankruptcy costs half', () => {
    const clear = (own: number) =>
      rogersVeraart(
        {
          liabilities: claimsNetwork(2, [[0, 1, 10]]),
          externalAssets: [own, 0],
          externalLiabilities: [0, 0],
        },
        { alpha: 0.5, beta: 1 },
      )
    expect(systemicLoss(clear(10), clear(5))).toMatchObject({
      shock: 5,
      equity: 7.5,
      externalCreditors: 0,
      deadweight: 2.5,
      total: 7.5,
      multiplier: 1.5,
    })
  })
})

describe('the shape of a network', () => {
  it('complete graphs are dense and mutual, stars are neither', () => {
    const complete: Entry[] = [0, 1, 2].flatMap((from) =>
      [0, 1, 2].filter((to) => to !== from).map((to): Entry => [from, to, 5]),
    )
    const all = networkMetrics(claimsNetwork(3, complete))
    expect(all).toMatchObject({ edges: 6, density: 1, meanDegree: 2, reciprocity: 1 })
    expect(all.lenderConcentration).toBeCloseTo(1 / 3, 12)
    expect([...all.counterpartyConcentration]).toEqual([0.5, 0.5, 0.5])
    const star = networkMetrics(
      claimsNetwork(4, [
        [1, 0, 1],
        [2, 0, 1],
        [3, 0, 2],
      ]),
    )
    expect(star).toMatchObject({ density: 3 / 12, reciprocity: 0, borrowerConcentration: 1 })
    expect(star.lenderConcentration).toBe(0.375)
    expect(networkMetrics(claimsNetwork(0, []))).toMatchObject({ density: 0, reciprocity: 0 })
  })

  it('reciprocity counts each direction of a mutual pair', () => {
    fc.assert(
      fc.property(networks, ({ n, entries }) => {
        const links = new Set(entries.map(([from, to]) => `${from} ${to}`))
        const mutual = [...links].filter((link) => links.has(link.split(' ').reverse().join(' '))).length
        const found = networkMetrics(claimsNetwork(n, entries)).reciprocity
        expect(found).toBeCloseTo(links.size === 0 ? 0 : mutual / links.size, 12)
      }),
    )
  })

  it('the Herfindahl index of n equal parts is 1/n, of one part 1, of nothing 0', () => {
    expect(herfindahl([5, 5, 5, 5])).toBe(0.25)
    expect(herfindahl([0, 7])).toBe(1)
    expect(herfindahl([0, 0])).toBe(0)
  })

  it('finds a perfect core, and no core where there is none', () => {
    const perfect: Entry[] = [
      [0, 2, 5],
      [2, 0, 5],
      [1, 0, 1],
      [3, 2, 1],
      [2, 4, 1],
    ]
    expect(corePeriphery(claimsNetwork(5, perfect))).toMatchObject({
      core: Int32Array.of(0, 2),
      errors: 0,
      coreExposureShare: 10 / 13,
    })
    expect(corePeriphery(claimsNetwork(3, []))).toMatchObject({ errors: 0, core: new Int32Array(0) })
  })

  it('no other core has fewer errors', () => {
    fc.assert(
      fc.property(networks, ({ n, entries }) => {
        const links = new Set(entries.map(([from, to]) => from * n + to))
        const errorsOf = (core: number) => {
          let errors = 0
          for (let from = 0; from < n; from++) {
            for (let to = 0; to < n; to++) {
              if (from === to) continue
              const inside = ((core >> from) & 1) + ((core >> to) & 1)
              if (inside === 2 && !links.has(from * n + to)) errors++
              if (inside === 0 && links.has(from * n + to)) errors++
            }
          }
          return errors
        }
        const fewest = Math.min(...Array.from({ length: 2 ** n }, (_, core) => errorsOf(core)))
        const found = corePeriphery(claimsNetwork(n, entries))
        expect(found.errors).toBe(fewest)
        expect(found.certificate.recount).toBe(0)
      }),
    )
  })
})

describe('the haircut of a wrapped asset', () => {
  // Reference settlement.md: U/(S + U); 18 % unbacked on top of all claims is 15.25 % for everyone.
  it('is the unbacked part of all claims, for every holder', () => {
    const { haircut, losses, unlistedLosses, certificate } = wrappedAssetHaircut({
      holdings: portfolioMatrix(
        [
          [60, 10],
          [40, 0],
        ],
        2,
      ),
      claims: [118, 10],
      backing: [100, 12],
    })
    expect(haircut[0]).toBeCloseTo(18 / 118, 12)
    expect(haircut[1]).toBe(0)
    expect(losses[0]).toBeCloseTo((60 * 18) / 118, 12)
    expect(unlistedLosses[0]).toBeCloseTo((18 * 18) / 118, 12)
    expect(certificate.conservation).toBeLessThan(1e-15)
  })

  it('refuses more claims than there are', () => {
    const holdings = portfolioMatrix([[5]], 1)
    expect(() => wrappedAssetHaircut({ holdings, claims: [4], backing: [4] })).toThrow('More claims')
    expect(wrappedAssetHaircut({ holdings, claims: [5], backing: [0] }).haircut[0]).toBe(1)
  })
})
