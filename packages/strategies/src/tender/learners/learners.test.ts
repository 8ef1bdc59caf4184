import { describe, expect, it } from 'vitest'
import type { Tender, TenderOutcome } from '../tender.ts'
import { createTenderStrategy, type TenderStrategyName } from '../tender-strategies.ts'

const LEARNERS = [
  'boltzmann-q-learning',
  'exp3',
  'multiplicative-weights',
  'q-learning',
  'regret-matching',
  'synchronous-q-learning',
] as const satisfies readonly TenderStrategyName[]

/** Draws on [0, 1), the same for the same seed: mulberry32. */
function drawsFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const MARKET = { chain: 'one', asset: 'USDC', user: 'u' }

function tender(index: number, draw: () => number): Tender {
  return {
    id: `t${index}`,
    time: index,
    rule: 'first-price',
    self: 'a',
    bidders: ['a', 'b'],
    market: MARKET,
    cost: 0,
    reserve: 1,
    told: null,
    leaked: null,
    draw,
  }
}

/** Against a rival that always asks for `rival`: the mean price of the last tenders. */
function meanPrice(
  kind: TenderStrategyName,
  rival: number,
  { revealed = true, tenders = 4000, seed = 1 } = {},
): number {
  const parameters = kind.includes('q-learning')
    ? {
        memory: 0,
        discountPpm: 0,
        ...(kind.startsWith('b')
          ? { temperaturePpm: 100_000, coolingPerBillion: 2_000_000 }
          : { decayPerBillion: 3_000_000 }),
      }
    : {}
  const learner = createTenderStrategy({ kind, parameters })
  const draw = drawsFrom(seed)
  let sum = 0
  const last = 500
  for (let index = 0; index < tenders; index++) {
    const now = tender(index, draw)
    const price = learner.bid(now)!
    if (index >= tenders - last) sum += price
    const winner = price < rival ? 'a' : 'b'
    learner.learn?.({
      ...now,
      winner,
      paid: Math.min(price, rival),
      faded: [],
      prices: revealed
        ? new Map([
            ['a', price],
            ['b', rival],
          ])
        : new Map(),
    } satisfies TenderOutcome)
  }
  return sum / last
}

describe('learners', () => {
  // With 11 levels from 0 to 1 the best answer to 0.65 is 0.6: it wins and keeps 0.6.
  it.each(LEARNERS)('%s finds the price just below a rival that never moves', (kind) => {
    expect(Math.abs(meanPrice(kind, 0.65) - 0.6)).toBeLessThan(kind === 'exp3' ? 0.12 : 0.05)
  })

  it('exp3 and Q-learning need to hear only what their own bid earned', () => {
    expect(Math.abs(meanPrice('exp3', 0.65, { revealed: false }) - 0.6)).toBeLessThan(0.12)
    expect(Math.abs(meanPrice('q-learning', 0.65, { revealed: false }) - 0.6)).toBeLessThan(0.05)
  })

  it.each(LEARNERS)(
    '%s goes on as if nothing had happened after its memory was saved and restored',
    (kind) => {
      const draw = drawsFrom(2)
      const draws = Array.from({ length: 400 }, draw)
      const play = (restartAt: number) => {
        let learner = createTenderStrategy({ kind })
        let at = 0
        return Array.from({ length: 60 }, (_, index) => {
          if (index === restartAt) {
            const saved = learner.memory!.save()
            learner = createTenderStrategy({ kind })
            learner.memory!.restore(saved)
          }
          at = index * 5
          const now = tender(index, () => draws[at++]!)
          const price = learner.bid(now)!
          // The outcome of a tender comes two tenders later.
          if (index >= 2)
            learner.learn?.({
              ...now,
              id: `t${index - 2}`,
              winner: 'b',
              paid: 0.5,
              faded: [],
              prices: new Map([['b', 0.5]]),
            })
          return price
        })
      }
      expect(play(30)).toEqual(play(-1))
    },
  )

  it('say the same again when asked twice, and nothing when the cost leaves no room', () => {
    const draw = drawsFrom(3)
    const learner = createTenderStrategy({ kind: 'exp3' })
    const now = tender(1, draw)
    expect(learner.bid(now)).toBe(learner.bid(now))
    expect(learner.bid({ ...now, id: 'other', cost: 1 })).toBeNull()
  })

  it('refuse the memory of another learner', () => {
    const saved = createTenderStrategy({ kind: 'exp3', parameters: { levels: 5 } }).memory!.save()
    expect(() => createTenderStrategy({ kind: 'exp3' }).memory!.restore(saved)).toThrow(/not the memory/)
  })
})
