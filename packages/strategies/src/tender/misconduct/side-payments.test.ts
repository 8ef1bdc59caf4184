// Side payments in a long run: a member remembers what it would have asked for only of the last tenders, so that those it lost cost nothing.
import { expect, test } from 'vitest'
import { createTenderStrategy } from '../tender-strategies.ts'

const RING = ['atlas', 'borealis']
const MARKET = { chain: 'ethereum', asset: 'USDC', user: 'alice' }
const known = (id: number) => ({
  id: `t${id}`,
  time: 0,
  rule: 'second-price',
  bidders: RING,
  market: MARKET,
  reserve: 1,
})

test('what is owed is known of the last 4,096 tenders and of none before', () => {
  const atlas = createTenderStrategy({ kind: 'side-payments', ring: RING })
  // Nobody speaks, and at time 0 it is the first member's turn.
  for (let id = 0; id <= 4_096; id += 1)
    atlas.bid({ ...known(id), self: 'atlas', cost: 0.1, told: null, leaked: null, draw: () => 0.5 })
  const owed = (id: number) =>
    atlas.owes?.({ ...known(id), winner: 'atlas', paid: 0.99, faded: [], prices: new Map() })
  expect(owed(0)).toEqual([])
  expect(owed(1)).toEqual([{ to: 'borealis', part: expect.any(Number) }])
  expect(owed(4_096)).toHaveLength(1)
  // Each is owed once.
  expect(owed(4_096)).toEqual([])
})
