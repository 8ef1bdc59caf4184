// Random events of controls.
import fc from 'fast-check'
import type { ControlEvent } from '../../controls/control-event.ts'
import { address, count, uint256 } from './scalars.ts'

export const controlEvent: fc.Arbitrary<ControlEvent> = fc.record({
  kind: fc.constant('breaker-tripped' as const),
  breaker: address,
  guarded: address,
  reference: uint256,
  price: uint256,
  haltedUntil: count,
})
