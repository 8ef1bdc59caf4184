// Who watches prices for a lending pool and stops new debt against what falls: an agent that acts in blocks, or a vote that takes its time.
import { controlsSchema } from '../../controls/control-schema.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Control } from './control.ts'

type Controls = NonNullable<Scenario['controls']>
type Authority = Controls['authorities'][string]

/** A fall by a tenth within ten minutes; nothing more is lent against the asset then. */
const RULE = { fallBps: 1_000, windowSeconds: 600, ltvBps: 0, status: 'frozen' } as const
/** Compound's and Aave's timelocks are of days; a guardian's vote of this length is at home in a run of hours. */
const VOTE_SECONDS = 600

export const riskAgent: Control = {
  name: 'risk-agent',
  title: 'an agent freezes a collateral whose price falls',
  setting: 'after a fall of 10 % within ten minutes, in the next block',
  isIn: (scenario) => authoritiesOf(scenario).some(isAgent),
  add: (scenario) =>
    riskAgent.isIn(scenario) ? scenario : withAuthorities(scenario, 'study-agent', { members: 1 }),
  remove: (scenario) => withoutAuthorities(scenario, isAgent),
}

export const governanceVote: Control = {
  name: 'governance-vote',
  title: 'members vote to freeze a collateral whose price falls',
  setting: `the same by three of five members, and ${VOTE_SECONDS / 60} minutes until it is carried out`,
  isIn: (scenario) => authoritiesOf(scenario).some(isVote),
  add: (scenario) =>
    governanceVote.isIn(scenario)
      ? scenario
      : withAuthorities(scenario, 'study-vote', { members: 5, executionDelaySeconds: VOTE_SECONDS }),
  remove: (scenario) => withoutAuthorities(scenario, isVote),
}

function isAgent({ rules, members }: Authority): boolean {
  return rules.length > 0 && members === 1
}

function isVote({ rules, members }: Authority): boolean {
  return rules.length > 0 && members > 1
}

function authoritiesOf({ controls }: Scenario): Authority[] {
  return Object.values(controls?.authorities ?? {})
}

/** One for each lending pool whose collateral is priced by a feed. */
function withAuthorities(
  scenario: Scenario,
  name: string,
  terms: Pick<Authority, 'members'> & Partial<Authority>,
): Scenario {
  const added = Object.entries(scenario.lending ?? {}).flatMap(([pool, { chain, reserves }], at) => {
    const rules = Object.entries(reserves)
      .filter(
        ([, { liquidationThresholdBps, oracle }]) =>
          liquidationThresholdBps > 0 && scenario.oracles?.[oracle]?.kind === 'feed',
      )
      .map(([asset, { oracle }]) => ({ pool, asset, oracle, ...RULE }))
    return rules.length === 0 ? [] : [[`${name}-${at + 1}`, { chain, ...terms, pools: [pool], rules }]]
  })
  if (added.length === 0) return scenario
  const { authorities } = controlsSchema.parse({ authorities: Object.fromEntries(added) })
  const controls: Controls = scenario.controls ?? controlsSchema.parse({})
  return {
    ...scenario,
    controls: { ...controls, authorities: { ...controls.authorities, ...authorities } },
  }
}

function withoutAuthorities(scenario: Scenario, isMeant: (authority: Authority) => boolean): Scenario {
  const { controls } = scenario
  if (controls === undefined) return scenario
  const kept = Object.entries(controls.authorities).filter(([, authority]) => !isMeant(authority))
  return { ...scenario, controls: { ...controls, authorities: Object.fromEntries(kept) } }
}
