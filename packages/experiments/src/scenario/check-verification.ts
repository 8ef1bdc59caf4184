// The meaning of why a bridge's messages are believed: quorums that can be met, liveness in which somebody can object.

import { checkLightClient } from './check-light-client.ts'
import { effectiveQuorum } from './failure-domains.ts'
import type { Findings } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'
import type { ScenarioWarning } from './scenario-warning.ts'

type Verification = Scenario['bridges'][string]['verification']

interface Check {
  readonly scenario: Scenario
  readonly findings: Findings
  readonly warnings: ScenarioWarning[]
}

export function checkVerification(name: string, verification: Verification, check: Check): void {
  if (verification.kind === 'quorum') checkQuorum(name, verification, check)
  if (verification.kind === 'optimistic') checkOptimistic(name, verification, check)
  if (verification.kind === 'light-client') checkLightClient(name, verification, check)
  if (verification.kind === 'canonical') checkCanonical(name, check)
}

/** What is believed before it is firm can be taken back when the value has left on the other side. */
export function checkFinality(
  name: string,
  { finality, assets, custody }: Scenario['bridges'][string],
  warnings: ScenarioWarning[],
): void {
  if (finality !== 'unsafe' || custody.kind === 'hash-lock' || Object.keys(assets).length === 0) return
  warnings.push({
    rule: 'finality',
    path: `bridges.${name}.finality`,
    message: `bridge ${name} pays for blocks that are unsafe: a re-org takes back what was locked and not what was paid`,
  })
}

/** A rollup's own bridge joins rollups to one L1, which is home to what it carries. */
function checkCanonical(name: string, { scenario, findings }: Check): void {
  for (const [symbol, { home, claims }] of Object.entries(scenario.bridges[name]!.assets)) {
    const path = ['bridges', name, 'assets', symbol]
    if (scenario.chains[home]?.kind !== 'l1')
      findings.add('E_VALUE', [...path, 'home'], 'a rollup’s own bridge locks on the L1', {
        got: home,
        allowed: 'a chain of kind l1',
      })
    for (const far of Object.keys(claims)) {
      const chain = scenario.chains[far]
      if (chain !== undefined && (chain.kind === 'l1' || chain.l1 !== home))
        findings.add('E_VALUE', [...path, 'claims', far], `${far} is no rollup of ${home}`, {
          got: far,
          allowed: `rollups that settle on ${home}`,
        })
    }
  }
}

function checkQuorum(
  name: string,
  { verifiers, threshold, domains }: Extract<Verification, { kind: 'quorum' }>,
  { findings, warnings }: Check,
): void {
  if (threshold > verifiers) {
    findings.add(
      'E_RANGE',
      ['bridges', name, 'verification', 'threshold'],
      'more signatures than verifiers',
      { got: `${threshold} of ${verifiers}`, allowed: `1 to ${verifiers}` },
    )
  }
  if (domains !== undefined) checkDomains(name, { verifiers, threshold, domains }, { findings, warnings })
  if (threshold === 1) {
    warnings.push({
      rule: 'S-7',
      path: `bridges.${name}.verification.threshold`,
      message: `bridge ${name} is ${threshold}-of-${verifiers}: one verifier's word moves everything behind it`,
    })
  }
}

/** S-7: verifiers that fail together count once. */
function checkDomains(
  name: string,
  { verifiers, threshold, domains }: { verifiers: number; threshold: number; domains: readonly string[] },
  { findings, warnings }: Omit<Check, 'scenario'>,
): void {
  if (domains.length !== verifiers) {
    findings.add(
      'E_VALUE',
      ['bridges', name, 'verification', 'domains'],
      'there is not a domain for each verifier',
      {
        got: `${domains.length} domains`,
        allowed: `${verifiers}, one for each verifier`,
      },
    )
    return
  }
  const effective = effectiveQuorum(domains, threshold)
  if (effective.threshold >= threshold) return
  warnings.push({
    rule: 'S-7',
    path: `bridges.${name}.verification.domains`,
    message: `bridge ${name} is ${threshold}-of-${verifiers} by verifiers and ${effective.threshold}-of-${effective.domains} by failure domain: ${effective.enough.join(', ')} alone reach the threshold`,
  })
}

/** A dispute needs a block to stand in: two slots of the slowest chain, at least. */
function checkOptimistic(
  name: string,
  { livenessSeconds, disputers }: Extract<Verification, { kind: 'optimistic' }>,
  { scenario, findings, warnings }: Check,
): void {
  const slowestMs = Math.max(...Object.values(scenario.chains).map(({ slotMs }) => slotMs))
  const leastSeconds = Math.ceil((2 * slowestMs) / 1_000)
  if (livenessSeconds < leastSeconds) {
    findings.add(
      'E_RANGE',
      ['bridges', name, 'verification', 'livenessSeconds'],
      'no dispute can reach a block in this time',
      { got: String(livenessSeconds), allowed: `at least ${leastSeconds}: two slots of the slowest chain` },
    )
  }
  if (disputers === 0) {
    warnings.push({
      rule: 'S-7',
      path: `bridges.${name}.verification.disputers`,
      message: `bridge ${name} has nobody who disputes: a proposer's word moves everything behind it`,
    })
  }
}
