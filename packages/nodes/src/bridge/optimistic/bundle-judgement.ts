// What a node thinks of a bundle: right, wrong, or not to be told yet, because its own view of a source chain has not
// reached the end of a lane. A number beyond all that a chain has sent never becomes known: past a moment that the judge
// chooses, what cannot be told counts as wrong.
import type { KnownBundle } from './bundle-book.ts'
import { claimOver, type MessageIndex } from './message-index.ts'

export type Judgement = 'right' | 'wrong' | 'unknown'

/** Compares a bundle with what the node has read itself. */
export function judgeBundle(
  index: MessageIndex,
  { chainId, lanes, root, count }: Pick<KnownBundle, 'chainId' | 'lanes' | 'root' | 'count'>,
): Judgement {
  const own = claimOver(index.inLanes(chainId, lanes))
  if (own.root === root && own.count === count) return 'right'
  return index.knowsLanes(lanes) ? 'wrong' : 'unknown'
}
