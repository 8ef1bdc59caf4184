// A study: one experiment with learners, as plain data, and what one session of it comes to. Sessions depend on the
// seed and their number only, so that any number of workers gives the same outcomes, and so that two studies can be
// compared session by session on the same draws.
import { createStreams } from '@solvent/kernel'
import { auctionSession } from '../auction/auction-session.ts'
import type { AuctionStudy } from '../auction/auction-study.ts'
import { stateThatAuthorsRead } from '../calvano/authors-reading.ts'
import { isNashOnPath } from '../calvano/deviation.ts'
import { type ImpulseResponse, impulseResponse } from '../calvano/impulse-response.ts'
import { cycleGain, pricingSession, sessionDraws } from '../calvano/pricing-session.ts'
import { type PricingGame, type PricingStudy, pricingGame } from '../calvano/pricing-study.ts'
import { cycleFrom } from '../learning/limit-play.ts'

export type LearningStudy =
  | { readonly kind: 'pricing'; readonly study: PricingStudy }
  | { readonly kind: 'auction'; readonly study: AuctionStudy }

/** What firms that set prices ended with. */
export interface PricingOutcome {
  readonly kind: 'pricing'
  readonly converged: boolean
  /** Until greedy play last changed. */
  readonly periods: number
  readonly cycleLength: number
  /** Δ */
  readonly profitGain: number
  /** Δ from {@link stateThatAuthorsRead}, where firms remember two periods. */
  readonly profitGainAsRead?: number
  /** Mean over the cycle, by firm. */
  readonly prices: readonly number[]
  readonly profits: readonly number[]
  readonly nashOnPath: boolean
  readonly response: ImpulseResponse
}

/** What bidders ended with. */
export interface AuctionOutcome {
  readonly kind: 'auction'
  readonly converged: boolean
  readonly periods: number
  readonly bids: readonly number[]
  readonly revenue: number
}

export type SessionOutcome = PricingOutcome | AuctionOutcome

/** Makes ready to run sessions of a study, numbered from 1. */
export function createSessions(study: LearningStudy, seed: number): (session: number) => SessionOutcome {
  const streamOf = (session: number) => createStreams(seed).stream(`learn/session-${session}`)
  if (study.kind === 'auction') {
    return (session) => {
      const { converged, lastChange, bids, revenue } = auctionSession(study.study, streamOf(session))
      return { kind: 'auction', converged, periods: lastChange, bids, revenue }
    }
  }
  const pricing = pricingGame(study.study)
  return (session) =>
    pricingOutcome(
      study.study,
      pricing,
      pricingSession(study.study, pricing, sessionDraws(study.study, pricing, streamOf(session))),
    )
}

/** What a session of pricing came to, with its equilibrium check and its response to a deviation. */
export function pricingOutcome(
  { discount, memory }: PricingStudy,
  pricing: PricingGame,
  session: ReturnType<typeof pricingSession>,
): PricingOutcome {
  const { converged, periods, cycle, play, lastState, profitGain, prices, profits } = session
  return {
    kind: 'pricing',
    converged,
    periods,
    cycleLength: cycle.states.length,
    profitGain,
    ...(memory === 2
      ? {
          profitGainAsRead: cycleGain(
            pricing,
            cycleFrom(play, stateThatAuthorsRead(pricing.game, lastState)),
          ),
        }
      : {}),
    prices,
    profits,
    nashOnPath: isNashOnPath(pricing.game, play, cycle, discount),
    response: impulseResponse(pricing, play, cycle, discount),
  }
}
