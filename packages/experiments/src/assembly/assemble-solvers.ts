// Solvers of a scenario, and the rings that some of them are in.
import type { SolverInit } from '@solvent/nodes'
import { asNodeId, parseUnits, secondsToMs } from '@solvent/primitives'
import { marketAddress } from '@solvent/protocol'
import type { StrategyConfig } from '@solvent/strategies'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { looksOf } from './accomplices.ts'
import { bridgeAddress, tokenAddress } from './addresses.ts'
import type { PlannedNode } from './network-plan.ts'
import type { PlanInputs } from './plan-inputs.ts'

const PRICE_DECIMALS = 8

export function solvers({ scenario, spec, genesis, prices }: PlanInputs): PlannedNode[] {
  return Object.entries(scenario.solvers).map(
    ([name, { strategy, risk, rebalance, sourcing, bundleBps, bond }]) => ({
      id: asNodeId(name),
      role: 'solver',
      init: {
        spec,
        node: asNodeId(name),
        genesis,
        prices,
        strategy: strategyOf(scenario, strategy),
        ...(bundleBps === undefined ? {} : { bundleBps }),
        ...batchFeeOf(scenario),
        ...bondOf(scenario, bond),
        ...sideChannelOf(scenario, name),
        ...looksOf(scenario, name),
        risk: {
          maxExposurePerBridgeE8: parseUnits(risk.maxExposurePerBridge, PRICE_DECIMALS),
          confirmationsByValue: risk.confirmations.map(({ upTo, level }) => ({
            upToE8: parseUnits(upTo, PRICE_DECIMALS),
            level,
          })),
          maxConcurrentOrders: risk.maxConcurrentOrders,
          refuseBelowBackingBps: risk.refuseBelowBackingBps,
        },
        rebalance:
          rebalance === undefined
            ? null
            : {
                bandBps: rebalance.bandBps,
                cooldownMs: secondsToMs(rebalance.cooldownSeconds),
                maxFeeBps: rebalance.maxFeeBps,
                maxWaitSeconds: rebalance.maxWaitSeconds,
              },
        sourcing:
          sourcing === undefined
            ? null
            : {
                ...sourcing,
                markets: sourcing.markets.map(marketAddress),
                bridges: sourcing.bridges.map(bridgeAddress),
              },
      },
    }),
  )
}

/** What winners of batches pay the protocol. */
function batchFeeOf({ auctionTerms }: Scenario): Pick<SolverInit, 'batchFeeBps'> {
  const { rewards } = auctionTerms ?? {}
  return rewards?.feesPaidBy === undefined ? {} : { batchFeeBps: rewards.feeBps }
}

/** What it puts at stake: what its file says, or as much as is asked for. */
function bondOf(scenario: Scenario, bond: string | undefined): Pick<SolverInit, 'bond' | 'benchmark'> {
  const terms = scenario.auctionTerms?.bonds
  if (terms === undefined) return {}
  const { chain, asset, least, benchmark } = terms
  return {
    bond: {
      chainId: chainIdOf(scenario, chain),
      token: tokenAddress(scenario, chain, asset),
      amount: parseUnits(bond ?? least, scenario.assets[asset]!.decimals),
    },
    ...(benchmark === undefined ? {} : { benchmark }),
  }
}

/** Members of a ring that talks, and whoever bids are leaked to, wait for what they hear. */
function sideChannelOf(scenario: Scenario, solver: string): Pick<SolverInit, 'sideChannel'> {
  const { rings = {}, talkingRings = [], auctionTerms } = scenario
  const strategy = scenario.solvers[solver]?.strategy
  const ring = strategy !== undefined && 'ring' in strategy ? strategy.ring : undefined
  const talks = ring !== undefined && talkingRings.includes(ring)
  if (!talks && auctionTerms?.leak?.to.includes(solver) !== true) return {}
  const others = talks ? (rings[ring] ?? []).filter((member) => member !== solver) : []
  return { sideChannel: { tells: others.map(asNodeId) } }
}

/** A strategy with the members of its ring instead of the ring's name. */
function strategyOf(
  { rings = {} }: Scenario,
  strategy: Scenario['solvers'][string]['strategy'],
): StrategyConfig {
  if (!('parameters' in strategy)) return strategy
  const { kind, parameters, ring } = strategy
  return { kind, parameters, ring: ring === undefined ? [] : (rings[ring] ?? []) }
}
