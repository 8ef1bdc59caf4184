// Steps at a clearing house of perpetual futures.
import { parseUnits } from '@solvent/primitives'
import { derivativeAddress } from '@solvent/protocol'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Path } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { StepCheck, StepFamily } from './step-rule.ts'

type Verb = 'deposit-margin' | 'withdraw-margin' | 'trade-perpetual'

interface AtHouse {
  readonly house: string
  readonly market: string
}

function isKnown({ house, market }: AtHouse, { scenario, findings }: StepCheck, path: Path): boolean {
  const houses = scenario.perpetuals ?? {}
  if (!findings.reference([...path, 'house'], 'clearing house', house, Object.keys(houses))) return false
  return findings.reference(
    [...path, 'market'],
    'market of the house',
    market,
    Object.keys(houses[house]!.markets),
  )
}

function houseOf(scenario: Scenario, { house, market }: AtHouse) {
  const found = scenario.perpetuals![house]!
  return {
    chainId: chainIdOf(scenario, found.chain),
    address: derivativeAddress('perpetual', house),
    quoteDecimals: scenario.assets[found.asset]!.decimals,
    baseDecimals: scenario.assets[found.markets[market]!.asset]!.decimals,
  }
}

const margin: StepFamily<'deposit-margin'>['deposit-margin'] = {
  check(step, check) {
    isKnown(step, check, check.path)
  },
  resolve(step, { scenario }) {
    const { chainId, address, quoteDecimals } = houseOf(scenario, step)
    const { do: kind, market, margin: account, amount } = step
    const call = {
      kind,
      house: address,
      perpetual: market,
      margin: account,
      amount: parseUnits(amount, quoteDecimals),
    }
    return { chainId, action: { kind: 'call', call } }
  },
}

export const perpetualSteps: StepFamily<Verb> = {
  'deposit-margin': margin,
  'withdraw-margin': margin,
  'trade-perpetual': {
    check(step, check) {
      isKnown(step, check, check.path)
    },
    resolve(step, { scenario }) {
      const { chainId, address, quoteDecimals, baseDecimals } = houseOf(scenario, step)
      const { market, margin: account, side, units, limit } = step
      const sign = side === 'buy' ? 1n : -1n
      return {
        chainId,
        action: {
          kind: 'call',
          call: {
            kind: 'trade-perpetual',
            house: address,
            perpetual: market,
            margin: account,
            units: sign * parseUnits(units, baseDecimals),
            minCash: limit === undefined ? null : -sign * parseUnits(limit, quoteDecimals),
          },
        },
      }
    },
  },
}
