// Keepers and arbitrageurs of a scenario.
import { asNodeId, parseUnits } from '@solvent/primitives'
import { marketAddress, stablecoinAddress } from '@solvent/protocol'
import { chainIdOf } from '../scenario/chain-id.ts'
import { bridgeAddress } from './addresses.ts'
import type { PlannedNode } from './network-plan.ts'
import type { PlanInputs } from './plan-inputs.ts'

const PRICE_DECIMALS = 8

const GWEI_DECIMALS = 9

export function keepers({ scenario, spec, genesis, prices }: PlanInputs): PlannedNode[] {
  return Object.entries(scenario.keepers ?? {}).map(([name, keeper]) => {
    const chainId = chainIdOf(scenario, keeper.chain)
    const { minProfit, slippageBps, bidShareBps, maxBaseFeeGwei, auctions, sellsOn, funding, copies } = keeper
    const farId = funding === undefined ? null : chainIdOf(scenario, funding.chain)
    return {
      id: asNodeId(name),
      role: 'keeper',
      init: {
        spec,
        node: asNodeId(name),
        chainId,
        genesis: genesis.find((each) => each.chainId === chainId)!,
        prices,
        rules: {
          minProfitE8: parseUnits(minProfit, PRICE_DECIMALS),
          maxBaseFee: maxBaseFeeGwei === undefined ? null : parseUnits(maxBaseFeeGwei, GWEI_DECIMALS),
          ...{ slippageBps, bidShareBps, auctions, sellsOn: sellsOn.map(marketAddress) },
          copies: copies ?? null,
        },
        funding:
          funding === undefined || farId === null
            ? null
            : {
                rules: {
                  chainId: farId,
                  prover: bridgeAddress(funding.prover),
                  feeBps: funding.feeBps,
                  fillSeconds: funding.fillSeconds,
                  expiresSeconds: funding.expiresSeconds,
                },
                genesis: genesis.find((each) => each.chainId === farId)!,
              },
      },
    }
  })
}

export function arbitrageurs({ scenario, spec, genesis, prices }: PlanInputs): PlannedNode[] {
  return Object.entries(scenario.arbitrageurs ?? {}).map(
    ([name, { markets, stablecoins, minProfit, bidShareBps }]) => ({
      id: asNodeId(name),
      role: 'arbitrageur',
      init: {
        spec,
        node: asNodeId(name),
        genesis,
        prices,
        stablecoins: stablecoins.map(stablecoinAddress),
        markets: (markets ?? spec.markets.map((market) => market.name)).map(marketAddress),
        rules: { minProfitE8: parseUnits(minProfit, PRICE_DECIMALS), bidShareBps },
      },
    }),
  )
}
