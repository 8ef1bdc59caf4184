// Another branch of a chain that its producer builds on purpose, from some blocks below the head until it is the longer
// one: a re-org to order. Its blocks are announced like any other; nobody follows them before they overtake.
import type { Hash32 } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'

export class RivalBranch {
  #parent: Hash32
  #left: number

  /** From below `depth` blocks of the followed branch, one block more than these. */
  constructor(fork: Hash32, depth: number) {
    this.#parent = fork
    this.#left = depth + 1
  }

  /** What the next block is built on. */
  get parent(): Hash32 {
    return this.#parent
  }

  get hasOvertaken(): boolean {
    return this.#left <= 0
  }

  grow(block: Block): void {
    this.#parent = block.hash
    this.#left -= 1
  }
}

/** What lies below `depth` blocks that end in `head`: its hash; or why there can be no branch from there. */
export function forkBelow(
  head: Block | undefined,
  depth: number,
  known: { readonly block: (hash: Hash32) => Block | undefined; readonly finalized: number },
): Hash32 | { readonly refused: string } {
  if (depth < 1) return { refused: 'no-depth' }
  let lowest = head
  for (let left = depth - 1; left > 0 && lowest !== undefined; left--)
    lowest = known.block(lowest.header.parentHash)
  if (lowest === undefined) return { refused: 'deeper-than-the-chain' }
  return lowest.header.number <= known.finalized ? { refused: 'reaches-finalized' } : lowest.header.parentHash
}
