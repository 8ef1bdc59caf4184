// Which nodes a scenario has, by name: what faults refer to and what `solvent status` lists.
import { type BridgeParty, bridgePartiesOf } from './bridge-parties.ts'
import type { Scenario } from './scenario-schema.ts'

export interface ScenarioNodes {
  /** Producers, each with its chains: several of one chain take turns, a shared one has several chains. */
  readonly sequencers: readonly { readonly node: string; readonly chains: readonly string[] }[]
  readonly challengers: readonly { readonly node: string; readonly chain: string }[]
  readonly auctioneers: readonly string[]
  readonly bridges: readonly {
    readonly bridge: string
    /** Who vouches for messages. */
    readonly parties: readonly BridgeParty[]
    readonly relayers: readonly string[]
    /** Signs for issuer and guardian. */
    readonly operator: string
  }[]
  readonly solvers: readonly string[]
  readonly users: readonly string[]
  /** Who posts prices, each to the feeds of one chain. */
  readonly reporters: readonly { readonly node: string; readonly chain: string }[]
  /** Members of authorities. */
  readonly stewards: readonly { readonly node: string; readonly authority: string }[]
  readonly keepers: readonly string[]
  readonly populations: readonly string[]
  readonly custodians: readonly string[]
  readonly perpetualKeepers: readonly string[]
  readonly hedgers: readonly string[]
  readonly arbitrageurs: readonly string[]
  readonly marketMakers: readonly string[]
  readonly providerCrowds: readonly string[]
  readonly traders: readonly string[]
  readonly actors: readonly string[]
  readonly watcher: string
}

/** `seq-arbitrum` (of several, `seq-arbitrum-1`; of a shared sequencer, `espresso-1`), `arbitrum-challenger-1`, `ethereum-reporter-1`, `dao-member-1`, `auctioneer-1`, `kelp-oft-verifier-1`, `kelp-oft-relayer-1`, the solvers', users' and actors' own names, `watcher`. */
export function scenarioNodes(scenario: Scenario): ScenarioNodes {
  const numbered = (stem: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${stem}-${index + 1}`)
  return {
    sequencers: [
      ...Object.entries(scenario.chains)
        .filter(([chain]) => sharedSequencerOf(scenario, chain) === undefined)
        .flatMap(([chain, settings]) => {
          const count = settings.kind === 'l1' ? settings.producers : settings.sequencers
          const names = count === 1 ? [`seq-${chain}`] : numbered(`seq-${chain}`, count)
          return names.map((node) => ({ node, chains: [chain] }))
        }),
      ...Object.entries(scenario.sharedSequencers).flatMap(([name, { nodes, chains }]) =>
        numbered(name, nodes).map((node) => ({ node, chains })),
      ),
    ],
    challengers: Object.entries(scenario.chains).flatMap(([chain, each]) =>
      each.kind === 'optimistic'
        ? numbered(`${chain}-challenger`, each.challengers.count).map((node) => ({ node, chain }))
        : [],
    ),
    auctioneers: numbered('auctioneer', scenario.auctioneers),
    bridges: Object.entries(scenario.bridges).map(([bridge, { verification, relayers }]) => {
      const relayerNames = numbered(`${bridge}-relayer`, relayers)
      return {
        bridge,
        parties: bridgePartiesOf(bridge, verification),
        relayers: relayerNames,
        operator: relayerNames[0]!,
      }
    }),
    solvers: Object.keys(scenario.solvers),
    users: Object.keys(scenario.users),
    reporters: reportersOf(scenario),
    arbitrageurs: Object.keys(scenario.arbitrageurs ?? {}),
    marketMakers: Object.keys(scenario.marketMakers ?? {}),
    providerCrowds: Object.keys(scenario.providerCrowds ?? {}),
    traders: Object.keys(scenario.traders ?? {}),
    stewards: Object.entries(scenario.controls?.authorities ?? {}).flatMap(([authority, { members }]) =>
      numbered(`${authority}-member`, members).map((node) => ({ node, authority })),
    ),
    keepers: Object.keys(scenario.keepers ?? {}),
    populations: Object.keys(scenario.populations ?? {}),
    custodians: Object.keys(scenario.custodians ?? {}),
    perpetualKeepers: Object.entries(scenario.perpetuals ?? {}).flatMap(([house, { keepers }]) =>
      perpetualKeeperNames(house, keepers),
    ),
    hedgers: Object.keys(scenario.hedgers ?? {}),
    actors: Object.keys(scenario.actors),
    watcher: 'watcher',
  }
}

/** As many as the feed of a chain with the most of them needs; smaller feeds use the first ones. */
function reportersOf({ oracles = {} }: Scenario): { node: string; chain: string }[] {
  const most = new Map<string, number>()
  for (const oracle of Object.values(oracles))
    if (oracle.kind === 'feed' || oracle.kind === 'uptime' || oracle.kind === 'measure')
      most.set(oracle.chain, Math.max(most.get(oracle.chain) ?? 0, oracle.reporters))
  return [...most].flatMap(([chain, count]) =>
    Array.from({ length: count }, (_, index) => ({ node: reporterName(chain, index + 1), chain })),
  )
}

/** `dydx-keeper-1`, … */
export function perpetualKeeperNames(house: string, keepers: number): string[] {
  return Array.from({ length: keepers }, (_, index) => `${house}-keeper-${index + 1}`)
}

/** `ethereum-reporter-1` */
export function reporterName(chain: string, place: number): string {
  return `${chain}-reporter-${place}`
}

/** The nodes that make the blocks of a chain, in the order of their turns. */
export function producersOf(nodes: ScenarioNodes, chain: string): string[] {
  return nodes.sequencers.filter(({ chains }) => chains.includes(chain)).map(({ node }) => node)
}

/** The shared sequencer that a chain has instead of its own, by name. */
export function sharedSequencerOf(scenario: Scenario, chain: string): string | undefined {
  return Object.entries(scenario.sharedSequencers).find(([, { chains }]) => chains.includes(chain))?.[0]
}

/** All names in the order in which the assembly lists the nodes. */
export function allNodeNames(nodes: ScenarioNodes): string[] {
  return [
    ...nodes.sequencers.map(({ node }) => node),
    ...nodes.challengers.map(({ node }) => node),
    ...nodes.auctioneers,
    ...nodes.bridges.flatMap(({ parties, relayers }) => [...parties.map(({ node }) => node), ...relayers]),
    ...nodes.solvers,
    ...nodes.users,
    ...nodes.actors,
    ...nodes.reporters.map(({ node }) => node),
    ...nodes.stewards.map(({ node }) => node),
    ...nodes.keepers,
    ...nodes.populations,
    ...nodes.custodians,
    ...nodes.perpetualKeepers,
    ...nodes.hedgers,
    ...nodes.arbitrageurs,
    ...nodes.marketMakers,
    ...nodes.providerCrowds,
    ...nodes.traders,
    nodes.watcher,
  ]
}
