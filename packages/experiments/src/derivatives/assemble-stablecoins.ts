// From a scenario's algorithmic stablecoins to their contracts.
import { parseUnits, wholeUnit } from '@solvent/primitives'
import { marketAddress, type StablecoinSpec, stablecoinAddress } from '@solvent/protocol'
import type { MintAndBurnRules } from '@solvent/settlement'
import { tokenAddress } from '../assembly/addresses.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { pairOf, venuesOf } from '../scenario/market-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioStablecoin } from './stablecoin-schema.ts'

export function stablecoinSpecs(scenario: Scenario): StablecoinSpec[] {
  return Object.entries(scenario.stablecoins ?? {}).map(([name, stablecoin]) => {
    const { chain, stable, token, market } = stablecoin
    const rules = stablecoinRules(scenario, stablecoin)
    const venue = venuesOf(scenario).find((each) => each.name === market)!.market
    const quote = pairOf(venue).find((symbol) => symbol !== token)!
    return {
      name,
      address: stablecoinAddress(name),
      chainId: chainIdOf(scenario, chain),
      stable: tokenAddress(scenario, chain, stable),
      stableDecimals: scenario.assets[stable]!.decimals,
      token: tokenAddress(scenario, chain, token),
      tokenDecimals: scenario.assets[token]!.decimals,
      basePool: rules.basePool,
      recoveryBlocks: rules.recoveryBlocks,
      minSpreadBps: rules.minSpreadBps,
      price: {
        kind: 'market',
        market: marketAddress(market),
        quote: tokenAddress(scenario, chain, quote),
        quoteDecimals: scenario.assets[quote]!.decimals,
      },
    }
  })
}

export function stablecoinRules(
  { assets }: Scenario,
  { stable, token, basePool, recoveryBlocks, minSpreadBps }: ScenarioStablecoin,
): MintAndBurnRules {
  return {
    basePool: parseUnits(basePool, assets[stable]!.decimals),
    recoveryBlocks,
    minSpreadBps: BigInt(minSpreadBps),
    stableUnit: wholeUnit(assets[stable]!.decimals),
    tokenUnit: wholeUnit(assets[token]!.decimals),
  }
}
