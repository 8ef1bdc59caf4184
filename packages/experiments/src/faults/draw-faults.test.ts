import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly/assemble.ts'
import { type LoadedScenario, loadScenario } from '../scenario/load-scenario.ts'
import { cap } from '../scenario/schema-scalars.ts'
import { SMALL_SCENARIO } from '../scenario/small-scenario.testing.ts'
import { drawFaults } from './draw-faults.ts'
import { drawableField } from './drawable.ts'
import { resolveFaults } from './resolve-faults.ts'

const PLAIN = '  - { kind: pause, atSeconds: 100, bridge: hub, authority: issuer }\n'

const loadedBefore = new Map<string, LoadedScenario>()

/** The small scenario with these lines as its faults. */
function load(...faults: string[]) {
  const lines = faults.map((line) => `  - ${line}\n`).join('')
  const loaded =
    loadedBefore.get(lines) ??
    loadScenario('file.yaml', new TextEncoder().encode(SMALL_SCENARIO.replace(PLAIN, lines)))
  loadedBefore.set(lines, loaded)
  return loaded
}

const draw = (faults: string[], seed: number) => drawFaults(load(...faults).scenario, String(seed))
const seeds = Array.from({ length: 200 }, (_, index) => index)

const OUTAGE =
  '{ kind: crash, label: outage, atSeconds: { from: 60, to: 300 }, node: { oneOf: [atlas, alice] }, restartAfterSeconds: { from: 5, to: 50 } }'

describe('a fault with ranges', () => {
  it('is drawn within them, ends included, and the same again from the same seed', () => {
    const times = seeds.map((seed) => draw([OUTAGE], seed)[0]!.fault.atSeconds)
    expect(Math.min(...times)).toBeGreaterThanOrEqual(60)
    expect(Math.max(...times)).toBeLessThanOrEqual(300)
    // 200 draws of 241 values: about 136 distinct ones are expected.
    expect(new Set(times).size).toBeGreaterThan(100)
    expect(draw([OUTAGE], 5)).toEqual(draw([OUTAGE], 5))
    const nodes = seeds.map((seed) => (draw([OUTAGE], seed)[0]!.fault as { node: string }).node)
    expect(new Set(nodes)).toEqual(new Set(['atlas', 'alice']))
  })

  it('draws whole numbers where the field is whole, and amounts as finely as they are written', () => {
    const forge =
      '{ kind: forge, atSeconds: 9, bridge: hub, asset: rsETH, from: arbitrum, to: ethereum, amount: { from: "1.00", to: "2.5" }, poisoned: { from: 1, to: 3 } }'
    const drawn = seeds.map((seed) => draw([forge], seed)[0]!.fault as { amount: string; poisoned: number })
    for (const { amount } of drawn) expect(amount).toMatch(/^[12](\.\d{1,2})?$/)
    expect(drawn.every(({ amount }) => Number(amount) >= 1 && Number(amount) <= 2.5)).toBe(true)
    expect(new Set(drawn.map(({ poisoned }) => poisoned))).toEqual(new Set([1, 2, 3]))
  })

  it('keeps its draws when other faults come and go, and when one of its fields is fixed', () => {
    const other = '{ kind: crash, atSeconds: { from: 1, to: 500 }, node: atlas }'
    const [alone] = draw([OUTAGE], 3)
    const [, after] = draw([other, OUTAGE], 3)
    expect(after!.fault).toEqual(alone!.fault)
    const [fixed] = draw([OUTAGE.replace('{ from: 60, to: 300 }', '77')], 3)
    expect(fixed!.fault).toEqual({ ...alone!.fault, atSeconds: 77 })
  })

  it('happens again with draws of its own, as long as the run lasts', () => {
    const repeated =
      '{ kind: suspend, atSeconds: { from: 100, to: 101 }, node: atlas, forSeconds: { from: 1, to: 60 }, repeat: { times: 20, everySeconds: { from: 90, to: 110 } } }'
    const drawn = draw([repeated], 1).map(({ fault }) => fault as { atSeconds: number; forSeconds: number })
    // The run has 600 s: turns at 100, about 200, … about 500, and one just before or after the end.
    expect([5, 6]).toContain(drawn.length)
    drawn.slice(1).forEach(({ atSeconds }, index) => {
      const gap = atSeconds - drawn[index]!.atSeconds
      expect(gap).toBeGreaterThanOrEqual(90)
      expect(gap).toBeLessThanOrEqual(110)
    })
    expect(new Set(drawn.map(({ forSeconds }) => forSeconds)).size).toBeGreaterThan(1)
  })

  it('is left to chance for a share of the seeds, each fault by itself', () => {
    const swarm = [
      '{ kind: crash, label: a, atSeconds: 1, node: atlas, enable: 0.25 }',
      '{ kind: crash, label: b, atSeconds: 1, node: alice, enable: 0.25 }',
    ]
    const runs = seeds.map((seed) =>
      draw(swarm, seed)
        .map(({ label }) => label)
        .join(),
    )
    const of = (text: string) => runs.filter((run) => run === text).length
    // Of 200: 12.5 with both, 37.5 with either alone, 112.5 with none; ±4 standard deviations.
    expect(of('a,b')).toBeGreaterThan(1)
    for (const one of ['a', 'b']) expect(of(one)).toBeGreaterThan(15)
    expect(of('')).toBeGreaterThan(84)
  })

  it('becomes the schedule of the run', () => {
    const { scenario, hash } = load(OUTAGE)
    const { spec } = assemble({ scenario, hash, seed: 3, signatures: 'stand-in' })
    const [scheduled] = resolveFaults({ scenario, spec, seed: '3' })
    expect(scheduled!.atMs).toBe(draw([OUTAGE], 3)[0]!.fault.atSeconds * 1_000)
  })
})

describe('a fault with a wrong range', () => {
  const refusal = (...faults: string[]): string => {
    try {
      load(...faults)
    } catch (error) {
      return String((error as Error).message)
    }
    return 'accepted'
  }

  it.each([
    [
      '{ kind: crash, atSeconds: { from: 300, to: 60 }, node: atlas }',
      'faults[0].atSeconds: from is above to (got 300 to 60; allowed: from at most to). [E_RANGE]',
    ],
    [
      '{ kind: crash, atSeconds: { from: 60, to: 700 }, node: atlas }',
      'faults[0].atSeconds: the fault comes after the end of the run (got 700; allowed: at most 600). [E_RANGE]',
    ],
    [
      '{ kind: crash, atSeconds: { from: 60, too: 300 }, node: atlas }',
      'faults[0].atSeconds.too: unknown key (got too; allowed: from, to). Did you mean to? [E_UNKNOWN_KEY]',
    ],
    [
      '{ kind: crash, atSeconds: { from: 60, to: -1 }, node: atlas }',
      'faults[0].atSeconds.to: too small (got -1; allowed: at least 0). [E_RANGE]',
    ],
    [
      '{ kind: crash, atSeconds: soon, node: atlas }',
      'faults[0].atSeconds: wrong type (got "soon"; allowed: a number, or a map). [E_VALUE]',
    ],
    [
      '{ kind: crash, atSeconds: -5, node: atlas }',
      'faults[0].atSeconds: too small (got -5; allowed: at least 0). [E_RANGE]',
    ],
    [
      '{ kind: crash, atSeconds: 5, node: { oneOf: [atlas, atlass] } }',
      'faults[0].node: no such node (got atlass',
    ],
    ['{ kind: crash, atSeconds: 5, node: { oneOf: [] } }', 'faults[0].node.oneOf: too short'],
    [
      '{ kind: crash, atSeconds: 5, node: atlas, repeat: { times: 3, everySeconds: { from: 9, to: 2 } } }',
      'faults[0].repeat.everySeconds: from is above to',
    ],
    ['{ kind: crash, atSeconds: 5, node: atlas, enable: 1.5 }', 'faults[0].enable: too large (got 1.5'],
  ])('%s is refused', (fault, message) => {
    expect(refusal(fault)).toContain(message)
  })

  it('is refused when two have the same label', () => {
    const one = '{ kind: crash, label: x, atSeconds: 5, node: atlas }'
    expect(refusal(one, one)).toContain('faults[1].label: two faults have the same label (got x')
  })

  it('is warned about when nobody sees it end', () => {
    const { warnings } = load(
      '{ kind: suspend, atSeconds: 500, node: atlas, forSeconds: { from: 50, to: 150 } }',
    )
    expect(warnings).toEqual([
      {
        rule: 'fault-end',
        path: 'faults[0].forSeconds',
        message: "suspend may last until 650 s, after the run's end at 600 s: nobody sees it end",
      },
    ])
  })
})

it('caps are drawn like other numbers, though they may be written in quotes', () => {
  const field = drawableField(cap.optional())
  expect(field?.kind).toBe('whole')
  expect(field?.schema.safeParse({ from: 1, to: 5 }).success).toBe(true)
  expect(field?.schema.parse('400')).toBe(400)
})
