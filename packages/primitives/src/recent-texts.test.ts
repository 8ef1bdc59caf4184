import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeCanonical, encodeCanonical } from './index.ts'
import { RecentTexts } from './recent-texts.ts'

const addressOf = (i: number): string => `0x${i.toString(16).padStart(40, '0')}`

test('gives back an equal text, whatever came before', () => {
  const texts = new RecentTexts(4)
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => texts.shared(text) === text))
})

test('remembers no more than twice as many as it must, however many come', () => {
  const texts = new RecentTexts(16)
  for (let i = 0; i < 1_000; i++) texts.shared(addressOf(i))
  expect(texts.size).toBeGreaterThanOrEqual(16)
  expect(texts.size).toBeLessThanOrEqual(32)
})

test('remembers nothing that is short, or longer than a signature', () => {
  const texts = new RecentTexts()
  for (const length of [0, 1, 31, 133, 60_000]) texts.shared('x'.repeat(length))
  expect(texts.size).toBe(0)
  for (const length of [32, 42, 66, 132]) texts.shared('x'.repeat(length))
  expect(texts.size).toBe(4)
})

test('a block that many have decoded holds the texts of one', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const held = async (): Promise<number> => {
    await setTimeout(1)
    collect()
    return process.memoryUsage().heapUsed
  }
  // Sixty copies of 4,000 hashes: 20 MB and more of text apart, half a megabyte and the lists' own 2 MB together.
  const bytes = encodeCanonical(
    Array.from({ length: 4_000 }, (_, i) => `0x${addressOf(i).slice(2).padStart(64, '0')}`),
  )
  const before = await held()
  const copies = Array.from({ length: 60 }, () => decodeCanonical(bytes))
  const grown = (await held()) - before
  expect(copies).toHaveLength(60)
  expect(grown).toBeLessThan(8e6)
})
