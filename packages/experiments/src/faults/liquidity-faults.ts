// Depth that leaves a market at once. Its provider gives shares back in one transaction of its own, at whatever they are worth.
import { asNodeId } from '@solvent/primitives'
import { type MarketCall, marketAddress, vaultAddress } from '@solvent/protocol'
import { accountOf } from '../assembly/addresses.ts'
import { providedShares } from '../assembly/assemble-markets.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { providerOf, providersOf, venuesOf } from '../scenario/market-names.ts'
import { rangesOf } from '../scenario/market-ranges.ts'
import { HOLDERS } from '../scenario/reserved-names.ts'
import type { FaultFamily } from './fault-context.ts'

const SHARE_SCALE = 1_000_000
/** The last second that 32 bits can say. */
const NEVER = 2 ** 32 - 1

export const liquidityFaults: FaultFamily<'withdraw-liquidity'> = {
  'withdraw-liquidity': {
    check({ market: name, share }, { scenario, path, findings }) {
      const venues = venuesOf(scenario)
      const names = venues.map((venue) => venue.name)
      if (!findings.reference([...path, 'market'], 'market', name, names)) return
      if (providersOf(venues.find((venue) => venue.name === name)!.market).length === 0)
        findings.add('E_VALUE', [...path, 'market'], 'nobody can take its depth out', {
          got: `${name} of a passive account`,
          allowed: 'a market whose provider is an actor',
        })
      if (Math.round(share * SHARE_SCALE) === 0)
        findings.add('E_RANGE', [...path, 'share'], 'nothing is taken out', {
          got: String(share),
          allowed: 'at least 0.000001',
        })
    },
    resolve({ market: name, share }, { scenario, seed }) {
      const venue = venuesOf(scenario).find((each) => each.name === name)!
      const { chain } = venue.market
      const chainId = chainIdOf(scenario, chain)
      const parts = BigInt(Math.round(share * SHARE_SCALE))
      if (venue.market.kind === 'concentrated')
        return rangesOf(scenario, venue)
          .filter(({ provider }) => provider !== HOLDERS)
          .map(({ provider, vault, tickLower, tickUpper, liquidity }) => {
            const taken = (liquidity * parts) / BigInt(SHARE_SCALE)
            const terms = {
              ...{ market: marketAddress(name), minAmount0: 0n, minAmount1: 0n },
              ...{ recipient: accountOf(seed, provider), deadline: NEVER },
            }
            // The first shares of a vault are the liquidity of its range.
            const call: MarketCall =
              vault === undefined
                ? { kind: 'burn-range', ...terms, tickLower, tickUpper, liquidity: taken }
                : { kind: 'burn-vault-shares', ...terms, vault: vaultAddress(vault), shares: taken }
            return { kind: 'control', to: asNodeId(provider), message: { kind: 'trade', chainId, call } }
          })
      const provider = providerOf(venue.market) ?? ''
      const call = {
        kind: 'remove-liquidity',
        market: marketAddress(name),
        shares: (providedShares(scenario, venue) * parts) / BigInt(SHARE_SCALE),
        minAmount0: 0n,
        minAmount1: 0n,
        recipient: accountOf(seed, provider),
        deadline: NEVER,
      } as const
      const message = { kind: 'trade', chainId, call } as const
      return [{ kind: 'control', to: asNodeId(provider), message }]
    },
  },
}
