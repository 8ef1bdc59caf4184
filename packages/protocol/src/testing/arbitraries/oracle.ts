// Random calls and events of oracles.
import fc from 'fast-check'
import type { OracleCall } from '../../oracle/oracle-call.ts'
import type { OracleEvent } from '../../oracle/oracle-event.ts'
import { address, count } from './scalars.ts'

const int256 = fc.oneof(
  fc.bigInt({ min: -(2n ** 255n), max: 2n ** 255n - 1n }),
  fc.constantFrom(0n, -1n, -(2n ** 255n), 2n ** 255n - 1n),
)
const answer = { oracle: address, round: count, answerE8: int256 }

export const oracleCall: fc.Arbitrary<OracleCall> = fc.oneof(
  fc.record({ kind: fc.constant('post-price' as const), ...answer }),
  fc.record({ kind: fc.constant('poke-oracle' as const), oracle: address }),
)

export const oracleEvent: fc.Arbitrary<OracleEvent> = fc.oneof(
  fc.record({ kind: fc.constant('price-posted' as const), ...answer, reporter: address }),
  fc.record({ kind: fc.constant('price-updated' as const), ...answer }),
  fc.record({
    kind: fc.constant('oracle-poked' as const),
    oracle: address,
    currentE8: int256,
    queuedE8: int256,
  }),
)
