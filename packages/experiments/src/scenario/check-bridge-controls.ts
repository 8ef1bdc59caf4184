// The meaning of a bridge's limiter and caps: they name what exists, and can be met.
import { parseUnits } from '@solvent/primitives'
import { chainsOfAsset } from './asset-chains.ts'
import type { Findings, Path } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'
import type { ScenarioWarning } from './scenario-warning.ts'
import { verifierCount } from './verifier-count.ts'

type Bridge = Scenario['bridges'][string]

const NUMERAIRE_DECIMALS = 18

export function checkBridgeControls(
  scenario: Scenario,
  name: string,
  findings: Findings,
  warnings: ScenarioWarning[],
): void {
  const bridge = scenario.bridges[name]!
  const path = ['bridges', name]
  const carried = Object.keys(bridge.assets)
  for (const asset of Object.keys(bridge.withdrawalCap))
    findings.reference([...path, 'withdrawalCap', asset], 'asset of the bridge', asset, carried)
  for (const [asset, cap] of Object.entries(bridge.withdrawalCap))
    if (Number(cap) === 0)
      warnings.push({
        rule: 'B-5',
        path: `bridges.${name}.withdrawalCap.${asset}`,
        message: `a cap of 0 releases no ${asset} at home, ever`,
      })
  if (bridge.accountant) checkAccountant(scenario, name, findings, warnings)
  checkDepartures(scenario, name, findings, warnings)
  checkVotes(bridge, [...path, 'limiter'], findings)
  if (bridge.governor !== undefined) {
    checkGovernor(bridge, [...path, 'governor'], findings)
    checkPriceSources(scenario, name, findings)
  }
  for (const key of ['limiter', 'governor'] as const)
    if (bridge[key] !== undefined) checkLimits(scenario, name, key, findings, warnings)
}

/** Limits by value name what exists, and let something through. */
function checkLimits(
  scenario: Scenario,
  name: string,
  key: 'limiter' | 'governor',
  findings: Findings,
  warnings: ScenarioWarning[],
): void {
  const bridge = scenario.bridges[name]!
  const path = ['bridges', name, key]
  const { floors, chains } = bridge[key]!
  for (const asset of Object.keys(floors))
    findings.reference([...path, 'floors', asset], 'asset of the bridge', asset, Object.keys(bridge.assets))
  checkCorridors(scenario, name, key, findings)
  for (const [chain, { single, window }] of Object.entries(chains)) {
    findings.reference([...path, 'chains', chain], 'chain', chain, Object.keys(scenario.chains))
    if (Number(window) === 0)
      warnings.push({
        rule: 'B-5',
        path: `bridges.${name}.${key}.chains.${chain}.window`,
        message: `a window of 0 lets nothing from ${chain} pass at once: every transfer waits its time out`,
      })
    else if (parseUnits(single, NUMERAIRE_DECIMALS) > parseUnits(window, NUMERAIRE_DECIMALS))
      warnings.push({
        rule: 'B-5',
        path: `bridges.${name}.${key}.chains.${chain}.single`,
        message: `a transfer just below ${single} never fits the window of ${window} and always waits`,
      })
  }
}

/** A lane of an asset has one departure limit at most, and one that lets something through. */
function checkDepartures(
  scenario: Scenario,
  name: string,
  findings: Findings,
  warnings: ScenarioWarning[],
): void {
  const { assets, departureLimits } = scenario.bridges[name]!
  const seen = new Set<string>()
  for (const [index, { asset, from, to, capacity, perSecond }] of departureLimits.entries()) {
    const path = ['bridges', name, 'departureLimits', index]
    if (!findings.reference([...path, 'asset'], 'asset of the bridge', asset, Object.keys(assets))) continue
    const chains = chainsOfAsset(scenario, asset)
    findings.reference([...path, 'from'], 'chain of the asset', from, chains)
    const others = chains.filter((chain) => chain !== from)
    findings.reference([...path, 'to'], 'other chain of the asset', to, others)
    const lane = `${asset} from ${from} to ${to}`
    if (seen.has(lane))
      findings.add('E_VALUE', path, 'this lane has a departure limit already', {
        got: lane,
        allowed: 'one limit for an asset, a chain and a destination',
      })
    seen.add(lane)
    const doubt =
      Number(capacity) === 0
        ? `a capacity of 0 lets no ${lane}, ever`
        : Number(perSecond) === 0
          ? `nothing comes back: after ${capacity} no more ${lane} leaves, ever`
          : null
    if (doubt !== null)
      warnings.push({ rule: 'B-5', path: `bridges.${name}.departureLimits[${index}]`, message: doubt })
  }
}

/** An accountant is kept by verifiers: it needs some, and who does without them passes it by. */
function checkAccountant(
  scenario: Scenario,
  name: string,
  findings: Findings,
  warnings: ScenarioWarning[],
): void {
  const { kind } = scenario.bridges[name]!.verification
  if (kind !== 'quorum')
    findings.add(
      'E_VALUE',
      ['bridges', name, 'accountant'],
      `nobody signs for a bridge with verification ${kind}`,
      {
        got: 'true',
        allowed: 'an accountant only with verification quorum: its verifiers keep it',
      },
    )
  for (const [actor, { steps }] of Object.entries(scenario.actors))
    steps.forEach((step, index) => {
      if (step.do !== 'deliver-forged' || step.bridge !== name || step.outcome !== 'accepted') return
      warnings.push({
        rule: 'B-4',
        path: `actors.${actor}.steps[${index}].outcome`,
        message: `the accountant of ${name} is its verifiers', whom this message passes by: beyond what ${step.from} has, the run ends with B-4 broken`,
      })
    })
}

function checkVotes(bridge: Bridge, path: Path, findings: Findings): void {
  const { limiter } = bridge
  const verifiers = verifierCount(bridge)
  for (const votes of ['forceRelease', 'censor'] as const) {
    const needed = limiter?.[votes]
    if (needed !== undefined && needed > verifiers)
      findings.add('E_RANGE', [...path, votes], 'more votes than verifiers', {
        got: `${needed} of ${verifiers}`,
        allowed: `1 to ${verifiers}`,
      })
  }
}

/** Before they sign: there must be somebody who does. */
function checkGovernor({ verification }: Bridge, path: Path, findings: Findings): void {
  if (verification.kind === 'quorum') return
  findings.add('E_VALUE', path, `nobody signs for a bridge with verification ${verification.kind}`, {
    got: 'a governor',
    allowed:
      'a governor only with verification quorum, whose verifiers keep it; or a limiter, which the contract keeps',
  })
}

/** Whose price it takes is a feed, of the asset itself, and the asset is tracked. */
function checkPriceSources(scenario: Scenario, name: string, findings: Findings): void {
  const { floors, oracles } = scenario.bridges[name]!.governor!
  const path = ['bridges', name, 'governor', 'oracles']
  const feeds = Object.entries(scenario.oracles ?? {}).flatMap(([oracle, spec]) =>
    spec.kind === 'feed' ? [{ oracle, asset: spec.asset }] : [],
  )
  for (const [asset, oracle] of Object.entries(oracles)) {
    findings.reference([...path, asset], 'asset with a floor', asset, Object.keys(floors))
    const own = feeds.filter((feed) => feed.asset === asset).map((feed) => feed.oracle)
    findings.reference([...path, asset], `feed of ${asset}`, oracle, own)
  }
}

function checkCorridors(
  scenario: Scenario,
  name: string,
  key: 'limiter' | 'governor',
  findings: Findings,
): void {
  const { assets, [key]: limits } = scenario.bridges[name]!
  const path = ['bridges', name, key, 'flowCancel']
  limits?.flowCancel.forEach(({ asset, from, to }, index) => {
    if (!findings.reference([...path, index, 'asset'], 'asset of the bridge', asset, Object.keys(assets)))
      return
    const chains = chainsOfAsset(scenario, asset)
    findings.reference([...path, index, 'from'], 'chain of the asset', from, chains)
    findings.reference([...path, index, 'to'], 'chain of the asset', to, chains)
  })
}
