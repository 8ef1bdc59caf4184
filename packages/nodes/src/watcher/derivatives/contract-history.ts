// Of one contract: what each followed block changed, so that an orphaned block is taken back and the outcome can be told in the end.
import type { Hash32 } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'

/** What a block says of a contract, by the rule of its kind. */
export class ContractHistory<Fact> {
  readonly #facts: { readonly hash: Hash32; readonly fact: Fact }[] = []

  note({ hash }: Pick<Block, 'hash'>, fact: Fact): void {
    this.#facts.push({ hash, fact })
  }

  /** The newest block is no longer followed. */
  orphaned({ hash }: Pick<Block, 'hash'>): void {
    while (this.#facts.at(-1)?.hash === hash) this.#facts.pop()
  }

  facts(): Fact[] {
    return this.#facts.map(({ fact }) => fact)
  }
}
