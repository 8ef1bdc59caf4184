// An account that follows chains and sends transactions on them. What its node hears of blocks that are followed no more, its sender
// hears too: a transaction that the chain's pool has lost with its block is handed in again, and all of the account behind it.
import {
  type BlockFollower,
  type BlockFollowerInit,
  type BlockFollowerPorts,
  createBlockFollower,
} from './block-follower.ts'
import {
  createTransactionSender,
  type TransactionSender,
  type TransactionSenderInit,
  type TransactionSenderPorts,
} from './transaction-sender.ts'

/** `onBlock` hands the block on to the sender at its own moment; of orphaned blocks the sender is told after the node. */
export type ChainAccountInit = BlockFollowerInit & TransactionSenderInit

export interface ChainAccount {
  readonly follower: BlockFollower
  readonly sender: TransactionSender
}

/** Makes the follower and the sender of one node's account. */
export function createChainAccount(
  init: ChainAccountInit,
  ports: BlockFollowerPorts & TransactionSenderPorts,
): ChainAccount {
  const follower = createBlockFollower(
    {
      ...init,
      onOrphaned(block) {
        init.onOrphaned?.(block)
        sender.onOrphaned(block)
      },
    },
    ports,
  )
  const sender = createTransactionSender(init, ports)
  return { follower, sender }
}
