import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly/assemble.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { allNodeNames, scenarioNodes } from '../scenario/node-names.ts'
import { spoiled } from '../scenario/small-scenario.testing.ts'

const PAUSE = '  - { kind: pause, atSeconds: 100, bridge: hub, authority: issuer }\n'
const load = (fault: string) =>
  loadScenario('s.yaml', spoiled(PAUSE, `  - { atSeconds: 50, forSeconds: 60, ${fault} }\n`))

describe('a partition of drawn members', () => {
  const { scenario, hash } = load('kind: partition, size: 3')
  const names = allNodeNames(scenarioNodes(scenario))
  const sidesOf = (seed: number) => {
    const [{ fault } = { fault: null }] = assemble({ scenario, hash, seed, signatures: 'stand-in' }).faults
    if (fault?.kind !== 'partition') throw new Error('no partition')
    return fault
  }

  it('cuts so many nodes off from all others, and other ones with another seed', () => {
    const { from, to } = sidesOf(1)
    expect(from).toHaveLength(3)
    expect([...from, ...to].sort()).toEqual([...names].sort())
    expect(sidesOf(1)).toEqual(sidesOf(1))
    const cutOff = new Set(Array.from({ length: 40 }, (_, seed) => sidesOf(seed).from).flat())
    expect([...cutOff].sort()).toEqual([...names].sort())
  })

  it.each([
    ['kind: partition', 'a partition is between two lists of nodes, or of a number of nodes'],
    ['kind: partition, from: [atlas]', 'got from; allowed: from and to, or size'],
    [
      'kind: partition, size: 2, from: [atlas], to: [alice]',
      'got from, to, size; allowed: from and to, or size',
    ],
    [`kind: partition, size: ${names.length}`, `nobody is left on the other side (got ${names.length}`],
    ['kind: partition, size: 0', 'faults[0].size'],
  ])('is refused: %s', (fault, why) => {
    expect(() => load(fault)).toThrow(why)
  })
})
