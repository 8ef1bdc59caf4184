// Steps that act on a bridge's custody.
import { parseUnits } from '@solvent/primitives'
import type { CustodyCall, PoolCall } from '@solvent/protocol'
import { bridgeAddress, tokenAddress } from '../assembly/addresses.ts'
import { FIRST_SHARES } from '../assembly/bridge-holdings.ts'
import { chainsOfAsset, decimalsOn } from '../scenario/asset-chains.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ResolvedStep, StepCheck, StepFamily, StepOf, StepResolution } from './step-rule.ts'

type CustodyVerb = 'redeem' | 'pool-deposit' | 'pool-withdraw' | 'pool-refill'
type CustodyStep = StepOf<CustodyVerb>
type Custody = Scenario['bridges'][string]['custody']['kind']

export const custodySteps: StepFamily<CustodyVerb> = {
  redeem: {
    check: (step, check) => checkCustody('burn-mint', step, check),
    resolve: (step, resolution) =>
      resolved(step, resolution, (at, amount) => ({ kind: 'redeem', ...at, amount })),
  },
  'pool-deposit': {
    check: (step, check) => checkCustody('pool', step, check),
    resolve: (step, resolution) =>
      resolved(step, resolution, (at, amount) => ({ kind: 'pool-deposit', ...at, amount })),
  },
  'pool-withdraw': {
    check: (step, check) => checkCustody('pool', step, check),
    resolve: (step, resolution) =>
      resolved(step, resolution, (at, amount) => ({
        kind: 'pool-withdraw',
        ...at,
        shares: amount * FIRST_SHARES,
      })),
  },
  'pool-refill': {
    check: (step, check) => checkCustody('pool', step, check),
    resolve: (step, resolution) =>
      resolved(step, resolution, (at, amount) => ({ kind: 'pool-refill', ...at, amount })),
  },
}

function checkCustody(custody: Custody, step: CustodyStep, { scenario, path, findings }: StepCheck): void {
  const bridges = Object.keys(scenario.bridges).filter(
    (name) => scenario.bridges[name]!.custody.kind === custody,
  )
  if (!findings.reference([...path, 'bridge'], `${custody} bridge`, step.bridge, bridges)) return
  const assets = Object.keys(scenario.bridges[step.bridge]!.assets)
  if (!findings.reference([...path, 'asset'], 'asset of the bridge', step.asset, assets)) return
  findings.reference(
    [...path, 'chain'],
    'chain of the asset',
    step.chain,
    chainsOfAsset(scenario, step.asset),
  )
}

type Contract = Pick<PoolCall, 'bridge' | 'token'>

function resolved(
  { bridge, asset, chain, amount }: CustodyStep,
  { scenario }: StepResolution,
  call: (at: Contract, amount: bigint) => CustodyCall,
): ResolvedStep {
  const at = { bridge: bridgeAddress(bridge), token: tokenAddress(scenario, chain, asset) }
  const units = parseUnits(amount, decimalsOn(scenario, asset, chain))
  return { chainId: chainIdOf(scenario, chain), action: { kind: 'call', call: call(at, units) } }
}
