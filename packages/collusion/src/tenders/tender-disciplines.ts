// The disciplines that a study keeps: who is admitted to a tender, and what a fade costs its bidder.
import {
  BondRegister,
  DenyList,
  type Discipline,
  FadeBreaker,
  type Payment,
  Reputation,
} from '@solvent/mechanisms'
import { VALUE_UNITS } from './tender-clearing.ts'
import type { TenderStudy } from './tender-study.ts'

/** How often the fade breaker judges (UniswapX: every ten minutes). */
const JUDGING_SECONDS = 600
const VALUE = BigInt(VALUE_UNITS)

export interface KeptDisciplines {
  readonly list: readonly Discipline[]
  admits(bidder: string, time: number): boolean
  /** @returns what the bidder has to pay, in order values */
  settle(bidder: string, isFaded: boolean, time: number): number
}

/** Null where a study keeps none. */
export function keepDisciplines({ disciplines, bidders }: TenderStudy): KeptDisciplines | null {
  if (disciplines === undefined) return null
  const { tenderSeconds, kept, bonds } = disciplines
  const breaker = kept.includes('fade-breaker') ? new FadeBreaker() : null
  const denied = bonds === undefined ? null : new DenyList()
  const units = (part: number) => BigInt(Math.round(part * VALUE_UNITS))
  const register =
    bonds === undefined
      ? null
      : new BondRegister(
          { least: units(bonds.least), slashBps: bonds.slashBps },
          new Map(bidders.map(({ name }) => [name, units(bonds.posted)])),
        )
  const list: Discipline[] = [
    ...(breaker === null ? [] : [breaker]),
    ...(kept.includes('reputation') ? [new Reputation()] : []),
    ...(register === null ? [] : [register]),
    ...(denied === null ? [] : [denied]),
  ]
  let judged = 0
  return {
    list,
    admits(bidder, time) {
      const now = time * tenderSeconds
      for (; breaker !== null && judged + JUDGING_SECONDS <= now; judged += JUDGING_SECONDS)
        breaker.run(judged + JUDGING_SECONDS)
      return list.every((each) => each.admits(bidder, now))
    },
    settle(bidder, isFaded, time) {
      const dueSeconds = time * tenderSeconds
      const payments: Payment[] = list.flatMap((each) => [
        ...each.record({ lot: 'order', bidder, isFaded, amount: VALUE, dueSeconds }),
      ])
      if (payments.length > 0) denied?.deny(bidder, dueSeconds + (bonds?.denySeconds ?? 0))
      return payments.reduce((sum, { amount }) => sum + Number(amount), 0) / VALUE_UNITS
    },
  }
}
