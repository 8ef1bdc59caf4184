import { RAY, WAD } from '@solvent/primitives'
import { fixture } from '@solvent/primitives/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainLevelQueues } from '../queues/level-queues.ts'
import { configs, rules } from '../testing/lending-play.ts'
import { accountData } from './account.ts'
import { borrow, repay } from './borrow.ts'
import { coverDeficit, mintToTreasury, setCollateral, setEMode, transferClaims } from './claims.ts'
import { liquidate } from './liquidation/liquidate.ts'
import { liquidationAmounts } from './liquidation/liquidation-amounts.ts'
import { LiquidationIndex } from './liquidation/liquidation-index.ts'
import { compoundedGrowth, linearGrowthFloor, SECONDS_PER_YEAR } from './math/interest-growth.ts'
import { accountOf, type LendingPool, type Moment, plainPool, weighingOf } from './pool.ts'
import { interestRates } from './rate-curve.ts'
import { newReserve, type Reserve, type ReserveConfig } from './reserve.ts'
import { collateralFaults, reserveFaults } from './reserve-faults.ts'
import { supply, withdraw } from './supply.ts'

const E6 = 10n ** 6n
const E8 = 10n ** 8n
const YEAR = Number(SECONDS_PER_YEAR)

/** Seconds after the opening at 1: a grace period up to 0 is none. */
const at = (seconds: number, ether = 2_000n, more: Partial<Moment> = {}): Moment => ({
  atSeconds: 1 + seconds,
  priceOf: (asset) => (asset === 'USDC' ? E8 : ether * E8),
  ...more,
})

/** ETH and USDC; the bank supplies 1,000,000 USDC, ada 10 ETH of which 12,000 USDC are borrowed. */
function pool(change: Partial<Record<'ETH' | 'USDC', Partial<ReserveConfig>>> = {}): LendingPool {
  const opened = plainPool(rules)
  opened.reserves.set('ETH', newReserve({ ...configs.ETH, ...change.ETH }, 1))
  opened.reserves.set('stETH', newReserve(configs.stETH, 1))
  opened.reserves.set('USDC', newReserve({ ...configs.USDC, ...change.USDC }, 1))
  supply(opened, { owner: 'bank', asset: 'USDC', amount: 1_000_000n * E6 }, at(0))
  supply(opened, { owner: 'ada', asset: 'ETH', amount: 10n * WAD }, at(0))
  borrow(opened, { owner: 'ada', asset: 'USDC', amount: 12_000n * E6 }, at(0))
  return opened
}
const reserveOf = (of: LendingPool, asset: string): Reserve => of.reserves.get(asset) as Reserve
const liquidation = {
  liquidator: 'keeper',
  borrower: 'ada',
  collateralAsset: 'ETH',
  debtAsset: 'USDC',
  debtToCover: 10n ** 30n,
  receive: 'underlying',
} as const

interface AmountsCase {
  readonly input: Readonly<Record<string, string>>
  readonly expected: Readonly<Record<string, string>>
}
const reference = fixture<{ readonly cases: readonly AmountsCase[] }>('contagion/liq-aave-int-01.json')

describe('amounts of a liquidation', () => {
  test.skipIf(reference === null)(
    'are those of the contract’s bytecode, to the unit (liq-aave-int-01)',
    () => {
      for (const { input, expected } of reference?.cases ?? []) {
        const given = Object.fromEntries(Object.entries(input).map(([name, text]) => [name, BigInt(text)]))
        const terms = given as unknown as Parameters<typeof liquidationAmounts>[0]
        const got = liquidationAmounts(
          terms,
          given['debtToCover'] as bigint,
          given['borrowerCollateralBalance'] as bigint,
        )
        for (const [name, text] of Object.entries(expected))
          expect(String(got[name as keyof typeof got])).toBe(text)
      }
      expect(reference?.cases.length).toBeGreaterThan(0)
    },
  )
})

describe('interest', () => {
  test('a year at 10 % is 1.1 for suppliers, and 1 + x + x²/2 + x³/6 for debts: slightly below e^0.1', () => {
    const rate = RAY / 10n
    expect(linearGrowthFloor(rate, YEAR)).toBe((RAY * 11n) / 10n)
    // 1 + 0.1 + 0.005 + 0.000166…6 with the last product rounded half up; e^0.1 = 1.10517091807…
    expect(compoundedGrowth(rate, YEAR)).toBe(RAY + RAY / 10n + RAY / 200n + RAY / 6_000n + 1n)
  })

  test('follows the kinked curve', () => {
    const curve = configs.USDC.rateCurve
    const at90 = interestRates(curve, { cash: 10n, debt: 90n, deficit: 0n, reserveFactorBps: 1_000n })
    // Base 1 % + slope 4 % at the optimal 90 %; suppliers 5 % · 0.9 · 0.9.
    expect(at90.borrowRateRay).toBe((RAY * 5n) / 100n)
    expect(at90.supplyRateRay).toBe((RAY * 405n) / 10_000n)
    expect(
      interestRates(curve, { cash: 0n, debt: 90n, deficit: 0n, reserveFactorBps: 0n }).borrowRateRay,
    ).toBe((RAY * 65n) / 100n)
    expect(interestRates(curve, { cash: 90n, debt: 0n, deficit: 5n, reserveFactorBps: 0n })).toEqual({
      borrowRateRay: RAY / 100n,
      supplyRateRay: 0n,
    })
    // A deficit of as much again halves what suppliers earn and not what borrowers pay.
    const thinned = interestRates(curve, { cash: 10n, debt: 90n, deficit: 100n, reserveFactorBps: 1_000n })
    expect(thinned).toEqual({ borrowRateRay: at90.borrowRateRay, supplyRateRay: at90.supplyRateRay / 2n })
  })

  test('is paid by debts, earned by claims and shared with the treasury', () => {
    const subject = pool()
    const before = reserveOf(subject, 'USDC')
    expect(mintToTreasury(subject, 'USDC', at(0))).toMatchObject({ reason: 'nothing-accrued' })
    expect(mintToTreasury(subject, 'USDC', at(YEAR)).status).toBe('ok')
    const after = reserveOf(subject, 'USDC')
    expect(after.borrowIndexRay).toBeGreaterThan(before.borrowIndexRay)
    expect(after.liquidityIndexRay).toBeGreaterThan(RAY)
    const treasury = accountOf(subject, 'treasury').positions[0]
    const interest = (after.scaledDebt * (after.borrowIndexRay - before.borrowIndexRay)) / RAY
    const share = ((treasury?.scaledSupply ?? 0n) * after.liquidityIndexRay) / RAY
    // 15 % of it.
    expect(Number(share) / Number(interest)).toBeCloseTo(0.15, 5)
  })
})

describe('supplying and borrowing', () => {
  test('suppliers wait when everything is lent, and are paid when a debt comes back', () => {
    const subject = pool({ USDC: { borrowCap: 0n, supplyCap: 0n } })
    supply(subject, { owner: 'whale', asset: 'ETH', amount: 1_000n * WAD }, at(0))
    const rest = reserveOf(subject, 'USDC').cash
    expect(borrow(subject, { owner: 'whale', asset: 'USDC', amount: rest + 1n }, at(0))).toMatchObject({
      reason: 'not-enough-liquidity',
    })
    expect(borrow(subject, { owner: 'whale', asset: 'USDC', amount: rest }, at(0)).status).toBe('ok')
    const leaving = { owner: 'bank', asset: 'USDC', amount: E6 }
    expect(withdraw(subject, leaving, at(0))).toMatchObject({ reason: 'not-enough-liquidity' })
    expect(repay(subject, { owner: 'ada', asset: 'USDC', amount: 2n * E6 }, at(0))).toMatchObject({
      amount: 2n * E6,
    })
    expect(withdraw(subject, leaving, at(0)).status).toBe('ok')
  })

  test('keeps caps, states, loan-to-value and health', () => {
    const subject = pool()
    const borrowing = { owner: 'ada', asset: 'USDC', amount: E6 }
    const supplying = { owner: 'ada', asset: 'USDC', amount: 4_000_001n * E6 }
    expect(supply(subject, supplying, at(0))).toMatchObject({ reason: 'supply-cap-exceeded' })
    expect(supply(subject, { ...supplying, asset: 'none' }, at(0))).toMatchObject({ reason: 'unknown-asset' })
    expect(supply(subject, { ...supplying, amount: 0n }, at(0))).toMatchObject({ reason: 'invalid-amount' })
    supply(subject, { owner: 'whale', asset: 'ETH', amount: 10_000n * WAD }, at(0))
    expect(borrow(subject, { ...borrowing, owner: 'whale', amount: 888_001n * E6 }, at(0))).toMatchObject({
      reason: 'borrow-cap-exceeded',
    })
    // 20,000 of collateral at 80 %: 16,000, of which 12,000 are out.
    expect(borrow(subject, { ...borrowing, amount: 4_000n * E6 + 1n }, at(0))).toMatchObject({
      reason: 'collateral-cannot-cover',
    })
    expect(borrow(subject, { ...borrowing, amount: 4_000n * E6 }, at(0)).status).toBe('ok')
    expect(borrow(subject, { ...borrowing, owner: 'poor' }, at(0))).toMatchObject({ reason: 'ltv-zero' })
    // 16,000 / 0.83 = 19,277.11 of 20,000: a third of an ETH may go.
    const taking = { owner: 'ada', asset: 'ETH', amount: WAD / 2n }
    expect(withdraw(subject, taking, at(0))).toMatchObject({ reason: 'health-factor-below-threshold' })
    expect(withdraw(subject, { ...taking, amount: WAD / 3n }, at(0)).status).toBe('ok')
    expect(withdraw(subject, { ...taking, amount: 20n * WAD }, at(0))).toMatchObject({
      reason: 'not-enough-balance',
    })
    expect(
      setCollateral(subject, { owner: 'ada', asset: 'ETH', use: 'not-as-collateral' }, at(0)),
    ).toMatchObject({
      reason: 'health-factor-below-threshold',
    })
    expect(
      transferClaims(subject, { from: 'ada', to: 'bo', asset: 'ETH', amount: WAD }, at(0)),
    ).toMatchObject({ reason: 'health-factor-below-threshold' })
    expect(repay(subject, { owner: 'bank', asset: 'USDC', amount: 1n }, at(0))).toMatchObject({
      reason: 'no-debt',
    })
  })

  test.each<[Partial<ReserveConfig>, Partial<Moment>, string]>([
    [{ status: 'paused' }, {}, 'reserve-paused'],
    [{ status: 'frozen' }, {}, 'reserve-frozen'],
    [{ borrowing: 'disabled' }, {}, 'borrowing-not-enabled'],
    [{}, { sequencer: 'down' }, 'sequencer-down'],
    [{}, { sequencer: 'grace-period' }, 'sequencer-down'],
  ])('lends nothing of a reserve with %j at %j', (change, more, reason) => {
    const subject = pool()
    const reserve = reserveOf(subject, 'USDC')
    subject.reserves.set('USDC', { ...reserve, config: { ...reserve.config, ...change } })
    expect(borrow(subject, { owner: 'ada', asset: 'USDC', amount: E6 }, at(0, 2_000n, more))).toMatchObject({
      reason,
    })
  })

  test('lends more within a category of correlated assets, and only of them', () => {
    const subject = pool()
    supply(subject, { owner: 'cy', asset: 'stETH', amount: 10n * WAD }, at(0))
    const borrowing = { owner: 'cy', asset: 'ETH', amount: 9n * WAD }
    expect(borrow(subject, borrowing, at(0))).toMatchObject({ reason: 'health-factor-below-threshold' })
    expect(setEMode(subject, { owner: 'cy', eMode: 'none' }, at(0))).toMatchObject({
      reason: 'unknown-e-mode',
    })
    expect(setEMode(subject, { owner: 'ada', eMode: 'ether' }, at(0))).toMatchObject({
      reason: 'not-borrowable-in-e-mode',
    })
    expect(setEMode(subject, { owner: 'cy', eMode: 'ether' }, at(0)).status).toBe('ok')
    expect(borrow(subject, borrowing, at(0)).status).toBe('ok')
    expect(borrow(subject, { ...borrowing, asset: 'USDC', amount: 1n }, at(0))).toMatchObject({
      reason: 'not-borrowable-in-e-mode',
    })
    expect(setEMode(subject, { owner: 'cy', eMode: null }, at(0))).toMatchObject({
      reason: 'health-factor-below-threshold',
    })
  })
})

describe('a liquidation', () => {
  test('needs a health factor below 1, to the unit', () => {
    const subject = pool()
    // 10 ETH · p · 0.83 = 12,000 at p = 1,445.783132…
    const near = (priceE8: bigint): Moment => ({
      atSeconds: 1,
      priceOf: (asset) => (asset === 'USDC' ? E8 : priceE8),
    })
    expect(liquidate(subject, liquidation, near(144_578_313_254n))).toMatchObject({
      reason: 'health-factor-not-below-threshold',
    })
    expect(liquidate(subject, liquidation, near(144_578_313_253n)).status).toBe('ok')
  })

  test('spares a health factor of exactly 1', () => {
    const subject = pool()
    // 10 ETH · 1,000 · 0.83 = 8,300.
    repay(subject, { owner: 'ada', asset: 'USDC', amount: 3_700n * E6 }, at(0))
    expect(accountData(accountOf(subject, 'ada'), weighingOf(subject, at(0, 1_000n)))?.healthFactor).toBe(WAD)
    expect(liquidate(subject, liquidation, at(0, 1_000n))).toMatchObject({
      reason: 'health-factor-not-below-threshold',
    })
  })

  test('closes half of the debt above 0.95, all of it at 0.95 and below', () => {
    const half = liquidate(pool(), liquidation, at(0, 1_400n))
    // HF = 14,000 · 0.83 / 12,000 = 0.968.
    expect(half).toMatchObject({ status: 'ok', debtRepaid: 6_000n * E6 })
    const whole = liquidate(pool(), liquidation, at(0, 1_370n))
    expect(whole).toMatchObject({ status: 'ok', debtRepaid: 12_000n * E6, badDebt: [] })
  })

  test('pays the bonus less the protocol’s part of it', () => {
    const subject = pool()
    const done = liquidate(subject, { ...liquidation, debtToCover: 2_800n * E6 }, at(0, 1_400n))
    // 2,800 / 1,400 = 2 ETH, bonus 5 % = 0.1 ETH, of which a tenth is the protocol's.
    expect(done).toMatchObject({
      collateralToLiquidator: 2n * WAD + (WAD * 9n) / 100n,
      protocolFeeCollateral: WAD / 100n,
    })
    expect(accountOf(subject, 'treasury').positions).toEqual([
      { asset: 'ETH', scaledSupply: WAD / 100n, scaledDebt: 0n, isCollateral: true },
    ])
    expect(reserveOf(subject, 'ETH').cash).toBe(8n * WAD - (WAD * 9n) / 100n)
  })

  test('leaves no dust: all of one side, or 1,000 of both', () => {
    const most = { ...liquidation, debtToCover: 11_500n * E6 }
    expect(liquidate(pool(), most, at(0, 1_370n))).toMatchObject({ reason: 'must-not-leave-dust' })
    expect(liquidate(pool(), { ...most, debtToCover: 11_000n * E6 }, at(0, 1_370n)).status).toBe('ok')
  })

  test('writes every debt off with the last collateral, and an insurer can cover it', () => {
    const subject = pool()
    // A second debt of the same account, while it was rich.
    supply(subject, { owner: 'bank', asset: 'stETH', amount: 10n * WAD }, at(0))
    borrow(subject, { owner: 'ada', asset: 'stETH', amount: WAD / 2n }, at(0))
    const done = liquidate(subject, liquidation, at(0, 500n))
    // 5,000 of collateral pay 5,000/1.05 = 4,761.904762 back, rounded up.
    expect(done).toMatchObject({
      debtRepaid: 4_761_904_762n,
      badDebt: [
        { asset: 'USDC', amount: 12_000n * E6 - 4_761_904_762n },
        { asset: 'stETH', amount: WAD / 2n },
      ],
    })
    expect(accountOf(subject, 'ada').positions).toEqual([])
    const deficit = reserveOf(subject, 'USDC').deficit
    expect(deficit).toBe(7_238_095_238n)
    const covering = { owner: 'bank', asset: 'USDC', amount: 10n ** 12n }
    expect(coverDeficit(subject, { ...covering, owner: 'ada' }, at(0))).toMatchObject({
      reason: 'not-enough-balance',
    })
    expect(coverDeficit(subject, covering, at(0))).toMatchObject({ covered: deficit })
    expect(coverDeficit(subject, covering, at(0))).toMatchObject({ reason: 'reserve-not-in-deficit' })
  })

  test('by claims goes on when the reserve has lent all its cash, and for the underlying waits', () => {
    const subject = pool()
    supply(subject, { owner: 'whale', asset: 'USDC', amount: 100_000n * E6 }, at(0))
    borrow(subject, { owner: 'whale', asset: 'ETH', amount: 10n * WAD }, at(0))
    expect(liquidate(subject, liquidation, at(0, 1_400n))).toMatchObject({ reason: 'not-enough-liquidity' })
    const taken = liquidate(subject, { ...liquidation, receive: 'claims' }, at(0, 1_400n))
    expect(taken.status).toBe('ok')
    expect(accountOf(subject, 'keeper').positions).toMatchObject([{ asset: 'ETH', isCollateral: true }])
  })

  test.each<[string, Partial<typeof liquidation> | object, Partial<Moment>, Partial<ReserveConfig>]>([
    ['self-liquidation', { liquidator: 'ada' }, {}, {}],
    ['self-liquidation', { borrower: 'treasury' }, {}, {}],
    ['unknown-asset', { debtAsset: 'none' }, {}, {}],
    ['not-borrowed', { debtAsset: 'ETH' }, {}, {}],
    ['not-collateral', { collateralAsset: 'USDC' }, {}, {}],
    ['invalid-amount', { debtToCover: 0n }, {}, {}],
    ['invalid-amount', { debtToCover: -5n }, {}, {}],
    ['sequencer-down', {}, { sequencer: 'down' }, {}],
    ['sequencer-down', {}, { sequencer: 'grace-period' }, {}],
    ['reserve-paused', {}, {}, { status: 'paused' }],
    ['grace-period', {}, {}, { liquidationGraceUntil: 1 }],
  ])('is refused: %s', (reason, call, more, change) => {
    const subject = pool()
    const reserve = reserveOf(subject, 'ETH')
    subject.reserves.set('ETH', { ...reserve, config: { ...reserve.config, ...change } })
    const moment = at(reason === 'grace-period' ? 0 : 1, 1_400n, more)
    expect(liquidate(subject, { ...liquidation, ...call }, moment)).toMatchObject({ reason })
  })

  test('goes on without a sequencer below 0.95', () => {
    expect(liquidate(pool(), liquidation, at(1, 1_300n, { sequencer: 'down' })).status).toBe('ok')
  })
})

describe('the index of liquidation prices', () => {
  test('names whoever can be liquidated at any price, and few others', () => {
    const position = fc.record({
      ether: fc.bigInt({ min: 10n ** 14n, max: 10n ** 22n }),
      perMille: fc.bigInt({ min: 10n, max: 800n }),
    })
    fc.assert(
      fc.property(
        fc.array(position, { minLength: 1, maxLength: 30, size: 'max' }),
        fc.integer({ min: 1, max: 2_500 }),
        fc.nat(YEAR),
        (positions, ether, seconds) => {
          const subject = pool({ USDC: { borrowCap: 0n, supplyCap: 0n } })
          supply(subject, { owner: 'bank', asset: 'USDC', amount: 10n ** 18n }, at(0))
          const index = new LiquidationIndex(plainLevelQueues(), subject, {
            collateralAsset: 'ETH',
            debtAsset: 'USDC',
          })
          const owners = positions.map((_, i) => `owner-${i}`)
          for (const [i, { ether: amount, perMille }] of positions.entries()) {
            const owner = owners[i] as string
            supply(subject, { owner, asset: 'ETH', amount }, at(0))
            borrow(
              subject,
              { owner, asset: 'USDC', amount: (amount * 2_000n * perMille) / 10n ** 15n },
              at(0),
            )
            index.note(owner)
          }
          const moment = at(seconds, BigInt(ether))
          const health = (owner: string) =>
            accountData(accountOf(subject, owner), weighingOf(subject, moment))?.healthFactor ?? 0n
          const named = new Set(index.atRisk(moment))
          for (const owner of owners) {
            if (health(owner) < WAD) expect(named.has(owner)).toBe(true)
            if (health(owner) > WAD + WAD / 10_000n) expect(named.has(owner)).toBe(false)
          }
        },
      ),
    )
  })

  test('names an account at the first price that liquidates it, and not a thousandth above', () => {
    const subject = pool()
    const index = new LiquidationIndex(plainLevelQueues(), subject, {
      collateralAsset: 'ETH',
      debtAsset: 'USDC',
    })
    index.note('ada')
    const near = (priceE8: bigint): Moment => ({
      ...at(0),
      priceOf: (asset) => (asset === 'USDC' ? E8 : priceE8),
    })
    expect([...index.atRisk(near(144_578_313_253n))]).toEqual(['ada'])
    expect([...index.atRisk(near(144_723_000_000n))]).toEqual([])
  })

  test('forgets who has no debt, or more than the pair, and says so', () => {
    const subject = pool()
    const index = new LiquidationIndex(plainLevelQueues(), subject, {
      collateralAsset: 'ETH',
      debtAsset: 'USDC',
    })
    expect(index.note('ada')).toBe(true)
    expect([...index.atRisk(at(0, 1_000n))]).toEqual(['ada'])
    supply(subject, { owner: 'ada', asset: 'stETH', amount: WAD }, at(0))
    expect(index.note('ada')).toBe(false)
    withdraw(subject, { owner: 'ada', asset: 'stETH', amount: 'all' }, at(0))
    expect(index.note('ada')).toBe(true)
    repay(subject, { owner: 'ada', asset: 'USDC', amount: 'all' }, at(0))
    expect([index.note('ada'), index.note('nobody')]).toEqual([false, false])
    expect([...index.atRisk(at(0, 1n))]).toEqual([])
    expect([...index.atRisk({ atSeconds: 0, priceOf: () => null })]).toEqual([])
  })
})

describe('parameters of a reserve', () => {
  const reasons = (change: Partial<ReserveConfig>) => reserveFaults({ ...configs.ETH, ...change })
  test('are refused when no pool could run with them, and warned about when one should not', () => {
    expect(reasons({})).toEqual([])
    expect(reasons({ liquidationBonusBps: 12_100n })).toMatchObject([
      { severity: 'impossible', reason: expect.stringContaining('threshold × bonus is above 1') },
    ])
    expect(reasons({ liquidationThresholdBps: 8_000n, liquidationBonusBps: 12_500n })).toMatchObject([
      { severity: 'dubious' },
      { severity: 'dubious' },
    ])
    expect(reasons({ ltvBps: 8_301n })).toMatchObject([{ severity: 'impossible' }])
    expect(reasons({ liquidationBonusBps: 10_000n })).toMatchObject([{ severity: 'impossible' }])
    expect(reasons({ decimals: 1.5 })).toMatchObject([{ severity: 'impossible' }])
    expect(reasons({ reserveFactorBps: 10_001n })).toMatchObject([{ severity: 'impossible' }])
    const { rateCurve } = configs.ETH
    expect(reasons({ rateCurve: { ...rateCurve, optimalUsageRay: RAY } })).toMatchObject([
      { severity: 'impossible' },
    ])
    expect(reasons({ rateCurve: { ...rateCurve, slope2Ray: 0n } })).toMatchObject([
      { severity: 'impossible' },
    ])
    expect(collateralFaults({ ltvBps: 0n, liquidationThresholdBps: 0n, liquidationBonusBps: 0n })).toEqual([])
  })
})
