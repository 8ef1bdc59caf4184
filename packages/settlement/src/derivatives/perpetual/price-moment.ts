// What the oracles of a clearing house say at the moment of a call, as its rules take it.
import type { CallContext } from '../../execution/call-context.ts'
import { readAnswer } from '../../oracle/read-answer.ts'
import type { PriceMoment } from './clearing-house.ts'
import type { PerpetualContract } from './perpetual-contract.ts'

export function momentOf({ state, now, rules }: CallContext, { spec }: PerpetualContract): PriceMoment {
  return {
    atSeconds: now,
    indexE8: (name) => {
      const index = spec.markets.find((market) => market.name === name)?.index
      if (index === undefined) return null
      return rules.acceptedPrice(index, now, (oracle) => readAnswer(state, oracle, now))?.answerE8 ?? null
    },
  }
}
