// The meaning of what auctioneers go by: who hears of bids and where rewards are paid exist, and there are batches to reward.
import { parseUnits } from '@solvent/primitives'
import { MAX_BID_SHARES } from '@solvent/protocol'
import { chainsOfAsset } from './asset-chains.ts'
import { checkAmount } from './check-amount.ts'
import { checkAssetOn } from './check-holdings.ts'
import type { Findings } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'
import type { ScenarioWarning } from './scenario-warning.ts'

export function checkAuctionTerms(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  const { auctionTerms, chains, solvers, users } = scenario
  const { leak, rewards } = auctionTerms ?? {}
  leak?.to.forEach((solver, index) => {
    findings.reference(['auctionTerms', 'leak', 'to', index], 'solver', solver, Object.keys(solvers))
  })
  const { disciplines = [] } = auctionTerms ?? {}
  disciplines.forEach((name, index) => {
    if (disciplines.indexOf(name) === index) return
    findings.add('E_VALUE', ['auctionTerms', 'disciplines', index], 'a discipline is kept once', {
      got: name,
      allowed: 'each name once',
    })
  })
  checkSelection(scenario, findings, warnings)
  checkCommittee(scenario, findings, warnings)
  for (const [user, { blockCurve, chainPricing }] of Object.entries(users))
    if (blockCurve !== undefined && chainPricing !== 'block-dutch')
      warnings.push({
        rule: 'curve',
        path: `users.${user}.blockCurve`,
        message:
          'no price of this user follows a curve of blocks (chainPricing: block-dutch): it counts for nothing',
      })
  checkBonds(scenario, findings, warnings)
  if (rewards === undefined) return
  findings.reference(['auctionTerms', 'rewards', 'chain'], 'chain', rewards.chain, Object.keys(chains))
  if (!Object.values(users).some(({ auction }) => auction === 'fair-combinatorial'))
    warnings.push({
      rule: 'rewards',
      path: 'auctionTerms.rewards',
      message:
        'rewards are of batches, and no user has its orders in one (auction: fair-combinatorial): nothing is paid',
    })
}

/** Who selects by records keeps them. */
function checkSelection(
  { auctionTerms, users }: Scenario,
  findings: Findings,
  warnings: ScenarioWarning[],
): void {
  const { disciplines = [], recordPpm } = auctionTerms ?? {}
  const selecting = Object.entries(users).filter(([, { auction }]) => auction === 'reputation')
  if (!disciplines.includes('reputation'))
    for (const [user] of selecting)
      findings.add('E_REFERENCE', ['users', user, 'auction'], 'no auctioneer keeps a record to select by', {
        got: 'reputation',
        allowed: 'reputation in auctionTerms.disciplines, or another auction',
      })
  if (recordPpm !== undefined && selecting.length === 0)
    warnings.push({
      rule: 'record',
      path: 'auctionTerms.recordPpm',
      message: 'no user has its orders awarded by records (auction: reputation): it counts for nothing',
    })
}

/** Its members exist, and enough of them to open; and there is something to open. */
function checkCommittee(
  { auctionTerms, auctioneers, solvers, users }: Scenario,
  findings: Findings,
  warnings: ScenarioWarning[],
): void {
  const { committee, leak, bonds } = auctionTerms ?? {}
  if (committee === undefined) return
  const { members, threshold, colluding } = committee
  const path = ['auctionTerms', 'committee'] as const
  if (members > auctioneers)
    findings.add(
      'E_RANGE',
      [...path, 'members'],
      'the committee has more members than there are auctioneers',
      {
        got: String(members),
        allowed: `at most ${auctioneers}, or more auctioneers`,
      },
    )
  if (threshold > members)
    findings.add('E_RANGE', [...path, 'threshold'], 'no bid would ever open: more shares than members', {
      got: String(threshold),
      allowed: `1 to ${members}`,
    })
  if (colluding > members)
    findings.add('E_RANGE', [...path, 'colluding'], 'more members collude than there are', {
      got: String(colluding),
      allowed: `0 to ${members}`,
    })
  const bidders = Object.keys(solvers).length
  if (bidders > MAX_BID_SHARES)
    findings.add('E_RANGE', path, 'a committee opens no more bids of an order', {
      got: `${bidders} solvers`,
      allowed: `at most ${MAX_BID_SHARES} solvers, or no committee`,
    })
  const warn = (rule: string, key: string, message: string) =>
    void warnings.push({ rule, path: `auctionTerms.committee${key}`, message })
  if (!Object.values(users).some(({ auction }) => auction === 'sealed-encrypted'))
    warn('committee', '', 'no user seals its bids (auction: sealed-encrypted): there is nothing to open')
  if (threshold === 1)
    warn('committee-of-one', '.threshold', 'each member alone can read all bids: nothing is sealed to it')
  if (bonds !== undefined && Number(bonds.deposit) > 0)
    warn(
      'deposit',
      '',
      'the committee opens bids: a deposit (auctionTerms.bonds.deposit) is lost only by a solver that deals what does not open, and none here does',
    )
  if (colluding > 0 && leak === undefined)
    warn('collusion', '.colluding', 'what members open too early they tell nobody (auctionTerms.leak)')
}

function checkBonds(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  const { bonds, rewards } = scenario.auctionTerms ?? {}
  const path = ['auctionTerms', 'bonds'] as const
  for (const [name, { bond }] of Object.entries(scenario.solvers))
    if (bond !== undefined && bonds === undefined)
      findings.add('E_REFERENCE', ['solvers', name, 'bond'], 'no auctioneer asks for a bond', {
        got: bond,
        allowed: 'nothing, or a scenario with auctionTerms.bonds',
      })
  if (bonds === undefined) return
  const { chain, asset, least, deposit, benchmark } = bonds
  if (benchmark !== undefined && benchmark.challengeSeconds >= scenario.durationSeconds)
    warnings.push({
      rule: 'challenge-window',
      path: 'auctionTerms.bonds.benchmark.challengeSeconds',
      message: `its windows of ${benchmark.challengeSeconds} s are longer than the run: no challenge is decided in it`,
    })
  if (rewards !== undefined)
    findings.add(
      'E_RANGE',
      path,
      'an auctioneer that pays rewards keeps no bonds: what it receives are fees',
      {
        got: 'bonds and rewards',
        allowed: 'one of them',
      },
    )
  if (!findings.reference([...path, 'chain'], 'chain', chain, Object.keys(scenario.chains))) return
  if (!Object.hasOwn(scenario.assets, asset) || !chainsOfAsset(scenario, asset).includes(chain))
    return checkAssetOn(scenario, { symbol: asset, chain, path: [...path, 'asset'], findings })
  const unit = { symbol: asset, decimals: scenario.assets[asset]!.decimals }
  const isSaid = [
    checkAmount(least, unit, [...path, 'least'], findings),
    checkAmount(deposit, unit, [...path, 'deposit'], findings),
  ]
  if (isSaid.includes(false)) return
  for (const [name, { bond = least, inventory }] of Object.entries(scenario.solvers)) {
    if (!checkAmount(bond, unit, ['solvers', name, 'bond'], findings)) continue
    const held = parseUnits(inventory[chain]?.[asset] ?? '0', unit.decimals)
    const needed = parseUnits(bond, unit.decimals) * BigInt(scenario.auctioneers)
    if (needed > held)
      findings.add('E_RANGE', ['solvers', name], `it has less ${asset} on ${chain} than its bonds`, {
        got: `${inventory[chain]?.[asset] ?? '0'}`,
        allowed: `at least ${bond} for each of ${scenario.auctioneers} auctioneers`,
      })
    if (parseUnits(bond, unit.decimals) < parseUnits(least, unit.decimals))
      warnings.push({
        rule: 'bond-too-small',
        path: `solvers.${name}.bond`,
        message: `its bond of ${bond} is below the least of ${least}: all its bids are refused`,
      })
  }
}
