// The invariants C-1 to C-6 of docs (settlement.md §8) as laws over random commands.
import { RAY } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UndoableMap, UndoLog } from '../ledger/undo-log.ts'
import {
  assets,
  type Command,
  commands,
  momentOf,
  openPool,
  rules,
  runCommand,
} from '../testing/lending-play.ts'
import { type Account, accountData, NO_DEBT_HEALTH } from './account.ts'
import { borrow, repay } from './borrow.ts'
import { claimsFloor } from './claims.ts'
import { liquidate } from './liquidation/liquidate.ts'
import { SECONDS_PER_YEAR } from './math/interest-growth.ts'
import { accountOf, type LendingPool, type Moment, ONE_HEALTH, weighingOf } from './pool.ts'
import { accrued, debtBalanceUp, type Reserve } from './reserve.ts'
import { supply, withdraw } from './supply.ts'

interface PlayedPool extends LendingPool {
  readonly accounts: Map<string, Account>
  readonly reserves: Map<string, Reserve>
}

function pool(): PlayedPool {
  const fresh = { reserves: new Map<string, Reserve>(), accounts: new Map<string, Account>(), rules }
  openPool(fresh)
  return fresh
}

const healthOf = (given: LendingPool, owner: string, moment: Moment): bigint =>
  accountData(accountOf(given, owner), weighingOf(given, moment))?.healthFactor ?? 0n

/** Runs commands one by one; `see` is shown what was before and what came of it. */
function play(
  given: PlayedPool,
  list: readonly Command[],
  see: (
    each: Command,
    done: ReturnType<typeof runCommand>,
    before: {
      readonly accounts: ReadonlyMap<string, Account>
      readonly reserves: ReadonlyMap<string, Reserve>
    },
    moment: Moment,
  ) => void,
): number {
  let now = 0
  for (const each of list) {
    now += each.seconds
    const before = { accounts: new Map(given.accounts), reserves: new Map(given.reserves) }
    const moment = momentOf(each, now)
    see(each, runCommand(given, each, moment), before, moment)
  }
  return now
}

describe('a lending pool', () => {
  test('C-1: accounts add up to the totals, and indexes never fall', () => {
    fc.assert(
      fc.property(commands, (list) => {
        const given = pool()
        play(given, list, (_each, _done, before) => {
          for (const asset of assets) {
            const reserve = given.reserves.get(asset) as Reserve
            const was = before.reserves.get(asset) as Reserve
            const positions = [...given.accounts.values()].flatMap((account) =>
              account.positions.filter((position) => position.asset === asset),
            )
            expect(positions.reduce((sum, { scaledSupply }) => sum + scaledSupply, 0n)).toBe(
              reserve.scaledSupply,
            )
            expect(positions.reduce((sum, { scaledDebt }) => sum + scaledDebt, 0n)).toBe(reserve.scaledDebt)
            expect(reserve.liquidityIndexRay).toBeGreaterThanOrEqual(was.liquidityIndexRay)
            expect(reserve.borrowIndexRay).toBeGreaterThanOrEqual(was.borrowIndexRay)
            expect(reserve.cash).toBeGreaterThanOrEqual(0n)
          }
        })
      }),
    )
  })

  test('C-2: cash, debts and deficit cover all claims, and what is left over is rounding and the curve of compound interest', () => {
    fc.assert(
      fc.property(commands, (list) => {
        const given = pool()
        const curve = new Map<string, bigint>()
        const totals = new Map<string, bigint>()
        let ops = 0n
        play(given, list, (_each, _done, before) => {
          ops += 1n
          for (const asset of assets) {
            const was = before.reserves.get(asset) as Reserve
            const reserve = given.reserves.get(asset) as Reserve
            // Interest on interest, which debtors owe by the later terms and while a rate waits to be renewed, is nobody's claim: it is
            // of the second order in rate × time.
            const seconds = BigInt(reserve.updatedAt - was.updatedAt)
            const interest = (was.borrowRateRay * seconds) / SECONDS_PER_YEAR
            const total = (totals.get(asset) ?? 0n) + interest
            totals.set(asset, total)
            const debt = debtBalanceUp(was.scaledDebt, reserve)
            curve.set(asset, (curve.get(asset) ?? 0n) + (2n * debt * interest * total) / RAY ** 2n)
            const debts = debtBalanceUp(reserve.scaledDebt, reserve)
            const rounding = reserve.cash + debts + reserve.deficit - claimsFloor(reserve)
            // A unit a rounding, of a scaled unit's worth; three roundings at most in one command, and those of the rates.
            const worth = reserve.borrowIndexRay / RAY + 1n
            const slack = 4n * ops * worth + (debts * ops) / 10n ** 26n
            expect(rounding).toBeGreaterThanOrEqual(-slack)
            expect(rounding).toBeLessThanOrEqual((curve.get(asset) ?? 0n) * worth + slack)
          }
        })
      }),
    )
  })

  test('C-2 without time: rounding only ever favours the pool, by at most three units a command', () => {
    fc.assert(
      fc.property(commands, (list) => {
        const given = pool()
        let ops = 0n
        const still = list.map((each) => ({ ...each, seconds: 0 }))
        play(given, still, () => {
          ops += 1n
          for (const asset of assets) {
            const reserve = given.reserves.get(asset) as Reserve
            const debts = debtBalanceUp(reserve.scaledDebt, reserve)
            const rounding = reserve.cash + debts + reserve.deficit - claimsFloor(reserve)
            expect(rounding).toBeGreaterThanOrEqual(0n)
            expect(rounding).toBeLessThanOrEqual(3n * ops)
          }
        })
      }),
    )
  })

  test('C-3: two commands are one of both amounts, to a unit', () => {
    const amount = fc.bigInt({ min: 1_000n, max: 10n ** 18n })
    fc.assert(
      fc.property(
        commands,
        amount,
        amount,
        fc.constantFrom('supply', 'withdraw', 'borrow', 'repay'),
        (list, x, y, kind) => {
          const twice = pool()
          const once = pool()
          const now = play(twice, list, () => undefined)
          play(once, list, () => undefined)
          const moment = momentOf({ pricePerMille: 1_300 }, now)
          const act = (given: LendingPool, each: bigint) => {
            const call = { owner: 'ada', asset: 'ETH', amount: each }
            if (kind === 'supply') return supply(given, call, moment)
            if (kind === 'withdraw') return withdraw(given, call, moment)
            return kind === 'borrow' ? borrow(given, call, moment) : repay(given, call, moment)
          }
          if (act(once, x + y).status === 'refused') return
          expect(act(twice, x).status).toBe('ok')
          // At the very edge of health the extra unit of rounding may be one too many.
          if (act(twice, y).status === 'refused') return
          const position = (given: LendingPool) =>
            accountOf(given, 'ada').positions.find(({ asset }) => asset === 'ETH')
          for (const side of ['scaledSupply', 'scaledDebt'] as const) {
            const apart = (position(once)?.[side] ?? 0n) - (position(twice)?.[side] ?? 0n)
            expect(apart <= 1n && apart >= -1n).toBe(true)
          }
        },
      ),
    )
  })

  test('C-3: a command touches its owner, its counterparty and the treasury, and nobody else; refused, nobody', () => {
    fc.assert(
      fc.property(commands, (list) => {
        const given = pool()
        play(given, list, ({ owner, other }, done, before) => {
          for (const [who, account] of given.accounts) {
            if (done.status === 'ok' && [owner, other, 'treasury'].includes(who)) continue
            expect(account).toBe(before.accounts.get(who))
          }
          if (done.status === 'refused') {
            expect([...given.reserves]).toEqual([...before.reserves])
            expect(given.accounts.size).toBe(before.accounts.size)
          }
        })
      }),
    )
  })

  test('C-4: loans and withdrawals leave health at 1 or above; liquidations need it below and take no more than there is', () => {
    let liquidations = 0
    fc.assert(
      fc.property(commands, (list) => {
        const given = pool()
        play(given, list, (each, done, before, moment) => {
          if (done.status === 'refused') return
          const was = {
            ...given,
            accounts: before.accounts as Map<string, Account>,
            reserves: before.reserves as Map<string, Reserve>,
          }
          if (['borrow', 'withdraw', 'transfer', 'collateral', 'e-mode'].includes(each.kind)) {
            const after = healthOf(given, each.owner, moment)
            // A withdrawal of what backs nothing is nobody's business.
            if (each.kind === 'borrow') expect(after).toBeGreaterThanOrEqual(ONE_HEALTH)
            else expect(after >= ONE_HEALTH || after >= healthOf(was, each.owner, moment)).toBe(true)
          }
          if (!('debtRepaid' in done)) return
          liquidations++
          expect(done.healthFactor).toBeLessThan(ONE_HEALTH)
          expect(healthOf(was, each.owner, moment)).toBe(done.healthFactor)
          const held = (of: LendingPool, asset: string, side: 'scaledSupply' | 'scaledDebt') =>
            accountOf(of, each.owner).positions.find((position) => position.asset === asset)?.[side] ?? 0n
          expect(held(given, done.debtAsset, 'scaledDebt')).toBeLessThan(
            held(was, done.debtAsset, 'scaledDebt'),
          )
          const collateral = accrued(was.reserves.get(done.collateralAsset) as Reserve, moment.atSeconds)
          const seized = done.collateralToLiquidator + done.protocolFeeCollateral
          expect(seized).toBeLessThanOrEqual(
            (held(was, done.collateralAsset, 'scaledSupply') * collateral.liquidityIndexRay) / RAY,
          )
          // The bonus, exactly: value seized is at most the bonus times the value repaid, rounded up to a unit of either.
          const { eMode } = accountOf(was, each.owner)
          const category = eMode === null ? undefined : rules.eModes.get(eMode)
          const { liquidationBonusBps } = category?.collateral.includes(done.collateralAsset)
            ? category
            : collateral.config
          const price = (asset: string) => moment.priceOf(asset) as bigint
          const unit = (asset: string) =>
            10n ** BigInt((given.reserves.get(asset) as Reserve).config.decimals)
          const paidFor =
            (done.debtRepaid * price(done.debtAsset) * unit(done.collateralAsset)) /
            (price(done.collateralAsset) * unit(done.debtAsset))
          const unitOfDebt =
            (price(done.debtAsset) * unit(done.collateralAsset)) /
              (price(done.collateralAsset) * unit(done.debtAsset)) +
            1n
          expect(seized).toBeLessThanOrEqual(((paidFor + unitOfDebt) * liquidationBonusBps) / 10_000n + 1n)
        })
      }),
      { numRuns: 300 },
    )
    expect(liquidations).toBeGreaterThan(20)
  })

  test('C-5: what needs a price that may not be used is refused', () => {
    const given = pool()
    const priced = momentOf({ pricePerMille: 1_000 }, 0)
    const blind: Moment = { ...priced, priceOf: (asset) => (asset === 'ETH' ? null : priced.priceOf(asset)) }
    supply(given, { owner: 'eve', asset: 'ETH', amount: 10n ** 19n }, blind)
    supply(given, { owner: 'dan', asset: 'USDC', amount: 10n ** 11n }, blind)
    expect(borrow(given, { owner: 'eve', asset: 'USDC', amount: 10n ** 9n }, blind)).toMatchObject({
      reason: 'no-price',
    })
    for (const nonsense of [0n, -1n])
      expect(
        borrow(
          given,
          { owner: 'eve', asset: 'USDC', amount: 10n ** 9n },
          { ...priced, priceOf: () => nonsense },
        ),
      ).toMatchObject({ reason: 'no-price' })
    expect(borrow(given, { owner: 'eve', asset: 'USDC', amount: 10n ** 9n }, priced).status).toBe('ok')
    expect(withdraw(given, { owner: 'eve', asset: 'ETH', amount: 1n }, blind)).toMatchObject({
      reason: 'no-price',
    })
    const call = {
      liquidator: 'dan',
      borrower: 'eve',
      collateralAsset: 'ETH',
      debtAsset: 'USDC',
      debtToCover: 1n,
    }
    expect(liquidate(given, { ...call, receive: 'underlying' }, blind)).toMatchObject({ reason: 'no-price' })
    expect(
      liquidate(given, { ...call, receive: 'underlying' }, { ...priced, priceOf: () => 0n }),
    ).toMatchObject({
      reason: 'no-price',
    })
    // Nothing is asked of those who owe nothing, nor of who repays.
    expect(withdraw(given, { owner: 'dan', asset: 'USDC', amount: 1n }, blind).status).toBe('ok')
    expect(repay(given, { owner: 'eve', asset: 'USDC', amount: 'all' }, blind).status).toBe('ok')
  })

  test('C-6: whoever is left without collateral by a liquidation is left without debt, and the reserves have the deficit', () => {
    let losses = 0
    fc.assert(
      fc.property(commands, (list) => {
        const given = pool()
        play(given, list, (each, done, before, moment) => {
          if (done.status === 'refused' || !('badDebt' in done)) return
          const data = accountData(accountOf(given, each.owner), weighingOf(given, moment))
          const deficits = assets.map(
            (asset) =>
              (given.reserves.get(asset) as Reserve).deficit -
              (before.reserves.get(asset) as Reserve).deficit,
          )
          const named = assets.map((asset) =>
            done.badDebt.reduce((sum, bad) => (bad.asset === asset ? sum + bad.amount : sum), 0n),
          )
          expect(deficits).toEqual(named)
          if (done.badDebt.length > 0) losses++
          if (done.badDebt.length > 0) expect(data?.healthFactor).toBe(NO_DEBT_HEALTH)
        })
      }),
      { numRuns: 300 },
    )
    expect(losses).toBeGreaterThan(3)
  })

  test('a chain takes commands back exactly', () => {
    fc.assert(
      fc.property(commands, commands, (kept, undone) => {
        const log = new UndoLog()
        const accounts = new UndoableMap<string, Account>(log)
        const reserves = new UndoableMap<string, Reserve>(log)
        const given = { accounts, reserves, rules }
        openPool(given)
        let now = 0
        const run = (list: readonly Command[]) => {
          for (const each of list) {
            now += each.seconds
            runCommand(given, each, momentOf(each, now))
          }
        }
        const sorted = () =>
          [accounts, reserves].map((map) => [...map.entries()].sort(([a], [b]) => (a < b ? -1 : 1)))
        run(kept)
        const before = sorted()
        const mark = log.mark()
        run(undone)
        log.rollback(mark)
        expect(sorted()).toEqual(before)
      }),
    )
  })
})
