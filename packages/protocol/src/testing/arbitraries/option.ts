// Random calls and events of option desks.
import fc from 'fast-check'
import type { OptionCall, OptionEvent } from '../../derivatives/option.ts'
import { address, text, uint256 } from './scalars.ts'

const of = { desk: address, series: text }

export const optionCall: fc.Arbitrary<OptionCall> = fc.oneof(
  fc.record({ kind: fc.constant('buy-option' as const), ...of, units: uint256, maxPremium: uint256 }),
  fc.record({ kind: fc.constant('settle-options' as const), ...of }),
  fc.record({ kind: fc.constant('exercise-option' as const), ...of, holder: address }),
)

export const optionEvent: fc.Arbitrary<OptionEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('option-bought' as const),
    ...of,
    ...{ holder: address, units: uint256, premium: uint256, spotE8: uint256, volatilityBps: uint256 },
  }),
  fc.record({
    kind: fc.constant('options-settled' as const),
    ...of,
    ...{ priceE8: uint256, owed: uint256, due: uint256 },
  }),
  fc.record({
    kind: fc.constant('option-exercised' as const),
    ...of,
    ...{ holder: address, units: uint256, paid: uint256 },
  }),
)
