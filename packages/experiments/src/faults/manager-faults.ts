// A manager outside the chain loses coins that its customers have left with it: they leave its address for whoever won them, and no claim
// of a customer falls.
import { asNodeId, parseUnits } from '@solvent/primitives'
import { participantNames } from '../actors/participants.ts'
import { accountOf } from '../assembly/addresses.ts'
import { decimalsOn } from '../scenario/asset-chains.ts'
import type { FaultFamily } from './fault-context.ts'

const PERCENT = 100

export const managerFaults: FaultFamily<'manager-loss'> = {
  'manager-loss': {
    check({ custodian: name, amount, to, news }, { scenario, path, findings }) {
      const custodians = scenario.custodians ?? {}
      if (!findings.reference([...path, 'custodian'], 'custodian', name, Object.keys(custodians))) return
      const { asset, chain, affiliate } = custodians[name]!
      const winners = participantNames(scenario).filter((each) => each !== name && each !== affiliate)
      findings.reference([...path, 'to'], 'participant other than it and its affiliate', to, winners)
      if (parseUnits(amount, decimalsOn(scenario, asset, chain)) === 0n)
        findings.add('E_RANGE', [...path, 'amount'], 'nothing is lost', {
          got: amount,
          allowed: 'more than 0',
        })
      if (!Number.isInteger(Math.round(news * PERCENT * 1e6) / 1e6))
        findings.add('E_RANGE', [...path, 'news'], 'finer than a hundredth', {
          got: String(news),
          allowed: 'hundredths',
        })
    },
    resolve({ custodian: name, amount, to, news }, { scenario, seed }) {
      const { asset, chain } = scenario.custodians![name]!
      return [
        {
          kind: 'control',
          to: asNodeId(name),
          message: {
            kind: 'manager-loss',
            amount: parseUnits(amount, decimalsOn(scenario, asset, chain)),
            to: accountOf(seed, to),
            newsPercent: Math.round(news * PERCENT),
          },
        },
      ]
    },
  },
}
