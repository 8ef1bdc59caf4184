// Controls that are switched on and do nothing within the run, or nothing else: what may be meant and is a slip more often. Each is warned about with the reason.
import type { Path } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioWarning } from '../scenario/scenario-warning.ts'
import type { ScenarioAuthority } from './control-schema.ts'
import { guardedContract } from './guarded-contract.ts'

const MS_PER_SECOND = 1_000

/** @param scenario whose references are sound */
export function warnOfIdleControls(scenario: Scenario, warnings: ScenarioWarning[]): void {
  const { controls } = scenario
  if (controls === undefined) return
  const warn = (path: Path, message: string): void =>
    void warnings.push({ rule: 'idle-control', path: ['controls', ...path].join('.'), message })
  const { breakers, outflowLimits, collateralChecks, authorities, discountWindows } = controls
  for (const [section, guards] of Object.entries({ breakers, outflowLimits }))
    for (const [name, { windowSeconds, ...guard }] of Object.entries(guards)) {
      const slot = slotSeconds(scenario, guardedContract(scenario, guard)!.chain)
      if (windowSeconds < slot)
        warn(
          [section, name, 'windowSeconds'],
          `a window of ${windowSeconds} s is shorter than a block of ${slot} s: nothing is ever before or after within it`,
        )
    }
  for (const [name, { haltSeconds, oracle, moveBps }] of Object.entries(breakers)) {
    if (haltSeconds >= scenario.durationSeconds)
      warn(
        ['breakers', name, 'haltSeconds'],
        `a halt of ${haltSeconds} s lasts to the end of the run, of ${scenario.durationSeconds} s: it is an end and no pause`,
      )
    warnOfEveryUpdate(scenario, { oracle, fallBps: moveBps }, ['breakers', name, 'moveBps'], warn)
  }
  for (const [name, { most }] of Object.entries(collateralChecks))
    if (Number(most) === 0)
      warn(
        ['collateralChecks', name, 'most'],
        'nothing of it may stand behind any loan: nobody borrows on it',
      )
  for (const [name, { chain, capital, termSeconds }] of Object.entries(discountWindows)) {
    if (Number(capital) === 0)
      warn(['discountWindows', name, 'capital'], 'a window without coins lends nothing')
    if (termSeconds < 2 * slotSeconds(scenario, chain))
      warn(
        ['discountWindows', name, 'termSeconds'],
        `a term of ${termSeconds} s is over before the loan can be paid back in a block: every pledge is kept`,
      )
  }
  for (const [name, authority] of Object.entries(authorities))
    warnOfAuthority(scenario, name, authority, warn)
}

type Warn = (path: Path, message: string) => void

function warnOfAuthority(
  scenario: Scenario,
  name: string,
  { members, weights, quorum, vote, votingDelaySeconds, executionDelaySeconds, rules }: ScenarioAuthority,
  warn: Warn,
): void {
  const seconds = votingDelaySeconds + (vote?.periodSeconds ?? 0) + executionDelaySeconds
  if (seconds >= scenario.durationSeconds)
    warn(
      ['authorities', name],
      `its delays are ${seconds} s, the run ${scenario.durationSeconds} s: nothing that it is asked for is enacted within it`,
    )
  const heaviest = Math.max(...(weights ?? [1]))
  if (members > 1 && vote === undefined && quorum !== undefined && quorum <= heaviest)
    warn(
      ['authorities', name, 'quorum'],
      `${quorum} of ${weights?.reduce((sum, each) => sum + each, 0) ?? members} votes carry a measure, and one member has ${heaviest}: it decides alone`,
    )
  rules.forEach(({ oracle, fallBps }, index) =>
    warnOfEveryUpdate(scenario, { oracle, fallBps }, ['authorities', name, 'rules', index, 'fallBps'], warn),
  )
}

/** A feed moves by its deviation at least, unless by its heartbeat. */
function warnOfEveryUpdate(
  scenario: Scenario,
  { oracle, fallBps }: { readonly oracle: string | undefined; readonly fallBps: number },
  path: Path,
  warn: Warn,
): void {
  const feed = oracle === undefined ? undefined : scenario.oracles?.[oracle]
  if (feed?.kind !== 'feed' || fallBps >= feed.deviationBps) return
  warn(
    path,
    `${fallBps} basis points are less than the ${feed.deviationBps} by which ${oracle} moves at least: each of its updates is enough`,
  )
}

function slotSeconds(scenario: Scenario, chain: string): number {
  return scenario.chains[chain]!.slotMs / MS_PER_SECOND
}
