/**
 * What a period of learning costs, beside a bare loop that reads and writes as many values and decides nothing. Peers on one
 * core of another machine, M periods/s of two firms: the authors' Fortran 4.7, a C++ port 7.4, a tight C++ loop 50,
 * plain JavaScript on typed arrays 20. Below them the repeated auction with any strategies, for which nobody has published a rate: two bidders with
 * private costs at first price, regrets measured; learners choose among eleven levels and judge them all after every tender.
 */
import type { StrategyConfig } from '@solvent/strategies'
import {
  authorsDraws,
  authorsStudy,
  banchioSkrzypacz,
  calvanoBaseline,
  createSessions,
  pricingGame,
  pricingSession,
} from '../src/index.ts'
import { playTenders } from '../src/tenders/play-tenders.ts'
import { all, smallStudy } from '../src/tenders/study.testing.ts'

export const name = 'learn: M periods/s of two firms, and of two bidders'

const REPEATS = 16
const TENDERS = 100_000
const TENDER_STRATEGIES = [
  'competitive',
  'multiplicative-weights',
  'regret-matching',
  'exp3',
  'q-learning',
] as const
const GOALS = { pricing: 18, auction: 8 }

export function run(): void {
  const bare = fastest(() => bareLoop(4_000_000))
  const pricing = createSessions({ kind: 'pricing', study: calvanoBaseline() }, 1)
  const window = calvanoBaseline().window
  let session = 0
  const firms = fastest(() => {
    const { periods, converged } = pricing(++session)
    return converged ? periods + window : periods
  })
  const study = authorsStudy()
  const game = pricingGame(study)
  const docked = fastest(() => pricingSession(study, game, authorsDraws(2, [4e-6, 4e-6], 15)).totalPeriods)
  const bidding = (payment: number) => {
    const auction = banchioSkrzypacz(payment)
    const play = createSessions({ kind: 'auction', study: auction }, 1)
    let at = 0
    return fastest(() => {
      play(++at)
      return auction.periods
    })
  }
  const first = bidding(1)
  const second = bidding(2)
  const tenders = (strategy: StrategyConfig) => {
    const study = smallStudy({
      ...{ tenders: TENDERS, bidders: all(strategy, ['one', 'other']), counterfactual: null },
      markets: { chains: 1, assets: 1, users: 1 },
    })
    let at = 0
    return fastest(() => {
      playTenders(study, { seed: 1, session: ++at, withRegret: true, kept: 0 })
      return TENDERS
    })
  }
  const row = (what: string, rate: number, goal: number | null) => ({
    what,
    'M periods/s': rate.toFixed(1),
    'of a bare loop': (rate / bare).toFixed(4),
    goal: goal === null ? '' : `${goal}: ${rate >= goal ? 'met' : 'missed'}`,
  })
  console.table([
    row('bare loop', bare, null),
    row('two firms, Q-learning', firms, GOALS.pricing),
    row("two firms, the authors' random streams", docked, null),
    row('two bidders, first price', first, GOALS.auction),
    row('two bidders, second price', second, null),
    ...TENDER_STRATEGIES.map((kind) => row(`tenders, two of ${kind}`, tenders({ kind }), null)),
  ])
}

/** The best of some repeats, in millions of periods per second of processor time: others on the machine cost less of it. */
function fastest(work: () => number): number {
  work()
  let best = 0
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const before = process.cpuUsage()
    const periods = work()
    const { user, system } = process.cpuUsage(before)
    best = Math.max(best, periods / (user + system))
  }
  return best
}

const STATES = 225
const RECORD = 17

/** For each period: two choices, two rewards, four values read, two written, on tables of the same size. */
function bareLoop(periods: number): number {
  const values = new Float64Array(STATES * 2 * RECORD).fill(1)
  const rewards = new Float64Array(STATES * 2).fill(0.1)
  let state = 0
  let word = 1
  for (let period = 0; period < periods; period++) {
    word = (Math.imul(word, 1664525) + 1013904223) | 0
    const action1 = (word >>> 8) % 15
    const action2 = (word >>> 20) % 15
    const next = (Math.imul(action1, 15) + action2) | 0
    const cell1 = (Math.imul(state, 2 * RECORD) + 2 + action1) | 0
    const cell2 = (cell1 + RECORD - action1 + action2) | 0
    const old1 = values[cell1] as number
    const old2 = values[cell2] as number
    values[cell1] =
      old1 +
      0.15 * ((rewards[next << 1] as number) + 0.95 * (values[Math.imul(next, 2 * RECORD)] as number) - old1)
    values[cell2] =
      old2 +
      0.15 *
        ((rewards[(next << 1) + 1] as number) +
          0.95 * (values[Math.imul(next, 2 * RECORD) + RECORD] as number) -
          old2)
    state = next
  }
  if (!Number.isFinite(values[0])) throw new Error('the bare loop left the numbers')
  return periods
}
