// Steps that force an actor's transaction upon a rollup: signed for the rollup, handed to its contract on the L1.
import { encodeTransaction } from '@solvent/protocol'
import { signedTransfer } from '../assembly/signed-transfer.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkAssetOn } from '../scenario/check-holdings.ts'
import { participantNames } from './participants.ts'
import type { StepFamily } from './step-rule.ts'

export const forceSteps: StepFamily<'force-transfer'> = {
  'force-transfer': {
    check(step, { scenario, path, findings }) {
      const rollups = Object.keys(scenario.chains).filter((name) => scenario.chains[name]?.kind !== 'l1')
      if (findings.reference([...path, 'chain'], 'rollup', step.chain, rollups))
        checkAssetOn(scenario, { symbol: step.asset, chain: step.chain, path: [...path, 'asset'], findings })
      findings.reference([...path, 'to'], 'participant', step.to, participantNames(scenario))
    },
    resolve(step, { scenario, seed, actor, spec }) {
      const rollup = chainIdOf(scenario, step.chain)
      const { consensus } = spec.chains.find(({ chainId }) => chainId === rollup)!
      const signed = signedTransfer({ ...step, from: actor }, { scenario, spec, seed })
      return {
        chainId: consensus.kind === 'l1' ? rollup : consensus.l1,
        action: { kind: 'call', call: { kind: 'force-transaction', rollup, raw: encodeTransaction(signed) } },
      }
    },
  },
}
