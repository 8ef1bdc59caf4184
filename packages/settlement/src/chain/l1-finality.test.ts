import { describe, expect, test } from 'vitest'
import { finalizedAt, justifiedAt } from './l1-finality.ts'

// Ethereum: epochs of 32 slots, final two epochs after a block's own: 2 · 32 · 12 s = 768 s at most.
const ethereum = { epochSlots: 32, finalityEpochs: 2 }

describe('finality of the L1', () => {
  test('justifies an epoch at the first block of the next one', () => {
    expect([0, 31, 32, 63, 64].map((number) => justifiedAt(number, ethereum))).toEqual([0, 0, 31, 31, 63])
  })

  test('finalises an epoch two epochs after its own', () => {
    expect([0, 63, 64, 95, 96].map((number) => finalizedAt(number, ethereum))).toEqual([0, 0, 31, 31, 63])
  })

  test('takes a block 768 s at most, and never falls or overtakes', () => {
    for (let number = 0; number < 500; number++) {
      const final = finalizedAt(number, ethereum)
      expect(final <= justifiedAt(number, ethereum) && justifiedAt(number, ethereum) <= number).toBe(true)
      expect(finalizedAt(number + 1, ethereum)).toBeGreaterThanOrEqual(final)
      expect(finalizedAt(number + 64, ethereum)).toBeGreaterThanOrEqual(number)
    }
  })
})
