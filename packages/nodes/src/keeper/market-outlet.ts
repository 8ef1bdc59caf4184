// Markets of its chain on which a keeper sells what it has seized, as followed blocks tell of them.
import type { Address } from '@solvent/primitives'
import type { Block, Genesis, NetworkSpec } from '@solvent/protocol'
import { MarketMirror } from '@solvent/settlement'

export interface Sale {
  readonly market: Address
  readonly tokenOut: Address
  readonly amountOut: bigint
}

export class MarketOutlet {
  readonly #mirrors: readonly MarketMirror[]

  constructor({ markets }: NetworkSpec, genesis: Genesis, chosen: readonly Address[]) {
    this.#mirrors = markets
      .filter(({ address }) => chosen.includes(address))
      .map((market) => new MarketMirror(market, [genesis]))
  }

  followed(block: Block): void {
    for (const mirror of this.#mirrors) mirror.followed(block)
  }

  orphaned(block: Block): void {
    for (const mirror of this.#mirrors) mirror.orphaned(block)
  }

  /** What each market that trades the token would pay for an amount, as of the newest block. */
  sales(tokenIn: Address, amount: bigint): Sale[] {
    return this.#mirrors.flatMap((mirror): Sale[] => {
      const { address: market, token0, token1 } = mirror.spec
      if (tokenIn !== token0 && tokenIn !== token1) return []
      const isFirst = tokenIn === token0
      const amountOut = mirror.quote(isFirst ? 'sell-0' : 'sell-1', amount)
      return amountOut === 0n ? [] : [{ market, tokenOut: isFirst ? token1 : token0, amountOut }]
    })
  }

  /** The best of them for one coin; null where no market trades the two. */
  best(tokenIn: Address, tokenOut: Address, amount: bigint): Sale | null {
    return this.sales(tokenIn, amount)
      .filter((sale) => sale.tokenOut === tokenOut)
      .reduce<Sale | null>(
        (most, each) => (most === null || each.amountOut > most.amountOut ? each : most),
        null,
      )
  }
}
