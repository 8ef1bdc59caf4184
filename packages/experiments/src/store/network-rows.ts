// Chains, assets, bridges and solvers of a network by name, and its nodes with where they stand.
import type { NetworkPlan } from '../assembly/network-plan.ts'

export interface Names {
  chain(chainId: number): string
  asset(chainId: number, token: string): string
  bridge(address: string): string
  solver(address: string): string
}

export function namesOf({ spec }: NetworkPlan): Names {
  const chains = new Map<number, string>(spec.chains.map(({ chainId, name }) => [chainId, name]))
  const assets = new Map<string, string>(
    spec.tokens.map(({ chainId, address, symbol }) => [`${chainId}/${address}`, symbol]),
  )
  const bridges = new Map<string, string>(spec.bridges.map(({ address, name }) => [address, name]))
  const solvers = new Map<string, string>(spec.solvers.map(({ address, node }) => [address, node]))
  return {
    chain: (chainId) => chains.get(chainId) ?? String(chainId),
    asset: (chainId, token) => assets.get(`${chainId}/${token}`) ?? token,
    bridge: (address) => bridges.get(address) ?? address,
    solver: (address) => solvers.get(address) ?? address,
  }
}

export interface NodeRow {
  readonly node: string
  readonly role: string
  /** Of a sequencer the first chain that it produces, of a bridge node the home of its first route. */
  readonly chain: string | null
  /** Of a bridge node. */
  readonly bridge: string | null
}

export function nodeRows(plan: NetworkPlan): NodeRow[] {
  const names = namesOf(plan)
  return plan.nodes.map((planned) => {
    const { id: node, role } = planned
    if (planned.role === 'sequencer')
      return { node, role, chain: names.chain(planned.init.chains[0]!), bridge: null }
    if (planned.role !== 'bridge') return { node, role, chain: null, bridge: null }
    const bridge = plan.spec.bridges.find(({ address }) => address === planned.init.bridge)
    const home = bridge?.routes[0]?.home.chainId
    return {
      node,
      role,
      chain: home === undefined ? null : names.chain(home),
      bridge: bridge?.name ?? null,
    }
  })
}
