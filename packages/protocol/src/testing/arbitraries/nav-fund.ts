// Random calls and events of funds.
import fc from 'fast-check'
import type { NavFundCall, NavFundEvent } from '../../derivatives/nav-fund.ts'
import { address, count, uint256 } from './scalars.ts'

const of = { navFund: address }
const atMark = { ...of, markE8: uint256, markedAt: count }

export const navFundCall: fc.Arbitrary<NavFundCall> = fc.oneof(
  fc.record({ kind: fc.constant('subscribe-nav' as const), ...of, amount: uint256 }),
  fc.record({ kind: fc.constant('request-redemption' as const), ...of, shares: uint256 }),
  fc.record({ kind: fc.constant('pay-redemptions' as const), ...of }),
  fc.record({ kind: fc.constant('fill-buffer' as const), ...of, amount: uint256 }),
)

export const navFundEvent: fc.Arbitrary<NavFundEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('nav-subscribed' as const),
    ...atMark,
    ...{ holder: address, amount: uint256, shares: uint256 },
  }),
  fc.record({
    kind: fc.constant('redemption-requested' as const),
    ...atMark,
    ...{ holder: address, shares: uint256 },
  }),
  fc.record({
    kind: fc.constant('redemptions-paid' as const),
    ...atMark,
    payments: fc.array(fc.record({ holder: address, shares: uint256, amount: uint256 }), { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('buffer-filled' as const), ...of, from: address, amount: uint256 }),
)
