import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BlockCurve, curveAmount, findCurveFault, firstBlockAtOrBelow } from './block-curve.ts'

const curve: BlockCurve = {
  startAmount: 1_000n,
  decayStartBlock: 50,
  curve: [
    { blocks: 10, fall: 100n },
    { blocks: 30, fall: 107n },
    { blocks: 33, fall: 100n },
  ],
}
const at = (block: number, least = 1n) => curveAmount(curve, least, block)

describe('a decay along a curve of blocks', () => {
  test('moves on straight lines between its points, and every division is for the user', () => {
    // UniswapX NonlinearDutchDecayLib, v3LinearOutputDecay: 1000 − 100 − ⌊7 · 5/20⌋ = 899; rising, 893 + ⌈7 · 1/3⌉ = 896.
    expect([0, 50, 53, 60, 65, 80, 81, 83, 99_999].map((block) => at(block).amount)).toEqual([
      1_000n,
      1_000n,
      970n,
      900n,
      899n,
      893n,
      896n,
      900n,
      900n,
    ])
    expect(at(65).rounding).toEqual({ direction: 'floor', residue: 15n, divisor: 20n })
    expect(at(81).rounding).toEqual({ direction: 'up', residue: 2n, divisor: 3n })
  })

  test('never asks for less than the minimum, and counts at most 65,535 blocks', () => {
    expect(at(70, 898n)).toEqual({ amount: 898n, rounding: null })
    const long = { ...curve, curve: [{ blocks: 65_535, fall: 655_35n }], startAmount: 100_000n }
    expect(curveAmount(long, 1n, 50 + 65_535).amount).toBe(34_465n)
    expect(curveAmount(long, 1n, 50 + 70_000).amount).toBe(34_465n)
  })

  test('tells the first block in which it is low enough', () => {
    const points = fc
      .uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 5 })
      .chain((blocks) =>
        fc
          .array(fc.bigInt({ min: -40n, max: 90n }), { minLength: blocks.length, maxLength: blocks.length })
          .map((falls) =>
            [...blocks]
              .sort((a, b) => a - b)
              .map((each, index) => ({ blocks: each, fall: falls[index] as bigint })),
          ),
      )
    fc.assert(
      fc.property(points, fc.bigInt({ min: 0n, max: 140n }), fc.nat(80), (drawn, amount, from) => {
        const any = { startAmount: 100n, decayStartBlock: 5, curve: drawn }
        const isLow = (block: number) => curveAmount(any, 20n, block).amount <= amount
        let expected: number | null = null
        for (let block = from; block <= 160 && expected === null; block++) if (isLow(block)) expected = block
        expect(firstBlockAtOrBelow(any, 20n, { amount, from })).toBe(expected)
      }),
    )
  })

  test('falls at once to a point at its start, and may rise again from there', () => {
    const first = (points: BlockCurve['curve'], from: number) =>
      firstBlockAtOrBelow({ ...curve, curve: points }, 1n, { amount: 850n, from })
    expect(first([{ blocks: 0, fall: 150n }], 0)).toBe(51)
    expect(
      first(
        [
          { blocks: 0, fall: 200n },
          { blocks: 10, fall: 0n },
        ],
        0,
      ),
    ).toBe(51)
    expect(first([{ blocks: 0, fall: 149n }], 0)).toBeNull()
  })

  test('is refused without points, with too many, out of order, below its minimum or above what a word holds', () => {
    const fault = (changed: Partial<BlockCurve>, least = 1n) =>
      findCurveFault({ ...curve, ...changed }, least)
    const point = (blocks: number, fall = 1n) => ({ blocks, fall })
    expect(fault({})).toBeNull()
    expect(fault({ curve: [] })).toMatch(/1 to 16 points/)
    expect(fault({ curve: Array.from({ length: 17 }, (_, index) => point(index)) })).toMatch(/1 to 16 points/)
    expect(fault({ curve: [point(3), point(3)] })).toMatch(/ascend/)
    expect(fault({ curve: [point(65_536)] })).toMatch(/65535/)
    expect(fault({ curve: [point(1, -(2n ** 256n))] })).toMatch(/rises above/)
    expect(fault({}, 1_001n)).toMatch(/below minAmount/)
  })
})
