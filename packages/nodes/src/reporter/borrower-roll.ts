// Who has ever owed something to certain lending pools, and who of them has left bad debt: one account of one pool counts once, whatever it does
// later. Blocks can be taken back.
import type { Address } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'

type Entered = 'borrower' | 'defaulted'

export class BorrowerRoll {
  readonly #rolls: Readonly<Record<Entered, Set<string>>> = { borrower: new Set(), defaulted: new Set() }
  /** What each block entered for the first time, for re-orgs. */
  readonly #entered: { readonly hash: string; readonly roll: Entered; readonly account: string }[] = []

  get borrowers(): number {
    return this.#rolls.borrower.size
  }

  get defaulted(): number {
    return this.#rolls.defaulted.size
  }

  /** Somebody who owes at genesis. */
  begin(pool: Address, owner: string): void {
    this.#rolls.borrower.add(`${pool}/${owner}`)
  }

  followed({ hash, receipts }: Block, pools: readonly Address[]): void {
    for (const { events } of receipts)
      for (const event of events)
        if (event.kind === 'borrowed' && pools.includes(event.pool))
          this.#enter(hash, 'borrower', `${event.pool}/${event.user}`)
        else if (event.kind === 'bad-debt-booked' && pools.includes(event.pool))
          this.#enter(hash, 'defaulted', `${event.pool}/${event.borrower}`)
  }

  orphaned({ hash }: Block): void {
    for (let last = this.#entered.at(-1); last?.hash === hash; last = this.#entered.at(-1)) {
      this.#rolls[last.roll].delete(last.account)
      this.#entered.pop()
    }
  }

  #enter(hash: string, roll: Entered, account: string): void {
    if (this.#rolls[roll].has(account)) return
    this.#rolls[roll].add(account)
    this.#entered.push({ hash, roll, account })
  }
}
