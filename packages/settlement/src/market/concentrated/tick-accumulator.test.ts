import { describe, expect, it } from 'vitest'
import { accumulateTick, averageTickFloor, priceAtTickX112 } from './tick-accumulator.ts'

const reading = (tickCumulative: bigint, blockTimestampLast: number) => ({
  tickCumulative,
  blockTimestampLast,
})

describe('a sum of ticks', () => {
  it('counts a tick for as long as it lasted, once a moment', () => {
    const first = accumulateTick(reading(0n, 100), 5, 110)
    expect(first).toEqual(reading(50n, 110))
    expect(accumulateTick(first, 900, 110)).toEqual(first)
    expect(accumulateTick(first, -3, 114)).toEqual(reading(38n, 114))
  })

  // v3-periphery, OracleLibrary.consult: −7 over 2 s is −4 and not −3.
  it('gives an average that is rounded towards minus infinity', () => {
    expect(averageTickFloor(reading(0n, 0), reading(7n, 2))).toBe(3)
    expect(averageTickFloor(reading(0n, 0), reading(-7n, 2))).toBe(-4)
    expect(averageTickFloor(reading(10n, 0), reading(4n, 2))).toBe(-3)
    expect(averageTickFloor(reading(10n, 5), reading(10n, 5))).toBeNull()
  })

  it('is worth a ten-thousandth a tick, either way round', () => {
    const one = 1n << 112n
    expect(priceAtTickX112(0, 0)).toBe(one)
    for (const tick of [1, -1, 23_027, -23_027]) {
      const [price, inverse] = [priceAtTickX112(tick, 0), priceAtTickX112(tick, 1)]
      expect(Number(price) / Number(one)).toBeCloseTo(Math.exp(tick * Math.log(1.0001)), 9)
      expect(Number((price * inverse) >> 112n) / Number(one)).toBeCloseTo(1, 12)
    }
  })
})
