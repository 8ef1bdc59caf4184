// Steps that force an actor's transaction upon a rollup: signed for the rollup, handed to its contract on the L1.
import type { ChainId } from '@solvent/primitives'
import { encodeTransaction, type NetworkSpec } from '@solvent/protocol'
import { signedTransfer } from '../assembly/signed-transfer.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkAssetOn } from '../scenario/check-holdings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { participantNames } from './participants.ts'
import type { StepFamily } from './step-rule.ts'

export const forceSteps: StepFamily<'force-transfer' | 'force-inclusion'> = {
  'force-transfer': {
    check(step, { scenario, path, findings }) {
      const rollups = Object.keys(scenario.chains).filter((name) => scenario.chains[name]?.kind !== 'l1')
      if (findings.reference([...path, 'chain'], 'rollup', step.chain, rollups))
        checkAssetOn(scenario, { symbol: step.asset, chain: step.chain, path: [...path, 'asset'], findings })
      findings.reference([...path, 'to'], 'participant', step.to, participantNames(scenario))
    },
    resolve(step, { scenario, seed, actor, spec }) {
      const rollup = chainIdOf(scenario, step.chain)
      const signed = signedTransfer({ ...step, from: actor }, { scenario, spec, seed })
      return {
        chainId: l1Of(spec, rollup),
        action: { kind: 'call', call: { kind: 'force-transaction', rollup, raw: encodeTransaction(signed) } },
      }
    },
  },
  'force-inclusion': {
    check(step, { scenario, path, findings }) {
      const rollups = Object.keys(scenario.chains).filter(
        (name) => delayBufferOf(scenario, name) !== undefined,
      )
      findings.reference([...path, 'chain'], 'rollup with a delayBuffer', step.chain, rollups)
    },
    resolve(step, { scenario, spec }) {
      const rollup = chainIdOf(scenario, step.chain)
      return { chainId: l1Of(spec, rollup), action: { kind: 'force-inclusion', rollup } }
    },
  },
}

/** Of a rollup; without one, what is due comes in without a call. */
function delayBufferOf({ chains }: Scenario, name: string) {
  const chain = chains[name]
  return chain === undefined || chain.kind === 'l1' ? undefined : chain.delayBuffer
}

function l1Of({ chains }: NetworkSpec, rollup: ChainId): ChainId {
  const consensus = chains.find(({ chainId }) => chainId === rollup)?.consensus
  return consensus === undefined || consensus.kind === 'l1' ? rollup : consensus.l1
}
