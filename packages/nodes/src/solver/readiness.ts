// Of which chains a solver knows its balances: in the genesis slot of all, later of each that it has caught up with.
import type { Clock } from '@solvent/ports'
import type { ChainId } from '@solvent/primitives'
import type { NetworkSpec } from '@solvent/protocol'
import { slotAt } from '@solvent/settlement'

export interface ReadinessInit {
  readonly spec: NetworkSpec
  readonly clock: Clock
  readonly isCaughtUp: (chainId: ChainId) => boolean
  /** From now on the balances of this chain are known. */
  readonly onReady: (chainId: ChainId) => void
}

export class Readiness {
  readonly #init: ReadinessInit
  readonly #ready = new Set<ChainId>()

  constructor(init: ReadinessInit) {
    this.#init = init
  }

  has(chainId: ChainId): boolean {
    return this.#ready.has(chainId)
  }

  /** In the genesis slot nothing can be on a chain yet: what genesis says is all there is. */
  begin(): void {
    const { spec, clock } = this.#init
    for (const chain of spec.chains)
      if (slotAt(spec, chain, clock.nowMs()) === 0) this.#becomeReady(chain.chainId)
  }

  /** After anything that may have brought blocks. */
  look(): void {
    const { spec, isCaughtUp } = this.#init
    if (this.#ready.size === spec.chains.length) return
    for (const { chainId } of spec.chains)
      if (!this.#ready.has(chainId) && isCaughtUp(chainId)) this.#becomeReady(chainId)
  }

  #becomeReady(chainId: ChainId): void {
    this.#ready.add(chainId)
    this.#init.onReady(chainId)
  }
}
