import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  BPS,
  BPS_NUMBER,
  formatUnits,
  MS_PER_DAY,
  MS_PER_HOUR,
  MS_PER_MINUTE,
  MS_PER_SECOND,
  msToSeconds,
  PRICE_ONE_E8,
  parseUnits,
  RAY,
  secondsToMs,
  WAD,
  wholeUnit,
} from './index.ts'

test('the scales are powers of ten, and the time units build on each other', () => {
  expect([BPS, PRICE_ONE_E8, WAD, RAY]).toEqual([4, 8, 18, 27].map(wholeUnit))
  expect([0, 4, 77].map((n) => wholeUnit(n).toString().length - 1)).toEqual([0, 4, 77])
  expect(BigInt(BPS_NUMBER)).toBe(BPS)
  expect([MS_PER_MINUTE / MS_PER_SECOND, MS_PER_HOUR / MS_PER_MINUTE, MS_PER_DAY / MS_PER_HOUR]).toEqual([
    60, 60, 24,
  ])
})

test('milliseconds become seconds rounded down, seconds become milliseconds exactly', () => {
  expect([0, 999, 1000, 1999].map(msToSeconds)).toEqual([0, 0, 1, 1])
  fc.assert(
    fc.property(fc.nat({ max: 0xffff_ffff }), fc.nat({ max: 999 }), (seconds, rest) => {
      expect(msToSeconds(secondsToMs(seconds) + rest)).toBe(seconds)
    }),
  )
})

test('times outside uint32 seconds are refused', () => {
  for (const ms of [-1, Number.NaN, 2 ** 32 * 1000])
    expect(() => msToSeconds(ms)).toThrowError('out of range')
  for (const seconds of [-1, 1.5, Number.NaN, 2 ** 32])
    expect(() => secondsToMs(seconds)).toThrowError('out of range')
})

test('amounts survive the way to decimal text and back', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(2n ** 256n), max: 2n ** 256n }),
      fc.nat({ max: 77 }),
      (amount, decimals) => {
        const text = formatUnits(amount, decimals)
        expect(parseUnits(text, decimals)).toBe(amount)
        expect(text).not.toMatch(/\.\d*0$|\.$|^-?0\d/)
      },
    ),
  )
})

test('decimal text is exact and short', () => {
  expect(formatUnits(1_500_000n, 6)).toBe('1.5')
  expect(formatUnits(-1n, 18)).toBe('-0.000000000000000001')
  expect(formatUnits(0n, 18)).toBe('0')
  expect(formatUnits(120n, 0)).toBe('120')
  expect(parseUnits('116500', 18)).toBe(116_500n * WAD)
  expect(parseUnits('0.50', 2)).toBe(50n)
})

test.each([
  '',
  '.',
  '1.',
  '.5',
  '01',
  '+1',
  '1e3',
  ' 1',
  '1 ',
  '1_000',
  '1,5',
  '0x1',
  '1.2345678',
  'NaN',
  '1'.repeat(201),
])('%j is no amount of a 6-decimal unit', (text) => {
  expect(() => parseUnits(text, 6)).toThrowError(expect.objectContaining({ code: 'E_BAD_AMOUNT' }))
})

test.each([-1, 1.5, 78, Number.NaN])('%s decimals are refused', (decimals) => {
  expect(() => formatUnits(1n, decimals)).toThrowError(expect.objectContaining({ code: 'E_RANGE' }))
  expect(() => parseUnits('1', decimals)).toThrowError(expect.objectContaining({ code: 'E_RANGE' }))
  expect(() => wholeUnit(decimals)).toThrowError(expect.objectContaining({ code: 'E_RANGE' }))
})
