// Dynamics against statics. Where their assumptions coincide (fixed prices, one round of redemptions in proportion) what a
// simulated run pays in the end is the clearing vector (Eisenberg, Noe 2001) of the exposures before anybody was paid.
//
// Rounding, as stated: the bridge rounds every redemption down to a base unit (settlement reference §6), so that of k
// redemptions of one holder it keeps less than k base units; the clearing vector is float64, good here to 10⁻⁴ base units.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clearNetwork, loadScenario, runScenario, type ScenarioRun } from '@solvent/experiments'
import type { Address } from '@solvent/primitives'
import { beforeAll, describe, expect, it } from 'vitest'

const FILE = join(import.meta.dirname, '../../configs/scenarios/contagion/haircut-chain.yaml')
const SNAPSHOT_MS = 420_000
const FLOAT_UNITS = 1e-4
const E8 = 1e8
const WEI = 1e18

type Network = ScenarioRun['exposures'][number]

describe('a loss through bridges, escrows, solvers and their lenders', () => {
  let run: ScenarioRun
  let network: Network
  let cleared: ReturnType<typeof clearNetwork>

  beforeAll(async () => {
    const loaded = loadScenario(FILE, readFileSync(FILE))
    run = await runScenario({ loaded, seed: loaded.scenario.seed, runtime: 'sim', nodeProgram: '' })
    network = run.exposures.find(({ atMs }) => atMs === SNAPSHOT_MS)!
    cleared = clearNetwork({ form: 'exposures', file: FILE, network }, { alpha: 1, beta: 1 })
  })

  const place = (id: string) => cleared.ids.indexOf(id)
  const recovery = (id: string) => cleared.recoveryRate[place(id)]!

  /** What the clearing vector pays a creditor of the bridge and of the escrows that hold its coins, in base units. */
  function staticUnits(creditor: string, bridge: string, symbol: string): number {
    const { decimals, price } = run.plan.scenario.assets[symbol]!
    const debtors = [`${bridge}/${symbol}`, `oracle/escrow/${symbol}@arbitrum`]
    const value = network.claims
      .filter((claim) => claim.creditor === creditor && debtors.includes(claim.debtor))
      .reduce((sum, { debtor, amount }) => sum + amount * recovery(debtor), 0)
    return (value / Number(price)) * 10 ** decimals
  }

  /** What the run has paid out at home, in base units, and in how many transfers. */
  function dynamicUnits(node: string, symbol: string): { paid: number; redemptions: number } {
    const { spec, genesis } = run.plan
    const address = addressOf(run, node)
    const home = spec.bridges.flatMap(({ routes }) => routes).find((route) => route.symbol === symbol)!.home
    const held = (lines: readonly { owner: string; token: Address; amount: bigint }[]) =>
      lines.find(({ owner, token }) => owner === address && token === home.token)?.amount ?? 0n
    const before = held(genesis.find(({ chainId }) => chainId === home.chainId)!.balances)
    const after = held(run.report.balances.filter(({ chainId }) => chainId === home.chainId))
    const bridge = run.report.bridges.find(({ asset }) => asset === symbol)!
    // One of those that arrived was forged.
    return { paid: Number(after - before), redemptions: bridge.arrived - 1 }
  }

  it('the exposures are a chain: bridges fall first, escrows by them, a solver by those', () => {
    const rounds = Object.fromEntries(cleared.ids.map((id, at) => [id, cleared.defaultRound[at]]))
    expect(rounds).toMatchObject({
      'west/WST': 1,
      'north/NTH': 1,
      'oracle/escrow/WST@arbitrum': 2,
      'oracle/escrow/NTH@arbitrum': 2,
      draco: 3,
      atlas: 0,
      borealis: 0,
    })
  })

  it.each([
    ['atlas', 'west', 'WST'],
    ['atlas', 'north', 'NTH'],
    ['borealis', 'west', 'WST'],
    ['borealis', 'north', 'NTH'],
    ['draco', 'west', 'WST'],
    ['draco', 'north', 'NTH'],
    ['hal', 'west', 'WST'],
  ])('%s is paid by %s what the clearing vector says, to the base unit', (node, bridge, symbol) => {
    const expected = staticUnits(node, bridge, symbol)
    const { paid, redemptions } = dynamicUnits(node, symbol)
    expect(expected).toBeGreaterThan(1e6)
    expect(redemptions).toBeLessThan(12)
    expect(expected - paid).toBeGreaterThan(-FLOAT_UNITS)
    expect(expected - paid).toBeLessThan(redemptions + FLOAT_UNITS)
  })

  it('a loss of one unit, smaller than what its redemptions are rounded by, breaks nothing', async () => {
    const text = readFileSync(FILE, 'utf8')
    expect(text).toContain('"1777777.123457"')
    const small = loadScenario(FILE, new TextEncoder().encode(text.replace('"1777777.123457"', '"0.000001"')))
    const { summary } = await runScenario({ loaded: small, seed: 1, runtime: 'sim', nodeProgram: '' })
    // Three redemptions, each a unit short: two units more than the loss stay in the lock.
    expect(summary.bridges.find(({ asset }) => asset === 'WST')).toMatchObject({ borne: '3', deficit: '-2' })
    expect(summary.invariants.broken).toEqual([])
  })

  it('a single redemption is the clearing payment, rounded down', () => {
    expect(dynamicUnits('hal', 'WST').paid).toBe(Math.floor(staticUnits('hal', 'west', 'WST')))
  })

  it('each solver ends with the equity of the clearing, less the gas that it has paid; lenders bear the rest', () => {
    for (const { node, equityE8, borrowedE8, insolvent } of run.report.solvers) {
      const [ended, owed] = [Number(equityE8) / E8, Number(borrowedE8) / E8]
      const gas = gasOf(run, node)
      const off = cleared.netWorth[place(node)]! - ended
      expect(off, node).toBeGreaterThan(-1e-6)
      expect(off, node).toBeLessThan(gas + 1e-4)
      const lenders = cleared.clearingVector[place(node)]!
      expect(Math.abs(lenders - Math.min(owed, owed + ended)), node).toBeLessThan(gas + 1e-4)
      expect(cleared.defaulted.includes(place(node))).toBe(insolvent)
    }
  })
})

function addressOf({ plan }: ScenarioRun, node: string): Address {
  const actors = plan.nodes.flatMap((each) => (each.role === 'watcher' ? (each.init.actors ?? []) : []))
  return [...plan.spec.solvers, ...actors].find((party) => party.node === node)!.address
}

/** Of the whole run, in the numeraire: cents. */
function gasOf(run: ScenarioRun, node: string): number {
  const paid = run.report.balances
    .filter(({ owner }) => owner === addressOf(run, node))
    .reduce((sum, { gasPaid }) => sum + gasPaid, 0n)
  return (Number(paid) / WEI) * Number(run.plan.scenario.assets['ETH']!.price)
}
