// Which nodes a scenario has, by name: what faults refer to and what `solvent status` lists.
import type { Scenario } from './scenario-schema.ts'

export interface ScenarioNodes {
  readonly sequencers: readonly { readonly node: string; readonly chain: string }[]
  readonly auctioneers: readonly string[]
  readonly bridges: readonly {
    readonly bridge: string
    readonly verifiers: readonly string[]
    readonly relayers: readonly string[]
    /** Signs for issuer and guardian. */
    readonly operator: string
  }[]
  readonly solvers: readonly string[]
  readonly users: readonly string[]
  readonly watcher: string
}

/** `seq-arbitrum`, `auctioneer-1`, `kelp-oft-verifier-1`, `kelp-oft-relayer-1`, the solvers' and users' own names, `watcher`. */
export function scenarioNodes(scenario: Scenario): ScenarioNodes {
  const numbered = (stem: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${stem}-${index + 1}`)
  return {
    sequencers: Object.keys(scenario.chains).map((chain) => ({ node: `seq-${chain}`, chain })),
    auctioneers: numbered('auctioneer', scenario.auctioneers),
    bridges: Object.entries(scenario.bridges).map(([bridge, { verification, relayers }]) => {
      const relayerNames = numbered(`${bridge}-relayer`, relayers)
      return {
        bridge,
        verifiers: numbered(`${bridge}-verifier`, verification.verifiers),
        relayers: relayerNames,
        operator: relayerNames[0]!,
      }
    }),
    solvers: Object.keys(scenario.solvers),
    users: Object.keys(scenario.users),
    watcher: 'watcher',
  }
}

/** All names in the order in which the assembly lists the nodes. */
export function allNodeNames(nodes: ScenarioNodes): string[] {
  return [
    ...nodes.sequencers.map(({ node }) => node),
    ...nodes.auctioneers,
    ...nodes.bridges.flatMap(({ verifiers, relayers }) => [...verifiers, ...relayers]),
    ...nodes.solvers,
    ...nodes.users,
    nodes.watcher,
  ]
}
