// Steps that move tokens: an actor's own, and those of accounts whose keys are broken.
import { parseUnits } from '@solvent/primitives'
import type { TransferCall } from '@solvent/protocol'
import { accountOf, tokenAddress } from '../assembly/addresses.ts'
import type { WrittenFault } from '../faults/fault-schema.ts'
import { accountParty, keysOf } from '../scenario/account-schemes.ts'
import { decimalsOn } from '../scenario/asset-chains.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkAssetOn } from '../scenario/check-holdings.ts'
import { allNodeNames, scenarioNodes } from '../scenario/node-names.ts'
import { participantNames } from './participants.ts'
import type { StepCheck, StepFamily, StepOf, StepResolution } from './step-rule.ts'

type Payment = StepOf<'transfer' | 'drain'>

export const transferSteps: StepFamily<'transfer' | 'drain'> = {
  transfer: {
    check(step, check) {
      checkPayment(step, check)
      const { scenario, path, findings } = check
      findings.reference([...path, 'to'], 'participant', step.to, participantNames(scenario))
    },
    resolve(step, resolution) {
      return {
        chainId: chainIdOf(resolution.scenario, step.chain),
        action: { kind: 'call', call: paymentTo(step.to, step, resolution) },
      }
    },
  },
  drain: {
    check(step, check) {
      checkPayment(step, check)
      const { scenario, actor, path, findings } = check
      const others = allNodeNames(scenarioNodes(scenario)).filter((node) => node !== actor)
      findings.reference([...path, 'victim'], 'other node', step.victim, others)
      const opens = (fault: WrittenFault) =>
        fault.actor === actor &&
        (fault.kind === 'scheme-break' || (fault.kind === 'key-theft' && fault.account === step.victim))
      if (!scenario.faults.some(opens))
        findings.add('E_REFERENCE', path, 'the step would wait for ever', {
          got: `no fault scheme-break of actor ${actor}, and no key-theft of ${step.victim}`,
          allowed: 'a fault of one of these kinds that names this actor',
        })
    },
    resolve(step, resolution) {
      const { scenario, spec, seed, actor } = resolution
      return {
        chainId: chainIdOf(scenario, step.chain),
        action: {
          kind: 'drain',
          victim: accountParty(seed, step.victim),
          successors: keysOf(scenario, seed, step.victim)
            .slice(1)
            .map(({ key }) => key),
          call: paymentTo(actor, step, resolution),
          keys: { scheme: spec.signatures, seed },
        },
      }
    },
  },
}

function checkPayment(step: Payment, { scenario, path, findings }: StepCheck): void {
  if (findings.reference([...path, 'chain'], 'chain', step.chain, Object.keys(scenario.chains)))
    checkAssetOn(scenario, { symbol: step.asset, chain: step.chain, path: [...path, 'asset'], findings })
}

function paymentTo(
  to: string,
  { chain, asset, amount }: Payment,
  { scenario, seed }: StepResolution,
): TransferCall {
  return {
    kind: 'transfer',
    token: tokenAddress(scenario, chain, asset),
    to: accountOf(seed, to),
    amount: parseUnits(amount, decimalsOn(scenario, asset, chain)),
  }
}
