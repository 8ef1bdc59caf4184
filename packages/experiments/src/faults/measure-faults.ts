// Measures that are asked of authorities: the first member puts them to the vote. One that it may not decide is proposed all the same,
// and its transaction reverts.
import { asNodeId, parseUnits } from '@solvent/primitives'
import { controlAddress, type Measure } from '@solvent/protocol'
import { accountOf, lendingAddress, tokenAddress } from '../assembly/addresses.ts'
import { termsChange } from '../controls/assemble-authorities.ts'
import { checkTerms } from '../controls/check-terms.ts'
import { lentToken } from '../lending/lent-asset.ts'
import { allNodeNames, scenarioNodes } from '../scenario/node-names.ts'
import { ATTACKER } from '../scenario/reserved-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { FaultCheck, FaultFamily, FaultOf, FaultRule } from './fault-context.ts'

type MeasureFault = FaultOf<'freeze-account' | 'claw-back' | 'halt-token' | 'set-terms'>

const rule: FaultRule<MeasureFault> = {
  check(fault, { scenario, path, findings }) {
    const authorities = scenario.controls?.authorities ?? {}
    if (!findings.reference([...path, 'authority'], 'authority', fault.authority, Object.keys(authorities)))
      return
    if (fault.kind === 'set-terms') return checkTerms(fault, { scenario, path, findings })
    const { assets, chain } = authorities[fault.authority]!
    findings.reference(
      [...path, 'asset'],
      `asset of ${fault.authority} on ${chain}`,
      fault.asset,
      Object.keys(assets),
    )
    if ('account' in fault) checkAccount(fault.account, 'account', { scenario, path, findings })
    if ('to' in fault) checkAccount(fault.to, 'to', { scenario, path, findings })
  },
  resolve(fault, { scenario, seed }) {
    const { chain } = scenario.controls!.authorities[fault.authority]!
    const { stewards } = scenarioNodes(scenario)
    const first = stewards.find(({ authority }) => authority === fault.authority)!
    const measure = measureOf(fault, { scenario, seed, chain })
    const message = {
      kind: 'propose-measure',
      authority: controlAddress(fault.authority),
      measure,
    } as const
    return [{ kind: 'control', to: asNodeId(first.node), message }]
  },
}

export const measureFaults: FaultFamily<MeasureFault['kind']> = {
  'freeze-account': rule,
  'claw-back': rule,
  'halt-token': rule,
  'set-terms': rule,
}

function checkAccount(account: string, key: string, { scenario, path, findings }: FaultCheck): void {
  findings.reference([...path, key], 'participant', account, [
    ...allNodeNames(scenarioNodes(scenario)),
    ATTACKER,
  ])
}

function measureOf(
  fault: MeasureFault,
  { scenario, seed, chain }: { readonly scenario: Scenario; readonly seed: string; readonly chain: string },
): Measure {
  if (fault.kind === 'set-terms') {
    const token = lentToken(scenario, chain, fault.asset)
    return { kind: 'set-terms', pool: lendingAddress(fault.pool), token, change: termsChange(fault) }
  }
  const token = tokenAddress(scenario, chain, fault.asset)
  switch (fault.kind) {
    case 'freeze-account':
      return {
        kind: fault.effect === 'begin' ? 'freeze' : 'unfreeze',
        token,
        account: accountOf(seed, fault.account),
      }
    case 'halt-token':
      return { kind: fault.effect === 'begin' ? 'halt' : 'resume', token }
    case 'claw-back':
      return {
        kind: 'claw-back',
        token,
        account: accountOf(seed, fault.account),
        amount: parseUnits(fault.amount, scenario.assets[fault.asset]!.decimals),
        to: accountOf(seed, fault.to),
      }
  }
}
