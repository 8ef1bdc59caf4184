// From a checked scenario and a seed to the plan of a network. Pure: the same inputs give the same plan.
import type { SolverInit } from '@solvent/nodes'
import { asNodeId, type Hash32, parseUnits, secondsToMs } from '@solvent/primitives'
import {
  controlAddress,
  type Genesis,
  marketAddress,
  type NetworkSpec,
  type PriceBook,
  type PriceSource,
  priceOf,
  type ScheduledFault,
  valueE8,
} from '@solvent/protocol'
import type { StrategyConfig } from '@solvent/strategies'
import { type ResolvedActor, resolveActors } from '../actors/resolve-actors.ts'
import { ratioRules, riskRules } from '../controls/assemble-authorities.ts'
import { derivativeNodes } from '../derivatives/assemble-derivatives.ts'
import { snapshotMoments } from '../exposures/snapshot-moments.ts'
import { poisonedSource } from '../faults/bridge-faults.ts'
import { drawFaults } from '../faults/draw-faults.ts'
import { inOrderOfTime, resolveFaults } from '../faults/resolve-faults.ts'
import { populationNodes } from '../populations/assemble-populations.ts'
import { priceBook } from '../prices/price-book.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { reporterName, scenarioNodes } from '../scenario/node-names.ts'
import { ATTACKER } from '../scenario/reserved-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { delayOf, favoursOf } from './accomplices.ts'
import { accountOf, bridgeAddress } from './addresses.ts'
import { assembleGenesis } from './assemble-genesis.ts'
import { makerNodes } from './assemble-makers.ts'
import { providerCrowdNodes, traderNodes } from './assemble-market-crowds.ts'
import { orderFlow } from './assemble-orders.ts'
import { assembleSpec } from './assemble-spec.ts'
import type { NetworkPlan, PlannedNode } from './network-plan.ts'

const PRICE_DECIMALS = 8
const GWEI_DECIMALS = 9

export interface AssembleOptions {
  readonly scenario: Scenario
  /** Of the scenario file, see `loadScenario`. */
  readonly hash: Hash32
  readonly seed: number
  readonly signatures: 'secp256k1' | 'stand-in'
}

/**
 * Resolves a scenario.
 *
 * @throws SolventError E_SCENARIO where amounts cannot all hold with this seed (claims below holdings, supply below claims)
 */
export function assemble({ scenario, hash, seed: seedNumber, signatures }: AssembleOptions): NetworkPlan {
  const seed = String(seedNumber)
  const spec = assembleSpec({ scenario, hash, seed, signatures })
  const genesis = assembleGenesis(scenario, seed)
  const known: Known = { scenario, seed, spec, genesis, prices: priceBook(scenario, seed) }
  const actors = resolveActors(scenario, spec, seed)
  const faults = inOrderOfTime([
    ...resolveFaults({ scenario, spec, seed }),
    ...declarations(scenario, actors),
  ])
  return {
    name: scenario.name,
    seed,
    spec,
    genesis,
    nodes: [
      ...sequencers(known),
      ...challengers(known),
      ...auctioneers(known),
      ...bridgeNodes(known),
      ...solvers(known),
      ...users(known),
      ...actorNodes(known, actors),
      ...reporters(known),
      ...stewards(known),
      ...keepers(known),
      ...populationNodes(scenario, seed, { spec, genesis }),
      ...derivativeNodes(scenario, seed, { spec, genesis }),
      ...arbitrageurs(known),
      ...makerNodes(known),
      ...providerCrowdNodes(known),
      ...traderNodes(known),
      watcher(known, faults),
    ],
    faults,
    scenario,
    attacker: accountOf(seed, ATTACKER),
    durationMs: secondsToMs(scenario.durationSeconds),
  }
}

interface Known {
  readonly scenario: Scenario
  readonly seed: string
  readonly spec: NetworkSpec
  readonly genesis: readonly Genesis[]
  readonly prices: PriceBook
}

function sequencers({ scenario, seed, spec }: Known): PlannedNode[] {
  const { sequencers, watcher } = scenarioNodes(scenario)
  return sequencers.map(({ node, chains }) => ({
    id: asNodeId(node),
    role: 'sequencer',
    init: {
      spec,
      node: asNodeId(node),
      chains: chains.map((chain) => chainIdOf(scenario, chain)),
      archives: [asNodeId(watcher)],
      ...favoursOf(scenario, seed, chains),
    },
  }))
}

function challengers({ scenario, spec }: Known): PlannedNode[] {
  return scenarioNodes(scenario).challengers.map(({ node, chain }) => ({
    id: asNodeId(node),
    role: 'challenger',
    init: { spec, node: asNodeId(node), rollup: chainIdOf(scenario, chain) },
  }))
}

function auctioneers({ scenario, spec, prices }: Known): PlannedNode[] {
  const { disciplines = [], rewards, leak } = scenario.auctionTerms ?? {}
  return scenarioNodes(scenario).auctioneers.map((node) => ({
    id: asNodeId(node),
    role: 'auctioneer',
    init: {
      spec,
      node: asNodeId(node),
      disciplines,
      prices,
      ...(leak === undefined ? {} : { leak: { ppm: leak.ppm, to: leak.to.map(asNodeId) } }),
      ...(rewards === undefined
        ? {}
        : {
            rewards: {
              chainId: chainIdOf(scenario, rewards.chain),
              feeBps: rewards.feeBps,
              capBps: rewards.capBps,
              mostPenaltyE8: parseUnits(rewards.mostPenalty, PRICE_DECIMALS),
            },
          }),
    },
  }))
}

/** Those who vouch for messages, and relayers of which the first also pauses for issuer and guardian. */
function bridgeNodes({ scenario, seed, spec }: Known): PlannedNode[] {
  return scenarioNodes(scenario).bridges.flatMap(({ bridge: name, parties, relayers, operator }) => {
    const shared = { spec, bridge: bridgeAddress(name), trustedSources: [asNodeId(poisonedSource(name))] }
    return [
      ...parties.map(
        ({ node, role }): PlannedNode => ({
          id: asNodeId(node),
          role: 'bridge',
          // A proposer also delivers, after the relayers: what it was told by a lying source nobody else knows of.
          init: {
            ...shared,
            node: asNodeId(node),
            roles: role === 'proposer' ? [role, 'relayer'] : [role],
            ...(role === 'verifier' ? delayOf(scenario, seed, name) : {}),
          },
        }),
      ),
      ...relayers.map(
        (node): PlannedNode => ({
          id: asNodeId(node),
          role: 'bridge',
          init: {
            ...shared,
            // What a rollup's own bridge pays depends on roots alone: anyone's word of a message is worth a try.
            trustedSources:
              scenario.bridges[name]!.verification.kind === 'canonical' ? shared.trustedSources : [],
            node: asNodeId(node),
            roles: node === operator ? ['relayer', 'issuer', 'guardian'] : ['relayer'],
          },
        }),
      ),
    ]
  })
}

function solvers({ scenario, spec, genesis, prices }: Known): PlannedNode[] {
  return Object.entries(scenario.solvers).map(
    ([name, { strategy, risk, rebalance, sourcing, bundleBps }]) => ({
      id: asNodeId(name),
      role: 'solver',
      init: {
        spec,
        node: asNodeId(name),
        genesis,
        prices,
        strategy: strategyOf(scenario, strategy),
        ...(bundleBps === undefined ? {} : { bundleBps }),
        ...sideChannelOf(scenario, name),
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
            : { markets: sourcing.markets.map(marketAddress), bandBps: sourcing.bandBps },
      },
    }),
  )
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

function users({ scenario, spec, prices }: Known): PlannedNode[] {
  return Object.keys(scenario.users).map((name) => ({
    id: asNodeId(name),
    role: 'user',
    init: { spec, node: asNodeId(name), prices, flow: orderFlow(scenario, name) },
  }))
}

function actorNodes({ spec }: Known, actors: readonly ResolvedActor[]): PlannedNode[] {
  return actors.map(({ name, steps }) => ({
    id: asNodeId(name),
    role: 'actor',
    init: { spec, node: asNodeId(name), steps },
  }))
}

/** The first reporter of a chain also pokes its delayed oracles and averages. */
function reporters({ scenario, spec, prices }: Known): PlannedNode[] {
  return scenarioNodes(scenario).reporters.map(({ node, chain }) => {
    const chainId = chainIdOf(scenario, chain)
    const poked = spec.oracles.filter((each) => each.chainId === chainId && isPoked(each.source))
    const pokes = node === reporterName(chain, 1) ? poked.map(({ address }) => address) : []
    return {
      id: asNodeId(node),
      role: 'reporter',
      init: { spec, node: asNodeId(node), chainId, prices, pokes },
    }
  })
}

const isPoked = ({ kind }: PriceSource): boolean => kind === 'delayed' || kind === 'twap'

/** The first member of an authority watches for all. */
function stewards({ scenario, spec }: Known): PlannedNode[] {
  const { stewards: members } = scenarioNodes(scenario)
  return members.map(({ node, authority }, index) => ({
    id: asNodeId(node),
    role: 'steward',
    init: {
      spec,
      node: asNodeId(node),
      authority: controlAddress(authority),
      ...(members[index - 1]?.authority === authority
        ? { rules: [], ratios: [] }
        : { rules: riskRules(scenario, authority), ratios: ratioRules(scenario, authority) }),
    },
  }))
}

function keepers({ scenario, spec, genesis, prices }: Known): PlannedNode[] {
  return Object.entries(scenario.keepers ?? {}).map(([name, keeper]) => {
    const chainId = chainIdOf(scenario, keeper.chain)
    const { minProfit, slippageBps, bidShareBps, maxBaseFeeGwei, auctions, sellsOn, funding } = keeper
    const farId = funding === undefined ? null : chainIdOf(scenario, funding.chain)
    return {
      id: asNodeId(name),
      role: 'keeper',
      init: {
        spec,
        node: asNodeId(name),
        chainId,
        genesis: genesis.find((each) => each.chainId === chainId)!,
        prices,
        rules: {
          minProfitE8: parseUnits(minProfit, PRICE_DECIMALS),
          maxBaseFee: maxBaseFeeGwei === undefined ? null : parseUnits(maxBaseFeeGwei, GWEI_DECIMALS),
          ...{ slippageBps, bidShareBps, auctions, sellsOn: sellsOn.map(marketAddress) },
        },
        funding:
          funding === undefined || farId === null
            ? null
            : {
                rules: {
                  chainId: farId,
                  prover: bridgeAddress(funding.prover),
                  feeBps: funding.feeBps,
                  fillSeconds: funding.fillSeconds,
                  expiresSeconds: funding.expiresSeconds,
                },
                genesis: genesis.find((each) => each.chainId === farId)!,
              },
      },
    }
  })
}

function arbitrageurs({ scenario, spec, genesis, prices }: Known): PlannedNode[] {
  return Object.entries(scenario.arbitrageurs ?? {}).map(([name, { markets, minProfit, bidShareBps }]) => ({
    id: asNodeId(name),
    role: 'arbitrageur',
    init: {
      spec,
      node: asNodeId(name),
      genesis,
      prices,
      markets: (markets ?? spec.markets.map((market) => market.name)).map(marketAddress),
      rules: { minProfitE8: parseUnits(minProfit, PRICE_DECIMALS), bidShareBps },
    },
  }))
}

/** The audit hears of a loss that an actor is to cause before it happens. */
function declarations(scenario: Scenario, actors: readonly ResolvedActor[]): ScheduledFault[] {
  const to = asNodeId(scenarioNodes(scenario).watcher)
  return actors.flatMap(({ name, declarations: told }) =>
    told.map(({ atMs, message }) => ({
      atMs,
      label: `exploit ${name}`,
      fault: { kind: 'control', to, message },
    })),
  )
}

function watcher(
  { scenario, seed, spec, genesis, prices }: Known,
  faults: readonly ScheduledFault[],
): PlannedNode {
  const nodes = scenarioNodes(scenario)
  const node = asNodeId(nodes.watcher)
  return {
    id: node,
    role: 'watcher',
    init: {
      spec,
      node,
      genesis,
      prices,
      seed,
      lossRule: scenario.lossRule,
      clockSpreadMs: clockSpreadMs(scenario, seed),
      untilMs: spec.genesisMs + secondsToMs(scenario.durationSeconds),
      users: nodes.users.map((name) => ({ node: asNodeId(name), address: accountOf(seed, name) })),
      actors: [
        ...nodes.actors,
        ...nodes.populations,
        ...nodes.custodians,
        ...nodes.arbitrageurs,
        ...nodes.marketMakers,
        ...nodes.providerCrowds,
        ...nodes.traders,
      ].map((name) => ({
        node: asNodeId(name),
        address: accountOf(seed, name),
      })),
      debts: Object.entries(scenario.solvers).map(([name, solver]) => ({
        solver: accountOf(seed, name),
        valueE8: debtE8(scenario, prices, solver.borrowed),
      })),
      snapshots: snapshotMoments(scenario, faults, spec.genesisMs),
      ...(scenario.warnings === undefined ? {} : { warnings: scenario.warnings }),
    },
  }
}

/** How far apart the scenario's faults can put the clocks of block producers, and that of the watcher (T-8). */
function clockSpreadMs(scenario: Scenario, seed: string): number {
  const { sequencers, watcher } = scenarioNodes(scenario)
  const judged = new Set<string>([...sequencers.map(({ node }) => node), watcher])
  const skews = drawFaults(scenario, seed).flatMap(({ fault }) => {
    if (fault.kind === 'clock-skew' && judged.has(fault.node)) return [fault.skewMs]
    if (fault.kind === 'clock-drift' && judged.has(fault.node))
      return [Math.trunc((fault.ppm * fault.forSeconds) / 1_000)]
    return []
  })
  return Math.max(0, ...skews) - Math.min(0, ...skews)
}

/** Value of what a solver has borrowed, at the scenario's prices. */
function debtE8(scenario: Scenario, prices: PriceBook, borrowed: Readonly<Record<string, string>>): bigint {
  return Object.entries(borrowed).reduce((sum, [symbol, amount]) => {
    const { decimals } = scenario.assets[symbol]!
    return sum + valueE8(parseUnits(amount, decimals), decimals, priceOf(prices, symbol))
  }, 0n)
}
