// Liquidations that move the price which they are judged by: one collateral, its oracle the spot price of one
// constant-product pool into which liquidators sell all that they seize. A toy on real numbers that isolates the feedback:
// no delay, no other buyer. Reference cases liqamm-01.

export interface RealCascadeInput {
  /** Reserves of collateral and of the debt's coin. */
  readonly pool: readonly [number, number]
  /** The share of both reserves that leaves first. */
  readonly lpWithdrawnFraction: number
  /** Collateral that is sold before the first liquidation. */
  readonly shockUnits: number
  readonly fee: number
  readonly liquidationThreshold: number
  readonly bonus: number
  readonly closeFactor: number
  /** Units of collateral and debt of each. */
  readonly positions: readonly (readonly [number, number])[]
}

export interface RealCascade {
  readonly spotStart: number
  readonly spotAfterShock: number
  readonly spotFinal: number
  readonly liquidations: number
  /** By liquidators; the shock not counted. */
  readonly unitsSold: number
  readonly debtRepaid: number
  /** Debt of positions whose collateral is gone. */
  readonly badDebt: number
  readonly collateral: readonly number[]
  readonly debt: readonly number[]
  /** Which liquidation was the first of each position; null: none. */
  readonly firstLiquidationIndex: readonly (number | null)[]
}

/** Collateral of at most this much counts as gone. */
const DUST = 1e-9

/** Liquidates the position with the lowest health factor (ties: the first) until all that have collateral are healthy. */
export function realLiquidationCascade(input: RealCascadeInput): RealCascade {
  let [units, coins] = input.pool
  units *= 1 - input.lpWithdrawnFraction
  coins *= 1 - input.lpWithdrawnFraction
  const sell = (amount: number): void => {
    const afterFee = amount * (1 - input.fee)
    coins -= (coins * afterFee) / (units + afterFee)
    units += amount
  }
  const spotStart = coins / units
  if (input.shockUnits > 0) sell(input.shockUnits)
  const spotAfterShock = coins / units

  const collateral = input.positions.map(([held]) => held)
  const debt = input.positions.map(([, owed]) => owed)
  const first: (number | null)[] = input.positions.map(() => null)
  let liquidations = 0
  let unitsSold = 0
  let debtRepaid = 0
  for (;;) {
    const price = coins / units
    const worst = lowestHealth(collateral, debt, price * input.liquidationThreshold)
    if (worst === null) break
    const held = collateral[worst] as number
    const owed = debt[worst] as number
    const repaid = Math.min(input.closeFactor * owed, (held * price) / (1 + input.bonus))
    const seized = (repaid * (1 + input.bonus)) / price
    const left = held - seized
    collateral[worst] = left > DUST ? left : 0
    debt[worst] = owed - repaid
    first[worst] ??= liquidations
    liquidations += 1
    unitsSold += seized
    debtRepaid += repaid
    sell(seized)
  }
  return {
    spotStart,
    spotAfterShock,
    spotFinal: coins / units,
    liquidations,
    unitsSold,
    debtRepaid,
    badDebt: debt.reduce((sum, owed, at) => (collateral[at] === 0 ? sum + owed : sum), 0),
    collateral,
    debt,
    firstLiquidationIndex: first,
  }
}

function lowestHealth(
  collateral: readonly number[],
  debt: readonly number[],
  perUnit: number,
): number | null {
  let lowest = 1
  let worst: number | null = null
  for (let at = 0; at < collateral.length; at++) {
    const held = collateral[at] as number
    const owed = debt[at] as number
    if (!(held > 0 && owed > 0)) continue
    const health = (held * perUnit) / owed
    if (health < lowest) {
      lowest = health
      worst = at
    }
  }
  return worst
}
