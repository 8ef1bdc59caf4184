import { isSolventError } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimsNetwork, type Entry } from '../network/sparse-matrix.ts'
import { rogersVeraart } from './clearing.ts'
import { clearBySeniority, type RankedClearing } from './seniority.ts'

interface Rank {
  readonly debts: readonly Entry[]
  readonly outside: readonly number[]
}

interface Balance {
  readonly n: number
  readonly assets: readonly number[]
  readonly ranks: readonly Rank[]
}

interface Rates {
  readonly alpha: number
  readonly beta: number
}

const amount = fc.integer({ min: 0, max: 100 })
const rate = fc.constantFrom(0, 0.3, 0.5, 0.9, 1)
const rates = fc.record({ alpha: rate, beta: rate })
const NEAR = 1e-9

const rankOf = (n: number): fc.Arbitrary<Rank> =>
  fc.record({
    debts: fc
      .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), amount), { maxLength: 3 * n })
      .map((entries) => entries.filter(([from, to]) => from !== to)),
    outside: fc.array(amount, { minLength: n, maxLength: n }),
  })

/** Networks of 2 to 7 nodes with one to three classes of debt. */
const networks: fc.Arbitrary<Balance> = fc.integer({ min: 2, max: 7 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    assets: fc.array(amount, { minLength: n, maxLength: n }),
    ranks: fc.array(rankOf(n), { minLength: 1, maxLength: 3 }),
  }),
)

const clear = ({ n, assets, ranks }: Balance, recovery: Rates = { alpha: 1, beta: 1 }): RankedClearing =>
  clearBySeniority(
    {
      externalAssets: assets,
      classes: ranks.map(({ debts, outside }) => ({
        liabilities: claimsNetwork(n, debts),
        externalLiabilities: outside,
      })),
    },
    recovery,
  )

describe('closed forms of seniority', () => {
  it('a debtor of seven pays five to the senior creditor and two of five to the junior one', () => {
    const cleared = clear({
      n: 3,
      assets: [7, 0, 0],
      ranks: [
        { debts: [[0, 1, 5]], outside: [0, 0, 0] },
        { debts: [[0, 2, 5]], outside: [0, 0, 0] },
      ],
    })
    expect(cleared.byClass.map(({ paid }) => paid[0])).toEqual([5, 2])
    expect([...cleared.equity]).toEqual([0, 5, 2])
    expect(cleared.recoveryRate[0]).toBeCloseTo(0.7, 12)
  })

  // 0 has 4 and pays 10/15 of it to 1, which owes six outside first: nothing is left for the ring.
  it('a ring through junior debts is cut where seniors take all', () => {
    const cleared = clear({
      n: 2,
      assets: [4, 0],
      ranks: [
        { debts: [], outside: [0, 6] },
        {
          debts: [
            [0, 1, 10],
            [1, 0, 10],
          ],
          outside: [5, 0],
        },
      ],
    })
    expect(cleared.byClass[1]!.paid[0]).toBeCloseTo(4, 12)
    expect(cleared.byClass[0]!.paid[1]).toBeCloseTo(40 / 15, 12)
    expect(cleared.byClass[1]!.paid[1]).toBe(0)
  })

  // Rogers, Veraart: with α = ½ the seven are worth 3.5, which the senior creditor takes.
  it('bankruptcy costs come before all classes', () => {
    const cleared = clear(
      {
        n: 3,
        assets: [7, 0, 0],
        ranks: [
          { debts: [[0, 1, 5]], outside: [0, 0, 0] },
          { debts: [[0, 2, 5]], outside: [0, 0, 0] },
        ],
      },
      { alpha: 0.5, beta: 1 },
    )
    expect(cleared.byClass.map(({ paid }) => paid[0])).toEqual([3.5, 0])
    expect(cleared.totals.bankruptcyCosts).toBe(3.5)
  })

  // A ring of junior debts of 10^6 that leaks one unit outside: w = d/(d + E), p = (e0 + e1 + e2)/(1 − w).
  it('clears a junior ring that hardly leaks', () => {
    const [d, none] = [1e6, { debts: [], outside: [0, 0, 0] }]
    const ring: Entry[] = [
      [0, 1, d],
      [1, 2, d],
      [2, 0, d],
    ]
    const cleared = clear({
      n: 3,
      assets: [0.1, 0.2, 0.3],
      ranks: [none, { debts: ring, outside: [1, 0, 0] }],
    })
    expect(cleared.byClass[1]!.paid[0]).toBeCloseTo(0.6 / (1 - d / (d + 1)), 3)
    expect(cleared.certificate.residual).toBeLessThan(1e-12)
    // The same left over after 50 to senior creditors of each.
    const senior = clear({
      n: 3,
      assets: [50.1, 50.2, 50.3],
      ranks: [
        { debts: [], outside: [50, 50, 50] },
        { debts: ring, outside: [1, 0, 0] },
      ],
    })
    expect([...senior.byClass[0]!.paid]).toEqual([50, 50, 50])
    expect(senior.byClass[1]!.paid[0]).toBeCloseTo(0.6 / (1 - d / (d + 1)), 3)
    expect(senior.certificate.residual).toBeLessThan(1e-12)
  })
})

describe('laws of seniority', () => {
  it('with one class it is Rogers–Veraart, to the last bit', () => {
    fc.assert(
      fc.property(networks, rates, ({ n, assets, ranks }, recovery) => {
        const [only] = ranks
        const single = rogersVeraart(
          {
            liabilities: claimsNetwork(n, only!.debts),
            externalAssets: assets,
            externalLiabilities: only!.outside,
          },
          recovery,
        )
        const { byClass, ...ranked } = clear({ n, assets, ranks: [only!] }, recovery)
        expect(ranked).toEqual(single)
        expect(byClass[0]!.recoveryRate).toEqual(single.recoveryRate)
      }),
    )
  })

  it('pays no junior class before the senior ones are paid in full, and conserves value', () => {
    fc.assert(
      fc.property(networks, rates, (balance, recovery) => {
        const { byClass, equity, certificate } = clear(balance, recovery)
        expect(certificate.residual).toBeLessThan(NEAR)
        expect(certificate.conservation).toBeLessThan(NEAR)
        byClass.forEach(({ paid, nominal }, rank) => {
          for (let node = 0; node < balance.n; node++) {
            expect(paid[node]).toBeGreaterThanOrEqual(0)
            expect(paid[node]).toBeLessThanOrEqual(nominal[node]!)
            if (paid[node]! < nominal[node]! * (1 - NEAR)) {
              expect(equity[node]).toBe(0)
              for (const junior of byClass.slice(rank + 1)) expect(junior.paid[node]).toBe(0)
            }
          }
        })
      }),
    )
  })

  it('is the greatest: plain steps from full payment come down to it', () => {
    fc.assert(
      fc.property(networks, rates, (balance, recovery) => {
        const { byClass } = clear(balance, recovery)
        const above = stepsFromAbove(balance, recovery, 600)
        byClass.forEach(({ paid }, rank) => {
          paid.forEach((value, node) => {
            expect(value).toBeLessThanOrEqual(above[rank]![node]! + 1e-7)
            expect(above[rank]![node]! - value).toBeLessThan(1)
          })
        })
      }),
    )
  })

  it('a senior creditor never gets less than under equal ranks, when all debts go outside', () => {
    fc.assert(
      fc.property(amount, amount, amount, (own, senior, junior) => {
        const owed = (outside: number) => ({ debts: [], outside: [outside] })
        const ranked = clear({ n: 1, assets: [own], ranks: [owed(senior), owed(junior)] })
        const equal = clear({ n: 1, assets: [own], ranks: [owed(senior + junior)] })
        const share = senior === 0 ? 0 : equal.clearingVector[0]! * (senior / (senior + junior))
        expect(ranked.byClass[0]!.paid[0]).toBeGreaterThanOrEqual(share - NEAR)
        expect(ranked.clearingVector[0]).toBeCloseTo(equal.clearingVector[0]!, 9)
      }),
    )
  })
})

it('no class, too many, and classes of different nodes are refused', () => {
  const rank = (n: number) => ({
    liabilities: claimsNetwork(n, []),
    externalLiabilities: new Array<number>(n).fill(0),
  })
  for (const classes of [[], new Array(17).fill(rank(1)), [rank(1), rank(2)]]) {
    try {
      clearBySeniority({ classes, externalAssets: [1] }, { alpha: 1, beta: 1 })
      expect.unreachable()
    } catch (error) {
      expect(isSolventError(error, 'E_RANGE')).toBe(true)
    }
  }
})

/** The map applied from full payment, as the definition says; payments by class and node. */
function stepsFromAbove({ n, assets, ranks }: Balance, { alpha, beta }: Rates, steps: number): number[][] {
  const nominal = ranks.map(({ debts, outside }) => {
    const owed = [...outside]
    for (const [from, , due] of debts) owed[from]! += due
    return owed
  })
  const total = assets.map((_, node) => nominal.reduce((sum, owed) => sum + owed[node]!, 0))
  let paid = nominal.map((owed) => [...owed])
  for (let step = 0; step < steps; step++) {
    const received = new Array<number>(n).fill(0)
    ranks.forEach(({ debts }, rank) => {
      for (const [from, to, due] of debts)
        if (nominal[rank]![from]! > 0) received[to]! += (due * paid[rank]![from]!) / nominal[rank]![from]!
    })
    const next = nominal.map(() => new Array<number>(n).fill(0))
    for (let node = 0; node < n; node++) {
      const isSolvent = assets[node]! + received[node]! >= total[node]! - NEAR
      let left = isSolvent ? total[node]! : alpha * assets[node]! + beta * received[node]!
      nominal.forEach((owed, rank) => {
        next[rank]![node] = Math.max(0, Math.min(owed[node]!, left))
        left -= owed[node]!
      })
    }
    paid = next
  }
  return paid
}
