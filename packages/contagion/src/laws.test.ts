// Laws that hold across models: a larger shock never lowers a loss where nothing is sold, the unit of account and the
// names of nodes do not matter, and models that coincide agree.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  claimsNetwork,
  clearBySeniority,
  createStressSystem,
  debtRank,
  type Entry,
  eisenbergNoe,
  networkValuation,
  rogersVeraart,
  type Valuation,
} from './index.ts'

interface Balance {
  readonly n: number
  readonly debts: readonly Entry[]
  readonly assets: readonly number[]
  readonly outside: readonly number[]
}

const amount = fc.integer({ min: 0, max: 100 })
const networks: fc.Arbitrary<Balance> = fc.integer({ min: 2, max: 7 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    debts: fc
      .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), amount), { maxLength: 3 * n })
      .map((entries) => entries.filter(([from, to]) => from !== to)),
    assets: fc.array(amount, { minLength: n, maxLength: n }),
    outside: fc.array(amount, { minLength: n, maxLength: n }),
  }),
)
const rates = fc.record({ alpha: fc.constantFrom(0, 0.5, 1), beta: fc.constantFrom(0, 0.5, 1) })
const NEAR = 1e-7

const reversed = (entries: readonly Entry[]) => entries.map(([from, to, value]): Entry => [to, from, value])
const losing = (assets: readonly number[], share: number) => assets.map((own) => own * (1 - share))

describe('a larger shock never lowers a loss, where nothing is sold', () => {
  const shares = fc
    .tuple(fc.nat(10), fc.nat(10))
    .map(([a, b]) => [Math.min(a, b) / 10, Math.max(a, b) / 10] as const)

  it('of owners and outside creditors, in clearing', () => {
    fc.assert(
      fc.property(networks, rates, shares, ({ n, debts, assets, outside }, recovery, [less, more]) => {
        const kept = (share: number) => {
          const { equity, externalPaid } = rogersVeraart(
            {
              liabilities: claimsNetwork(n, debts),
              externalAssets: losing(assets, share),
              externalLiabilities: outside,
            },
            recovery,
          ).totals
          return equity + externalPaid
        }
        expect(kept(more)).toBeLessThanOrEqual(kept(less) + NEAR)
      }),
    )
  })

  it('of each class of creditors, with seniority', () => {
    fc.assert(
      fc.property(networks, rates, shares, ({ n, debts, assets, outside }, recovery, [less, more]) => {
        const half = debts.length >> 1
        const paid = (share: number) =>
          clearBySeniority(
            {
              externalAssets: losing(assets, share),
              classes: [debts.slice(0, half), debts.slice(half)].map((entries) => ({
                liabilities: claimsNetwork(n, entries),
                externalLiabilities: outside,
              })),
            },
            recovery,
          ).byClass
        const after = paid(more)
        paid(less).forEach((before, rank) => {
          before.paid.forEach((value, node) => {
            expect(after[rank]!.paid[node]).toBeLessThanOrEqual(value + NEAR)
          })
        })
      }),
    )
  })

  it('of equity, under every valuation function', () => {
    const valuations: readonly Valuation[] = [
      'furfine',
      'eisenberg-noe',
      'linear-debtrank',
      'furfine-merton',
      'black-cox',
      'merton-eisenberg-noe',
    ]
    fc.assert(
      fc.property(
        networks,
        shares,
        fc.constantFrom(...valuations),
        ({ n, debts, assets, outside }, [less, more], valuation) => {
          const rich = assets.map((own) => own + 50)
          const equityAfter = (share: number) =>
            networkValuation({
              claims: claimsNetwork(n, reversed(debts)),
              externalAssets: losing(rich, share),
              externalLiabilities: outside,
              faceEquity: rich,
              sigmaAsset: new Array<number>(n).fill(0.2),
              recovery: 0.4,
              valuation,
            }).equity
          const before = equityAfter(less)
          equityAfter(more).forEach((equity, node) => {
            expect(equity).toBeLessThanOrEqual(before[node]! + NEAR)
          })
        },
      ),
    )
  })
})

describe('what does not matter', () => {
  it('the unit of account, to DebtRank: claims and buffers times 1024 leave every stress as it is', () => {
    fc.assert(
      fc.property(networks, ({ n, debts, assets }) => {
        const stressAt = (unit: number) =>
          debtRank(
            createStressSystem({
              exposures: claimsNetwork(
                n,
                debts.map(([from, to, value]): Entry => [from, to, value * unit]),
              ),
              buffers: assets.map((own) => (own + 20) * unit),
              weights: new Array<number>(n).fill(1),
            }),
            Array.from({ length: n }, (_, node) => node / 10),
            'linear',
          )
        expect(stressAt(1024).stress).toEqual(stressAt(1).stress)
      }),
    )
  })
})

describe('models that coincide agree', () => {
  it('clearing with every debt in a class of its own pays as equal ranks do, where all are solvent', () => {
    fc.assert(
      fc.property(networks, ({ n, debts, outside }) => {
        const assets = new Array<number>(n).fill(10_000)
        const ranked = clearBySeniority(
          {
            externalAssets: assets,
            classes: [
              ...debts.slice(0, 10).map((debt) => ({
                liabilities: claimsNetwork(n, [debt]),
                externalLiabilities: new Array<number>(n).fill(0),
              })),
              { liabilities: claimsNetwork(n, debts.slice(10)), externalLiabilities: outside },
            ],
          },
          { alpha: 0.5, beta: 0.5 },
        )
        const equal = eisenbergNoe({
          liabilities: claimsNetwork(n, debts),
          externalAssets: assets,
          externalLiabilities: outside,
        })
        expect([...ranked.clearingVector]).toEqual([...equal.clearingVector])
        expect([...ranked.equity]).toEqual([...equal.equity])
      }),
    )
  })
})
