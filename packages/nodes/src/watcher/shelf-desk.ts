// The followed blocks of each chain: a producer that has lost its own gets them back from here.
import type { Inbound, Ports } from '@solvent/ports'
import type { ChainId } from '@solvent/primitives'
import type { Block, NetworkSpec, SolventVocabulary } from '@solvent/protocol'
import { BlockShelf } from '../parts/block-shelf.ts'

type Request = Extract<Inbound<SolventVocabulary>, { via: 'request' }>

export class ShelfDesk {
  readonly #shelves: ReadonlyMap<ChainId, BlockShelf>
  readonly #reply: Ports<SolventVocabulary>['transport']['reply']
  readonly #isCaughtUp: (chainId: ChainId) => boolean

  constructor(
    { chains }: NetworkSpec,
    reply: Ports<SolventVocabulary>['transport']['reply'],
    isCaughtUp: (chainId: ChainId) => boolean,
  ) {
    this.#shelves = new Map(chains.map(({ chainId }) => [chainId, new BlockShelf(chainId)]))
    this.#reply = reply
    this.#isCaughtUp = isCaughtUp
  }

  followed(block: Block): void {
    this.#shelves.get(block.header.chainId)?.insert(block)
  }

  orphaned(block: Block): void {
    this.#shelves.get(block.header.chainId)?.remove(block)
  }

  /** A verdict on who asks for blocks; null: something else is asked. */
  onRequest({ message, replyTo }: Request): 'accept' | 'ignore' | null {
    if (message.type !== 'block-request') return null
    const shelf = this.#shelves.get(message.body.chainId)
    // A watcher that has just come back has not read the chain yet: an empty range would say that there is none.
    if (shelf === undefined || !this.#isCaughtUp(message.body.chainId)) return 'ignore'
    this.#reply(replyTo, { type: 'blocks', body: shelf.range(message.body) })
    return 'accept'
  }
}
