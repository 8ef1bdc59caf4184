// A swarm of small runs: each seed has another subset of the faults of configs/scenarios/faults/swarm.yaml, at other times
// and of other strength. Nothing breaks in any of them, and together they reach what must be reached: every kind of fault
// often enough (settlement.md §8: twenty times), and the events that only some runs have.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type DrawnFault,
  drawFaults,
  faultKinds,
  loadScenario,
  runScenario,
  type ScenarioRun,
} from '@solvent/experiments'
import { beforeAll, describe, expect, it } from 'vitest'

const CONFIGS = join(import.meta.dirname, '../../configs')
const SEEDS = Array.from({ length: 14 }, (_, index) => index + 1)
const OFTEN = 20
const TIMEOUT_MS = 300_000

const load = (file: string) => loadScenario(file, readFileSync(join(CONFIGS, file)))
const swarm = load('scenarios/faults/swarm.yaml')
const inSwarm = new Set(swarm.scenario.faults.map(({ kind }) => kind))

interface Outcome {
  readonly run: ScenarioRun
  readonly drawn: readonly DrawnFault[]
}

const outcomes: Outcome[] = []

beforeAll(async () => {
  for (const seed of SEEDS) {
    const run = await runScenario({ loaded: swarm, seed, runtime: 'sim', nodeProgram: '' })
    outcomes.push({ run, drawn: drawFaults(swarm.scenario, String(seed)) })
  }
}, TIMEOUT_MS)

/** How many of the drawn faults are as asked. */
const countOf = (is: (fault: DrawnFault['fault']) => boolean): number =>
  outcomes.reduce((sum, { drawn }) => sum + drawn.filter(({ fault }) => is(fault)).length, 0)

/** How many events of the logs are as asked. */
const eventsOf = (is: (event: Record<string, unknown>) => boolean): number =>
  outcomes.reduce(
    (sum, { run }) =>
      sum +
      run.events.split('\n').filter((line) => line !== '' && is(JSON.parse(line) as Record<string, unknown>))
        .length,
    0,
  )

const summed = (value: (summary: ScenarioRun['summary']) => number): number =>
  outcomes.reduce((sum, { run }) => sum + value(run.summary), 0)

describe('a swarm of faults', () => {
  it('breaks nothing, and what has healed does its work', () => {
    const bad = outcomes.flatMap(({ run: { summary } }) => {
      const failed = summary.expectations.filter(({ ok }) => !ok)
      return summary.invariants.broken.length + failed.length === 0
        ? []
        : [{ seed: summary.seed, broken: summary.invariants.broken.slice(0, 3), failed }]
    })
    expect(bad).toEqual([])
  })

  it.each([...inSwarm])('has %s often enough', (kind) => {
    expect(countOf((fault) => fault.kind === kind)).toBeGreaterThanOrEqual(OFTEN)
  })

  it('begins every fault that it drew, and ends those that end', () => {
    expect(eventsOf(({ kind, phase }) => kind === 'fault' && phase === 'begin')).toBeGreaterThan(
      countOf(() => true) - 1,
    )
    expect(eventsOf(({ kind, phase }) => kind === 'fault' && phase === 'end')).toBeGreaterThan(OFTEN)
  })

  it.each([
    [
      'a forged message with exactly a quorum',
      () => countOf((fault) => fault.kind === 'forge' && fault.poisoned === 2),
    ],
    [
      'a forged message one signature short',
      () => countOf((fault) => fault.kind === 'forge' && fault.poisoned === 1),
    ],
    ['a node that came back', () => eventsOf(({ kind }) => kind === 'node-restarted')],
    [
      'a crash that lost what was not yet safe',
      () => countOf((fault) => fault.kind === 'crash' && fault.disk === 'unsynced-lost'),
    ],
    [
      'a jam that was flushed',
      () => countOf((fault) => fault.kind === 'partition' && fault.mode === 'jammed'),
    ],
    ['an order that expired', () => summed(({ orders }) => orders.expired + orders.refunded)],
    ['a settled order', () => summed(({ orders }) => orders.settled)],
    [
      'inventory set aside and freed unused',
      () => eventsOf(({ kind, reason }) => kind === 'inventory-released' && reason !== 'filled'),
    ],
    [
      'a message that was refused',
      () =>
        eventsOf(
          ({ kind }) => kind === 'order-refused' || kind === 'bid-declined' || kind === 'message-refused',
        ),
    ],
  ] as const)('has %s', (_, count) => {
    expect(count()).toBeGreaterThan(0)
  })

  /** Sufficient for release: two of three verifiers were lied to, and the bridge had time to deliver it. */
  it('loses exactly what a quorum attested, however the run went', () => {
    for (const { run, drawn } of outcomes) {
      const amounts = drawn.flatMap(({ fault }) =>
        fault.kind === 'forge' && fault.poisoned === 2 ? [BigInt(fault.amount)] : [],
      )
      const lost = amounts.reduce((sum, amount) => sum + amount, 0n) * 10n ** 18n
      expect(run.summary.bridges[0]?.deficit, `seed ${run.summary.seed}`).toBe(String(lost))
    }
  })
})

/** Kinds that no scenario shows; the tests of their packages do. */
const SHOWN_BY_TESTS = ['limiter-price']

it('every kind of fault is in the swarm, or in a scenario of its own, or in a list', () => {
  const shown = new Set(scenarioFiles().flatMap((file) => load(file).scenario.faults.map(({ kind }) => kind)))
  const missing = faultKinds.filter((kind) => !shown.has(kind) && !SHOWN_BY_TESTS.includes(kind))
  expect(missing).toEqual([])
})

function scenarioFiles(): string[] {
  const files = readdirSync(CONFIGS, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => /^(scenarios|incidents)\/.*\.yaml$/.test(file))
}
