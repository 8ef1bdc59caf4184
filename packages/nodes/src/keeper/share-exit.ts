// How a keeper gets out of shares that it has seized: it gives them back to the market, or to the vault of a range there, and takes both
// coins, which are then sold like any other. Only at the markets that it sells on. Source: Maker's keepers of G-UNI vaults (makerdao/exchange-callees,
// UniswapV3Callee for GUNIV3DAIUSDC: burn, then swap).
import type { Address } from '@solvent/primitives'
import { type Call, type MarketSpec, marketShareToken, type NetworkSpec } from '@solvent/protocol'
import type { LiquidationOffer } from './liquidation-offer.ts'
import type { WorkingCapital } from './working-capital.ts'

interface Exit {
  readonly shares: Address
  readonly market: MarketSpec
  readonly leave: (amount: bigint) => Extract<Call, { kind: 'remove-liquidity' | 'burn-vault-shares' }>
}

/** The latest that a call can say. */
const NEVER = 2 ** 32 - 1

export class ShareExit {
  readonly #exits: readonly Exit[]
  readonly #capital: WorkingCapital

  constructor(self: Address, { markets }: NetworkSpec, chosen: readonly Address[], capital: WorkingCapital) {
    this.#exits = markets
      .filter(({ address }) => chosen.includes(address))
      .flatMap((market) => exitsOf(self, market))
    this.#capital = capital
  }

  /** The coins that a token is given back for; itself when it is no share. */
  behind(token: Address): readonly Address[] {
    const exit = this.#exits.find(({ shares }) => shares === token)
    return exit === undefined ? [token] : [exit.market.token0, exit.market.token1]
  }

  /** Gives back what it has of shares beyond what it began with. */
  offers(): LiquidationOffer[] {
    return this.#exits.flatMap(({ shares, leave }): LiquidationOffer[] => {
      const key = `leave/${shares}`
      const stock = this.#capital.gained(shares)
      if (stock <= 0n || this.#capital.isBusy(key)) return []
      return [
        { call: leave(stock), ref: this.#capital.begin(key, shares, stock), priorityFeePerGas: undefined },
      ]
    })
  }
}

function exitsOf(recipient: Address, market: MarketSpec): Exit[] {
  const { address, design } = market
  // Whatever the shares hold then: the price may have moved, what is sold afterwards has its own floor.
  const terms = { market: address, minAmount0: 0n, minAmount1: 0n, recipient, deadline: NEVER }
  switch (design.kind) {
    case 'constant-product':
    case 'stable-swap':
      return [
        {
          shares: marketShareToken(market),
          market,
          leave: (shares) => ({ kind: 'remove-liquidity', ...terms, shares }),
        },
      ]
    case 'concentrated':
      return design.vaults.map(({ address: vault }) => ({
        shares: vault,
        market,
        leave: (shares) => ({ kind: 'burn-vault-shares', ...terms, vault, shares }),
      }))
    case 'order-book':
      return []
  }
}
