// Steps that move an actor's own tokens.
import { parseUnits } from '@solvent/primitives'
import { accountOf, tokenAddress } from '../assembly/addresses.ts'
import { decimalsOn } from '../scenario/asset-chains.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkAssetOn } from '../scenario/check-holdings.ts'
import { participantNames } from './participants.ts'
import type { StepFamily } from './step-rule.ts'

export const transferSteps: StepFamily<'transfer'> = {
  transfer: {
    check(step, { scenario, path, findings }) {
      if (findings.reference([...path, 'chain'], 'chain', step.chain, Object.keys(scenario.chains)))
        checkAssetOn(scenario, { symbol: step.asset, chain: step.chain, path: [...path, 'asset'], findings })
      findings.reference([...path, 'to'], 'participant', step.to, participantNames(scenario))
    },
    resolve(step, { scenario, seed }) {
      return {
        chainId: chainIdOf(scenario, step.chain),
        action: {
          kind: 'call',
          call: {
            kind: 'transfer',
            token: tokenAddress(scenario, step.chain, step.asset),
            to: accountOf(seed, step.to),
            amount: parseUnits(step.amount, decimalsOn(scenario, step.asset, step.chain)),
          },
        },
      }
    },
  },
}
