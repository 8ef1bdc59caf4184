import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { truncate } from './truncation.ts'

describe('truncation to shared decimals', () => {
  test('keeps eight of eighteen decimals and gives the rest back', () => {
    // Wormhole whitepaper 0003: amounts are normalised to at most 8 decimals.
    const crossing = truncate(1_234_567_890_123_456_789n, { source: 18, destination: 18, shared: 8 })
    expect(crossing).toEqual({
      sent: 1_234_567_890_000_000_000n,
      dust: 123_456_789n,
      divisor: 10n ** 10n,
      received: 1_234_567_890_000_000_000n,
    })
  })

  test('rescales between tokens of different decimals', () => {
    expect(truncate(1_500_000n, { source: 6, destination: 18, shared: 8 })).toEqual({
      sent: 1_500_000n,
      dust: 0n,
      divisor: 1n,
      received: 1_500_000_000_000_000_000n,
    })
    expect(truncate(1_999_999_999_999n, { source: 18, destination: 6, shared: 8 })).toEqual({
      sent: 1_000_000_000_000n,
      dust: 999_999_999_999n,
      divisor: 10n ** 12n,
      received: 1n,
    })
  })

  test('loses nothing and rounds nothing on arrival, for any decimals', () => {
    const decimals = fc.record({ source: fc.nat(24), destination: fc.nat(24), shared: fc.nat(18) })
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 200n }), decimals, (amount, crossing) => {
        const { sent, dust, divisor, received } = truncate(amount, crossing)
        expect(sent + dust).toBe(amount)
        expect(dust >= 0n && dust < divisor).toBe(true)
        // The same value on both sides, by cross-multiplication.
        expect(sent * 10n ** BigInt(crossing.destination)).toBe(received * 10n ** BigInt(crossing.source))
      }),
    )
  })
})
