// The fee of a market, as contracts count it.
import { parseUnits } from '@solvent/primitives'

/** A hundredth of a basis point is a millionth of the whole. */
const BPS_DECIMALS = 2

/** What stays in the pool, in millionths. */
export function feePips({ feeBps }: { readonly feeBps: string }): number {
  return Number(parseUnits(feeBps, BPS_DECIMALS))
}
