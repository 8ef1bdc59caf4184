// Steps by which an account's owner puts another key in the place of the one that signs for it.

import { successorKey } from '../scenario/account-schemes.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { StepFamily } from './step-rule.ts'

export const keySteps: StepFamily<'rotate-key'> = {
  'rotate-key': {
    check({ chain }, { scenario, path, findings }) {
      findings.reference([...path, 'chain'], 'chain', chain, Object.keys(scenario.chains))
    },
    resolve({ chain, scheme }, { scenario, spec, seed, actor }) {
      return {
        chainId: chainIdOf(scenario, chain),
        action: {
          kind: 'rotate-key',
          key: successorKey(seed, actor, scheme),
          keys: { scheme: spec.signatures, seed },
        },
      }
    },
  },
}
