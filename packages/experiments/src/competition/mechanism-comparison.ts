// The orders of one scenario through several mechanisms, on common random numbers: what each order is, when it comes and what it costs is drawn
// from streams that know nothing of how it is awarded, so that pairs of runs differ by the mechanism and by nothing else.
import { nearestName, SolventError } from '@solvent/primitives'
import { readScenarioTree } from '../scenario/load-scenario.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { parseYamlTree } from '../scenario/yaml-tree.ts'
import { type NamedBytes, planSweep } from '../sweep/load-sweep.ts'
import type { SweepPlan } from '../sweep/sweep-plan.ts'
import { sweepSchema } from '../sweep/sweep-schema.ts'

type User = Scenario['users'][string]
type Award = User['award']
type Terms = Partial<Pick<User, 'auction' | 'chainPricing'>> & { readonly award: Award }

const BY_AUCTIONEER: Award = { auctioneer: 1, chain: 0, user: 0 }
const BY_CHAIN: Award = { auctioneer: 0, chain: 1, user: 0 }

/** What the orders of a user say, by the mechanism that they are to be played through. */
const TERMS = {
  'first-price': { award: BY_AUCTIONEER, auction: 'first-price' },
  'second-price': { award: BY_AUCTIONEER, auction: 'second-price' },
  'request-for-quote': { award: BY_AUCTIONEER, auction: 'request-for-quote' },
  'sealed-encrypted': { award: BY_AUCTIONEER, auction: 'sealed-encrypted' },
  'fair-combinatorial': { award: BY_AUCTIONEER, auction: 'fair-combinatorial' },
  reputation: { award: BY_AUCTIONEER, auction: 'reputation' },
  dutch: { award: BY_CHAIN, chainPricing: 'dutch' },
  'block-dutch': { award: BY_CHAIN, chainPricing: 'block-dutch' },
  'first-come': { award: BY_CHAIN, chainPricing: 'limit' },
  'priority-fee': { award: BY_CHAIN, chainPricing: 'priority-fee' },
  'user-quotes': { award: { auctioneer: 0, chain: 0, user: 1 } },
} as const satisfies Record<string, Terms>

export const comparableMechanisms = Object.keys(TERMS)

/** What a comparison looks at. */
export const COMPARED_METRICS = [
  'orders.filled',
  'competition.fills.paidBps',
  'competition.fills.hhi',
  'solvers[*].profit',
]

export interface ComparisonRequest {
  readonly scenario: NamedBytes
  /** The first is what the others are compared with. */
  readonly mechanisms: readonly string[]
  readonly replicates: number
  readonly seed: number | undefined
}

/**
 * The comparison as a sweep with a policy for each mechanism; expectations of the file are of its own mechanism and left out.
 *
 * @throws SolventError E_USAGE for mechanisms that are unknown, named twice or fewer than two, E_SCENARIO for a file that is not sound under one
 */
export function planComparison({
  scenario,
  mechanisms,
  replicates,
  seed,
}: ComparisonRequest): Promise<SweepPlan> {
  refuseUnknown(mechanisms)
  const { tree, locate } = parseYamlTree(scenario.file, scenario.bytes)
  const base = readScenarioTree(scenario.file, tree, locate).scenario
  const users = Object.entries(base.users)
  if (!users.some(([, { orders }]) => orders > 0))
    throw new SolventError({
      code: 'E_USAGE',
      message: 'No user of the scenario signs orders that a mechanism could award.',
      details: { got: scenario.file, allowed: 'a scenario with users' },
      hint: 'Scenarios of auctions are in configs/scenarios/auctions/ and configs/scenarios/collusion/.',
    })
  const sweep = sweepSchema.parse({
    name: base.name,
    title: `${base.title}: ${mechanisms.join(' and ')} on the same orders`,
    base: scenario.file,
    seed: seed ?? base.seed,
    replicates,
    policies: mechanisms.map((name) => ({
      name,
      set: {
        expectations: [],
        ...(name === 'reputation' ? withRecords(base) : {}),
        ...Object.fromEntries(
          users.flatMap(([user]) =>
            Object.entries(TERMS[name as keyof typeof TERMS]).map(([key, value]) => [
              `users.${user}.${key}`,
              value,
            ]),
          ),
        ),
      },
    })),
  })
  return planSweep({ file: scenario.file, sweep, locate: (path) => locate(placeInScenario(path)) }, scenario)
}

/** Who selects by records keeps them, beside what the file has its auctioneers keep. */
function withRecords({ auctionTerms }: Scenario): Readonly<Record<string, unknown>> {
  if (auctionTerms === undefined) return { auctionTerms: { disciplines: ['reputation'] } }
  return { 'auctionTerms.disciplines': [...new Set([...auctionTerms.disciplines, 'reputation'])] }
}

/** A place of the made sweep's policies, as the place of the file that it changes. */
function placeInScenario(path: readonly (string | number)[]): readonly (string | number)[] {
  const [, , section, set] = path
  return section === 'set' && typeof set === 'string' ? set.split('.') : []
}

function refuseUnknown(mechanisms: readonly string[]): void {
  const unknown = mechanisms.find((name) => !comparableMechanisms.includes(name))
  const twice = mechanisms.find((name, index) => mechanisms.indexOf(name) < index)
  if (unknown === undefined && twice === undefined && mechanisms.length > 1) return
  const near = unknown === undefined ? undefined : nearestName(unknown, comparableMechanisms)
  throw new SolventError({
    code: 'E_USAGE',
    message: 'These mechanisms cannot be compared.',
    details: {
      got: unknown ?? (twice === undefined ? mechanisms.join(', ') : `${twice} twice`),
      allowed: `two or more different ones of ${comparableMechanisms.join(', ')}`,
    },
    ...(near === undefined ? {} : { hint: `Did you mean ${near}?` }),
  })
}
