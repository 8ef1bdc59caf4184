// Random calls of authorities, and events of controls.
import fc from 'fast-check'
import type { AuthorityCall } from '../../controls/authority-call.ts'
import { voteSupports } from '../../controls/authority-votes.ts'
import type { ControlEvent } from '../../controls/control-event.ts'
import { type Measure, reserveStatuses } from '../../controls/measure.ts'
import { address, count, uint256 } from './scalars.ts'

const status = fc.constantFrom(...reserveStatuses)

export const measure: fc.Arbitrary<Measure> = fc.oneof(
  fc.record({
    kind: fc.constant('set-terms' as const),
    pool: address,
    token: address,
    change: fc.record({
      ltvBps: fc.option(uint256),
      liquidationThresholdBps: fc.option(uint256),
      supplyCap: fc.option(uint256),
      borrowCap: fc.option(uint256),
      status: fc.option(status),
    }),
  }),
  fc.record({
    kind: fc.constantFrom('freeze' as const, 'unfreeze' as const),
    token: address,
    account: address,
  }),
  fc.record({
    kind: fc.constant('claw-back' as const),
    token: address,
    account: address,
    amount: uint256,
    to: address,
  }),
  fc.record({ kind: fc.constantFrom('halt' as const, 'resume' as const), token: address }),
)

const support = fc.constantFrom(...voteSupports)
const ofProposal = { authority: address, proposal: count }

export const authorityCall: fc.Arbitrary<AuthorityCall> = fc.oneof(
  fc.record({ kind: fc.constant('propose-measure' as const), authority: address, measure }),
  fc.record({ kind: fc.constantFrom('vote-measure' as const, 'enact-measure' as const), ...ofProposal }),
  fc.record({ kind: fc.constant('vote-measure' as const), ...ofProposal, support }),
)

export const controlEvent: fc.Arbitrary<ControlEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('breaker-tripped' as const),
    breaker: address,
    guarded: address,
    reference: uint256,
    price: uint256,
    haltedUntil: count,
  }),
  fc.record({ kind: fc.constant('measure-proposed' as const), ...ofProposal, member: address, measure }),
  fc.record({ kind: fc.constant('measure-voted' as const), ...ofProposal, member: address }),
  fc.record({
    kind: fc.constant('measure-voted' as const),
    ...ofProposal,
    member: address,
    cast: fc.record({ support, votes: uint256 }),
  }),
  fc.record({ kind: fc.constant('measure-enacted' as const), ...ofProposal, measure }),
  fc.record({
    kind: fc.constant('reserve-terms-set' as const),
    pool: address,
    token: address,
    ltvBps: uint256,
    liquidationThresholdBps: uint256,
    supplyCap: uint256,
    borrowCap: uint256,
    status,
  }),
)
