// Who watches prices for a lending pool and stops new debt against what falls: an agent that acts in blocks, or a vote that takes its time.
import { controlsSchema, type ScenarioAuthority } from '../../controls/control-schema.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Control } from './control.ts'
import { changedEntries, entriesOf, withEntries } from './control-section.ts'

/** A fall by a tenth within ten minutes; nothing more is lent against the asset then. */
const RULE = { fallBps: 1_000, windowSeconds: 600, ltvBps: 0, status: 'frozen' } as const
/** Compound's and Aave's timelocks are of days; a guardian's vote of this length is at home in a run of hours. */
const VOTE_SECONDS = 600

export const riskAgent: Control = {
  name: 'risk-agent',
  title: 'an agent freezes a collateral whose price falls',
  setting: 'after a fall of 10 % within ten minutes, in the next block',
  isIn: (scenario) => entriesOf(scenario, 'authorities').some(isAgent),
  add: (scenario) =>
    riskAgent.isIn(scenario) ? scenario : withAuthorities(scenario, 'study-agent', { members: 1 }),
  remove: (scenario) => withoutRules(scenario, isAgent),
}

export const governanceVote: Control = {
  name: 'governance-vote',
  title: 'members vote to freeze a collateral whose price falls',
  setting: `the same by three of five members, and ${VOTE_SECONDS / 60} minutes until it is carried out`,
  isIn: (scenario) => entriesOf(scenario, 'authorities').some(isVote),
  add: (scenario) =>
    governanceVote.isIn(scenario)
      ? scenario
      : withAuthorities(scenario, 'study-vote', { members: 5, executionDelaySeconds: VOTE_SECONDS }),
  remove: (scenario) => withoutRules(scenario, isVote),
}

function isAgent({ rules, members }: ScenarioAuthority): boolean {
  return rules.length > 0 && members === 1
}

function isVote({ rules, members }: ScenarioAuthority): boolean {
  return rules.length > 0 && members > 1
}

/** One for each lending pool whose collateral is priced by a feed. */
function withAuthorities(
  scenario: Scenario,
  name: string,
  terms: Pick<ScenarioAuthority, 'members'> & Partial<ScenarioAuthority>,
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
  const { authorities } = controlsSchema.parse({ authorities: Object.fromEntries(added) })
  return withEntries(scenario, 'authorities', Object.entries(authorities))
}

/** What else it decides it goes on to decide. */
function withoutRules(scenario: Scenario, isMeant: (authority: ScenarioAuthority) => boolean): Scenario {
  return changedEntries(scenario, 'authorities', (authority) =>
    isMeant(authority) ? { ...authority, rules: [] } : authority,
  )
}
