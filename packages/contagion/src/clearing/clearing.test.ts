import { isSolventError } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimsNetwork, type Entry } from '../network/sparse-matrix.ts'
import { eisenbergNoe, rogersVeraart } from './clearing.ts'

interface Balance {
  readonly n: number
  readonly debts: readonly Entry[]
  readonly assets: readonly number[]
  readonly outside: readonly number[]
}

const MAX_AMOUNT = 100
const amount = fc.integer({ min: 0, max: MAX_AMOUNT })

/** Networks of 2 to 8 nodes with integer amounts, sparse enough for chains and dense enough for rings. */
const networks: fc.Arbitrary<Balance> = fc.integer({ min: 2, max: 8 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    debts: fc
      .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), amount), { maxLength: 4 * n })
      .map((entries) => entries.filter(([from, to]) => from !== to)),
    assets: fc.array(amount, { minLength: n, maxLength: n }),
    outside: fc.array(amount, { minLength: n, maxLength: n }),
  }),
)
const rate = fc.constantFrom(0, 0.3, 0.5, 0.9, 1)
const rates = fc.record({ alpha: rate, beta: rate })
const NEAR = 1e-9

const system = ({ n, debts, assets, outside }: Balance) => ({
  liabilities: claimsNetwork(n, debts),
  externalAssets: assets,
  externalLiabilities: outside,
})

describe('closed forms', () => {
  it('a chain pays the lesser of its debt and what arrives: p_k = min(d, e_k + p_(k-1))', () => {
    const cleared = eisenbergNoe({
      liabilities: claimsNetwork(3, [
        [0, 1, 10],
        [1, 2, 10],
      ]),
      externalAssets: [4, 3, 0],
      externalLiabilities: [0, 0, 2],
    })
    expect([...cleared.clearingVector]).toEqual([4, 7, 2])
    expect([...cleared.defaultRound]).toEqual([1, 2, 0])
    expect([...cleared.recoveryRate]).toEqual([0.4, 0.7, 1])
  })

  it('of the many vectors of two nodes that owe each other and own nothing, the greatest', () => {
    const cleared = eisenbergNoe({
      liabilities: claimsNetwork(2, [
        [0, 1, 1],
        [1, 0, 1],
      ]),
      externalAssets: [0, 0],
      externalLiabilities: [0, 0],
    })
    expect([...cleared.clearingVector]).toEqual([1, 1])
  })

  // Rogers, Veraart 2013, example 3.3: debts 2 and 2.2, e = (1, 1), α = β = ½; from below one would stop at (1, 1).
  it('does not stop at a point below that does not clear', () => {
    const cleared = rogersVeraart(
      {
        liabilities: claimsNetwork(2, [
          [0, 1, 2],
          [1, 0, 2.2],
        ]),
        externalAssets: [1, 1],
        externalLiabilities: [0, 0],
      },
      { alpha: 0.5, beta: 0.5 },
    )
    expect([...cleared.clearingVector]).toEqual([2, 2.2])
  })

  // w = d/(d + E), p_0 = (e0 + e1 + e2)/(1 − w): with d = 10^6·E sweeps alone would take millions of rounds.
  it('clears a ring that hardly leaks', () => {
    const [d, outside] = [1e6, 1]
    const cleared = eisenbergNoe({
      liabilities: claimsNetwork(3, [
        [0, 1, d],
        [1, 2, d],
        [2, 0, d],
      ]),
      externalAssets: [0.1, 0.2, 0.3],
      externalLiabilities: [outside, 0, 0],
    })
    expect(cleared.clearingVector[0]).toBeCloseTo(0.6 / (1 - d / (d + outside)), 3)
    expect(cleared.certificate.residual).toBeLessThan(1e-12)
  })

  // All debts are 10, nobody owns anything but the last, which owes nothing: every node but the last defaults, one a round.
  it('follows a chain of defaults as long as the network', () => {
    const n = 20_000
    const debts: Entry[] = []
    for (let node = 0; node + 1 < n; node++) debts.push([node, node + 1, 10])
    const { rounds, defaulted, defaultRound } = eisenbergNoe({
      liabilities: claimsNetwork(n, debts),
      externalAssets: new Float64Array(n),
      externalLiabilities: new Float64Array(n),
    })
    expect(rounds).toBe(n - 1)
    expect(defaulted).toHaveLength(n - 1)
    expect(defaultRound[n - 2]).toBe(n - 1)
  })

  // Every node owes its successor d and has 1/1000; node 0 also owes twice all assets outside: w = d/(d + E).
  it.each([700, 1400])('clears a ring of %d that hardly leaks', (n) => {
    const [d, assets] = [1e6, n / 1000]
    const debts: Entry[] = []
    for (let node = 0; node < n; node++) debts.push([node, (node + 1) % n, d])
    const outside = new Float64Array(n)
    outside[0] = 2 * assets
    const cleared = eisenbergNoe({
      liabilities: claimsNetwork(n, debts),
      externalAssets: new Float64Array(n).fill(0.001),
      externalLiabilities: outside,
    })
    expect(cleared.clearingVector[0]! / (assets / (1 - d / (d + 2 * assets)))).toBeCloseTo(1, 8)
    expect(new Set(cleared.defaulted).size).toBe(cleared.defaulted.length)
  })

  it('assets that equal obligations are solvent', () => {
    const cleared = rogersVeraart(
      {
        liabilities: claimsNetwork(2, [[0, 1, 50]]),
        externalAssets: [50, 0],
        externalLiabilities: [0, 50],
      },
      { alpha: 0.5, beta: 0.5 },
    )
    expect([...cleared.defaulted]).toEqual([])
  })
})

describe('laws of clearing', () => {
  // Proportionality and limited liability, recounted from the debts: every creditor gets its share of what its debtors
  // pay and nothing else, and nobody pays out more than comes in.
  it('pays each creditor in proportion, and out of what the debtor has', () => {
    fc.assert(
      fc.property(networks, rates, (balance, recovery) => {
        const cleared = rogersVeraart(system(balance), recovery)
        const owed = [...balance.outside]
        for (const [from, , nominal] of balance.debts) owed[from]! += nominal
        const assets = [...balance.assets]
        for (const [from, to, nominal] of balance.debts)
          if (owed[from]! > 0) assets[to]! += (cleared.clearingVector[from]! * nominal) / owed[from]!
        assets.forEach((has, node) => {
          expect(cleared.assetsReceivedPlusExternal[node]).toBeCloseTo(has, 8)
          expect(cleared.clearingVector[node]).toBeLessThanOrEqual(has + NEAR * MAX_AMOUNT)
          if (owed[node]! > 0)
            expect(cleared.externalCreditorsReceive[node]).toBeCloseTo(
              (cleared.clearingVector[node]! * balance.outside[node]!) / owed[node]!,
              8,
            )
        })
      }),
    )
  })

  it('with recovery rates of 1 it is Eisenberg–Noe: the least of assets and debts, and nothing is lost', () => {
    fc.assert(
      fc.property(networks, (balance) => {
        const cleared = rogersVeraart(system(balance), { alpha: 1, beta: 1 })
        expect(cleared.totals.bankruptcyCosts).toBe(0)
        cleared.clearingVector.forEach((paid, node) => {
          const least = Math.min(cleared.totalNominal[node]!, cleared.assetsReceivedPlusExternal[node]!)
          expect(paid).toBeCloseTo(least, 8)
        })
      }),
    )
  })

  it('is a fixed point, conserves value, and leaves no defaulter with equity', () => {
    fc.assert(
      fc.property(networks, rates, (balance, recovery) => {
        const cleared = rogersVeraart(system(balance), recovery)
        expect(cleared.certificate.residual).toBeLessThan(NEAR)
        expect(cleared.certificate.conservation).toBeLessThan(NEAR)
        for (const node of cleared.defaulted) expect(cleared.equity[node]).toBe(0)
        cleared.clearingVector.forEach((paid, node) => {
          expect(paid).toBeGreaterThanOrEqual(0)
          expect(paid).toBeLessThanOrEqual(cleared.totalNominal[node]!)
          // Absolute priority: equity is left only where debts are paid in full.
          if (cleared.equity[node]! > 0) expect(paid).toBe(cleared.totalNominal[node])
        })
      }),
    )
  })

  it('is the greatest: the iteration from full payment never falls below it', () => {
    fc.assert(
      fc.property(networks, rates, (balance, recovery) => {
        const cleared = rogersVeraart(system(balance), recovery)
        const above = picardFromAbove(balance, recovery, 400)
        cleared.clearingVector.forEach((paid, node) => {
          expect(paid).toBeLessThanOrEqual(above[node]! + NEAR * MAX_AMOUNT)
        })
        expect(Math.max(...above.map((value, node) => value - cleared.clearingVector[node]!))).toBeLessThan(1)
      }),
    )
  })

  it('more outside assets never lower a payment', () => {
    fc.assert(
      fc.property(networks, rates, fc.nat(7), amount, (balance, recovery, at, gift) => {
        const richer = {
          ...balance,
          assets: balance.assets.map((own, node) => own + (node === at % balance.n ? gift : 0)),
        }
        const before = rogersVeraart(system(balance), recovery).clearingVector
        const after = rogersVeraart(system(richer), recovery).clearingVector
        before.forEach((paid, node) => {
          expect(after[node]).toBeGreaterThanOrEqual(paid - NEAR * MAX_AMOUNT)
        })
      }),
    )
  })

  it('does not depend on the order of the debts, nor on the names of the nodes', () => {
    fc.assert(
      fc.property(networks, rates, (balance, recovery) => {
        const { n } = balance
        const reversed = {
          n,
          debts: balance.debts.map(([from, to, owed]): Entry => [n - 1 - from, n - 1 - to, owed]).reverse(),
          assets: balance.assets.toReversed(),
          outside: balance.outside.toReversed(),
        }
        const straight = rogersVeraart(system(balance), recovery)
        const mirrored = rogersVeraart(system(reversed), recovery)
        straight.clearingVector.forEach((paid, node) => {
          expect(mirrored.clearingVector[n - 1 - node]).toBeCloseTo(paid, 8)
        })
        expect([...mirrored.defaultRound].reverse()).toEqual([...straight.defaultRound])
      }),
    )
  })

  it('scales with the unit of account', () => {
    fc.assert(
      fc.property(networks, rates, (balance, recovery) => {
        const scaled = {
          ...balance,
          debts: balance.debts.map(([from, to, owed]): Entry => [from, to, owed * 1024]),
          assets: balance.assets.map((own) => own * 1024),
          outside: balance.outside.map((owed) => owed * 1024),
        }
        const small = rogersVeraart(system(balance), recovery).clearingVector
        expect([...rogersVeraart(system(scaled), recovery).clearingVector]).toEqual(
          [...small].map((paid) => paid * 1024),
        )
      }),
    )
  })
})

describe('edges and bad input', () => {
  const good = { n: 2, debts: [[0, 1, 5] as const], assets: [1, 1], outside: [0, 0] }
  const refused = (run: () => unknown) => {
    try {
      run()
    } catch (error) {
      return isSolventError(error, 'E_RANGE')
    }
    return false
  }

  it('networks of no node and nodes that neither owe nor own clear', () => {
    const nothing = { n: 0, debts: [], assets: [], outside: [] }
    expect(eisenbergNoe(system(nothing)).totals.equity).toBe(0)
    const idle = eisenbergNoe(system({ n: 1, debts: [], assets: [0], outside: [0] }))
    expect([...idle.recoveryRate]).toEqual([Number.NaN])
    expect([...idle.defaulted]).toEqual([])
  })

  // p = ⅔·p for both: outside assets are lost with α = 0, and claims alone bring nothing in.
  it('a ring in default whose outside assets are lost pays nothing', () => {
    const ring = rogersVeraart(
      system({
        n: 2,
        debts: [
          [0, 1, 10],
          [1, 0, 10],
        ],
        assets: [1, 1],
        outside: [5, 5],
      }),
      { alpha: 0, beta: 1 },
    )
    expect(ring.clearingVector[0]).toBeCloseTo(0, 12)
    expect(ring.certificate.residual).toBeLessThan(1e-12)
  })

  it('is refused by name: negative, NaN, infinite, wrong length, self-loop, unknown node, rate above 1', () => {
    expect(refused(() => eisenbergNoe(system({ ...good, debts: [[0, 1, -5]] })))).toBe(true)
    expect(refused(() => eisenbergNoe(system({ ...good, debts: [[0, 1, Number.NaN]] })))).toBe(true)
    expect(refused(() => eisenbergNoe(system({ ...good, debts: [[0, 1, 1e300]] })))).toBe(true)
    expect(refused(() => eisenbergNoe(system({ ...good, debts: [[0, 0, 5]] })))).toBe(true)
    expect(refused(() => eisenbergNoe(system({ ...good, debts: [[0, 2, 5]] })))).toBe(true)
    expect(refused(() => eisenbergNoe(system({ ...good, assets: [-1, 1] })))).toBe(true)
    expect(refused(() => eisenbergNoe(system({ ...good, assets: [Number.POSITIVE_INFINITY, 1] })))).toBe(true)
    expect(refused(() => eisenbergNoe(system({ ...good, outside: [0] })))).toBe(true)
    expect(refused(() => rogersVeraart(system(good), { alpha: 1.1, beta: 1 }))).toBe(true)
  })
})

/** Φ applied from full payment, as the definition says; slow, and independent of the algorithm. */
function picardFromAbove(
  { n, debts, assets, outside }: Balance,
  { alpha, beta }: { readonly alpha: number; readonly beta: number },
  rounds: number,
): number[] {
  const owed = [...outside]
  for (const [from, , nominal] of debts) owed[from]! += nominal
  let paid = [...owed]
  for (let round = 0; round < rounds; round++) {
    const received = new Array<number>(n).fill(0)
    for (const [from, to, nominal] of debts) {
      if (owed[from]! > 0) received[to]! += (nominal * paid[from]!) / owed[from]!
    }
    paid = owed.map((nominal, node) =>
      assets[node]! + received[node]! >= nominal - NEAR
        ? nominal
        : Math.min(paid[node]!, alpha * assets[node]! + beta * received[node]!),
    )
  }
  return paid
}
