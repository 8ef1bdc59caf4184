// What a member watches for: whoever wins out of turn, also when many tenders before were never heard of again.
import { expect, test } from 'vitest'
import { createTenderStrategy } from '../tender-strategies.ts'

const RING = ['atlas', 'borealis']
const known = (id: number) => ({
  id: `t${id}`,
  time: id,
  rule: 'first-price',
  bidders: RING,
  market: { chain: 'ethereum', asset: 'USDC', user: 'alice' },
  reserve: 1,
})

test('a breach is punished after more open tenders than are remembered, and one that is forgotten is not', () => {
  const punished = (breachAt: number, tenders: number) => {
    const atlas = createTenderStrategy({
      kind: 'bid-rotation',
      parameters: { coverPpm: 0, punishmentLength: 10_000 },
      ring: RING,
    })
    const bid = (id: number) =>
      atlas.bid({ ...known(id), self: 'atlas', cost: 0.1, told: null, leaked: null, draw: () => 0.5 })
    for (let id = 0; id < tenders; id += 1) bid(id)
    // Even turns are atlas's: borealis may not win them.
    atlas.learn?.({ ...known(breachAt), winner: 'borealis', paid: 0.5, faded: [], prices: new Map() })
    // Not its turn: it sends nothing, or competes.
    return bid(tenders + (tenders % 2 === 0 ? 1 : 0)) !== null
  }
  expect(punished(4_998, 5_000)).toBe(true)
  expect(punished(0, 5_000)).toBe(false)
  expect(punished(0, 4_000)).toBe(true)
})
