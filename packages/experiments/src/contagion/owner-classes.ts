// Which kind of holder an account belongs to, by what its owner is in the scenario from the start: what somebody takes out of a pool
// stays theirs. Attackers are of no kind.
import { accountOf } from '../assembly/addresses.ts'
import { providersOf } from '../scenario/market-names.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import { HOLDERS, treasuryName } from '../scenario/reserved-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { attacks, RECAPITALISER } from './shock.ts'
import type { Trial } from './trial.ts'

/** Kinds of holders whose accounts are looked at one by one. */
export type OwnerClass =
  | 'holders'
  | 'pool-providers'
  | 'market-providers'
  | 'lenders'
  | 'borrowers'
  | 'traders'
  | 'insurers'
  | 'actors'
  | 'producers'

/** By account; those of solvers, users, attackers and of nobody in the file are left out. */
export function ownerClasses({ plan: { scenario, seed } }: Pick<Trial, 'plan'>): Map<string, OwnerClass> {
  const classes = new Map<string, OwnerClass>()
  const put = (of: OwnerClass, names: readonly string[]) => {
    for (const name of names) classes.set(accountOf(seed, name), of)
  }
  const { keepers, arbitrageurs, marketMakers, traders, hedgers, actors, solvers, users } =
    scenarioNodes(scenario)
  put('producers', operators(scenario))
  put('holders', [HOLDERS])
  put('pool-providers', poolOperators(scenario))
  put('actors', actors)
  for (const { kind, name } of populationNames(scenario))
    put(kind === 'suppliers' ? 'lenders' : 'borrowers', [name])
  for (const pool of Object.values(scenario.lending ?? {}))
    for (const [name, { borrowed }] of Object.entries(pool.positions))
      put(Object.keys(borrowed).length > 0 ? 'borrowers' : 'lenders', [name])
  put('lenders', Object.keys(scenario.lending ?? {}).map(treasuryName))
  put(
    'market-providers',
    Object.values(scenario.markets ?? {}).flatMap((market) => providersOf(market)),
  )
  put('traders', [...keepers, ...arbitrageurs, ...marketMakers, ...traders, ...hedgers])
  for (const name of [...solvers, ...users, ...actors.filter((each) => isNoHolder(scenario, each))])
    classes.delete(accountOf(seed, name))
  return classes
}

/** Accounts whose gain and loss are nobody's here: of attackers, and of who pays where a study closes a channel. */
export function outsideAccounts({ plan: { scenario, seed, attacker } }: Pick<Trial, 'plan'>): Set<string> {
  const names = Object.keys(scenario.actors).filter((name) => isNoHolder(scenario, name))
  return new Set<string>([attacker, ...names.map((name) => accountOf(seed, name))])
}

function isNoHolder({ actors }: Scenario, name: string): boolean {
  return name === RECAPITALISER || attacks(actors[name]!)
}

/** Who produces blocks, proposes and disputes what rollups and bridges are told: their bonds come out of their own accounts. */
function operators(scenario: Scenario): string[] {
  const { sequencers, challengers, bridges } = scenarioNodes(scenario)
  return [
    ...sequencers.map(({ node }) => node),
    ...challengers.map(({ node }) => node),
    ...bridges.flatMap(({ parties, relayers }) => [...parties.map(({ node }) => node), ...relayers]),
  ]
}

function populationNames({ populations = {} }: Scenario) {
  return Object.entries(populations).map(([name, { kind }]) => ({ name, kind }))
}

/** Who holds the shares of bridges' pools whose providers have no name. */
function poolOperators(scenario: Scenario): string[] {
  return scenarioNodes(scenario).bridges.flatMap(({ bridge, operator }) =>
    scenario.bridges[bridge]!.custody.kind === 'pool' ? [operator] : [],
  )
}
