// Fills whose proof a struck bridge does not bring: the solver has paid, the escrow goes back to the user.
import type { Scenario } from '../../scenario/scenario-schema.ts'
import { struckBridges } from '../shock.ts'
import type { Channel } from './channel.ts'

type User = Scenario['users'][string]

/** The names of the file have at most 32 characters. */
const twinOf = (bridge: string): string => `${bridge.slice(0, 26)}-proof`

export const receivables: Channel = {
  name: 'receivables',
  title: 'fills that a struck bridge does not prove',
  closedBy: 'orders are proven over a bridge of the same kind that is not struck',
  isOpenIn: (scenario) => provers(scenario).length > 0,
  close(scenario) {
    const replaced = provers(scenario)
    const bridges = replaced.map((bridge) => [twinOf(bridge), twin(scenario.bridges[bridge]!)] as const)
    const users = Object.entries(scenario.users).map(([name, user]): [string, User] => [
      name,
      {
        ...user,
        pairs: user.pairs.map((pair) => ({
          ...pair,
          prover: replaced.includes(pair.prover) ? twinOf(pair.prover) : pair.prover,
        })),
      },
    ])
    return {
      ...scenario,
      bridges: { ...scenario.bridges, ...Object.fromEntries(bridges) },
      users: Object.fromEntries(users),
    }
  },
}

/** Struck bridges that prove fills. */
function provers(scenario: Scenario): string[] {
  const used = new Set(
    Object.values(scenario.users).flatMap(({ pairs }) => pairs.map(({ prover }) => prover)),
  )
  return struckBridges(scenario).filter((bridge) => used.has(bridge))
}

/** Messages alone, believed for the same reason. */
function twin({ limiter: _, ...bridge }: Scenario['bridges'][string]): Scenario['bridges'][string] {
  return {
    ...bridge,
    custody: { kind: 'lock-mint' },
    accountant: false,
    withdrawalCap: {},
    departureLimits: [],
    recovery: 'first-come',
    assets: {},
  }
}
