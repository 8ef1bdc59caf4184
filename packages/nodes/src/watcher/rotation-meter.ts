// What a watcher measures of bridges whose verifiers rotate: how often, and on whose word messages came in. Counted over
// all chains.
import type { Address } from '@solvent/primitives'
import type { Block, ChainEvent, NetworkSpec } from '@solvent/protocol'
import type { BlockBook } from './block-book.ts'

export interface RotationOutcome {
  /** The bridge's name. */
  readonly id: string
  /** Sets that took another's place, one chain one each. */
  readonly rotated: number
  /** Votes for a next set that were refused. */
  readonly refused: number
  /** Messages delivered on the word of a set that had been replaced. */
  readonly inGrace: number
}

interface Counts {
  readonly name: string
  rotated: number
  refused: number
  inGrace: number
  /** Current set by chain, where it has rotated. */
  readonly current: Map<number, number[]>
}

export class RotationMeter implements BlockBook {
  readonly #bridges: ReadonlyMap<Address, Counts>

  constructor(spec: NetworkSpec) {
    const signed = spec.bridges.filter(({ verification }) => verification.kind === 'quorum')
    this.#bridges = new Map(
      signed.map(({ address, name }) => [
        address,
        { name, rotated: 0, refused: 0, inGrace: 0, current: new Map() },
      ]),
    )
  }

  followed(block: Block): void {
    this.#block(block, 1)
  }

  orphaned(block: Block): void {
    this.#block(block, -1)
  }

  /** Of bridges that somebody tried to rotate. */
  outcomes(): RotationOutcome[] {
    return [...this.#bridges.values()]
      .filter(({ rotated, refused }) => rotated + refused > 0)
      .map(({ name, rotated, refused, inGrace }) => ({ id: name, rotated, refused, inGrace }))
  }

  #block({ header, transactions, receipts }: Block, step: 1 | -1): void {
    if (this.#bridges.size === 0) return
    const order = receipts.map((_, index) => (step === 1 ? index : receipts.length - 1 - index))
    for (const index of order) {
      const call = transactions[index]?.transaction.call
      const { events, status } = receipts[index]!
      if (call?.kind === 'rotate-verifiers' && status === 'reverted') {
        const counts = this.#bridges.get(call.bridge)
        if (counts !== undefined) counts.refused += step
      }
      const ordered = step === 1 ? events : [...events].reverse()
      for (const event of ordered) this.#event(event, header.chainId, step)
    }
  }

  #event(event: ChainEvent, chainId: number, step: 1 | -1): void {
    if (event.kind === 'verifiers-rotated') {
      const counts = this.#bridges.get(event.bridge)
      if (counts === undefined) return
      counts.rotated += step
      const sets = counts.current.get(chainId) ?? []
      if (step === 1) sets.push(event.next.setIndex)
      else sets.pop()
      counts.current.set(chainId, sets)
    } else if (event.kind === 'message-delivered' && event.evidence.kind === 'quorum') {
      const counts = this.#bridges.get(event.message.bridge)
      const current = counts?.current.get(chainId)?.at(-1)
      if (counts !== undefined && current !== undefined && event.evidence.setIndex < current)
        counts.inGrace += step
    }
  }
}
