// Misconduct against competition on the same flow, and the same bidders in different mechanisms: what the literature says must happen.
import { FadeBreaker, type MechanismConfig, type MechanismName, mechanismRules } from '@solvent/mechanisms'
import { describe, expect, test } from 'vitest'
import {
  type TenderStrategyConfig,
  type TenderStrategyName,
  tenderStrategyKinds,
} from '../tender/tender-strategies.ts'
import { asTenders, flowOutcome } from './flow-outcome.ts'
import { drawFlow, type FlowTerms } from './order-flow.ts'
import { type FlowGame, playFlow } from './play-flow.ts'

const BIDDERS = ['a', 'b', 'c', 'd']
const RING = ['a', 'b', 'c']
const terms: FlowTerms = {
  seed: 7,
  orders: 400,
  bidders: BIDDERS,
  chains: ['one', 'two', 'three', 'four', 'five', 'six'],
  assets: ['USDC', 'ETH'],
  users: ['u1', 'u2', 'u3', 'u4', 'u5', 'u6'],
  lowestCost: 0,
  highestCost: 1,
  reserve: 1,
  longestDelayMs: 100,
}
const flow = drawFlow(terms)

interface Setting {
  readonly mechanism?: MechanismConfig
  readonly ring?: readonly string[]
  readonly kind?: TenderStrategyName
  readonly parameters?: Record<string, number>
  readonly others?: TenderStrategyName
  readonly game?: Partial<FlowGame>
  readonly orders?: ReturnType<typeof drawFlow>
}

function play({ ring = RING, kind, parameters = {}, others = 'equilibrium', ...setting }: Setting) {
  const strategies = new Map<string, TenderStrategyConfig>(
    BIDDERS.map((bidder) => [
      bidder,
      kind !== undefined && ring.includes(bidder) ? { kind, parameters, ring } : { kind: others },
    ]),
  )
  const game: FlowGame = {
    mechanism: setting.mechanism ?? { rule: 'first-price' },
    strategies,
    seed: 7,
    revealsBids: true,
    ...setting.game,
  }
  return playFlow(setting.orders ?? flow, game)
}
const paid = (setting: Setting) => flowOutcome(play(setting)).meanPaid
const competitive = paid({})

describe('competition', () => {
  test('pays 2/(n+1) at first and at second price, and the same in a Dutch decay, sealed or by quote', () => {
    // Standard errors from priceVariance(n = 4): first price 0.122/20, second price 0.163/20.
    expect(Math.abs(competitive - 0.4)).toBeLessThan(4 * 0.0061)
    expect(Math.abs(paid({ mechanism: { rule: 'second-price' } }) - 0.4)).toBeLessThan(4 * 0.0082)
    for (const mechanism of [
      { rule: 'dutch', decayMs: 1_000_000, tickMs: 100 },
      { rule: 'sealed-encrypted' },
      { rule: 'request-for-quote' },
    ] as const satisfies MechanismConfig[])
      expect(Math.abs(paid({ mechanism }) - competitive)).toBeLessThan(0.002)
  })

  test('pays the same in priority fees, which grow the output from the reserve', () => {
    const limited = drawFlow({ ...terms, reserve: 0.9 })
    const [first, fees] = (['first-price', 'priority-fee'] as const).map(
      (rule) => flowOutcome(play({ mechanism: { rule }, orders: limited })).meanPaid,
    )
    expect(fees).toBeCloseTo(first ?? 0, 6)
  })

  test('lets latency keep the rent where the first to come is served', () => {
    expect(paid({ mechanism: { rule: 'first-come' } })).toBe(1)
  })

  test('of bidders that respond to what they see comes near the equilibrium price, and the same flow plays twice alike', () => {
    const seen = play({ others: 'best-response' })
    expect(Math.abs(flowOutcome(seen).meanPaid - competitive)).toBeLessThan(0.05)
    expect(play({ others: 'best-response' })).toEqual(seen)
  })
})

describe('misconduct on the same flow', () => {
  const collusive = [
    'bid-rotation',
    'bid-suppression',
    'cover-bidding',
    'side-payments',
    'chain-division',
    'user-division',
    'sybil',
  ] as const satisfies TenderStrategyName[]

  test.each(collusive)('%s makes users pay more', (kind) => {
    const parameters = kind === 'bid-rotation' ? { pricePpm: 970_000 } : {}
    expect(paid({ kind, parameters })).toBeGreaterThan(competitive + 0.02)
  })

  test('a second-price ring of three in four pays 0.55 instead of 0.4 (Graham and Marshall 1987)', () => {
    const price = paid({ mechanism: { rule: 'second-price' }, kind: 'bid-suppression' })
    expect(Math.abs(price - 0.55)).toBeLessThan(0.05)
    const withheld = paid({ mechanism: { rule: 'second-price' }, kind: 'withhold-second-best' })
    expect(withheld).toBeCloseTo(price, 9)
  })

  test('rotation by a ring of all gives everyone the same share, and costs more than the cheapest', () => {
    const all = flowOutcome(play({ ring: BIDDERS, kind: 'bid-rotation' }))
    expect([...all.wins.values()]).toEqual([100, 100, 100, 100])
    expect(all.hhi).toBe(0.25)
    expect(all.meanWinnerCost).toBeGreaterThan(0.45)
    const silent = play({ ring: BIDDERS, kind: 'bid-rotation', parameters: { coverPpm: 0 } })
    expect(flowOutcome(silent).contestedShare).toBe(0)
  })

  test('noise breaks the sequence of turns, deviation lowers the price, and punishment lowers it more', () => {
    const turns = (parameters: Record<string, number>) =>
      play({ ring: BIDDERS, kind: 'bid-rotation', parameters }).tenders.filter(
        ({ winner, order }) => winner !== BIDDERS[order.time % 4],
      ).length
    expect(turns({})).toBe(0)
    // 0.15 of turns are drawn, of which three in four go to another: 45 of 400, sd 6.3.
    expect(Math.abs(turns({ noisePpm: 150_000 }) - 45)).toBeLessThan(4 * 6.3)
    const price = (parameters: Record<string, number>) =>
      paid({ ring: BIDDERS, kind: 'bid-rotation', parameters })
    const kept = price({})
    const broken = price({ deviationPpm: 30_000 })
    expect(broken).toBeLessThan(kept)
    expect(price({ deviationPpm: 30_000, punishmentLength: 10 })).toBeLessThan(broken - 0.1)
  })

  test('side payments divide the gain among all members, and nothing is owed for a fair price', () => {
    const { tenders } = play({ ring: BIDDERS, kind: 'side-payments' })
    const [first] = tenders
    if (first === undefined || first.winner === null) throw new Error('nobody won')
    const cost = first.winnerCost ?? 0
    const gain = first.paid - (cost + (1 - cost) / 4)
    expect(first.sidePayments.map(({ part }) => part)).toEqual(Array(3).fill(expect.closeTo(gain / 4, 9)))
    expect(new Set(first.sidePayments.map(({ to }) => to)).has(first.winner)).toBe(false)
  })

  test('division leaves every market to one member', () => {
    const { tenders } = play({ ring: BIDDERS, kind: 'chain-division' })
    for (const chain of terms.chains)
      expect(
        new Set(tenders.filter(({ order }) => order.market.chain === chain).map(({ winner }) => winner)).size,
      ).toBe(1)
  })

  test('a fade cartel rides below the breaker, and is benched one fade above it', () => {
    const benched = (marginFades: number) => {
      const breaker = new FadeBreaker()
      const game = { disciplines: [breaker], periodSeconds: 60 }
      const played = play({
        ring: ['a'],
        kind: 'fade-cartel',
        parameters: { windowLength: 1_440, marginFades },
        mechanism: { rule: 'request-for-quote' },
        game,
      })
      breaker.run(flow.length * 60)
      return { fades: flowOutcome(played).fades, until: breaker.standing('a').blockedUntil }
    }
    const { fades, until } = benched(0)
    expect(fades).toBeGreaterThan(2)
    expect(until).toBe(0)
  })

  test('a last look wins by a tick where the shield leaks, and competes where it holds', () => {
    const setting = { ring: ['a'], kind: 'last-look' } as const
    const wins = (leakPpm: number) =>
      flowOutcome(play({ ...setting, game: { shield: { leakPpm, leaksTo: ['a'] } } })).wins.get('a') ?? 0
    const [tight, leaky, open] = [wins(0), wins(500_000), wins(1_000_000)]
    expect(tight).toBeLessThan(leaky)
    expect(leaky).toBeLessThan(open)
    // With every bid seen it wins whenever its cost is below the best of them, 1/4 + 3/4 of the lowest of three costs: 7/16 of 400.
    expect(Math.abs(open - 175)).toBeLessThan(40)
  })

  test('overbidding takes orders below cost', () => {
    const { tenders } = play({
      ring: ['a'],
      kind: 'filter-rival-batch',
      parameters: { targetPpm: 1_000_000 },
      mechanism: { rule: 'fair-combinatorial' },
      others: 'truthful',
    })
    const own = tenders.filter(({ winner }) => winner === 'a')
    expect(own.length).toBeGreaterThan(50)
    for (const { paid: price, winnerCost } of own) expect(price).toBeLessThan(winnerCost ?? 0)
  })
})

test('every strategy meets every mechanism, with bids that are prices', () => {
  const short = flow.slice(0, 12)
  for (const rule of Object.keys(mechanismRules) as MechanismName[])
    for (const kind of Object.keys(tenderStrategyKinds) as TenderStrategyName[]) {
      const config = { kind, ring: RING }
      const strategies = new Map<string, TenderStrategyConfig>(
        BIDDERS.map((bidder) => [bidder, RING.includes(bidder) ? config : { kind: 'equilibrium' }]),
      )
      const { tenders } = playFlow(short, { mechanism: { rule }, strategies, seed: 7, revealsBids: true })
      for (const { bids, paid: price } of tenders) {
        for (const bid of bids.values()) expect(bid >= 0 && bid <= 1).toBe(true)
        expect(price >= 0 && price <= 1).toBe(true)
      }
    }
})

test('a played flow is a matrix of bids with its ring, for a screen', () => {
  const { bidders, tenders, ring } = asTenders(play({ kind: 'bid-suppression' }))
  expect([bidders, ring]).toEqual([BIDDERS, [0, 1, 2]])
  expect(tenders[0]?.bids.filter((bid) => bid === null).length).toBe(2)
  expect(tenders[0]?.costs.length).toBe(4)
})
