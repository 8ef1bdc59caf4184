// What a reporter posts in place of what it sees: the oracle faults of settlement.md §9.
import { BPS, divFloor, maxBig } from '@solvent/primitives'
import type { ReportLie } from '@solvent/protocol'

const MS_PER_HOUR = 3_600_000

/** @param frozenE8 what it had posted when it began @param lyingMs for how long it has */
export function misreported(
  lie: ReportLie,
  {
    seenE8,
    frozenE8,
    lyingMs,
  }: { readonly seenE8: bigint; readonly frozenE8: bigint; readonly lyingMs: number },
): bigint {
  switch (lie.kind) {
    case 'frozen':
      return frozenE8
    case 'step':
      return divFloor(seenE8 * (BPS + BigInt(lie.bps)), BPS)
    case 'drift': {
      const bps = Math.trunc((lie.bpsPerHour * lyingMs) / MS_PER_HOUR)
      return divFloor(seenE8 * (BPS + BigInt(bps)), BPS)
    }
    case 'venue':
      return lie.priceE8
    case 'floor':
      return maxBig(seenE8, lie.priceE8)
    case 'decimals':
      return lie.shift >= 0 ? seenE8 * 10n ** BigInt(lie.shift) : seenE8 / 10n ** BigInt(-lie.shift)
    case 'answer':
      return lie.answerE8
    case 'silent':
    case 'round-back':
      return seenE8
  }
}
