// Who pays for a position that was closed below its bankruptcy price: first the insurance fund, then positions on the other side
// that are closed against it (auto-deleveraging), the most profitable and most leveraged first. Sources: BitMEX, Auto-Deleveraging
// (ranking by profit and effective leverage, fills at the bankruptcy price); Binance Futures, Insurance Funds. Exact: rankings are
// compared by cross-multiplication, amounts in base units of the coin of settlement.
import { minBig } from '@solvent/primitives'

/** What the fund pays of a loss, and what is left of both. */
export function coverLoss(
  fund: bigint,
  loss: bigint,
): { readonly fund: bigint; readonly covered: bigint; readonly uncovered: bigint } {
  const covered = minBig(fund, loss)
  return { fund: fund - covered, covered, uncovered: loss - covered }
}

/** A position of a derivative that counts in units. */
export interface RankedPosition {
  readonly owner: string
  /** Above 0. */
  readonly units: bigint
  /** What the units were worth when they were taken. */
  readonly entryValue: bigint
  readonly margin: bigint
}

export interface Deleveraged {
  readonly owner: string
  readonly units: bigint
}

/**
 * Which positions on the other side are closed, and by how much, to take over `units`; nobody whose margin is gone is asked.
 *
 * @param side of the positions, long or short
 * @param markValueOf what a number of units is worth now
 * @returns in the order in which they are closed; fewer units than asked when there are not enough
 */
export function autoDeleverage(
  positions: readonly RankedPosition[],
  units: bigint,
  side: 'long' | 'short',
  markValueOf: (units: bigint) => bigint,
): Deleveraged[] {
  const ranked = positions
    .map((position) => ({ position, score: scoreOf(position, side, markValueOf(position.units)) }))
    .filter((each): each is { position: RankedPosition; score: Score } => each.score !== null)
    .sort((a, b) => compare(b.score, a.score) || (a.position.owner < b.position.owner ? -1 : 1))
  const closed: Deleveraged[] = []
  let left = units
  for (const { position } of ranked) {
    if (left === 0n) break
    const taken = minBig(position.units, left)
    closed.push({ owner: position.owner, units: taken })
    left -= taken
  }
  return closed
}

/** numerator / denominator, denominator above 0. */
interface Score {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** Profit a value at entry, times leverage when it is a profit and over leverage when it is a loss. */
function scoreOf(
  { entryValue, margin }: RankedPosition,
  side: 'long' | 'short',
  markValue: bigint,
): Score | null {
  const profit = side === 'long' ? markValue - entryValue : entryValue - markValue
  const equity = margin + profit
  if (equity <= 0n || markValue <= 0n || entryValue <= 0n) return null
  return profit >= 0n
    ? { numerator: profit * markValue, denominator: entryValue * equity }
    : { numerator: profit * equity, denominator: entryValue * markValue }
}

function compare(a: Score, b: Score): number {
  const left = a.numerator * b.denominator
  const right = b.numerator * a.denominator
  return left < right ? -1 : left > right ? 1 : 0
}
