// The meaning of authorities: a quorum that the members can reach, pools and assets of their chain, rules about their own pools, and
// something that they may decide.

import { parseUnits } from '@solvent/primitives'
import { checkAssetOn } from '../scenario/check-holdings.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import { allNodeNames, scenarioNodes } from '../scenario/node-names.ts'
import { ATTACKER } from '../scenario/reserved-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { allVotes, quorumOf, termsChange } from './assemble-authorities.ts'
import type { ScenarioAuthority } from './control-schema.ts'

export function checkAuthority(
  scenario: Scenario,
  authority: ScenarioAuthority,
  path: Path,
  findings: Findings,
): void {
  const { chain, members, weights, pools, assets, accounts = [], rules, ratios } = authority
  if (!findings.reference([...path, 'chain'], 'chain', chain, Object.keys(scenario.chains))) return
  if (weights !== undefined && weights.length !== members)
    findings.add('E_VALUE', [...path, 'weights'], 'one weight for each member', {
      got: String(weights.length),
      allowed: `${members}, as there are members`,
    })
  if (quorumOf(authority) > allVotes(authority))
    findings.add('E_RANGE', [...path, 'quorum'], 'more votes than the members have', {
      got: String(quorumOf(authority)),
      allowed: `at most ${allVotes(authority)}`,
    })
  checkVote(scenario, authority, path, findings)
  if (pools.length === 0 && Object.keys(assets).length === 0)
    findings.add('E_VALUE', path, 'an authority that may decide nothing', {
      got: 'neither pools nor assets',
      allowed: 'pools, assets or both',
    })
  const here = Object.entries(scenario.lending ?? {}).filter(([, pool]) => pool.chain === chain)
  const known = here.map(([name]) => name)
  pools.forEach((pool, index) =>
    findings.reference([...path, 'pools', index], `pool on ${chain}`, pool, known),
  )
  for (const symbol of Object.keys(assets)) {
    const at = [...path, 'assets', symbol]
    checkAssetOn(scenario, { symbol, chain, path: at, findings })
    if (symbol === scenario.gasAsset)
      findings.add('E_VALUE', at, 'nobody can stop the coin that pays for gas', {
        got: symbol,
        allowed: 'another asset',
      })
  }
  const people = [...allNodeNames(scenarioNodes(scenario)), ATTACKER]
  accounts.forEach((account, index) =>
    findings.reference([...path, 'accounts', index], 'participant', account, people),
  )
  rules.forEach((rule, index) =>
    checkRule(scenario, { authority, rule }, [...path, 'rules', index], findings),
  )
  ratios.forEach((ratio, index) =>
    checkRatio(scenario, { authority, ratio }, [...path, 'ratios', index], findings),
  )
}

function checkVote(
  scenario: Scenario,
  { chain, vote, votingDelaySeconds, quorum }: ScenarioAuthority,
  path: Path,
  findings: Findings,
): void {
  if (vote === undefined) return
  const at = [...path, 'vote']
  checkAssetOn(scenario, { symbol: vote.asset, chain, path: [...at, 'asset'], findings })
  const asset = scenario.assets[vote.asset]
  if (asset === undefined) return
  if (vote.asset === scenario.gasAsset)
    findings.add('E_VALUE', [...at, 'asset'], 'fees would change votes while they are counted', {
      got: vote.asset,
      allowed: 'another asset than the one that pays for gas',
    })
  if (votingDelaySeconds === 0)
    findings.add('E_RANGE', [...path, 'votingDelaySeconds'], 'votes of holders that begin at once', {
      got: '0',
      allowed: 'at least 1: what they hold is looked at before votes begin',
    })
  if (quorum !== undefined)
    findings.add('E_VALUE', [...path, 'quorum'], 'a quorum of members where holders vote', {
      got: String(quorum),
      allowed: 'vote.quorum, in whole units of the asset',
    })
  for (const key of ['proposalThreshold', 'quorum'] as const)
    if (parseUnits(vote[key], asset.decimals) === 0n)
      findings.add('E_RANGE', [...at, key], 'nothing at all would be enough', {
        got: vote[key],
        allowed: 'more than 0',
      })
}

type Ratio = ScenarioAuthority['ratios'][number]
type Rule = ScenarioAuthority['rules'][number]

function checkRatio(
  scenario: Scenario,
  { authority, ratio }: { readonly authority: ScenarioAuthority; readonly ratio: Ratio },
  path: Path,
  findings: Findings,
): void {
  if (!checkTarget(scenario, { authority, target: ratio }, path, findings)) return
  const { ltvBps } = scenario.lending![ratio.pool]!.reserves[ratio.asset]!
  if (ratio.floorLtvBps > ltvBps)
    findings.add('E_RANGE', [...path, 'floorLtvBps'], 'a floor above the loan-to-value of the reserve', {
      got: String(ratio.floorLtvBps),
      allowed: `at most ${ltvBps}`,
    })
}

/** Whose terms a rule moves, and whose price it watches; true when there are such. */
function checkTarget(
  scenario: Scenario,
  { authority, target }: { readonly authority: ScenarioAuthority; readonly target: Rule | Ratio },
  path: Path,
  findings: Findings,
): boolean {
  const { pool, asset, oracle } = target
  if (!findings.reference([...path, 'pool'], 'pool of the authority', pool, authority.pools)) return false
  const reserves = Object.keys(scenario.lending?.[pool]?.reserves ?? {})
  const isReserve = findings.reference([...path, 'asset'], `reserve of ${pool}`, asset, reserves)
  const feeds = Object.entries(scenario.oracles ?? {}).filter(
    ([, each]) => each.chain === authority.chain && (each.kind === 'feed' || each.kind === 'measure'),
  )
  const isFed = findings.reference(
    [...path, 'oracle'],
    `oracle of kind feed or measure on ${authority.chain}`,
    oracle,
    feeds.map(([name]) => name),
  )
  return isReserve && isFed
}

function checkRule(
  scenario: Scenario,
  {
    authority,
    rule,
  }: { readonly authority: ScenarioAuthority; readonly rule: ScenarioAuthority['rules'][number] },
  path: Path,
  findings: Findings,
): void {
  const { pool: _, asset: __, oracle: ___, windowSeconds: ____, fallBps: _____, ...terms } = rule
  checkTarget(scenario, { authority, target: rule }, path, findings)
  if (Object.values(termsChange(terms)).every((each) => each === null))
    findings.add('E_VALUE', path, 'a rule that changes nothing', {
      got: 'no terms',
      allowed: 'ltvBps, liquidationThresholdBps, supplyCap, borrowCap or status',
    })
}
