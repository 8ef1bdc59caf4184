// What an asset needs of its bridge's kind of custody: a lock and an issuer have claims, a pool has cash.
import { parseUnits } from '@solvent/primitives'
import { farChainsOf } from './asset-chains.ts'
import type { Findings, Path } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'
import type { ScenarioWarning } from './scenario-warning.ts'

type Bridge = Scenario['bridges'][string]

const RATE_DECIMALS = 18

export function checkCustody(
  { custody }: Bridge,
  route: Bridge['assets'][string],
  path: Path,
  findings: Findings,
): void {
  const isPool = custody.kind === 'pool'
  const foreign = isPool ? 'claims' : 'liquidity'
  for (const chain of Object.keys(route[foreign])) {
    findings.add('E_VALUE', [...path, foreign, chain], `${custody.kind} custody has no ${foreign}`, {
      got: foreign,
      allowed: isPool ? 'liquidity: chain → cash of the providers' : 'claims: far chain → units at the start',
    })
  }
  if (farChainsOf(route).length === 0)
    findings.add('E_VALUE', path, 'the asset crosses to no other chain', {
      got: `only ${route.home}`,
      allowed: `${isPool ? 'liquidity' : 'claims'} on a chain other than ${route.home}; "0" will do`,
    })
  if (isPool) checkKink(custody.fee.kink, path, findings)
}

/** A pool pays out of its cash: with none, and nobody to bring some, every payout waits for ever. */
export function checkCash(
  scenario: Scenario,
  { name, symbol }: { readonly name: string; readonly symbol: string },
  warnings: ScenarioWarning[],
): void {
  const { custody, assets } = scenario.bridges[name]!
  const cash = Object.values(assets[symbol]!.liquidity)
  if (custody.kind !== 'pool' || cash.some((amount) => Number(amount) > 0)) return
  const steps = Object.values(scenario.actors).flatMap((actor) => actor.steps)
  const isPaidInto = steps.some(
    (step) =>
      (step.do === 'pool-deposit' || step.do === 'pool-refill') &&
      step.bridge === name &&
      step.asset === symbol,
  )
  if (isPaidInto) return
  warnings.push({
    rule: 'B-6',
    path: `bridges.${name}.assets.${symbol}.liquidity`,
    message: `the pools of ${symbol} are empty on every chain and nobody deposits: whatever crosses waits in the queue`,
  })
}

/** Rates are straight below and above the kink: neither part may be empty. */
function checkKink(kink: string, path: Path, findings: Findings): void {
  const kinkE18 = parseUnits(kink, RATE_DECIMALS)
  if (kinkE18 > 0n && kinkE18 < 10n ** 18n) return
  const bridge = path.slice(0, 2)
  findings.add(
    'E_RANGE',
    [...bridge, 'custody', 'fee', 'kink'],
    'the kink is a utilisation between 0 and 1',
    {
      got: kink,
      allowed: 'above 0 and below 1',
    },
  )
}

type Windows = Extract<Bridge['custody'], { kind: 'hash-lock' }>['source']

/** Hash locks need no verification and nothing else goes without; their windows follow each other, and the destination's
 * lock ends before the source's, or who locked there can be left with nothing. */
export function checkHashLock(
  name: string,
  { custody, verification }: Bridge,
  findings: Findings,
  warnings: ScenarioWarning[],
): void {
  const path = ['bridges', name]
  if ((custody.kind === 'hash-lock') !== (verification.kind === 'none')) {
    findings.add('E_VALUE', [...path, 'verification', 'kind'], `${custody.kind} custody`, {
      got: verification.kind,
      allowed:
        custody.kind === 'hash-lock' ? 'none: no message crosses' : 'a kind that makes messages believed',
    })
  }
  if (custody.kind !== 'hash-lock') return
  for (const leg of ['source', 'destination'] as const)
    checkWindows(custody[leg], [...path, 'custody', leg], findings)
  const { source, destination } = custody
  if (destination.cancelAfter <= source.cancelAfter) return
  warnings.push({
    rule: 'hash-lock-order',
    path: `bridges.${name}.custody.destination.cancelAfter`,
    message: `locks of the destination can be taken until ${destination.cancelAfter} s, those of the source only until ${source.cancelAfter} s: who shows the preimage last leaves no time to use it`,
  })
}

function checkWindows(windows: Windows, path: Path, findings: Findings): void {
  const order = ['withdrawAfter', 'publicWithdrawAfter', 'cancelAfter', 'publicCancelAfter'] as const
  for (let i = 1; i < order.length; i++) {
    const [before, key] = [order[i - 1]!, order[i]!]
    if (windows[key] > windows[before] || (key !== 'cancelAfter' && windows[key] === windows[before]))
      continue
    findings.add('E_RANGE', [...path, key], 'the phases of a lock follow each other', {
      got: `${key} ${windows[key]}, ${before} ${windows[before]}`,
      allowed: key === 'cancelAfter' ? `more than ${windows[before]}` : `at least ${windows[before]}`,
    })
  }
}
