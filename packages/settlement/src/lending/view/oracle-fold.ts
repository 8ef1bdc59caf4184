// Oracles as a follower of their chain knows them: what events say of answers, reports and queues.
import type { Address } from '@solvent/primitives'
import type { ChainEvent } from '@solvent/protocol'
import type { OracleState } from '../../oracle/oracle-state.ts'

/** Folds an event of an oracle; others do nothing. */
export function foldOracle(
  oracles: ReadonlyMap<Address, OracleState>,
  event: ChainEvent,
  timestamp: number,
): void {
  switch (event.kind) {
    case 'price-updated': {
      const { round, answerE8 } = event
      const oracle = oracles.get(event.oracle)
      if (oracle === undefined) return
      if (oracle.answer.get()?.answerE8 !== answerE8) oracle.since.set(timestamp)
      oracle.answer.set({ answerE8, round, updatedAt: timestamp })
      return
    }
    case 'price-posted': {
      const { reporter, round, answerE8 } = event
      oracles.get(event.oracle)?.reports.set(reporter, { round, answerE8 })
      return
    }
    case 'average-taken': {
      const oracle = oracles.get(event.oracle)
      if (oracle === undefined || event.answerE8 === null) return
      const round = (oracle.answer.get()?.round ?? -1) + 1
      oracle.answer.set({ answerE8: event.answerE8, updatedAt: timestamp, round })
      return
    }
    case 'oracle-poked': {
      const oracle = oracles.get(event.oracle)
      if (oracle === undefined) return
      const updatedAt = oracle.queued.get()?.updatedAt ?? timestamp
      const round = (oracle.answer.get()?.round ?? -1) + 1
      oracle.answer.set({ answerE8: event.currentE8, updatedAt, round })
      oracle.queued.set({ answerE8: event.queuedE8, updatedAt: timestamp, round: round + 1 })
      return
    }
  }
}
