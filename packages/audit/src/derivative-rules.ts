// The rules of derivatives and of custody, kind by kind; a network without any costs nothing.
import type { ChainEvent, JournalEntry } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { CoverRules } from './cover-rules.ts'
import { CustodianRules } from './custodian-rules.ts'
import { DiscountWindowRules } from './discount-window-rules.ts'
import { NavFundRules } from './nav-fund-rules.ts'
import { OptionRules } from './option-rules.ts'
import { PerpetualRules } from './perpetual-rules.ts'
import { PurchaseRules } from './purchase-rules.ts'
import type { Tally } from './tally.ts'

interface DerivativeFamily {
  entry?(scope: Scope, entry: JournalEntry): void
  event(scope: Scope, event: ChainEvent): void
  sums(atMs: number): void
  undoBlock(hash: string): void
}

export class DerivativeRules {
  readonly #families: readonly DerivativeFamily[]

  constructor(tally: Tally, index: NetworkIndex) {
    this.#families =
      index.spec.derivatives.length === 0
        ? []
        : [
            new CustodianRules(tally, index),
            new PerpetualRules(tally, index),
            new CoverRules(tally, index),
            new DiscountWindowRules(tally, index),
            new OptionRules(tally, index),
            new NavFundRules(tally, index),
            new PurchaseRules(tally, index),
          ]
  }

  entry(scope: Scope, entry: JournalEntry): void {
    for (const family of this.#families) family.entry?.(scope, entry)
  }

  event(scope: Scope, event: ChainEvent): void {
    for (const family of this.#families) family.event(scope, event)
  }

  sums(atMs: number): void {
    for (const family of this.#families) family.sums(atMs)
  }

  /** Takes back what an orphaned block, the newest, has changed. */
  undoBlock(hash: string): void {
    for (const family of this.#families) family.undoBlock(hash)
  }
}
