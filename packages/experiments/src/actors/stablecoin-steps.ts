// Steps that exchange an algorithmic stablecoin for its token or back.
import { parseUnits } from '@solvent/primitives'
import { stablecoinAddress } from '@solvent/protocol'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { StepFamily } from './step-rule.ts'

export const stablecoinSteps: StepFamily<'exchange-stablecoin'> = {
  'exchange-stablecoin': {
    check({ stablecoin }, { scenario, path, findings }) {
      findings.reference(
        [...path, 'stablecoin'],
        'stablecoin',
        stablecoin,
        Object.keys(scenario.stablecoins ?? {}),
      )
    },
    resolve({ stablecoin: name, direction, amount, minOut }, { scenario }) {
      const { chain, stable, token } = scenario.stablecoins![name]!
      const [coinIn, coinOut] = direction === 'redeem' ? [stable, token] : [token, stable]
      const units = (symbol: string, text: string): bigint =>
        parseUnits(text, scenario.assets[symbol]!.decimals)
      return {
        chainId: chainIdOf(scenario, chain),
        action: {
          kind: 'call',
          call: {
            kind: 'exchange-stablecoin',
            stablecoin: stablecoinAddress(name),
            direction,
            amount: units(coinIn, amount),
            minAmountOut: units(coinOut, minOut),
          },
        },
      }
    },
  },
}
