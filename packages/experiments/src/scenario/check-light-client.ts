// Whether a light client can work on a bridge's chains, and whom it makes everyone trust.
import { committeeOf } from '@solvent/protocol'
import type { Findings } from './findings.ts'
import { producersOf, scenarioNodes } from './node-names.ts'
import type { Scenario } from './scenario-schema.ts'
import type { ScenarioWarning } from './scenario-warning.ts'

type LightClient = Extract<Scenario['bridges'][string]['verification'], { kind: 'light-client' }>

interface LightClientCheck {
  readonly scenario: Scenario
  readonly findings: Findings
  readonly warnings: ScenarioWarning[]
}

export function checkLightClient(
  name: string,
  verification: LightClient,
  { scenario, findings, warnings }: LightClientCheck,
): void {
  const { proof, provingSeconds, trustingPeriodSeconds } = verification
  const path = ['bridges', name, 'verification']
  const { finality } = scenario.bridges[name]!
  if (proof === 'headers' && provingSeconds > 0)
    findings.add('E_VALUE', [...path, 'provingSeconds'], 'headers need no proof to be made', {
      got: String(provingSeconds),
      allowed: '0, or proof: zk',
    })
  for (const source of sourcesOf(name, scenario)) {
    const chain = scenario.chains[source]
    if (chain === undefined) continue
    if (chain.kind !== 'l1') {
      if (finality !== 'unsafe') checkRollupSource(name, source, { scenario, findings, warnings })
      continue
    }
    const finalSeconds = (chain.epochSlots * chain.finalityEpochs * chain.slotMs) / 1_000
    if (finality !== 'unsafe' && trustingPeriodSeconds <= finalSeconds + provingSeconds)
      findings.add(
        'E_RANGE',
        [...path, 'trustingPeriodSeconds'],
        `the client expires before a header of ${source} is final and handed in`,
        { got: String(trustingPeriodSeconds), allowed: `more than ${finalSeconds + provingSeconds}` },
      )
    warnOfFewProducers(name, source, scenario, warnings)
  }
}

/** A rollup's headers say nothing of its finality: only its own L1 has the batches, proofs and roots that do. */
function checkRollupSource(name: string, source: string, { scenario, findings }: LightClientCheck): void {
  const chain = scenario.chains[source]!
  if (chain.kind === 'l1') return
  const { finality, verification } = scenario.bridges[name]!
  const blind = destinationsOf(name, source, scenario).filter((each) => each !== chain.l1)
  if (blind.length > 0)
    findings.add(
      'E_VALUE',
      ['bridges', name, 'finality'],
      `headers of the rollup ${source} say nothing of its finality, and ${blind.join(', ')} has neither its batches nor its roots: they are on ${chain.l1}`,
      { got: finality, allowed: `unsafe, or messages from ${source} to ${chain.l1} only` },
    )
  if (finality !== 'exitable' || verification.kind !== 'light-client') return
  const waitSeconds = chain.kind === 'zk' ? chain.executionDelaySeconds : chain.challengeWindowSeconds
  if (verification.trustingPeriodSeconds > waitSeconds) return
  findings.add(
    'E_RANGE',
    ['bridges', name, 'verification', 'trustingPeriodSeconds'],
    `the client expires before a block of ${source} is exitable`,
    { got: String(verification.trustingPeriodSeconds), allowed: `more than ${waitSeconds}` },
  )
}

/** Where the bridge's messages from a chain may go: home and the other chains of its assets, and origins of fills. */
function destinationsOf(name: string, source: string, scenario: Scenario): string[] {
  const ofAssets = Object.values(scenario.bridges[name]!.assets).flatMap(({ home, claims }) => {
    const all = [home, ...Object.keys(claims)]
    return all.includes(source) ? all : []
  })
  const ofFills = Object.values(scenario.users).flatMap(({ pairs }) =>
    pairs.flatMap(({ from, to, prover }) => (prover === name && to.chain === source ? [from.chain] : [])),
  )
  return [...new Set([...ofAssets, ...ofFills])].filter((each) => each !== source).sort()
}

/** Chains whose messages the bridge brings: those of its assets, and those of fills that it proves. */
function sourcesOf(name: string, scenario: Scenario): string[] {
  const ofAssets = Object.values(scenario.bridges[name]!.assets).flatMap(({ home, claims }) => [
    home,
    ...Object.keys(claims),
  ])
  const ofFills = Object.values(scenario.users).flatMap(({ pairs }) =>
    pairs.flatMap(({ to, prover }) => (prover === name ? [to.chain] : [])),
  )
  return [...new Set([...ofAssets, ...ofFills])].sort()
}

function warnOfFewProducers(
  name: string,
  source: string,
  scenario: Scenario,
  warnings: ScenarioWarning[],
): void {
  const producers = producersOf(scenarioNodes(scenario), source).length
  const { finality } = scenario.bridges[name]!
  const needed = finality === 'unsafe' ? 1 : committeeOf(producers)
  if (needed > 1) return
  warnings.push({
    rule: 'S-7',
    path: `bridges.${name}.verification`,
    message: `bridge ${name} believes the headers of ${source} on the word of one producer of ${producers}`,
  })
}
