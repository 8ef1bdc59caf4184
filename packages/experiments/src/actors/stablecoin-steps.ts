// Steps that exchange an algorithmic stablecoin for its token or back.
import { parseUnits } from '@solvent/primitives'
import { stablecoinAddress } from '@solvent/protocol'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkAmount } from '../scenario/check-amount.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { StepFamily, StepOf } from './step-rule.ts'

export const stablecoinSteps: StepFamily<'exchange-stablecoin'> = {
  'exchange-stablecoin': {
    check(step, { scenario, path, findings }) {
      const known = scenario.stablecoins ?? {}
      if (!findings.reference([...path, 'stablecoin'], 'stablecoin', step.stablecoin, Object.keys(known)))
        return
      const [coinIn, coinOut] = coinsOf(scenario, step)
      checkAmount(step.amount, coinIn, [...path, 'amount'], findings)
      checkAmount(step.minOut, coinOut, [...path, 'minOut'], findings)
    },
    resolve(step, { scenario }) {
      const { stablecoin: name, direction, amount, minOut } = step
      const { chain } = scenario.stablecoins![name]!
      const [coinIn, coinOut] = coinsOf(scenario, step)
      return {
        chainId: chainIdOf(scenario, chain),
        action: {
          kind: 'call',
          call: {
            kind: 'exchange-stablecoin',
            stablecoin: stablecoinAddress(name),
            direction,
            amount: parseUnits(amount, coinIn.decimals),
            minAmountOut: parseUnits(minOut, coinOut.decimals),
          },
        },
      }
    },
  },
}

interface Coin {
  readonly symbol: string
  readonly decimals: number
}

/** What is given, and what is got for it; a coin that the file does not have is a finding of its own, and has no decimals to exceed. */
function coinsOf(
  { stablecoins, assets }: Scenario,
  step: StepOf<'exchange-stablecoin'>,
): readonly [Coin, Coin] {
  const { stable, token } = stablecoins![step.stablecoin]!
  const coin = (symbol: string): Coin => ({ symbol, decimals: assets[symbol]?.decimals ?? 18 })
  return step.direction === 'redeem' ? [coin(stable), coin(token)] : [coin(token), coin(stable)]
}
