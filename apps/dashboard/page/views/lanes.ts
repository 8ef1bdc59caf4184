// Where each node stands: roles above, chains as lanes below with their producers and bridge nodes.
import type { RunFrame } from '../../src/run-frame.ts'

export interface Lane {
  readonly name: string
  readonly y: number
}

export interface Placed {
  readonly node: string
  readonly x: number
  readonly y: number
}

const WIDTH = 1_000
const LANE = 100
/** Lanes of roles, from the top. */
const ROLES: readonly (readonly [lane: string, roles: readonly string[]])[] = [
  ['users', ['user', 'population', 'actor']],
  ['auctioneers', ['auctioneer']],
  ['solvers', ['solver']],
  [
    'keepers and others',
    ['keeper', 'arbitrageur', 'market-maker', 'provider-crowd', 'trader', 'reporter', 'challenger'],
  ],
  ['watchers', ['watcher']],
]

export function placeNodes({ nodes, chains }: Pick<RunFrame, 'nodes' | 'chains'>): {
  readonly lanes: readonly Lane[]
  readonly placed: readonly Placed[]
} {
  const named = new Set(ROLES.flatMap(([, roles]) => roles))
  const groups = [
    ...ROLES.map(([name, roles]) => ({ name, members: nodes.filter(({ role }) => roles.includes(role)) })),
    ...chains.map(({ chain }) => ({
      name: chain,
      members: nodes.filter((node) => !named.has(node.role) && node.chain === chain),
    })),
    {
      name: 'bridges and others',
      members: nodes.filter(
        (node) => !named.has(node.role) && !chains.some(({ chain }) => chain === node.chain),
      ),
    },
  ].filter(({ members }) => members.length > 0)
  return {
    lanes: groups.map(({ name }, at) => ({ name, y: at * LANE })),
    placed: groups.flatMap(({ members }, at) =>
      members.map(({ node }, place) => ({
        node,
        x: ((place + 1) * WIDTH) / (members.length + 1),
        y: at * LANE,
      })),
    ),
  }
}
