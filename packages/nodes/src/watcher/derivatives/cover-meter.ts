// What a watcher measures of a cover fund: what it sold, when it was triggered, what it paid and what it did not. Base units.
import { type Address, type ChainId, msToSeconds } from '@solvent/primitives'
import type { Block, CoverEvent, CoverSpec } from '@solvent/protocol'
import { ContractHistory } from './contract-history.ts'

export interface CoverOutcome {
  readonly id: string
  readonly chainId: ChainId
  readonly capitalAtStart: bigint
  readonly premiums: bigint
  readonly sold: bigint
  /** After the start; null while no stress has been measured. */
  readonly triggeredAtSeconds: number | null
  readonly claims: number
  readonly paid: bigint
  /** Of what those who have claimed were covered for. */
  readonly unpaid: bigint
}

/** Cover that has been sold and not been claimed. */
export interface OpenCover {
  readonly isTriggered: boolean
  readonly held: readonly { readonly holder: Address; readonly covered: bigint }[]
}

export class CoverMeter {
  readonly #spec: CoverSpec
  readonly #genesisMs: number
  readonly #history = new ContractHistory<CoverEvent>()

  constructor(spec: CoverSpec, genesisMs: number) {
    this.#spec = spec
    this.#genesisMs = genesisMs
  }

  followed(block: Block): void {
    if (block.header.chainId !== this.#spec.chainId) return
    for (const { events } of block.receipts)
      for (const event of events)
        if ('cover' in event && event.cover === this.#spec.address) this.#history.note(block, event)
  }

  orphaned(block: Block): void {
    this.#history.orphaned(block)
  }

  open(): OpenCover {
    const held = new Map<Address, bigint>()
    let isTriggered = false
    for (const fact of this.#history.facts()) {
      if (fact.kind === 'cover-bought') held.set(fact.holder, (held.get(fact.holder) ?? 0n) + fact.amount)
      else if (fact.kind === 'cover-claimed') held.delete(fact.holder)
      else isTriggered ||= fact.triggeredAt !== null
    }
    return { isTriggered, held: [...held].map(([holder, covered]) => ({ holder, covered })) }
  }

  outcome(): CoverOutcome {
    const facts = this.#history.facts()
    const bought = facts.filter((each) => each.kind === 'cover-bought')
    const claims = facts.filter((each) => each.kind === 'cover-claimed')
    const notes = facts.filter((each) => each.kind === 'stress-noted')
    const triggeredAt = notes.find((each) => each.triggeredAt !== null)?.triggeredAt ?? null
    const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, each) => total + each, 0n)
    return {
      id: this.#spec.name,
      chainId: this.#spec.chainId,
      capitalAtStart: this.#spec.capital,
      premiums: sum(bought.map(({ premium }) => premium)),
      sold: sum(bought.map(({ amount }) => amount)),
      triggeredAtSeconds: triggeredAt === null ? null : triggeredAt - msToSeconds(this.#genesisMs),
      claims: claims.length,
      paid: sum(claims.map(({ paid }) => paid)),
      unpaid: sum(claims.map(({ covered, paid }) => covered - paid)),
    }
  }
}
