// A small study of tenders that tests change: four bidders, costs uniform on the whole value, nobody late.
import type { StrategyConfig } from '@solvent/strategies'
import type { TenderBidder, TenderStudy } from './tender-study.ts'

export const NAMES = ['ann', 'ben', 'cid', 'dan'] as const

export function bidders(strategies: Readonly<Record<string, StrategyConfig>>): TenderBidder[] {
  return Object.entries(strategies).map(([name, strategy]) => ({
    name,
    strategy,
    costs: { kind: 'uniform', low: 0, high: 1 },
  }))
}

/** All of the four with one strategy. */
export function all(strategy: StrategyConfig, names: readonly string[] = NAMES): TenderBidder[] {
  return bidders(Object.fromEntries(names.map((name) => [name, strategy])))
}

export function smallStudy(change: Partial<TenderStudy> = {}): TenderStudy {
  return {
    mechanism: { rule: 'first-price' },
    reserve: 1,
    bidders: all({ kind: 'equilibrium' }),
    talkingRings: [],
    tenders: 400,
    blocks: 4,
    tolerance: 0.02,
    feedback: 'all-bids',
    markets: { chains: 3, assets: 2, users: 6 },
    sharedCostSigma: 0,
    delaysMs: { low: 0, high: 100 },
    attemptCost: 0,
    exclusiveTo: null,
    counterfactual: { strategy: { kind: 'equilibrium' }, replaces: 'misconduct-and-learners' },
    regretEvery: 1,
    kept: 0,
    ...change,
  }
}
