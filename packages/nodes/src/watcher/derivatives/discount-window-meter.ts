// What a watcher measures of a discount window: what it lent, what came back, and what it was left with. Base units.
import type { ChainId } from '@solvent/primitives'
import type { Block, DiscountWindowEvent, DiscountWindowSpec } from '@solvent/protocol'
import { ContractHistory } from './contract-history.ts'

export interface DiscountWindowOutcome {
  readonly id: string
  readonly chainId: ChainId
  readonly capitalAtStart: bigint
  readonly draws: number
  readonly lent: bigint
  readonly outstanding: bigint
  readonly mostOutstanding: bigint
  readonly interest: bigint
  readonly seizures: number
  readonly unpaid: bigint
}

export class DiscountWindowMeter {
  readonly #spec: DiscountWindowSpec
  readonly #history = new ContractHistory<DiscountWindowEvent>()

  constructor(spec: DiscountWindowSpec) {
    this.#spec = spec
  }

  followed(block: Block): void {
    if (block.header.chainId !== this.#spec.chainId) return
    for (const { events } of block.receipts)
      for (const event of events)
        if ('window' in event && event.window === this.#spec.address) this.#history.note(block, event)
  }

  orphaned(block: Block): void {
    this.#history.orphaned(block)
  }

  outcome(): DiscountWindowOutcome {
    let [draws, seizures] = [0, 0]
    let [lent, outstanding, mostOutstanding, interest, unpaid] = [0n, 0n, 0n, 0n, 0n]
    const principals = new Map<number, bigint>()
    for (const fact of this.#history.facts()) {
      if (fact.kind === 'window-drawn') {
        draws++
        lent += fact.amount
        outstanding += fact.amount
        principals.set(fact.loan, fact.amount)
        if (outstanding > mostOutstanding) mostOutstanding = outstanding
        continue
      }
      outstanding -= principals.get(fact.loan) ?? 0n
      if (fact.kind === 'window-repaid') interest += fact.interest
      else {
        seizures++
        unpaid += fact.unpaid
      }
    }
    const { name, chainId, capital } = this.#spec
    return {
      ...{ id: name, chainId, capitalAtStart: capital, draws, lent, outstanding, mostOutstanding },
      ...{ interest, seizures, unpaid },
    }
  }
}
