import { expect, it } from 'vitest'
import { partNow } from './spread-sale.ts'

it('is sold in equal parts until the next look, all of it', () => {
  const sold: bigint[] = []
  let unsold = 100n
  for (const elapsedMs of [120_000, 240_000, 360_000]) {
    const part = partNow({ unsold, elapsedMs, checkMs: 480_000, everyMs: 120_000 })
    sold.push(part)
    unsold -= part
  }
  expect([sold, unsold]).toEqual([[33n, 33n, 34n], 0n])
})

it('is sold at the look where parts are as far apart as looks', () => {
  expect(partNow({ unsold: 7n, elapsedMs: 480_000, checkMs: 480_000, everyMs: 480_000 })).toBe(7n)
  expect(partNow({ unsold: 7n, elapsedMs: 479_999, checkMs: 480_000, everyMs: 120_000 })).toBe(7n)
  expect(partNow({ unsold: -7n, elapsedMs: 0, checkMs: 480_000, everyMs: 120_000 })).toBe(0n)
})
