// What a watcher measures of derivatives and custodians, kind by kind.
import type { Block, Genesis, NetworkSpec } from '@solvent/protocol'
import type { BlockBook } from '../block-book.ts'
import { CustodianMeter, type CustodianOutcome } from './custodian-meter.ts'

/** In the order of the network's contracts. */
export interface DerivativeOutcomes {
  readonly custodians: readonly CustodianOutcome[]
}

export class DerivativeMeter implements BlockBook {
  readonly #custodians: CustodianMeter[] = []

  constructor(spec: NetworkSpec, genesis: readonly Genesis[]) {
    for (const derivative of spec.derivatives) {
      const here = genesis.find(({ chainId }) => chainId === derivative.chainId)
      this.#custodians.push(new CustodianMeter(derivative, here, spec.genesisMs))
    }
  }

  followed(block: Block): void {
    for (const meter of this.#custodians) meter.followed(block)
  }

  orphaned(block: Block): void {
    for (const meter of this.#custodians) meter.orphaned(block)
  }

  outcomes(): DerivativeOutcomes {
    return { custodians: this.#custodians.map((meter) => meter.outcome()) }
  }
}
