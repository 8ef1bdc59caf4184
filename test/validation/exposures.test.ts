// The networks of claims that a run saves: cleared by an algorithm that knows nothing of chains, every solver is left with
// what the watcher's balance sheet says, which shares losses out by a haircut of its own. Snapshots change nothing in a run.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ClearingReport,
  clearNetwork,
  loadScenario,
  readNetworkFile,
  runScenario,
  type ScenarioRun,
  writeResults,
} from '@solvent/experiments'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const SCENARIOS = join(import.meta.dirname, '../../configs/scenarios')
const IN_FULL = { alpha: 1, beta: 1 }
const TIMEOUT_MS = 120_000
/** Values of a snapshot are sums of amounts that were each rounded down to 10⁻⁸, as are those of the balance sheet. */
const ROUNDED = 1e-5

function loaded(file: string, edit = (text: string) => text) {
  return loadScenario(file, new TextEncoder().encode(edit(readFileSync(join(SCENARIOS, file), 'utf8'))))
}

async function played(scenario: ReturnType<typeof loaded>): Promise<ScenarioRun> {
  const { seed } = scenario.scenario
  return runScenario({ loaded: scenario, seed, runtime: 'sim', nodeProgram: '' })
}

describe.each([
  ['kelp-2026.yaml', 'kelp-oft/rsETH'],
  ['bridge/burn-mint-forged.yaml', 'cctp/USDC'],
  ['bridge/double-mint.yaml', 'hub/rsETH'],
  ['bridge/canonical-false-exit.yaml', 'portal/rsETH'],
  ['bridge/receivables-unproven.yaml', null],
  ['bridge/pool.yaml', null],
])('%s', (file, fallen) => {
  const directory = mkdtempSync(join(tmpdir(), 'solvent-exposures-'))
  let run: ScenarioRun
  /** Of every snapshot that was saved, in order of time. */
  const cleared: ClearingReport[] = []

  beforeAll(async () => {
    const scenario = loaded(file)
    run = await played(scenario)
    await writeResults(join(directory, 'run'), scenario, [run])
    const folder = join(directory, 'run/exposures')
    for (const name of readdirSync(folder).sort())
      cleared.push(clearNetwork(await readNetworkFile(join(folder, name), { shownAs: name }), IN_FULL))
  }, TIMEOUT_MS)

  afterAll(() => rmSync(directory, { recursive: true }))

  it('every snapshot is saved, listed, and taken as it is', () => {
    const { files } = JSON.parse(readFileSync(join(directory, 'run/manifest.json'), 'utf8'))
    expect(files.filter((name: string) => name.startsWith('exposures/'))).toHaveLength(run.exposures.length)
    expect(cleared).toHaveLength(run.exposures.length)
    for (const { certificate } of cleared) expect(certificate.conservation).toBeLessThan(1e-12)
  })

  it('cleared, it leaves solvers and actors what their balance sheets say', () => {
    const { ids, netWorth } = cleared.at(-1)!
    // An actor's sheet has its holdings alone, a solver's also what is on its way.
    const { claims } = run.exposures.at(-1)!
    const underWay = new Set(claims.flatMap(({ layer, creditor }) => (layer === 'transit' ? [creditor] : [])))
    const sheets = [
      ...run.report.solvers.map(({ node, equityE8 }) => ({ node, equityE8 })),
      ...run.report.actors
        .filter(({ node }) => ids.includes(node) && !underWay.has(node))
        .map(({ node, valueE8 }) => ({ node, equityE8: valueE8 })),
    ]
    expect(sheets).not.toEqual([])
    for (const { node, equityE8 } of sheets) {
      const off = netWorth[ids.indexOf(node)]! - Number(equityE8) / 1e8
      expect(Math.abs(off), node).toBeLessThan(ROUNDED)
    }
  })

  it('the bridge falls that has lost its backing, by its deficit, and no other', () => {
    const { ids, totalNominal, clearingVector } = cleared.at(-1)!
    const short = ids.map((id, node) => [id, totalNominal[node]! - clearingVector[node]!] as const)
    const bridges = short.filter(([id, loss]) => id.includes('/') && loss > ROUNDED)
    expect(bridges.map(([id]) => id)).toEqual(fallen === null ? [] : [fallen])
    for (const [id, loss] of bridges) {
      const bridge = run.report.bridges.find((each) => `${each.id}/${each.asset}` === id)!
      const { decimals, price } = run.plan.scenario.assets[bridge.asset]!
      expect(loss).toBeCloseTo((Number(bridge.deficit) / 10 ** decimals) * Number(price), 4)
    }
  })
})

it.each(['lending/liquidation.yaml', 'lending/population-run.yaml'])(
  '%s: what a lending pool holds and is owed is what it owes, and its treasury',
  async (file) => {
    const run = await played(loaded(file))
    const network = run.exposures.at(-1)!
    const { ids, netWorth } = clearNetwork({ form: 'exposures', file, network }, IN_FULL)
    const forTreasury = run.report.lending.reduce((sum, reserve) => {
      const { decimals, price } = run.plan.scenario.assets[reserve.asset]!
      return sum + (Number(reserve.forTreasury - reserve.deficit) / 10 ** decimals) * Number(price)
    }, 0)
    const pool = network.claims.filter(({ debtor }) => debtor === 'lending/main')
    expect(pool.map(({ layer }) => layer)).toContain('collateral')
    expect(
      network.claims.some(({ creditor, layer }) => creditor === 'lending/main' && layer === 'lending'),
    ).toBe(true)
    // The treasury's part of the interest since a reserve was last touched is not set aside yet.
    const off = netWorth[ids.indexOf('lending/main')]! - forTreasury
    expect(Math.abs(off)).toBeLessThan(1e-8 * pool.reduce((sum, { amount }) => sum + amount, 0) + 0.01)
  },
)

it('market/dumped-pair.yaml: the shares of a market are claims on all that it holds, its wrapped coins on their bridge', async () => {
  const run = await played(loaded('market/dumped-pair.yaml'))
  const { nodes, claims } = run.exposures.at(-1)!
  const sum = (of: typeof claims) => of.reduce((all, { amount }) => all + amount, 0)
  const own = nodes.find(({ id }) => id === 'market/rseth-eth')!.externalAssets
  const wrapped = sum(claims.filter(({ creditor }) => creditor === 'market/rseth-eth'))
  expect(wrapped).toBeGreaterThan(0)
  expect(sum(claims.filter(({ debtor }) => debtor === 'market/rseth-eth'))).toBeCloseTo(own + wrapped, 6)
})

it('derivatives/cover-depeg.yaml: called before it is triggered, and owed after, cover leaves holders what the contract pays', async () => {
  const run = await played(loaded('derivatives/cover-depeg.yaml'))
  const at = (label: number) => {
    const network = run.exposures.find(({ atMs }) => atMs === label * 1_000)!
    return { form: 'exposures', file: String(label), network } as const
  }
  const paid = (report: ClearingReport) => report.recoveryRate[report.ids.indexOf('cover/depeg')]
  expect(paid(clearNetwork(at(3_000), IN_FULL))).toBeNull()
  expect(paid(clearNetwork(at(3_000), IN_FULL, ['cover/depeg']))).toBeCloseTo(106 / 300, 9)
  expect(paid(clearNetwork(at(10_200), IN_FULL))).toBeCloseTo(run.summary.covers[0]!.paidShare!, 6)
})

it('who fell is told in rounds, with the cause: the forged release, and then the fills that it left unproven', async () => {
  const { summary } = await played(loaded('kelp-2026.yaml'))
  expect(summary.cascade).toMatchObject([
    { id: 'kelp-oft/rsETH', round: 1, atSeconds: 180, because: [{ id: 'itself' }] },
    { id: 'eridani', round: 2, because: [{ id: 'prover/kelp-oft' }] },
  ])
  // 116,500 rsETH at 2,506; and what the summary says of its equity.
  expect(summary.cascade[0]?.shortfall).toBe('291949000.00')
  const equity = summary.solvers.find(({ id }) => id === 'eridani')?.equity
  expect(Number(summary.cascade[1]?.shortfall)).toBeCloseTo(-Number(equity), 1)
})

it('a run is the same whether somebody looks or not, and what is seen is the same again', async () => {
  const often = (text: string) =>
    text.replace('\nseed:', '\nsnapshots: { everySeconds: 7, atSeconds: [1] }\nseed:')
  const [plain, watched, again] = [
    await played(loaded('quick.yaml')),
    await played(loaded('quick.yaml', often)),
    await played(loaded('quick.yaml', often)),
  ]
  expect(watched.exposures.length).toBeGreaterThan(100)
  expect(watched.summary.events).toBe(plain.summary.events)
  expect(watched.report.balances.map(({ amount }) => amount)).toEqual(
    plain.report.balances.map(({ amount }) => amount),
  )
  expect(JSON.stringify(again.exposures)).toBe(JSON.stringify(watched.exposures))
})
