// The fall of an asset's price at a market since the start, as people see it who have money in something that hangs on it: 0 when it has not fallen, the
// weight when nothing is left of it.
import type { Address } from '@solvent/primitives'
import type { Block, Genesis, NetworkSpec } from '@solvent/protocol'
import { MarketMirror } from '@solvent/settlement'
import { feltLoss, type LossAversion } from '@solvent/strategies'

export interface FallPlan {
  readonly market: Address
  readonly asset: Address
  readonly weight: number
  /** How they feel it; null: in proportion. */
  readonly lossAversion: LossAversion | null
}

export class PriceFall {
  readonly #plan: FallPlan | null
  readonly #mirror: MarketMirror | null
  readonly #startPrice: number

  /** @param plan null: nobody looks at a price */
  constructor(plan: FallPlan | null, { markets }: Pick<NetworkSpec, 'markets'>, genesis: Genesis) {
    const watched = markets.find(({ address }) => address === plan?.market)
    this.#plan = plan
    this.#mirror = watched === undefined ? null : new MarketMirror(watched, [genesis])
    this.#startPrice = this.#price()
  }

  followed(block: Block): void {
    this.#mirror?.followed(block)
  }

  orphaned(block: Block): void {
    this.#mirror?.orphaned(block)
  }

  get pressure(): number {
    if (this.#plan === null || this.#plan.weight === 0) return 0
    const { weight, lossAversion } = this.#plan
    return weight * feltLoss(Math.max(0, 1 - this.#price() / this.#startPrice), lossAversion)
  }

  #price(): number {
    if (this.#mirror === null) return 1
    const price = Number(this.#mirror.price().priceX96)
    return this.#mirror.spec.token0 === this.#plan?.asset ? price : 1 / price
  }
}
