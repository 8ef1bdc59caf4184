// What a reverse stress test breaks: a solver, an asset of a bridge or its pool, a market, a lending pool, a chain.

import { SolventError } from '@solvent/primitives'
import { lendingPlaces } from '@solvent/protocol'
import { lendingPlaceNames } from '../lending/lending-place.ts'
import { venuesOf } from '../scenario/market-names.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { type ClaimMarks, claimMarks } from './claim-marks.ts'
import { createMarks } from './holdings-sheet.ts'
import { lendingSheet } from './lending-accounts.ts'
import type { Trial } from './trial.ts'

export interface Target {
  readonly name: string
  /** What counts as broken, in words. */
  readonly brokenWhen: string
  isBroken(trial: Trial): boolean
}

/** The part of its value that claims on an asset, or what people hold on a chain, must lose. */
const BROKEN_SHARE = 0.1
const BAD_DEBT_SHARE = 0.01
/** Cash below this part of what suppliers could claim is none. */
const DRY = 1_000n

/**
 * The target of a name: a solver, `bridge/asset`, `market/name`, `lending/name`, or a chain.
 *
 * @throws SolventError E_USAGE for a name that the scenario does not have
 */
export function targetOf(scenario: Scenario, name: string): Target {
  if (scenarioNodes(scenario).solvers.includes(name)) return solverTarget(name)
  const [bridge = '', asset = ''] = name.split('/')
  if (bridge === 'market' && venuesOf(scenario).some((venue) => venue.name === asset))
    return marketTarget(asset)
  if (bridge === 'lending' && lendingPlaceNames(scenario).includes(asset)) return lendingTarget(asset)
  const spec = scenario.bridges[bridge]
  if (spec?.assets[asset] !== undefined)
    return spec.custody.kind === 'pool' ? poolTarget(bridge, asset) : assetTarget(bridge, asset)
  if (scenario.chains[name] !== undefined) return chainTarget(name)
  throw new SolventError({
    code: 'E_USAGE',
    message: 'The scenario has no such solver, asset of a bridge, market, lending pool, or chain.',
    details: { got: name, allowed: targetNames(scenario) },
  })
}

export function targetNames(scenario: Scenario): string[] {
  return [
    ...scenarioNodes(scenario).solvers,
    ...Object.entries(scenario.bridges).flatMap(([bridge, { assets }]) =>
      Object.keys(assets).map((asset) => `${bridge}/${asset}`),
    ),
    ...venuesOf(scenario).map(({ name }) => `market/${name}`),
    ...lendingPlaceNames(scenario).map((name) => `lending/${name}`),
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

function marketTarget(market: string): Target {
  return {
    name: `market/${market}`,
    brokenWhen: `what it holds for its providers has lost ${BROKEN_SHARE * 100} % of its value, or its price has gone down or up by as much`,
    isBroken(trial) {
      const { chainId, address } = trial.plan.spec.markets.find(({ name }) => name === market)!
      const { kept, face } = createMarks(trial)
      const held = trial.report.balances.filter(
        (line) => line.kind === 'POOL' && line.chainId === chainId && line.owner === address,
      )
      const { firstX96, lowX96, highX96 } = trial.report.markets.find(({ id }) => id === market)!
      return (
        isShort(
          held.reduce((sum, line) => sum + kept(line), 0n),
          held.reduce((sum, line) => sum + face(line), 0n),
        ) ||
        isShort(lowX96, firstX96) ||
        isShort(firstX96, highX96)
      )
    },
  }
}

function lendingTarget(pool: string): Target {
  return {
    name: `lending/${pool}`,
    brokenWhen: `${BAD_DEBT_SHARE * 100} % of what is lent to it is bad debt, or a reserve of it has no cash left for its suppliers`,
    isBroken(trial) {
      const { address, chainId } = lendingPlaces(trial.plan.spec).find(({ name }) => name === pool)!
      const [borne, guaranteed] = [claimMarks(trial, 'lenders'), claimMarks(trial, 'guarantor')]
      const receipts = lendingSheet(trial).reserves.filter((reserve) => reserve.pool === address)
      const worth = (marks: ClaimMarks) =>
        receipts.reduce(
          (sum, { receipt, receipts: amount }) => sum + marks.kept({ chainId, token: receipt, amount }),
          0n,
        )
      const [left, all] = [worth(borne), worth(guaranteed)]
      const isDry = receipts.some(({ supplied, cash, borrowed }) => borrowed > 0n && cash * DRY < supplied)
      return isDry || (all > 0n && Number(left) < (1 - BAD_DEBT_SHARE) * Number(all))
    },
  }
}

function isShort(left: bigint, all: bigint): boolean {
  return all > 0n && Number(left) < (1 - BROKEN_SHARE) * Number(all)
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
      return isShort(left, all)
    },
  }
}
