// What a watcher measures of an option desk: what it sold and paid, and what its hedgers traded of the underlying. Base units.
import type { ChainId } from '@solvent/primitives'
import type { Block, ChainEvent, OptionDeskSpec } from '@solvent/protocol'
import { ContractHistory } from './contract-history.ts'

export interface OptionOutcome {
  readonly id: string
  readonly chainId: ChainId
  readonly capitalAtStart: bigint
  readonly sales: number
  readonly units: bigint
  readonly premiums: bigint
  /** At expiry, to holders of all series that have been settled, and what of it was there. */
  readonly owed: bigint
  readonly due: bigint
  readonly paid: bigint
  /** The highest that a sale was quoted by; null before the first. */
  readonly highVolatilityBps: bigint | null
  readonly hedges: number
  /** Of the underlying, by its hedgers. */
  readonly hedgersSold: bigint
  readonly hedgersBought: bigint
}

export class OptionMeter {
  readonly #spec: OptionDeskSpec
  readonly #history = new ContractHistory<ChainEvent>()

  constructor(spec: OptionDeskSpec) {
    this.#spec = spec
  }

  followed(block: Block): void {
    if (block.header.chainId !== this.#spec.chainId) return
    for (const { events } of block.receipts)
      for (const event of events) {
        const isDesk = 'desk' in event && event.desk === this.#spec.address
        const isHedge = event.kind === 'swapped' && this.#spec.hedgers.includes(event.sender)
        if (isDesk || isHedge) this.#history.note(block, event)
      }
  }

  orphaned(block: Block): void {
    this.#history.orphaned(block)
  }

  outcome(): OptionOutcome {
    const { name, chainId, capital, token } = this.#spec
    const facts = this.#history.facts()
    const bought = facts.filter((each) => each.kind === 'option-bought')
    const settled = facts.filter((each) => each.kind === 'options-settled')
    const exercised = facts.filter((each) => each.kind === 'option-exercised')
    const hedges = facts.filter((each) => each.kind === 'swapped')
    const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, each) => total + each, 0n)
    return {
      id: name,
      chainId,
      capitalAtStart: capital,
      sales: bought.length,
      units: sum(bought.map(({ units }) => units)),
      premiums: sum(bought.map(({ premium }) => premium)),
      owed: sum(settled.map(({ owed }) => owed)),
      due: sum(settled.map(({ due }) => due)),
      paid: sum(exercised.map(({ paid }) => paid)),
      highVolatilityBps: bought.reduce<bigint | null>(
        (high, { volatilityBps }) => (high === null || volatilityBps > high ? volatilityBps : high),
        null,
      ),
      hedges: hedges.length,
      hedgersSold: sum(hedges.map(({ tokenIn, amountIn }) => (tokenIn === token ? 0n : amountIn))),
      hedgersBought: sum(hedges.map(({ tokenIn, amountOut }) => (tokenIn === token ? amountOut : 0n))),
    }
  }
}
