import { createStreams } from '@solvent/kernel'
import { describe, expect, it } from 'vitest'
import { rowOf } from '../bids/bid-matrix.ts'
import { CONDUCTS, conductOf } from './conduct.ts'
import { labelledMarket } from './labelled-market.ts'
import { honestAsk, type PricingRule } from './pricing-rule.ts'

const stream = (name: string) => createStreams(1).stream(name)

describe('honest asks', () => {
  // Cost 105 of 100 to 120; three compete.
  it.each([
    ['first-price', 110], // 105 + 15/3
    ['second-price', 105],
    ['mixed-payment', 108], // 105 + 15·½/2.5
    ['falling-price', 110],
    ['cost-plus', 108], // 105 + 20·0.15
    ['capped-reward', 109], // 105 + 15/3 − 100·0.01
    ['fading-quotes', 110],
  ] as const)('under %s', (rule, ask) => {
    expect(honestAsk(rule, { cost: 105, reserve: 120 }, 3)).toBeCloseTo(ask, 9)
  })

  it('of a falling price are seen on the steps of its blocks', () => {
    const { matrix } = labelledMarket(
      { kind: 'competitive', bidders: 5, tenders: 10, rule: 'falling-price' },
      stream('steps'),
    )
    for (const [tender, { base }] of matrix.tenders.entries())
      for (const bid of rowOf(matrix, matrix.bids, tender)) {
        const steps = bid / (0.004 * base!)
        expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-4)
      }
  })
})

describe('labelled markets', () => {
  // Tender 0 of bids-cover-201.json: 195.79054 + 0.85 (0.995 · 214.0434 − 195.79054) = 210.395787.
  it('cover: the cheapest of the ring asks what the reference asks, the others 1 to 3 % more', () => {
    const draw = {
      base: 178.3695,
      reserve: 214.0434,
      chain: 0,
      asset: 1,
      costs: [195.79054, 199.487535, 202.773067, 196.909375, 183.770096, 197.733132],
      utilisation: [],
    }
    const ring = [0, 1, 2, 3]
    const { bids, designated } = conductOf('cover', {
      draw,
      ring,
      turn: 0,
      rule: 'first-price',
      stream: stream('cover'),
    })
    expect(designated).toBe(0)
    expect(bids[0]).toBeCloseTo(210.395787, 5)
    for (const bidder of [1, 2, 3]) {
      expect(bids[bidder]! / bids[0]!).toBeGreaterThanOrEqual(1.01)
      expect(bids[bidder]! / bids[0]!).toBeLessThan(1.03)
    }
  })

  it('rotation: everyone in turn, and in time the same share for each', () => {
    const { designated, matrix } = labelledMarket(
      { kind: 'rotation', bidders: 4, tenders: 8 },
      stream('rotation'),
    )
    expect(designated).toEqual([0, 1, 2, 3, 0, 1, 2, 3])
    expect([...rowOf(matrix, matrix.bids, 5)].indexOf(Math.min(...rowOf(matrix, matrix.bids, 5)))).toBe(1)
  })

  it('suppression: one of the ring bids, and all of the others', () => {
    const { matrix } = labelledMarket({ kind: 'suppression', bidders: 6, tenders: 20 }, stream('suppression'))
    for (const tender of matrix.tenders.keys())
      expect(rowOf(matrix, matrix.bids, tender).filter((bid) => !Number.isNaN(bid))).toHaveLength(3)
  })

  it('division: bids only at home', () => {
    const { matrix } = labelledMarket({ kind: 'division', bidders: 6, tenders: 20 }, stream('division'))
    for (const [tender, { chain }] of matrix.tenders.entries())
      for (const [bidder, bid] of rowOf(matrix, matrix.bids, tender).entries())
        expect(Number.isNaN(bid)).toBe(bidder % 3 !== Number(chain))
  })

  it('sybil: names of one owner ask a thousandth more each', () => {
    const { matrix, ring } = labelledMarket({ kind: 'sybil', bidders: 5, tenders: 5 }, stream('sybil'))
    expect(ring).toEqual([0, 1])
    for (const tender of matrix.tenders.keys()) {
      const [first, second] = rowOf(matrix, matrix.bids, tender)
      expect(second! / first!).toBeGreaterThan(1)
      expect(second! / first!).toBeLessThan(1.002)
    }
  })

  it('who is busy elsewhere does not come, but whoever is to win does', () => {
    const market = { kind: 'cover', bidders: 6, tenders: 50, absence: 0.3 } as const
    const { matrix, designated } = labelledMarket(market, stream('absence'))
    const bids = [...matrix.bids]
    const away = bids.filter((bid) => Number.isNaN(bid)).length
    // 250 bids may be missing, each with 0.3: 75, give or take three times 7.2.
    expect(Math.abs(away - 75)).toBeLessThan(22)
    for (const tender of matrix.tenders.keys())
      expect(rowOf(matrix, matrix.bids, tender)[designated[tender]!]).not.toBeNaN()
  })

  it('quotes that fade are withdrawn where costs rise above them, others not', () => {
    const missing = (rule: PricingRule) => {
      const market = { kind: 'competitive', bidders: 6, tenders: 50, rule } as const
      return labelledMarket(market, stream('fades')).matrix.bids.filter(Number.isNaN).length
    }
    expect(missing('first-price')).toBe(0)
    // Margins are uniform from 0 to 0.2/6 of the base; costs move by σ 0.02 of themselves, asks by 0.012: 300 · 0.26 or so.
    expect(missing('fading-quotes')).toBeGreaterThan(45)
    expect(missing('fading-quotes')).toBeLessThan(110)
  })

  it('nobody bids whose cost is above the reserve', () => {
    for (const kind of ['competitive', 'cover', 'rotation'] as const) {
      const market = { kind, bidders: 6, tenders: 60, sharedCostSigma: 0.2 } as const
      const { matrix, designated } = labelledMarket(market, stream('dear'))
      const dear = matrix.tenders.map(({ reserve }, tender) =>
        [...rowOf(matrix, matrix.costs!, tender)].map((cost) => cost > reserve!),
      )
      expect(dear.flat().some(Boolean)).toBe(true)
      for (const [tender, row] of dear.entries())
        for (const [bidder, isDear] of row.entries())
          if (isDear && (kind === 'competitive' || bidder === designated[tender]))
            expect(rowOf(matrix, matrix.bids, tender)[bidder]).toBeNaN()
    }
  })

  it('all come again from the same seed, and differ with another', () => {
    for (const kind of CONDUCTS) {
      const bids = (seed: number) =>
        labelledMarket({ kind, bidders: 5, tenders: 6 }, createStreams(seed).stream(kind)).matrix.bids
      expect(bids(1)).toEqual(bids(1))
      expect(bids(1)).not.toEqual(bids(2))
    }
  })
})
