// One asset of a lending pool: what it is worth as collateral, what lies in it, and the two indexes by which claims and debts
// grow. Claims and debts are kept scaled, divided by their index; balances of claims are rounded down, of debts up, so that
// every rounding favours the pool. Sources: aave-v3-origin (v3.7), ReserveLogic.sol, TokenMath.sol, ReserveConfiguration.sol.
import { RAY, wholeUnit } from '@solvent/primitives'
import { compoundedGrowth, linearGrowthFloor } from './math/interest-growth.ts'
import {
  percentMulHalfUp,
  rayDivFloor,
  rayDivHalfUp,
  rayDivUp,
  rayMulFloor,
  rayMulHalfUp,
  rayMulUp,
} from './math/ray-math.ts'
import { interestRates, type RateCurve } from './rate-curve.ts'

/** How far a collateral may be borrowed against, and what happens beyond. */
export interface CollateralTerms {
  /** Debt may be taken up to this share of the collateral; 0: no new debt. */
  readonly ltvBps: bigint
  /** Above this share it may be liquidated; 0: it is no collateral. */
  readonly liquidationThresholdBps: bigint
  /** 10,500: who repays 100 is paid 105. */
  readonly liquidationBonusBps: bigint
}

export interface ReserveConfig extends CollateralTerms {
  readonly decimals: number
  /** Of the bonus, for the treasury. */
  readonly liquidationProtocolFeeBps: bigint
  /** Of the interest, for the treasury. */
  readonly reserveFactorBps: bigint
  /** In whole units; 0: none. */
  readonly supplyCap: bigint
  /** In whole units; 0: none. */
  readonly borrowCap: bigint
  readonly borrowing: 'enabled' | 'disabled'
  /** `frozen`: no new supply and no new debt; `paused`: nothing at all. */
  readonly status: 'active' | 'frozen' | 'paused'
  /** No liquidation up to this time, Unix seconds, after a pause; 0: none. */
  readonly liquidationGraceUntil: number
  readonly rateCurve: RateCurve
}

export interface Reserve {
  readonly config: ReserveConfig
  readonly liquidityIndexRay: bigint
  readonly borrowIndexRay: bigint
  readonly supplyRateRay: bigint
  readonly borrowRateRay: bigint
  /** Unix seconds. */
  readonly updatedAt: number
  /** What can be withdrawn or borrowed now. */
  readonly cash: bigint
  readonly scaledSupply: bigint
  readonly scaledDebt: bigint
  /** Scaled claims of the treasury that have not been minted. */
  readonly scaledForTreasury: bigint
  /** Debt that was written off and nobody has covered. */
  readonly deficit: bigint
  /** Debt whose collateral is in auctions: it bears no interest until they have paid. */
  readonly auctioned: bigint
}

/** An empty reserve. */
export function newReserve(config: ReserveConfig, atSeconds: number): Reserve {
  return {
    config,
    liquidityIndexRay: RAY,
    borrowIndexRay: RAY,
    supplyRateRay: 0n,
    borrowRateRay: config.rateCurve.baseRay,
    updatedAt: atSeconds,
    cash: 0n,
    scaledSupply: 0n,
    scaledDebt: 0n,
    scaledForTreasury: 0n,
    deficit: 0n,
    auctioned: 0n,
  }
}

/** The reserve at a later time: indexes grown, the treasury's share of the interest set aside. Rates stay. */
export function accrued(reserve: Reserve, atSeconds: number): Reserve {
  const seconds = atSeconds - reserve.updatedAt
  if (seconds <= 0) return reserve
  const { liquidityIndexRay, borrowIndexRay, supplyRateRay, borrowRateRay, scaledDebt } = reserve
  const liquidityIndex =
    supplyRateRay === 0n
      ? liquidityIndexRay
      : rayMulHalfUp(linearGrowthFloor(supplyRateRay, seconds), liquidityIndexRay)
  const borrowIndex =
    scaledDebt === 0n
      ? borrowIndexRay
      : rayMulHalfUp(compoundedGrowth(borrowRateRay, seconds), borrowIndexRay)
  const interest = rayMulHalfUp(scaledDebt, borrowIndex) - rayMulHalfUp(scaledDebt, borrowIndexRay)
  const forTreasury = percentMulHalfUp(interest, reserve.config.reserveFactorBps)
  return {
    ...reserve,
    liquidityIndexRay: liquidityIndex,
    borrowIndexRay: borrowIndex,
    scaledForTreasury: reserve.scaledForTreasury + rayDivHalfUp(forTreasury, liquidityIndex),
    updatedAt: atSeconds,
  }
}

/** The reserve with the rates that follow from what is in it. */
export function withRates(reserve: Reserve): Reserve {
  const { config, cash } = reserve
  const deficit = reserve.deficit + reserve.auctioned
  const debt = rayMulHalfUp(reserve.scaledDebt, reserve.borrowIndexRay)
  const { reserveFactorBps } = config
  return { ...reserve, ...interestRates(config.rateCurve, { cash, debt, deficit, reserveFactorBps }) }
}

/** Scaled claims for an amount that comes in; fewer than it is worth. */
export const scaledSupplyFloor = (amount: bigint, { liquidityIndexRay }: Reserve): bigint =>
  rayDivFloor(amount, liquidityIndexRay)
/** Scaled claims for an amount that goes out or to another. */
export const scaledSupplyUp = (amount: bigint, { liquidityIndexRay }: Reserve): bigint =>
  rayDivUp(amount, liquidityIndexRay)
export const supplyBalanceFloor = (scaled: bigint, { liquidityIndexRay }: Reserve): bigint =>
  rayMulFloor(scaled, liquidityIndexRay)
/** Scaled debt for an amount that is borrowed. */
export const scaledDebtUp = (amount: bigint, { borrowIndexRay }: Reserve): bigint =>
  rayDivUp(amount, borrowIndexRay)
/** Scaled debt that an amount repays. */
export const scaledDebtFloor = (amount: bigint, { borrowIndexRay }: Reserve): bigint =>
  rayDivFloor(amount, borrowIndexRay)
export const debtBalanceUp = (scaled: bigint, { borrowIndexRay }: Reserve): bigint =>
  rayMulUp(scaled, borrowIndexRay)

/** One whole unit of the asset. */
export const unitOf = ({ config }: Reserve): bigint => wholeUnit(config.decimals)
