// Rings in the full network against the same flow of orders with independent solvers, on common random numbers.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'
import { runScenario } from './run-scenario.ts'

const textOf = (name: string) =>
  readFileSync(
    fileURLToPath(new URL(`../../../../configs/scenarios/collusion/${name}.yaml`, import.meta.url)),
    'utf8',
  )
const run = async (name: string) =>
  runScenario({
    loaded: loadScenario(name, Buffer.from(textOf(name))),
    seed: 1,
    runtime: 'sim',
    nodeProgram: '',
  })

describe('a ring in the full network', () => {
  test('raises what users pay on the very orders that independents compete for, at even shares', async () => {
    const alone = await run('independent')
    const ring = await run('rotation')
    const flow = ({ report }: typeof alone) =>
      report.orders.map(({ label, inputAmount, minAmount }) => ({ label, inputAmount, minAmount }))
    expect(flow(ring)).toEqual(flow(alone))
    const paid = [alone, ring].map(({ summary }) => summary.competition.paidBps)
    // A margin of 4 basis points and gas, against 97 % of the way from gas to the limit of 60.
    expect(paid[0]).toBeLessThan(6)
    expect(paid[1]).toBeGreaterThan(55)
    expect(ring.summary.competition.hhi).toBeLessThan(alone.summary.competition.hhi)
    expect(ring.summary.competition.solvers.map(({ conduct, ring: name }) => [conduct, name])).toEqual(
      Array(3).fill(['collusive', 'lunar']),
    )
    expect(alone.summary.competition.solvers.map(({ conduct, ring: name }) => [conduct, name])).toEqual(
      Array(3).fill(['competitive', null]),
    )
  })
})

describe('a scenario with rings', () => {
  const load = (from: string, to: string) => () =>
    loadScenario('s.yaml', Buffer.from(textOf('rotation').replace(from, to)))

  test.each([
    ['ring: lunar', 'ring: lunat', /no such ring.*Did you mean lunar/s],
    ['[atlas, borealis, cygnus]', '[borealis, cygnus]', /no member of the ring lunar/],
    ['[atlas, borealis, cygnus]', '[atlas, borealis, cygnus, atlas]', /each member once/],
    ['[atlas, borealis, cygnus]', '[atlas, borealis, cygnus, draco]', /no such solver/],
    ['ring: lunar, ', '', /nothing that a solver does alone/],
    ['turnLength: 30', 'turnLenght: 30', /no such parameter/],
    ['turnLength: 30', 'turnLength: 0', /out of range/],
  ])('is refused with %s replaced by %s', (from, to, message) => {
    expect(load(from, to)).toThrow(message)
  })
})
