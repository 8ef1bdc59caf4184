// What a scenario file means: references resolve, ranges fit each other, nothing is impossible. Runs after
// the shape is known to be right; finds all problems at once.
import { nearestName, parseUnits } from '@solvent/primitives'
import { allNodeNames, scenarioNodes } from './node-names.ts'
import type { ScenarioProblem, ScenarioProblemCode } from './scenario-error.ts'
import type { Scenario, ScenarioFault } from './scenario-schema.ts'
import { type Locate, pathText } from './yaml-tree.ts'

type Path = readonly (string | number)[]

/** A setting that is allowed but that a careful reader should know of. */
export interface ScenarioWarning {
  readonly rule: string
  readonly path: string
  readonly message: string
}

class Findings {
  readonly problems: ScenarioProblem[] = []
  readonly #locate: Locate

  constructor(locate: Locate) {
    this.#locate = locate
  }

  add(
    code: ScenarioProblemCode,
    path: Path,
    problem: string,
    details: { got?: string; allowed?: string; hint?: string } = {},
  ): void {
    this.problems.push({ code, ...this.#locate(path), path: pathText(path), problem, ...details })
  }

  /** True when the name is one of those allowed; else a problem with the nearest valid name. */
  reference(path: Path, what: string, name: string, allowed: readonly string[]): boolean {
    if (allowed.includes(name)) return true
    const near = nearestName(name, allowed)
    this.add('E_REFERENCE', path, `no such ${what}`, {
      got: name,
      allowed: allowed.length > 0 ? allowed.slice(0, 12).join(', ') : `none is defined`,
      ...(near === undefined || near === null ? {} : { hint: `Did you mean ${near}?` }),
    })
    return false
  }
}

/** Chains on which an asset exists: home and far chains of its bridge, or every chain when no bridge carries it. */
export function chainsOfAsset(scenario: Scenario, symbol: string): string[] {
  for (const bridge of Object.values(scenario.bridges)) {
    const route = bridge.assets[symbol]
    if (route !== undefined) return [route.home, ...Object.keys(route.claims)]
  }
  return Object.keys(scenario.chains)
}

export function checkScenario(
  scenario: Scenario,
  locate: Locate,
): { problems: ScenarioProblem[]; warnings: ScenarioWarning[] } {
  const findings = new Findings(locate)
  const warnings: ScenarioWarning[] = []
  checkNames(scenario, findings)
  checkChains(scenario, findings)
  checkBridges(scenario, findings, warnings)
  checkSolvers(scenario, findings)
  checkUsers(scenario, findings)
  scenario.faults.forEach((fault, index) => checkFault(scenario, fault, ['faults', index], findings))
  scenario.expectations.forEach((expectation, index) => {
    if (
      expectation.atLeast === undefined &&
      expectation.atMost === undefined &&
      expectation.equals === undefined
    ) {
      findings.add('E_VALUE', ['expectations', index], 'the expectation compares with nothing', {
        allowed: 'atLeast, atMost or equals',
      })
    }
  })
  return { problems: findings.problems, warnings }
}

function checkNames(scenario: Scenario, findings: Findings): void {
  if (findings.reference(['gasAsset'], 'asset', scenario.gasAsset, Object.keys(scenario.assets))) {
    const carrier = Object.entries(scenario.bridges).find(([, bridge]) => scenario.gasAsset in bridge.assets)
    if (carrier !== undefined)
      findings.add('E_REFERENCE', ['gasAsset'], `the gas asset is carried by bridge ${carrier[0]}`, {
        got: scenario.gasAsset,
        allowed: 'an asset that no bridge wraps',
      })
  }
  const seen = new Set<string>()
  for (const name of allNodeNames(scenarioNodes(scenario))) {
    if (seen.has(name)) {
      const path =
        name in scenario.users ? ['users', name] : name in scenario.solvers ? ['solvers', name] : ['bridges']
      findings.add('E_REFERENCE', path, 'two nodes have the same name', {
        got: name,
        allowed: 'distinct names',
      })
    }
    seen.add(name)
  }
  if (Number.isNaN(Date.parse(scenario.start)))
    findings.add('E_VALUE', ['start'], 'not a date', { got: scenario.start })
}

function checkChains(scenario: Scenario, findings: Findings): void {
  const ids = new Map<number, string>()
  const l1s = Object.entries(scenario.chains)
    .filter(([, chain]) => chain.kind === 'l1')
    .map(([name]) => name)
  if (l1s.length === 0)
    findings.add('E_VALUE', ['chains'], 'no chain is an l1', { allowed: 'at least one chain of kind l1' })
  for (const [name, chain] of Object.entries(scenario.chains)) {
    const other = ids.get(chain.id)
    if (other !== undefined)
      findings.add('E_REFERENCE', ['chains', name, 'id'], `chain id already used by ${other}`, {
        got: String(chain.id),
      })
    ids.set(chain.id, name)
    if (chain.kind === 'l1') continue
    if (chain.l1 === name)
      findings.add('E_CYCLE', ['chains', name, 'l1'], 'a chain cannot settle on itself', {
        got: `${name}→${name}`,
        allowed: l1s.join(', '),
      })
    else findings.reference(['chains', name, 'l1'], 'l1 chain', chain.l1, l1s)
  }
}

function checkBridges(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  const chains = Object.keys(scenario.chains)
  const carriers = new Map<string, string>()
  for (const [name, bridge] of Object.entries(scenario.bridges)) {
    if (bridge.threshold > bridge.verifiers) {
      findings.add('E_RANGE', ['bridges', name, 'threshold'], 'more signatures than verifiers', {
        got: `${bridge.threshold} of ${bridge.verifiers}`,
        allowed: `1 to ${bridge.verifiers}`,
      })
    }
    if (bridge.threshold === 1) {
      warnings.push({
        rule: 'S-7',
        path: `bridges.${name}.threshold`,
        message: `bridge ${name} is ${bridge.threshold}-of-${bridge.verifiers}: one verifier's word moves everything behind it`,
      })
    }
    for (const [symbol, route] of Object.entries(bridge.assets)) {
      const path = ['bridges', name, 'assets', symbol]
      findings.reference(path, 'asset', symbol, Object.keys(scenario.assets))
      findings.reference([...path, 'home'], 'chain', route.home, chains)
      const other = carriers.get(symbol)
      if (other !== undefined)
        findings.add('E_REFERENCE', path, `asset is already carried by bridge ${other}`, { got: symbol })
      carriers.set(symbol, name)
      for (const far of Object.keys(route.claims)) {
        findings.reference([...path, 'claims', far], 'chain', far, chains)
        if (far === route.home)
          findings.add('E_CYCLE', [...path, 'claims', far], 'an asset is not wrapped on its home chain', {
            got: far,
          })
      }
    }
  }
}

function checkHoldings(
  scenario: Scenario,
  holdings: Readonly<Record<string, Readonly<Record<string, string>>>>,
  path: Path,
  findings: Findings,
): void {
  for (const [chain, amounts] of Object.entries(holdings)) {
    if (!findings.reference([...path, chain], 'chain', chain, Object.keys(scenario.chains))) continue
    for (const symbol of Object.keys(amounts))
      checkAssetOn(scenario, symbol, chain, [...path, chain, symbol], findings)
  }
}

function checkAssetOn(
  scenario: Scenario,
  symbol: string,
  chain: string,
  path: Path,
  findings: Findings,
): void {
  if (!findings.reference(path, 'asset', symbol, Object.keys(scenario.assets))) return
  const chains = chainsOfAsset(scenario, symbol)
  if (!chains.includes(chain))
    findings.add('E_REFERENCE', path, `${symbol} does not exist on ${chain}`, { allowed: chains.join(', ') })
}

function checkSolvers(scenario: Scenario, findings: Findings): void {
  for (const [name, solver] of Object.entries(scenario.solvers)) {
    checkHoldings(scenario, solver.inventory, ['solvers', name, 'inventory'], findings)
    for (const symbol of Object.keys(solver.borrowed))
      findings.reference(['solvers', name, 'borrowed', symbol], 'asset', symbol, Object.keys(scenario.assets))
  }
}

function checkUsers(scenario: Scenario, findings: Findings): void {
  for (const [name, user] of Object.entries(scenario.users)) {
    const path = ['users', name]
    checkHoldings(scenario, user.holdings, [...path, 'holdings'], findings)
    if (user.untilSeconds <= user.fromSeconds)
      findings.add('E_RANGE', [...path, 'untilSeconds'], 'the interval is empty', {
        got: `${user.fromSeconds} to ${user.untilSeconds}`,
      })
    if (user.untilSeconds > scenario.durationSeconds)
      findings.add('E_RANGE', [...path, 'untilSeconds'], 'orders would come after the end of the run', {
        got: String(user.untilSeconds),
        allowed: `at most ${scenario.durationSeconds}`,
      })
    if (user.slippageBps.from > user.slippageBps.to)
      findings.add('E_RANGE', [...path, 'slippageBps'], 'from is above to', {
        got: `${user.slippageBps.from} to ${user.slippageBps.to}`,
      })
    if (parseUnits(user.value.from, 18) > parseUnits(user.value.to, 18))
      findings.add('E_RANGE', [...path, 'value'], 'from is above to', {
        got: `${user.value.from} to ${user.value.to}`,
      })
    if (parseUnits(user.value.from, 18) === 0n)
      findings.add('E_RANGE', [...path, 'value', 'from'], 'an order has a value', {
        got: '0',
        allowed: 'more than 0',
      })
    if (user.auctionSeconds + user.exclusivitySeconds > user.fillSeconds) {
      findings.add(
        'E_RANGE',
        [...path, 'fillSeconds'],
        'the fill deadline comes before the exclusivity ends',
        {
          got: String(user.fillSeconds),
          allowed: `at least auctionSeconds + exclusivitySeconds = ${user.auctionSeconds + user.exclusivitySeconds}`,
        },
      )
    }
    if (user.expiresSeconds < user.fillSeconds)
      findings.add('E_RANGE', [...path, 'expiresSeconds'], 'the order expires before its fill deadline', {
        got: String(user.expiresSeconds),
        allowed: `at least ${user.fillSeconds}`,
      })
    const { auctioneer, chain, user: own } = user.award
    if (auctioneer + chain + own === 0)
      findings.add('E_RANGE', [...path, 'award'], 'all weights are zero', { allowed: 'one weight above 0' })
    if (auctioneer > 0 && scenario.auctioneers === 0)
      findings.add('E_REFERENCE', [...path, 'award', 'auctioneer'], 'the scenario has no auctioneer', {
        hint: 'Set auctioneers: 1.',
      })
    user.pairs.forEach((pair, index) => {
      const at = [...path, 'pairs', index]
      for (const side of ['from', 'to'] as const) {
        if (
          findings.reference([...at, side, 'chain'], 'chain', pair[side].chain, Object.keys(scenario.chains))
        ) {
          checkAssetOn(scenario, pair[side].asset, pair[side].chain, [...at, side, 'asset'], findings)
        }
      }
      findings.reference([...at, 'prover'], 'bridge', pair.prover, Object.keys(scenario.bridges))
      if (pair.from.chain === pair.to.chain)
        findings.add('E_CYCLE', at, 'an order crosses chains', { got: `${pair.from.chain}→${pair.to.chain}` })
    })
  }
}

function checkFault(scenario: Scenario, fault: ScenarioFault, path: Path, findings: Findings): void {
  if (fault.atSeconds > scenario.durationSeconds) {
    findings.add('E_RANGE', [...path, 'atSeconds'], 'the fault comes after the end of the run', {
      got: String(fault.atSeconds),
      allowed: `at most ${scenario.durationSeconds}`,
    })
  }
  const nodes = allNodeNames(scenarioNodes(scenario))
  if ('node' in fault) findings.reference([...path, 'node'], 'node', fault.node, nodes)
  if (fault.kind === 'partition' || fault.kind === 'link') {
    for (const side of ['from', 'to'] as const)
      fault[side].forEach((node, index) => findings.reference([...path, side, index], 'node', node, nodes))
  }
  if (fault.kind === 'partition') {
    const both = fault.from.filter((node) => fault.to.includes(node))
    if (both.length > 0)
      findings.add('E_CYCLE', path, 'a node is on both sides of the partition', { got: both.join(', ') })
  }
  if (!('bridge' in fault)) return
  if (!findings.reference([...path, 'bridge'], 'bridge', fault.bridge, Object.keys(scenario.bridges))) return
  if (fault.kind !== 'forge') return
  const bridge = scenario.bridges[fault.bridge]!
  if (!findings.reference([...path, 'asset'], 'asset of the bridge', fault.asset, Object.keys(bridge.assets)))
    return
  const chains = chainsOfAsset(scenario, fault.asset)
  findings.reference([...path, 'from'], 'chain of the asset', fault.from, chains)
  findings.reference([...path, 'to'], 'chain of the asset', fault.to, chains)
  if (fault.from === fault.to)
    findings.add('E_CYCLE', path, 'a forged message crosses chains', { got: `${fault.from}→${fault.to}` })
  if (fault.poisoned > bridge.verifiers)
    findings.add('E_RANGE', [...path, 'poisoned'], 'more verifiers than the bridge has', {
      got: String(fault.poisoned),
      allowed: `at most ${bridge.verifiers}`,
    })
}
