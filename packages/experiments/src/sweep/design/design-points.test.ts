import { describe, expect, it } from 'vitest'
import { designPoints } from './design-points.ts'
import { sobolPoints } from './sobol.ts'
import { unitPoints } from './unit-points.ts'

const range = { from: 0, to: 1, scale: 'linear', whole: false, steps: 5, decimals: 6 } as const

/** How many points lie in each of as many equal slices. */
function slices(values: readonly number[]): number[] {
  const counts = values.map(() => 0)
  for (const value of values) counts[Math.floor(value * values.length)]! += 1
  return counts
}

describe('designs', () => {
  it('a grid has every combination, the last parameter fastest, and both ends of a range', () => {
    const parameters = [
      { path: 'a', values: ['x', 'y'], isText: false },
      { path: 'b', range: { ...range, from: 1, to: 100, scale: 'log' as const, steps: 3 }, isText: false },
    ]
    expect(designPoints({ kind: 'grid' }, parameters, 1)).toEqual([
      ['x', 1],
      ['x', expect.closeTo(10, 12)],
      ['x', 100],
      ['y', 1],
      ['y', expect.closeTo(10, 12)],
      ['y', 100],
    ])
  })

  it('values of places that the base writes as text are written as text', () => {
    const parameter = { path: 'a', range: { ...range, from: 1, to: 2, steps: 3 }, isText: true }
    expect(designPoints({ kind: 'grid' }, [parameter], 1)).toEqual([['1'], ['1.5'], ['2']])
  })

  it('whole ranges give whole numbers, each once', () => {
    const parameter = { path: 'a', range: { ...range, from: 1, to: 3, steps: 9, whole: true }, isText: false }
    expect(designPoints({ kind: 'grid' }, [parameter], 1)).toEqual([[1], [2], [3]])
  })

  it('a Latin hypercube has one point in each slice of every dimension, and changes with the seed', () => {
    const points = unitPoints({ kind: 'latin-hypercube', points: 50 }, 3, 7)
    for (const dimension of [0, 1, 2])
      expect(slices(points.map((point) => point[dimension]!))).toEqual(points.map(() => 1))
    expect(unitPoints({ kind: 'latin-hypercube', points: 50 }, 3, 8)).not.toEqual(points)
    expect(unitPoints({ kind: 'latin-hypercube', points: 50 }, 3, 7)).toEqual(points)
  })

  it('the Sobol sequence begins as published', () => {
    // S. Joe, F. Kuo, https://web.maths.unsw.edu.au/~fkuo/sobol/, the example of `sobol 10 3 new-joe-kuo-6.21201`.
    expect(sobolPoints(10, 3, 0)).toEqual([
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
      [0.625, 0.125, 0.875],
      [0.125, 0.625, 0.375],
      [0.1875, 0.3125, 0.9375],
      [0.6875, 0.8125, 0.4375],
    ])
  })

  it('the Sobol sequence has one point in each slice of all 21 dimensions, in every block of 2^k', () => {
    for (const skip of [0, 256, 1_024]) {
      const points = sobolPoints(256, 21, skip)
      for (let dimension = 0; dimension < 21; dimension++)
        expect(slices(points.map((point) => point[dimension]!))).toEqual(points.map(() => 1))
    }
  })
})
