// Random commands to a lending pool of three assets and a category, for tests of its laws.
import { RAY } from '@solvent/primitives'
import fc from 'fast-check'
import type { AccountPosition } from '../lending/account.ts'
import { borrow, repay } from '../lending/borrow.ts'
import { coverDeficit, mintToTreasury, setCollateral, setEMode, transferClaims } from '../lending/claims.ts'
import { type Liquidation, liquidate } from '../lending/liquidation/liquidate.ts'
import { accountOf, type LendingPool, type LendingRules, type Moment } from '../lending/pool.ts'
import { newReserve, type ReserveConfig } from '../lending/reserve.ts'
import { supply, withdraw } from '../lending/supply.ts'

export const assets = ['ETH', 'stETH', 'USDC'] as const
export type Asset = (typeof assets)[number]
const owners = ['ada', 'bo', 'cy', 'treasury'] as const
const E8 = 10n ** 8n

const lending: ReserveConfig = {
  decimals: 18,
  ltvBps: 8_000n,
  liquidationThresholdBps: 8_300n,
  liquidationBonusBps: 10_500n,
  liquidationProtocolFeeBps: 1_000n,
  reserveFactorBps: 1_500n,
  supplyCap: 0n,
  borrowCap: 0n,
  borrowing: 'enabled',
  status: 'active',
  liquidationGraceUntil: 0,
  rateCurve: {
    optimalUsageRay: (RAY * 9n) / 10n,
    baseRay: RAY / 100n,
    slope1Ray: (RAY * 4n) / 100n,
    slope2Ray: (RAY * 60n) / 100n,
  },
}

export const configs: Readonly<Record<Asset, ReserveConfig>> = {
  ETH: lending,
  stETH: { ...lending, ltvBps: 7_000n, liquidationThresholdBps: 7_500n, liquidationBonusBps: 10_750n },
  USDC: { ...lending, decimals: 6, borrowCap: 900_000n, supplyCap: 5_000_000n },
}

export const rules: LendingRules = {
  treasury: 'treasury',
  eModes: new Map([
    [
      'ether',
      {
        ltvBps: 9_300n,
        liquidationThresholdBps: 9_500n,
        liquidationBonusBps: 10_100n,
        collateral: ['ETH', 'stETH'],
        borrowable: ['ETH', 'stETH'],
      },
    ],
  ]),
}

/** Three reserves, and three people in debt of whom two are close to the edge. */
export function openPool(pool: LendingPool): void {
  for (const asset of assets) pool.reserves.set(asset, newReserve(configs[asset], 1))
  const moment = momentOf({ pricePerMille: 1_000 }, 0)
  const unit = 10n ** 18n
  supply(pool, { owner: 'bo', asset: 'USDC', amount: 1_000_000n * 10n ** 6n }, moment)
  supply(pool, { owner: 'bo', asset: 'ETH', amount: 300n * unit }, moment)
  supply(pool, { owner: 'ada', asset: 'ETH', amount: 100n * unit }, moment)
  borrow(pool, { owner: 'ada', asset: 'USDC', amount: 150_000n * 10n ** 6n }, moment)
  supply(pool, { owner: 'cy', asset: 'stETH', amount: 200n * unit }, moment)
  setEMode(pool, { owner: 'cy', eMode: 'ether' }, moment)
  borrow(pool, { owner: 'cy', asset: 'ETH', amount: 170n * unit }, moment)
  borrow(pool, { owner: 'bo', asset: 'stETH', amount: 50n * unit }, moment)
}

const kinds = [
  'supply',
  'supply',
  'supply',
  'withdraw',
  'borrow',
  'borrow',
  'borrow',
  'repay',
  'liquidate',
  'liquidate',
  'liquidate',
  'transfer',
  'collateral',
  'e-mode',
  'to-treasury',
  'cover',
] as const

const command = fc.record({
  kind: fc.constantFrom(...kinds),
  owner: fc.constantFrom(...owners),
  other: fc.constantFrom(...owners),
  asset: fc.constantFrom(...assets),
  otherAsset: fc.constantFrom(...assets),
  /** In thousandths of a whole unit; now and then a few base units. */
  amount: fc.oneof(
    { weight: 5, arbitrary: fc.bigInt({ min: 1n, max: 400_000n }) },
    { weight: 1, arbitrary: fc.constant(0n) },
  ),
  all: fc.nat(5).map((draw) => draw === 0),
  /** Of the collateral, in per mille of the price at the start. */
  pricePerMille: fc.integer({ min: 350, max: 1_300 }),
  seconds: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20_000_000 })),
})
/** Long enough for debts to grow and fall. */
export const commands = fc.array(command, { maxLength: 40, size: 'max' })
export type Command = typeof command extends fc.Arbitrary<infer T> ? T : never

/** Seconds after the pool was opened, at 1. */
export function momentOf({ pricePerMille }: Pick<Command, 'pricePerMille'>, seconds: number): Moment {
  const ether = (2_000n * E8 * BigInt(pricePerMille)) / 1_000n
  return {
    // A grace period up to 0 is none.
    atSeconds: 1 + seconds,
    priceOf: (asset) => (asset === 'USDC' ? E8 : asset === 'ETH' ? ether : (ether * 99n) / 100n),
  }
}

export function runCommand(pool: LendingPool, given: Command, moment: Moment) {
  const { kind, owner, other, asset, all } = given
  const unit = 10n ** BigInt(configs[asset].decimals)
  const amount = given.amount === 0n ? 3n : ((asset === 'USDC' ? 1_000n : 1n) * given.amount * unit) / 1_000n
  switch (kind) {
    case 'supply':
      return supply(pool, { owner, asset, amount }, moment)
    case 'withdraw':
      return withdraw(pool, { owner, asset, amount: all ? 'all' : amount }, moment)
    case 'borrow':
      return borrow(pool, { owner, asset, amount }, moment)
    case 'repay':
      return repay(pool, { owner, asset, amount: all ? 'all' : amount }, moment)
    case 'liquidate':
      return liquidate(pool, liquidationOf(pool, given, amount), moment)
    case 'transfer':
      return transferClaims(pool, { from: owner, to: other, asset, amount }, moment)
    case 'collateral':
      return setCollateral(pool, { owner, asset, use: all ? 'not-as-collateral' : 'as-collateral' }, moment)
    case 'e-mode':
      return setEMode(pool, { owner, eMode: all ? null : 'ether' }, moment)
    case 'to-treasury':
      return mintToTreasury(pool, asset, moment)
    default:
      return coverDeficit(pool, { owner, asset, amount }, moment)
  }
}

/** Of what the account has, where it has any: draws that name nothing of it would hardly ever be liquidations. */
function liquidationOf(pool: LendingPool, given: Command, amount: bigint): Liquidation {
  const { positions } = accountOf(pool, given.owner)
  const pick = (of: readonly AccountPosition[], otherwise: string): string =>
    of[Number(given.amount) % Math.max(1, of.length)]?.asset ?? otherwise
  return {
    liquidator: given.other,
    borrower: given.owner,
    collateralAsset: pick(
      positions.filter(({ isCollateral }) => isCollateral),
      given.otherAsset,
    ),
    debtAsset: pick(
      positions.filter(({ scaledDebt }) => scaledDebt !== 0n),
      given.asset,
    ),
    debtToCover: amount * 100n,
    receive: given.all ? 'claims' : 'underlying',
  }
}
