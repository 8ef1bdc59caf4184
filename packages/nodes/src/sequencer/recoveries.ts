// Blocks that a sequencer's store has lost: others are asked for them before it makes one, else it would begin a second chain.
import type { ChainId, NodeId } from '@solvent/primitives'
import type { BlockFollower } from '../parts/block-follower.ts'
import type { ChainProducer } from './chain-producer.ts'

export interface Recoveries {
  /** Before the producers start. */
  begin(): void
  /** Lets go on whose blocks are there. */
  end(): void
  isAwaited(chainId: ChainId): boolean
}

export function createRecoveries({
  producers,
  follower,
  archives,
}: {
  readonly producers: ReadonlyMap<ChainId, ChainProducer>
  readonly follower: Pick<BlockFollower, 'recover' | 'isCaughtUp'>
  /** Nodes that keep all blocks. */
  readonly archives: readonly NodeId[]
}): Recoveries {
  /** Chains of which it waits for the blocks that its store does not have. */
  const awaited = new Set<ChainId>()

  return {
    begin() {
      for (const [chainId, producer] of producers) {
        if (!producer.mayHaveLostBlocks() || !follower.recover(chainId, archives)) continue
        awaited.add(chainId)
        producer.awaitBlocks()
      }
    },
    end() {
      for (const chainId of awaited) {
        if (!follower.isCaughtUp(chainId)) continue
        awaited.delete(chainId)
        producers.get(chainId)?.recovered()
      }
    },
    isAwaited: (chainId) => awaited.has(chainId),
  }
}
