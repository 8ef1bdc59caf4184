// Random calls and events of derivatives.
import fc from 'fast-check'
import type { DerivativeCall } from '../../derivatives/derivative-call.ts'
import type { DerivativeEvent } from '../../derivatives/derivative-event.ts'
import { coverCall, coverEvent } from './cover.ts'
import { discountWindowCall, discountWindowEvent } from './discount-window.ts'
import { navFundCall, navFundEvent } from './nav-fund.ts'
import { optionCall, optionEvent } from './option.ts'
import { perpetualCall, perpetualEvent } from './perpetual.ts'
import { address, uint256 } from './scalars.ts'

const custodian = { custodian: address }

export const derivativeCall: fc.Arbitrary<DerivativeCall> = fc.oneof(
  perpetualCall,
  coverCall,
  discountWindowCall,
  navFundCall,
  optionCall,
  fc.record({ kind: fc.constant('halt-withdrawals' as const), ...custodian }),
  fc.record({
    kind: fc.constant('wind-up-custodian' as const),
    ...custodian,
    claims: fc.array(fc.record({ holder: address, amount: uint256 }), { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('claim-estate' as const), ...custodian, holder: address }),
)

export const derivativeEvent: fc.Arbitrary<DerivativeEvent> = fc.oneof(
  perpetualEvent,
  coverEvent,
  discountWindowEvent,
  navFundEvent,
  optionEvent,
  fc.record({ kind: fc.constant('withdrawals-halted' as const), ...custodian }),
  fc.record({
    kind: fc.constant('custodian-wound-up' as const),
    ...custodian,
    assets: uint256,
    owed: uint256,
  }),
  fc.record({
    kind: fc.constant('estate-claimed' as const),
    ...custodian,
    holder: address,
    claim: uint256,
    paid: uint256,
  }),
)
