// The meaning of validators: shares are a whole, producers exist and have a slot in every epoch, security is not circular.
import { MAX_VALIDATOR_GROUPS } from '@solvent/protocol'
import type { Findings } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'
import type { ScenarioWarning } from './scenario-warning.ts'
import { type ScenarioL1, validatorGroups } from './validator-groups.ts'

/** Shares are decimal fractions: they sum to one but for rounding. */
const ROUNDING = 1e-9
/** One group with more than this can stop finality alone. */
const ONE_THIRD = 1 / 3

export function checkValidators(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  for (const [name, chain] of Object.entries(scenario.chains)) {
    if (chain.kind !== 'l1') continue
    const path = ['chains', name]
    if (chain.producers > chain.epochSlots)
      findings.add(
        'E_RANGE',
        [...path, 'producers'],
        'a producer would have no slot in some epochs to vote in',
        {
          got: `${chain.producers} producers, ${chain.epochSlots} slots in an epoch`,
          allowed: `at most ${chain.epochSlots}`,
        },
      )
    if (!checkSecurity(scenario, name, chain, findings)) continue
    checkGroups(name, chain, findings, warnings)
    const pieces = validatorGroups(scenario, name).length
    if (pieces > MAX_VALIDATOR_GROUPS)
      findings.add(
        'E_RANGE',
        path,
        'too many validator groups, counting the shares that faults cut them into',
        {
          got: String(pieces),
          allowed: `at most ${MAX_VALIDATOR_GROUPS}`,
        },
      )
  }
}

/** False when the chain's validators cannot be known. */
function checkSecurity(scenario: Scenario, name: string, chain: ScenarioL1, findings: Findings): boolean {
  const { securedBy } = chain
  if (securedBy === undefined) return true
  const path = ['chains', name, 'securedBy']
  const own = Object.entries(scenario.chains).filter(
    ([other, each]) => other !== name && each.kind === 'l1' && each.securedBy === undefined,
  )
  const isKnown = findings.reference(
    path,
    'l1 with validators of its own',
    securedBy,
    own.map(([other]) => other),
  )
  if (chain.validators !== undefined)
    findings.add('E_VALUE', path, 'a chain has validators of its own or those of another', {
      got: 'both validators and securedBy',
      allowed: 'one of the two',
    })
  return isKnown
}

function checkGroups(
  name: string,
  { validators, producers, epochSlots, finalityEpochs }: ScenarioL1,
  findings: Findings,
  warnings: ScenarioWarning[],
): void {
  if (epochSlots === 1 && finalityEpochs === 1)
    warnings.push({
      rule: 'finality',
      path: `chains.${name}.finalityEpochs`,
      message: `${name} finalises every block with the next one: no re-org can be deeper than a block`,
    })
  const groups = validators?.groups
  if (groups === undefined) return
  const path = ['chains', name, 'validators', 'groups']
  const sum = Object.values(groups).reduce((total, { share }) => total + share, 0)
  if (Math.abs(sum - 1) > ROUNDING)
    findings.add('E_RANGE', path, 'the shares of the groups are not a whole', {
      got: String(sum),
      allowed: 'shares that sum to 1',
    })
  for (const [group, { share, producer }] of Object.entries(groups)) {
    if (producer !== undefined && producer > producers)
      findings.add('E_RANGE', [...path, group, 'producer'], 'no such producer', {
        got: String(producer),
        allowed: `1 to ${producers}`,
      })
    if (share > ONE_THIRD && Object.keys(groups).length > 1)
      warnings.push({
        rule: 'finality',
        path: `chains.${name}.validators.groups.${group}.share`,
        message: `group ${group} has more than a third of the stake: without it ${name} does not finalise`,
      })
  }
}
