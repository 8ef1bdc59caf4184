// From a checked scenario and a seed to the plan of a network. Pure: the same inputs give the same plan.
import { asNodeId, type Hash32, secondsToMs } from '@solvent/primitives'
import type { ScheduledFault } from '@solvent/protocol'
import { type ResolvedActor, resolveActors } from '../actors/resolve-actors.ts'
import { derivativeNodes } from '../derivatives/assemble-derivatives.ts'
import { inOrderOfTime, resolveFaults } from '../faults/resolve-faults.ts'
import { marketsOfWraps } from '../faults/wrap-sales.ts'
import { populationNodes } from '../populations/assemble-populations.ts'
import { priceBook } from '../prices/price-book.ts'
import { withRotations } from '../scenario/account-rotations.ts'
import { marketsOfProvider } from '../scenario/market-names.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import { ATTACKER } from '../scenario/reserved-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { accountOf } from './addresses.ts'
import { auctioneers } from './assemble-auctioneers.ts'
import { bridgeNodes } from './assemble-bridge-nodes.ts'
import { assembleGenesis } from './assemble-genesis.ts'
import { arbitrageurs, keepers } from './assemble-keepers.ts'
import { makerNodes } from './assemble-makers.ts'
import { providerCrowdNodes, traderNodes } from './assemble-market-crowds.ts'
import { reporters, stewards } from './assemble-oracle-nodes.ts'
import { orderFlow } from './assemble-orders.ts'
import { challengers, sequencers } from './assemble-producers.ts'
import { solvers } from './assemble-solvers.ts'
import { assembleSpec } from './assemble-spec.ts'
import { watcher } from './assemble-watcher.ts'
import type { NetworkPlan, PlannedNode } from './network-plan.ts'
import type { PlanInputs } from './plan-inputs.ts'

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
  const known: PlanInputs = { scenario, seed, spec, genesis, prices: priceBook(scenario, seed) }
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
    nodes: withRotations(scenario, { seed, spec }, [
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
    ]),
    faults,
    scenario,
    attacker: accountOf(seed, ATTACKER),
    durationMs: secondsToMs(scenario.durationSeconds),
  }
}

function users({ scenario, spec, prices }: PlanInputs): PlannedNode[] {
  return Object.keys(scenario.users).map((name) => ({
    id: asNodeId(name),
    role: 'user',
    init: { spec, node: asNodeId(name), prices, flow: orderFlow(scenario, name) },
  }))
}

function actorNodes(
  { scenario, spec, genesis }: PlanInputs,
  actors: readonly ResolvedActor[],
): PlannedNode[] {
  return actors.map(({ name, steps }) => {
    const names = new Set(marketsOfWraps(scenario, name))
    const markets = spec.markets.filter((market) => names.has(market.name))
    const sells = markets.length === 0 ? {} : { sells: { markets, genesis } }
    const provided = marketsOfProvider(scenario, name)
    const deep = spec.markets.filter((market) => provided.includes(market.name))
    const provides = deep.length === 0 ? {} : { provides: { markets: deep, genesis } }
    return {
      id: asNodeId(name),
      role: 'actor',
      init: { spec, node: asNodeId(name), steps, ...sells, ...provides },
    }
  })
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
