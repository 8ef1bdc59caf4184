// The phases of a hash lock, each half-open: what begins at a second is allowed in that second, what ends there is not.
// Source: 1inch Fusion+ (cross-chain-swap, TimelocksLib): finality lock, private withdrawal, public withdrawal, private
// cancellation, public cancellation.
import type { LockWindows } from '@solvent/protocol'

export const lockPhases = [
  'finality-lock',
  'private-withdrawal',
  'public-withdrawal',
  'private-cancellation',
  'public-cancellation',
] as const
export type LockPhase = (typeof lockPhases)[number]

/**
 * The phase of a lock.
 *
 * @param age seconds since the block that made it
 * @example lockPhase({ withdrawAfter: 10, publicWithdrawAfter: 120, cancelAfter: 300, publicCancelAfter: 420 }, 120)
 * // 'public-withdrawal'
 */
export function lockPhase(windows: LockWindows, age: number): LockPhase {
  if (age < windows.withdrawAfter) return 'finality-lock'
  if (age < windows.publicWithdrawAfter) return 'private-withdrawal'
  if (age < windows.cancelAfter) return 'public-withdrawal'
  return age < windows.publicCancelAfter ? 'private-cancellation' : 'public-cancellation'
}
