// What a reverse stress test breaks: a solver, an asset of a bridge or its pool, a chain.
import { SolventError } from '@solvent/primitives'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { createMarks } from './holdings-sheet.ts'
import type { Trial } from './trial.ts'

export interface Target {
  readonly name: string
  /** What counts as broken, in words. */
  readonly brokenWhen: string
  isBroken(trial: Trial): boolean
}

/** The part of its value that claims on an asset, or what people hold on a chain, must lose. */
const BROKEN_SHARE = 0.1

/**
 * The target of a name: a solver, `bridge/asset`, or a chain.
 *
 * @throws SolventError E_USAGE for a name that the scenario does not have
 */
export function targetOf(scenario: Scenario, name: string): Target {
  if (scenarioNodes(scenario).solvers.includes(name)) return solverTarget(name)
  const [bridge = '', asset = ''] = name.split('/')
  const spec = scenario.bridges[bridge]
  if (spec?.assets[asset] !== undefined)
    return spec.custody.kind === 'pool' ? poolTarget(bridge, asset) : assetTarget(bridge, asset)
  if (scenario.chains[name] !== undefined) return chainTarget(name)
  throw new SolventError({
    code: 'E_USAGE',
    message: 'The scenario has no such solver, asset of a bridge, or chain.',
    details: { got: name, allowed: targetNames(scenario) },
  })
}

export function targetNames(scenario: Scenario): string[] {
  return [
    ...scenarioNodes(scenario).solvers,
    ...Object.entries(scenario.bridges).flatMap(([bridge, { assets }]) =>
      Object.keys(assets).map((asset) => `${bridge}/${asset}`),
    ),
    ...Object.keys(scenario.chains),
  ]
}

function solverTarget(name: string): Target {
  return {
    name,
    brokenWhen: 'it owes more than it has',
    isBroken: ({ report }) => report.solvers.some(({ node, insolvent }) => node === name && insolvent),
  }
}

function assetTarget(bridge: string, asset: string): Target {
  return {
    name: `${bridge}/${asset}`,
    brokenWhen: `less than ${(1 - BROKEN_SHARE) * 100} % of its claims are covered`,
    isBroken: ({ report }) =>
      report.bridges.some(
        (each) => each.id === bridge && each.asset === asset && each.backingRatio < 1 - BROKEN_SHARE,
      ),
  }
}

function poolTarget(bridge: string, asset: string): Target {
  return {
    name: `${bridge}/${asset}`,
    brokenWhen: 'payouts wait, or a share is worth less than at the start',
    isBroken: ({ report }) =>
      report.bridges.some(
        (each) =>
          each.id === bridge &&
          each.asset === asset &&
          each.pools.some(({ waiting, sharePrice }) => waiting > 0 || sharePrice < 1),
      ),
  }
}

/** Of what people hold there, at the haircuts of the run. */
function chainTarget(chain: string): Target {
  return {
    name: chain,
    brokenWhen: `what people hold there, its own gas asset aside, has lost ${BROKEN_SHARE * 100} % of its value`,
    isBroken(trial) {
      const { plan, report } = trial
      const chainId = plan.spec.chains.find(({ name }) => name === chain)!.chainId
      const gas = plan.spec.tokens.find(
        (token) => token.chainId === chainId && token.symbol === plan.scenario.gasAsset,
      )
      const { kept, face } = createMarks(trial)
      let [left, all] = [0n, 0n]
      for (const line of report.balances) {
        if (line.chainId !== chainId || (line.kind !== 'USER' && line.kind !== 'SOLVER')) continue
        if (line.token === gas?.address) continue
        left += kept(line)
        all += face(line)
      }
      return all > 0n && Number(left) < (1 - BROKEN_SHARE) * Number(all)
    },
  }
}
