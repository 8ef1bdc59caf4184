// Isolated markets by hand: the incentive, the adaptive curve, and what a bad debt does to a share. Sources beside each number.
import { WAD } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import { borrowRate, MAX_RATE_AT_TARGET, MIN_RATE_AT_TARGET } from './adaptive-curve.ts'
import { isolatedFaults } from './isolated-faults.ts'
import { liquidateIsolated } from './isolated-liquidation.ts'
import { accruedTotals, type IsolatedTotals, incentiveFactor, priceE36 } from './isolated-market.ts'
import { toAssetsDown, toSharesDown } from './shares.ts'
import { wExp } from './wad-math.ts'

const YEAR = 31_536_000n
const AT_TARGET = (4n * WAD) / 100n / YEAR
const curve = { kind: 'adaptive-curve', atTargetWad: AT_TARGET } as const
const percent = (n: bigint): bigint => (n * WAD) / 100n
const yearly = (rateWad: bigint): number => Number(rateWad * YEAR) / 1e18

describe('the incentive', () => {
  // docs.morpho.org, Liquidation: LLTV 86 % pays 4.38 %, 77 % 7.41 %, 98 % 0.60 %; at most 15 %.
  it('is what the documentation says of the usual LLTVs', () => {
    const bonus = (lltv: bigint) => Number(incentiveFactor(lltv) / 10n ** 12n) / 1e6 - 1
    expect(bonus(percent(86n))).toBeCloseTo(0.0438, 4)
    expect(bonus(percent(77n))).toBeCloseTo(0.0741, 4)
    expect(bonus(percent(98n))).toBeCloseTo(0.006, 4)
    expect(bonus(percent(30n))).toBeCloseTo(0.15, 9)
  })
})

describe('the adaptive curve', () => {
  // AdaptiveCurveIrm: steepness 4, a quarter of the rate at no usage, four times it at full usage.
  it('is a quarter of the rate at the target without debts, and four times it at full usage', () => {
    const at = (borrowed: bigint) =>
      yearly(borrowRate(curve, AT_TARGET, { supplied: 1_000n, borrowed, seconds: 0n }).rateWad)
    expect([at(0n), at(900n), at(1_000n)].map((rate) => Number(rate.toFixed(6)))).toEqual([0.01, 0.04, 0.16])
  })

  // At full usage the rate at the target grows by 50 a year: e^(50 · 5/365) − 1 = 98.4 % in five days.
  it('nearly doubles in five days at full usage, and stays within its bounds', () => {
    const after = (days: bigint, borrowed: bigint) =>
      borrowRate(curve, AT_TARGET, { supplied: 1_000n, borrowed, seconds: days * 86_400n }).atTargetWad
    expect(Number(after(5n, 1_000n)) / Number(AT_TARGET)).toBeCloseTo(1.984, 2)
    expect(after(1_000n, 1_000n)).toBe(MAX_RATE_AT_TARGET)
    expect(after(1_000n, 0n)).toBe(MIN_RATE_AT_TARGET)
  })

  // ExpLib: a second-order polynomial about the nearest power of two; its error is below 1 %.
  it('has an exponential near the real one', () => {
    for (const x of [-3, -0.5, 0, 0.2, 1, 4]) {
      const got = Number(wExp(BigInt(Math.round(x * 1e9)) * 10n ** 9n)) / 1e18
      expect(Math.abs(got / Math.exp(x) - 1)).toBeLessThan(0.01)
    }
  })
})

describe('an isolated market', () => {
  const totals: IsolatedTotals = {
    supply: { assets: 1_000_000n, shares: 1_000_000n * 1_000_000n },
    borrow: { assets: 900_000n, shares: 900_000n * 1_000_000n },
    updatedAt: 0,
    rateAtTargetWad: AT_TARGET,
  }
  const terms = { lltvWad: percent(86n), feeWad: percent(10n), rate: curve }

  it('gives debts and claims the same interest, and a part of it to whoever gets fees', () => {
    const grown = accruedTotals(totals, terms, Number(YEAR))
    // 900,000 · (e^0.04 − 1) = 36,729.7 by its first three terms 36,729.6; a tenth of it to the recipient.
    expect(grown.interest).toBe(36_729n)
    expect(toAssetsDown(grown.feeShares, grown.totals.supply)).toBe(3_671n)
  })

  it('takes a bad debt from all suppliers in the call that leaves it', () => {
    const position = { collateral: 1_000n, borrowShares: 900_000n * 1_000_000n }
    const price = 500n * 10n ** 36n
    const done = liquidateIsolated(totals, position, 'all', {
      ...{ lltvWad: percent(86n), price },
      lossOf: (badDebt) => badDebt,
    })
    // 500,000 of collateral at 1.043841… repay 479,001, rounded up; 420,999 of the million are lost.
    expect(done).toMatchObject({ repaid: 479_001n, seized: 1_000n, badDebt: 420_999n })
    if (done.status !== 'ok') return
    expect(done.totals.supply.assets).toBe(579_001n)
    expect(done.totals.borrow).toEqual({ assets: 0n, shares: 0n })
  })

  it('has a price in base units of both coins', () => {
    const side = { token: '0x00', symbol: '', price: {} } as never as Parameters<typeof priceE36>[0]['loan']
    const pair = { collateral: { ...side, decimals: 18 }, loan: { ...side, decimals: 6 } }
    // 2,000 dollars for 10^18 base units: 2 · 10^9 micro-dollars, times 10^36.
    expect(priceE36(pair, { collateral: 2_000n * 10n ** 8n, loan: 10n ** 8n })).toBe(2n * 10n ** 27n)
  })

  // SharesMathLib: without the million virtual shares, one unit given to an empty market would cost the next supplier half of its money.
  it('does not let the first supplier take from the second', () => {
    const donated = { assets: 1_000_001n, shares: 1_000_000n }
    const shares = toSharesDown(1_000_000n, donated)
    const after = { assets: 2_000_001n, shares: donated.shares + shares }
    expect(toAssetsDown(shares, after)).toBeGreaterThan(999_998n)
  })

  it('names parameters that no market could have', () => {
    expect(isolatedFaults({ ...terms, lltvWad: WAD }).map(({ severity }) => severity)).toEqual(['impossible'])
    expect(isolatedFaults({ ...terms, feeWad: percent(26n) })).toHaveLength(1)
    expect(isolatedFaults({ ...terms, rate: { ...curve, atTargetWad: 3n * WAD } })).toHaveLength(1)
    expect(isolatedFaults({ ...terms, lltvWad: percent(99n) })[0]?.severity).toBe('dubious')
    expect(isolatedFaults(terms)).toEqual([])
  })
})
