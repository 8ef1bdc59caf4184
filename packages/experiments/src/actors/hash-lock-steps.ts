// Steps of swaps under hash locks. A secret is a word of the scenario; its preimage is the hash of the word. A step that takes
// a lock with a preimage which another has shown waits for that other's withdrawal (`after`), as it would have to.
import { type Hash32, parseUnits, sha256Hex } from '@solvent/primitives'
import { type HashLockCall, hashLockId, hashLockOf } from '@solvent/protocol'
import { accountOf, bridgeAddress, tokenAddress } from '../assembly/addresses.ts'
import { chainsOfAsset, decimalsOn } from '../scenario/asset-chains.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { participantNames } from './participants.ts'
import { stepLabel } from './step-label.ts'
import type { StepCheck, StepFamily, StepOf, StepResolution } from './step-rule.ts'

type Creation = StepOf<'hash-lock-create'>
type CreateCall = Extract<HashLockCall, { kind: 'hash-lock-create' }>

export const hashLockSteps: StepFamily<'hash-lock-create' | 'hash-lock-withdraw' | 'hash-lock-cancel'> = {
  'hash-lock-create': {
    check(step, { scenario, path, findings }) {
      const bridges = Object.keys(scenario.bridges).filter(
        (name) => scenario.bridges[name]!.custody.kind === 'hash-lock',
      )
      if (!findings.reference([...path, 'bridge'], 'hash-lock bridge', step.bridge, bridges)) return
      const assets = Object.keys(scenario.bridges[step.bridge]!.assets)
      if (!findings.reference([...path, 'asset'], 'asset of the bridge', step.asset, assets)) return
      const chains = chainsOfAsset(scenario, step.asset)
      findings.reference([...path, 'chain'], 'chain of the asset', step.chain, chains)
      findings.reference([...path, 'to'], 'participant', step.to, participantNames(scenario))
    },
    resolve: (step, { scenario, seed }) => ({
      chainId: chainIdOf(scenario, step.chain),
      action: { kind: 'call', call: creationOf(step, scenario, seed) },
    }),
  },
  'hash-lock-withdraw': {
    check: checkLock,
    resolve(step, resolution) {
      const { chainId, bridge, lock, creation } = lockOf(step.of, resolution)
      const preimage = preimageOf(step.secret ?? creation.secret)
      return {
        chainId,
        action: { kind: 'call', call: { kind: 'hash-lock-withdraw', bridge, lock, preimage } },
      }
    },
  },
  'hash-lock-cancel': {
    check: checkLock,
    resolve(step, resolution) {
      const { chainId, bridge, lock } = lockOf(step.of, resolution)
      return { chainId, action: { kind: 'call', call: { kind: 'hash-lock-cancel', bridge, lock } } }
    },
  },
}

function checkLock({ of }: { readonly of: string }, { scenario, path, findings }: StepCheck): void {
  const known = Object.entries(scenario.actors).flatMap(([actor, { steps }]) =>
    steps.flatMap((step, index) =>
      step.do === 'hash-lock-create' ? [`${actor}/${stepLabel(step, index)}`] : [],
    ),
  )
  findings.reference([...path, 'of'], 'hash-lock-create of an actor', of, known)
}

function creationOf(step: Creation, scenario: Scenario, seed: string): CreateCall {
  return {
    kind: 'hash-lock-create',
    bridge: bridgeAddress(step.bridge),
    leg: step.leg,
    token: tokenAddress(scenario, step.chain, step.asset),
    amount: parseUnits(step.amount, decimalsOn(scenario, step.asset, step.chain)),
    recipient: accountOf(seed, step.to),
    hash: hashLockOf(preimageOf(step.secret)),
  }
}

function lockOf(of: string, { scenario, seed }: StepResolution) {
  const [actor, label] = of.split('/') as [string, string]
  const creation = scenario.actors[actor]!.steps.find(
    (step, index): step is Creation => step.do === 'hash-lock-create' && stepLabel(step, index) === label,
  )!
  const chainId = chainIdOf(scenario, creation.chain)
  const call = creationOf(creation, scenario, seed)
  return { chainId, bridge: call.bridge, lock: hashLockId(chainId, accountOf(seed, actor), call), creation }
}

function preimageOf(secret: string): Hash32 {
  return sha256Hex(new TextEncoder().encode(`secret/${secret}`))
}
