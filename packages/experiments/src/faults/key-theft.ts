// One account's key is stolen: from then on an actor can sign in its name, and the account's own node, which has it still, goes on.
import { asNodeId } from '@solvent/primitives'
import type { Fault } from '@solvent/protocol'
import { accountOf } from '../assembly/addresses.ts'
import { accountParty, drainedBy } from '../scenario/account-schemes.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { FaultFamily } from './fault-context.ts'

export const keyThefts: FaultFamily<'key-theft'> = {
  'key-theft': {
    check({ account, actor }, { scenario, path, findings }) {
      if (!findings.reference([...path, 'actor'], 'actor', actor, Object.keys(scenario.actors))) return
      const victims = drainedBy(scenario, actor)
      findings.reference([...path, 'account'], 'node that the actor drains', account, victims)
    },
    resolve({ account, actor }, { scenario, seed }) {
      const { watcher } = scenarioNodes(scenario)
      const message = {
        kind: 'accounts-broken',
        accounts: [accountParty(seed, account)],
        by: accountOf(seed, actor),
      } as const
      // The audit hears of it first: what the actor does with it comes after.
      return [watcher, actor].map((to): Fault => ({ kind: 'control', to: asNodeId(to), message }))
    },
  },
}
