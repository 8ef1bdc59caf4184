// Random calls and events of cover funds.
import fc from 'fast-check'
import type { CoverCall, CoverEvent } from '../../derivatives/cover.ts'
import { address, count, uint256 } from './scalars.ts'

const of = { cover: address }

export const coverCall: fc.Arbitrary<CoverCall> = fc.oneof(
  fc.record({ kind: fc.constant('buy-cover' as const), ...of, amount: uint256 }),
  fc.record({ kind: fc.constant('note-stress' as const), ...of }),
  fc.record({ kind: fc.constant('claim-cover' as const), ...of, holder: address }),
)

export const coverEvent: fc.Arbitrary<CoverEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('cover-bought' as const),
    ...of,
    holder: address,
    amount: uint256,
    premium: uint256,
  }),
  fc.record({
    kind: fc.constant('stress-noted' as const),
    ...of,
    priceE8: fc.option(uint256),
    belowSeconds: count,
    triggeredAt: fc.option(count),
  }),
  fc.record({
    kind: fc.constant('cover-claimed' as const),
    ...of,
    holder: address,
    covered: uint256,
    paid: uint256,
  }),
)
