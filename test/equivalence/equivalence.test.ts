import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LoadedScenario, loadScenario, runScenario, type ScenarioRun } from '@solvent/experiments'
import { compareReports } from '@solvent/nodes'
import { beforeAll, describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const FILE = join(ROOT, 'configs/scenarios/fifteen.yaml')
const NODE_PROGRAM = join(ROOT, 'apps/node/src/main.ts')

/** Each plays for 15 s of the wall; the first with a process for each node, the others with all nodes in this one. */
const SEEDS = [2, 3, 4, 5, 8] as const
/** The start and the end of a network on a busy machine included. */
const RUN_LIMIT_MS = 150_000

const text = readFileSync(FILE, 'utf8')
const loaded = load(text)

function load(content: string): LoadedScenario {
  return loadScenario(FILE, new TextEncoder().encode(content))
}

const simulated = (scenario: LoadedScenario, seed: number): Promise<ScenarioRun> =>
  runScenario({ loaded: scenario, seed, runtime: 'sim', nodeProgram: NODE_PROGRAM })

const live = (seed: number): Promise<ScenarioRun> =>
  runScenario({
    loaded,
    seed,
    runtime: 'libp2p',
    hosting: seed === SEEDS[0] ? 'processes' : 'one-process',
    nodeProgram: NODE_PROGRAM,
    // Shown only when a test fails.
    onNote: (line) => process.stderr.write(`seed ${seed}: ${line}\n`),
  })

const liveRuns = new Map<number, ScenarioRun>()

// On a machine so loaded that messages take longer than an auction the live half differs: it gets two more tries.
describe.each(SEEDS)('with seed %i', { retry: 2 }, (seed) => {
  test('a scenario of fifteen seconds comes to the same outcomes on both runtimes', {
    timeout: RUN_LIMIT_MS,
  }, async () => {
    const run = await live(seed)
    liveRuns.set(seed, run)
    expect(run.lost).toEqual([])
    expect(run.report.invariants.broken).toEqual([])
    const sim = await simulated(loaded, seed)
    expect(compareReports(run.report, sim.report).differences).toEqual([])
  })
})

// Credit, controls and keys: a pledged range that is liquidated, burned and sold, a freeze, a rotated key, a draw at a discount window.
describe('with credit', { retry: 2 }, () => {
  const file = join(ROOT, 'configs/scenarios/lending/ten-credit.yaml')
  const credit = loadScenario(file, readFileSync(file))

  test('pools, vaults, authorities and keepers come to the same balances on both runtimes', {
    timeout: RUN_LIMIT_MS,
  }, async () => {
    const run = await runScenario({
      ...{ loaded: credit, seed: 1, runtime: 'libp2p', hosting: 'one-process', nodeProgram: NODE_PROGRAM },
      onNote: (line) => process.stderr.write(`credit: ${line}\n`),
    })
    expect(run.report.invariants.broken).toEqual([])
    expect(run.report.lending.some(({ repaid }) => repaid > 0n)).toBe(true)
    const sim = await simulated(credit, 1)
    expect(compareReports(run.report, sim.report).differences).toEqual([])
    // What is compared: a run whose keeper has no money comes to other balances.
    const written = readFileSync(file, 'utf8')
    const poor = load(written.replace('USDC: "1500000" }, sellsOn', 'USDC: "1" }, sellsOn'))
    expect(compareReports(run.report, (await simulated(poor, 1)).report).equal).toBe(false)
  })
})

describe('the verdict means something', () => {
  let sims: ScenarioRun[] = []
  beforeAll(async () => {
    sims = await Promise.all(SEEDS.map((seed) => simulated(loaded, seed)))
  })

  test('because the runs it compares have rivals, several winners, settled orders and stranded ones', () => {
    for (const { report } of sims) {
      expect(report.orders.every(({ bids }) => bids >= 2)).toBe(true)
      expect(new Set(report.orders.map(({ winnerNode }) => winnerNode)).size).toBeGreaterThanOrEqual(2)
      expect(report.counts).toMatchObject({ signed: 8, filled: 8, settled: 5, refunded: 3, stranded: 3 })
    }
    const winners = sims.flatMap(({ report }) => report.orders.map(({ winnerNode }) => winnerNode))
    expect(new Set(winners).size).toBe(3)
  })

  test('because seeds differ from each other', () => {
    for (const [index, sim] of sims.entries()) {
      const other = sims[(index + 1) % sims.length]!
      expect(compareReports(sim.report, other.report).equal).toBe(false)
    }
  })

  test.each([
    ['atlas', 'marginBps: 9', 'marginBps: 10'],
    ['borealis', 'marginBps: 5', 'marginBps: 6'],
    ['cygnus', 'marginBps: 1,', 'marginBps: 2,'],
  ])("because one more basis point in %s's margin on one side turns it red", async (solver, from, to) => {
    expect(text.split(from)).toHaveLength(2)
    const changed = load(text.replace(from, to))
    const seeds = SEEDS.filter((seed) =>
      liveRuns.get(seed)?.report.orders.some(({ winnerNode }) => winnerNode === solver),
    )
    expect(seeds).not.toEqual([])
    for (const seed of seeds) {
      const { report } = await simulated(changed, seed)
      const { equal, differences } = compareReports(liveRuns.get(seed)!.report, report)
      expect(equal).toBe(false)
      expect(differences.map(({ what }) => what).join('\n')).toMatch(/^order .* (winner|output)$/m)
    }
  })
})
