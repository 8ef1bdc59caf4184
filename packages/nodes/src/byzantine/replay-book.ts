// What a node remembers of others' messages to send them again: bounded, the newest.
import type { Block, Message, SignedTransaction, Topic } from '@solvent/protocol'

const MOST_GOSSIP = 32
const MOST_TRANSACTIONS = 8

export interface Gossiped {
  readonly topic: Topic
  readonly message: Message
}

export class ReplayBook {
  readonly #gossip: Gossiped[] = []
  readonly #transactions: SignedTransaction[] = []

  get gossiped(): readonly Gossiped[] {
    return this.#gossip
  }

  get transactions(): readonly SignedTransaction[] {
    return this.#transactions
  }

  gossip(topic: Topic, message: Message): void {
    this.#gossip.push({ topic, message })
    if (this.#gossip.length > MOST_GOSSIP) this.#gossip.shift()
  }

  /** Transactions are public once they are in a block. */
  blocks(blocks: readonly Block[]): void {
    for (const { transactions } of blocks) this.#transactions.push(...transactions)
    while (this.#transactions.length > MOST_TRANSACTIONS) this.#transactions.shift()
  }
}
