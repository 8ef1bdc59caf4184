// Exclusivity with override: for a while one solver alone fills at the order's price, others are barred or pay more.
// UniswapX `src/lib/ExclusivityLib.sol`: exclusivity holds while now <= until; the others' amount is
// ceil(amount · (10000 + bps) / 10000), and bps = 0 is strict. Times are Unix seconds, amounts base units.
import { type Address, BPS, mulDivUp } from '@solvent/primitives'

/** Who is preferred, until when, and what the preference costs others. */
export interface Exclusivity {
  /** Null when nobody is preferred. */
  readonly solver: Address | null
  /** Still exclusive at this second. */
  readonly until: number
  /** 0: nobody else may fill. */
  readonly overrideBps: number
}

/**
 * What `filler` must deliver for `amount`, or null while it is barred.
 *
 * @example requiredUnderExclusivity(1000n, other, { solver, until: 50, overrideBps: 25 }, 50) // 1003n
 */
export function requiredUnderExclusivity(
  amount: bigint,
  filler: Address,
  exclusivity: Exclusivity,
  nowSeconds: number,
): bigint | null {
  const { solver, until, overrideBps } = exclusivity
  if (solver === null || solver === filler || nowSeconds > until) return amount
  return overrideBps === 0 ? null : mulDivUp(amount, BPS + BigInt(overrideBps), BPS)
}
