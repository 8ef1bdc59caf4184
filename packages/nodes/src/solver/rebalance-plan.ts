// Which transfer, if any, brings the holdings of one asset back toward their first proportions. Pure. Amounts are in one
// unit for all places. A band keeps it from acting on little, and what is on its way counts as arrived, so that the
// same gap is not filled twice (docs/models/solver.md; the ping-pong of Hyperlane rebalancer PR 8027).
import { BPS, minBig, mulDivFloor } from '@solvent/primitives'

export interface Place<T> {
  readonly at: T
  /** What is free there now and may leave. */
  readonly free: bigint
  /** All that is there or on its way there, set aside or not. */
  readonly held: bigint
  /** The holding at the start; its share of the sum is this place's share. */
  readonly reference: bigint
}

export interface Transfer<T> {
  readonly from: T
  readonly to: T
  readonly amount: bigint
}

/**
 * From the place with the largest excess to the one with the largest gap, when both have left their bands.
 *
 * @param bandBps how far from its share a holding may be, 0 to 10000
 * @example
 * planTransfer([{ at: 'a', free: 90n, held: 90n, reference: 50n }, { at: 'b', free: 10n, held: 10n, reference: 50n }], 2000)
 * // { from: 'a', to: 'b', amount: 40n }
 */
export function planTransfer<T>(places: readonly Place<T>[], bandBps: number): Transfer<T> | null {
  const references = places.reduce((sum, { reference }) => sum + reference, 0n)
  if (references <= 0n) return null
  const total = places.reduce((sum, { held }) => sum + held, 0n)
  let from: { readonly place: Place<T>; readonly excess: bigint } | null = null
  let to: { readonly place: Place<T>; readonly gap: bigint } | null = null
  for (const place of places) {
    const share = mulDivFloor(total, place.reference, references)
    const band = mulDivFloor(share, BigInt(bandBps), BPS)
    const excess = place.held - share
    if (excess > band && (from === null || excess > from.excess)) from = { place, excess }
    if (-excess > band && (to === null || -excess > to.gap)) to = { place, gap: -excess }
  }
  if (from === null || to === null) return null
  const amount = minBig(minBig(from.excess, to.gap), from.place.free)
  return amount > 0n ? { from: from.place.at, to: to.place.at, amount } : null
}
