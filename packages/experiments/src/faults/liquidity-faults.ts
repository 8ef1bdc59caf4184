// Depth that leaves a market at once. Its providers give back a part of what they have there by then, by transactions of their own and at
// whatever it is worth. How much that is each reads from the chain when the order comes.
import { asNodeId } from '@solvent/primitives'
import { marketAddress } from '@solvent/protocol'
import { providersOf, venuesOf } from '../scenario/market-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { FaultFamily } from './fault-context.ts'

const MILLION = 1_000_000

export const liquidityFaults: FaultFamily<'withdraw-liquidity'> = {
  'withdraw-liquidity': {
    check({ market: name, share }, { scenario, path, findings }) {
      const names = venuesOf(scenario).map((venue) => venue.name)
      if (!findings.reference([...path, 'market'], 'market', name, names)) return
      if (actorsWhoProvide(scenario, name).length === 0)
        findings.add('E_VALUE', [...path, 'market'], 'nobody can take its depth out', {
          got: `${name} of a passive account or a crowd`,
          allowed: 'a market whose provider is an actor',
        })
      if (Math.round(share * MILLION) === 0)
        findings.add('E_RANGE', [...path, 'share'], 'nothing is taken out', {
          got: String(share),
          allowed: 'at least 0.000001',
        })
    },
    resolve({ market: name, share }, { scenario }) {
      const message = {
        kind: 'withdraw-depth',
        market: marketAddress(name),
        partMillionths: Math.round(share * MILLION),
      } as const
      return actorsWhoProvide(scenario, name).map((provider) => ({
        kind: 'control',
        to: asNodeId(provider),
        message,
      }))
    },
  },
}

/** A crowd decides for itself when it leaves. */
function actorsWhoProvide(scenario: Scenario, name: string): string[] {
  const { market } = venuesOf(scenario).find((venue) => venue.name === name)!
  return [...new Set(providersOf(market))].filter((provider) => Object.hasOwn(scenario.actors, provider))
}
