import { describe, expect, it } from 'vitest'
import { morrisPoints, morrisTrajectorySize } from '../sweep/design/morris.ts'
import { saltelliBlockSize, saltelliPoints } from '../sweep/design/saltelli.ts'
import { effectsAlong, elementaryEffects } from './elementary-effects.ts'
import { type SobolBlock, sobolIndices } from './sobol-indices.ts'

type Model = (point: readonly number[]) => number

const OPTIONS = { confidence: 0.95, resamples: 200, seed: 1 }

function blocksOf(model: Model, points: readonly (readonly number[])[], parameters: number): SobolBlock[] {
  const size = saltelliBlockSize(parameters)
  return Array.from({ length: points.length / size }, (_, block) => {
    const [a, ...rest] = points.slice(block * size, (block + 1) * size).map(model)
    return { a: a!, mixed: rest.slice(0, -1), b: rest.at(-1)! }
  })
}

/** T. Ishigami, T. Homma, 1990, with a = 7 and b = 0.1, on [−π, π]³. */
const ishigami: Model = (point) => {
  const [x, y, z] = point.map((u) => Math.PI * (2 * u - 1)) as [number, number, number]
  return Math.sin(x) + 7 * Math.sin(y) * Math.sin(y) + 0.1 * z * z * z * z * Math.sin(x)
}

describe('Sobol indices', () => {
  it('of the Ishigami function are the closed form', () => {
    const indices = sobolIndices(blocksOf(ishigami, saltelliPoints(4_096, 3, 0), 3), OPTIONS)!
    // A. Saltelli et al., "Global Sensitivity Analysis: The Primer", 2008, §4.7 and exercise: V = a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2.
    const published = [
      [0.3139, 0.5576],
      [0.4424, 0.4424],
      [0, 0.2437],
    ]
    for (const [parameter, [first, total]] of published.entries()) {
      const index = indices[parameter]!
      expect(Math.abs(index.first - first!), `S${parameter + 1}`).toBeLessThan(0.01)
      expect(Math.abs(index.total - total!), `T${parameter + 1}`).toBeLessThan(0.01)
      expect(index.firstInterval!.low).toBeLessThan(first!)
      expect(index.firstInterval!.high).toBeGreaterThan(first!)
    }
  })

  it("of Sobol's g-function are the closed form", () => {
    // Saltelli et al. 2010, eq. 25-28: g = Π (|4x − 2| + aᵢ)/(1 + aᵢ); Vᵢ = 1/(3(1 + aᵢ)²), V = Π(1 + Vᵢ) − 1.
    const a = [0, 0.5, 3, 9, 99, 99]
    const g: Model = (point) =>
      point.reduce((product, u, at) => (product * (Math.abs(4 * u - 2) + a[at]!)) / (1 + a[at]!), 1)
    const parts = a.map((each) => 1 / (3 * (1 + each) * (1 + each)))
    const product = parts.reduce((all, part) => all * (1 + part), 1)
    const indices = sobolIndices(blocksOf(g, saltelliPoints(4_096, 6, 0), 6), OPTIONS)!
    for (const [parameter, part] of parts.entries()) {
      const { first, total } = indices[parameter]!
      expect(Math.abs(first - part / (product - 1)), `S${parameter + 1}`).toBeLessThan(0.015)
      expect(
        Math.abs(total - (part * product) / (1 + part) / (product - 1)),
        `T${parameter + 1}`,
      ).toBeLessThan(0.015)
    }
  })

  it('are none of a figure that never moves', () => {
    expect(
      sobolIndices(
        blocksOf(() => 4, saltelliPoints(8, 2, 0), 2),
        OPTIONS,
      ),
    ).toBeNull()
  })
})

/** The function of M. Morris 1991, §5, with the small coefficients as alternating signs (Saltelli et al. 2008, §3). */
const morris: Model = (point) => {
  const w = point.map((x, at) => ([2, 4, 6].includes(at) ? 2 * ((1.1 * x) / (x + 0.1) - 0.5) : 2 * (x - 0.5)))
  const sign = (power: number) => (power % 2 === 0 ? 1 : -1)
  let sum = 0
  for (let i = 0; i < 20; i++) {
    sum += (i < 10 ? 20 : sign(i + 1)) * w[i]!
    for (let j = i + 1; j < 20; j++) {
      sum += (j < 6 ? -15 : sign(i + j)) * w[i]! * w[j]!
      for (let l = j + 1; l < 5; l++) {
        sum += -10 * w[i]! * w[j]! * w[l]!
        for (let s = l + 1; s < 4; s++) sum += 5 * w[i]! * w[j]! * w[l]! * w[s]!
      }
    }
  }
  return sum
}

describe('elementary effects', () => {
  const size = morrisTrajectorySize(20)
  const points = morrisPoints({ trajectories: 40, levels: 4 }, 20, 5)

  it('move one parameter at a time, each once, by p/(2(p − 1)), within the cube', () => {
    for (let trajectory = 0; trajectory < 40; trajectory++) {
      const along = points.slice(trajectory * size, (trajectory + 1) * size)
      expect(along.flat().every((u) => u >= 0 && u <= 1)).toBe(true)
      const moved = along.slice(1).map((point, at) => {
        const changes = point.flatMap((u, i) =>
          u === along[at]![i] ? [] : [[i, Math.abs(u - along[at]![i]!)]],
        )
        expect(changes).toEqual([[expect.any(Number), expect.closeTo(2 / 3, 12)]])
        return changes[0]![0]
      })
      expect(new Set(moved).size).toBe(20)
    }
    const levels = new Set(points.flat().map((u) => Math.round(3 * u)))
    expect([...levels].sort()).toEqual([0, 1, 2, 3])
  })

  it("of Morris's function tell the ten that matter from the ten that do not, and the linear three from the rest", () => {
    const effects = Array.from({ length: 20 }, () => [] as number[])
    for (let from = 0; from < points.length; from += size) {
      const along = points.slice(from, from + size)
      for (const { parameter, effect } of effectsAlong(along, along.map(morris)))
        effects[parameter]!.push(effect)
    }
    const found = effects.map((each) => elementaryEffects(each, OPTIONS)!)
    // Morris 1991, figure 1: inputs 8 to 10 are large and linear (effect 2·20 = 40), 1 to 7 large and not, 11 to 20 small.
    const least = Math.min(...found.slice(0, 10).map(({ meanSize }) => meanSize))
    const most = Math.max(...found.slice(10).map(({ meanSize }) => meanSize))
    expect(least).toBeGreaterThan(2 * most)
    for (const { meanSize, mean, sd } of found.slice(7, 10)) {
      expect(Math.abs(mean - 40)).toBeLessThan(6)
      expect(meanSize).toBe(mean)
      expect(sd!).toBeLessThan(15)
    }
    for (const { sd } of found.slice(0, 6)) expect(sd!).toBeGreaterThan(15)
  })

  it('leave out moves whose figure is missing', () => {
    const along = [
      [0, 0],
      [1, 0],
      [1, 1],
    ]
    expect(effectsAlong(along, [1, 3, null])).toEqual([{ parameter: 0, effect: 2 }])
    expect(elementaryEffects([], OPTIONS)).toBeNull()
    expect(elementaryEffects([2], OPTIONS)).toMatchObject({ n: 1, mean: 2, sd: null, meanSizeInterval: null })
  })
})
