// Random calls and events of oracles.
import fc from 'fast-check'
import type { OracleCall } from '../../oracle/oracle-call.ts'
import type { OracleEvent } from '../../oracle/oracle-event.ts'
import type { MisreportOrder, ReportLie } from '../../oracle/report-lie.ts'
import { address, count, uint256 } from './scalars.ts'

const int256 = fc.oneof(
  fc.bigInt({ min: -(2n ** 255n), max: 2n ** 255n - 1n }),
  fc.constantFrom(0n, -1n, -(2n ** 255n), 2n ** 255n - 1n),
)
const answer = { oracle: address, round: count, answerE8: int256 }

export const oracleCall: fc.Arbitrary<OracleCall> = fc.oneof(
  fc.record({ kind: fc.constant('post-price' as const), ...answer }),
  fc.record({ kind: fc.constant('poke-oracle' as const), oracle: address }),
)

const integer = fc.oneof(fc.integer(), fc.constantFrom(0, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER))
const reportLie: fc.Arbitrary<ReportLie> = fc.oneof(
  fc.record({ kind: fc.constantFrom('silent' as const, 'frozen' as const) }),
  fc.record({ kind: fc.constant('step' as const), bps: integer }),
  fc.record({ kind: fc.constant('drift' as const), bpsPerHour: integer }),
  fc.record({ kind: fc.constantFrom('venue' as const, 'floor' as const), priceE8: int256 }),
  fc.record({ kind: fc.constant('decimals' as const), shift: integer }),
  fc.record({ kind: fc.constant('answer' as const), answerE8: int256 }),
  fc.record({ kind: fc.constant('round-back' as const), rounds: count }),
)
export const misreportOrder: fc.Arbitrary<MisreportOrder> = fc.record({
  oracle: address,
  lie: reportLie,
  untilMs: count,
})

export const oracleEvent: fc.Arbitrary<OracleEvent> = fc.oneof(
  fc.record({ kind: fc.constant('price-posted' as const), ...answer, reporter: address }),
  fc.record({ kind: fc.constant('price-updated' as const), ...answer }),
  fc.record({
    kind: fc.constant('average-taken' as const),
    oracle: address,
    cumulative: fc.oneof(uint256, int256),
    answerE8: fc.option(int256, { nil: null }),
  }),
  fc.record({
    kind: fc.constant('oracle-poked' as const),
    oracle: address,
    currentE8: int256,
    queuedE8: int256,
  }),
)
