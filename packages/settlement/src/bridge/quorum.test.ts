import { ZERO_ADDRESS } from '@solvent/primitives'
import { describe, expect, test } from 'vitest'
import { address } from '../testing/small-network.ts'
import { quorumMet, setAccepted, signersBelong, signersDistinct } from './quorum.ts'

const [a, b, c] = ['x', 'y', 'z'].map(address).sort() as [never, never, never]

describe('a quorum', () => {
  // S-6: count >= m >= 1, never with m = 0, n = 0 or more signatures asked for than there are verifiers.
  test.each([
    { count: 1, threshold: 2, setSize: 3, met: false },
    { count: 2, threshold: 2, setSize: 3, met: true },
    { count: 3, threshold: 2, setSize: 3, met: true },
    { count: 1, threshold: 1, setSize: 1, met: true },
    { count: 0, threshold: 0, setSize: 3, met: false },
    { count: 3, threshold: 0, setSize: 3, met: false },
    { count: 0, threshold: 0, setSize: 0, met: false },
    { count: 1, threshold: 1, setSize: 0, met: false },
    { count: 3, threshold: 4, setSize: 3, met: false },
    { count: 4, threshold: 4, setSize: 3, met: false },
    // Wormhole's core bridge: 13 of 19.
    { count: 12, threshold: 13, setSize: 19, met: false },
    { count: 13, threshold: 13, setSize: 19, met: true },
  ])('of $count signatures, $threshold needed of $setSize: $met', ({ count, threshold, setSize, met }) => {
    expect(quorumMet(count, threshold, setSize)).toBe(met)
  })

  test('counts nobody twice: signers come in strictly increasing order', () => {
    expect(signersDistinct([a, b, c])).toBe(true)
    expect(signersDistinct([a, a, b])).toBe(false)
    expect(signersDistinct([b, a])).toBe(false)
    expect(signersDistinct([])).toBe(true)
  })

  test('counts only members, and never the zero address', () => {
    expect(signersBelong([a, b], [a, b])).toBe(true)
    expect(signersBelong([a, c], [a, b])).toBe(false)
    expect(signersBelong([ZERO_ADDRESS], [ZERO_ADDRESS])).toBe(false)
  })

  test('may come from a retired set through the last second of its grace', () => {
    expect([99, 100, 101].map((now) => setAccepted(100, now))).toEqual([true, true, false])
    expect(setAccepted(null, 2 ** 32 - 1)).toBe(true)
  })
})
