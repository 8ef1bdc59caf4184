// The meaning of chains and bridges: ids are distinct, rollups settle on an L1, bridges carry what exists.
import { checkBridgeControls } from './check-bridge-controls.ts'
import { checkCash, checkCustody, checkHashLock } from './check-custody.ts'
import { checkBridgeFlaw } from './check-flaws.ts'
import { checkFinality, checkVerification } from './check-verification.ts'
import type { Findings } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'
import type { ScenarioWarning } from './scenario-warning.ts'

export function checkChains(scenario: Scenario, findings: Findings): void {
  const ids = new Map<number, string>()
  const l1s = Object.entries(scenario.chains)
    .filter(([, chain]) => chain.kind === 'l1')
    .map(([name]) => name)
  if (l1s.length === 0)
    findings.add('E_VALUE', ['chains'], 'no chain is an l1', {
      got: `${Object.keys(scenario.chains).length} chains, none of kind l1`,
      allowed: 'at least one chain of kind l1',
    })
  for (const [name, chain] of Object.entries(scenario.chains)) {
    const other = ids.get(chain.id)
    if (other !== undefined)
      findings.add('E_REFERENCE', ['chains', name, 'id'], `chain id already used by ${other}`, {
        got: String(chain.id),
        allowed: 'an id that no other chain has',
      })
    ids.set(chain.id, name)
    checkFeeMarket(name, chain, findings)
    checkBlobs(name, chain, scenario, findings)
    if (chain.kind === 'l1') continue
    if (chain.l1 === name)
      findings.add('E_CYCLE', ['chains', name, 'l1'], 'a chain cannot settle on itself', {
        got: `${name}→${name}`,
        allowed: l1s.join(', '),
      })
    else findings.reference(['chains', name, 'l1'], 'l1 chain', chain.l1, l1s)
  }
}

/** A shared sequencer has rollups, and each of them only once. */
export function checkSequencers(scenario: Scenario, findings: Findings): void {
  const rollups = Object.keys(scenario.chains).filter((name) => scenario.chains[name]?.kind !== 'l1')
  const taken = new Map<string, string>()
  for (const [name, { chains }] of Object.entries(scenario.sharedSequencers)) {
    chains.forEach((chain, index) => {
      const path = ['sharedSequencers', name, 'chains', index]
      if (!findings.reference(path, 'rollup', chain, rollups)) return
      const other = taken.get(chain)
      if (other !== undefined)
        findings.add('E_REFERENCE', path, `the chain is already sequenced by ${other}`, {
          got: chain,
          allowed: 'each rollup once in one shared sequencer',
        })
      taken.set(chain, name)
      const settings = scenario.chains[chain]
      if (settings !== undefined && 'sequencers' in settings && settings.sequencers > 1)
        findings.add('E_VALUE', ['chains', chain, 'sequencers'], `the chain is sequenced by ${name}`, {
          got: String(settings.sequencers),
          allowed: `no sequencers of its own, or no place in sharedSequencers.${name}.chains`,
        })
    })
  }
}

/** A block takes at least its target, and who waits for cheaper blobs posts them. */
function checkBlobs(
  name: string,
  chain: Scenario['chains'][string],
  { chains }: Scenario,
  findings: Findings,
): void {
  if (chain.kind === 'l1') {
    const { blobs } = chain
    if (blobs !== undefined && blobs.targetBlobs > blobs.maxBlobs)
      findings.add('E_RANGE', ['chains', name, 'blobs', 'maxBlobs'], 'a block takes less than its target', {
        got: String(blobs.maxBlobs),
        allowed: `at least ${blobs.targetBlobs}`,
      })
    return
  }
  const l1 = chains[chain.l1]
  if (chain.batchPolicy !== undefined && l1?.kind === 'l1' && l1.blobs === undefined)
    findings.add('E_VALUE', ['chains', name, 'batchPolicy'], 'the l1 chain has no blobs to wait for', {
      got: chain.l1,
      allowed: 'a policy only with blobs on the l1 chain',
    })
}

/** A base fee that begins below its floor has never been one of the chain's. */
function checkFeeMarket(name: string, chain: Scenario['chains'][string], findings: Findings): void {
  const { feeMarket, baseFeeGwei } = chain
  if (feeMarket?.kind !== 'eip1559' || Number(feeMarket.minBaseFeeGwei) <= Number(baseFeeGwei)) return
  findings.add(
    'E_RANGE',
    ['chains', name, 'feeMarket', 'minBaseFeeGwei'],
    'the base fee begins below its floor',
    {
      got: `${feeMarket.minBaseFeeGwei}, baseFeeGwei is ${baseFeeGwei}`,
      allowed: `at most ${baseFeeGwei}`,
    },
  )
}

export function checkBridges(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  const chains = Object.keys(scenario.chains)
  const carriers = new Map<string, string>()
  for (const [name, bridge] of Object.entries(scenario.bridges)) {
    checkVerification(name, bridge.verification, { scenario, findings, warnings })
    checkFinality(name, bridge, warnings)
    checkBridgeControls(scenario, name, findings, warnings)
    checkHashLock(name, bridge, findings, warnings)
    bridge.flaws.forEach((flaw, index) =>
      checkBridgeFlaw(scenario, name, flaw, { path: ['bridges', name, 'flaws', index], findings }),
    )
    for (const [symbol, route] of Object.entries(bridge.assets)) {
      const path = ['bridges', name, 'assets', symbol]
      findings.reference(path, 'asset', symbol, Object.keys(scenario.assets))
      findings.reference([...path, 'home'], 'chain', route.home, chains)
      const other = carriers.get(symbol)
      if (other !== undefined)
        findings.add('E_REFERENCE', path, `asset is already carried by bridge ${other}`, {
          got: symbol,
          allowed: 'one bridge for each asset',
        })
      carriers.set(symbol, name)
      checkCustody(bridge, route, path, findings)
      checkCash(scenario, { name, symbol }, warnings)
      for (const chain of Object.keys(route.liquidity))
        findings.reference([...path, 'liquidity', chain], 'chain', chain, chains)
      for (const far of Object.keys(route.claims)) {
        findings.reference([...path, 'claims', far], 'chain', far, chains)
        if (far === route.home)
          findings.add('E_CYCLE', [...path, 'claims', far], 'an asset is not wrapped on its home chain', {
            got: far,
            allowed: `a chain other than ${route.home}`,
          })
      }
    }
  }
}
