// Why the machine refused, in the words of a receipt.
import type { RevertReason } from '@solvent/protocol'
import type { BorrowRefusal, RepayRefusal } from '../borrow.ts'
import type { CollateralRefusal, CoverRefusal, EModeRefusal, TransferRefusal } from '../claims.ts'
import type { LiquidationRefusal } from '../liquidation/liquidate.ts'
import type { SupplyRefusal, WithdrawRefusal } from '../supply.ts'

type Refusal =
  | SupplyRefusal
  | WithdrawRefusal
  | BorrowRefusal
  | RepayRefusal
  | CollateralRefusal
  | CoverRefusal
  | EModeRefusal
  | TransferRefusal
  | LiquidationRefusal
  | 'nothing-accrued'

export function revertReason(refusal: Refusal): RevertReason {
  if (refusal === 'unknown-asset') return 'unknown-token'
  return refusal === 'not-enough-balance' ? 'insufficient-balance' : refusal
}
