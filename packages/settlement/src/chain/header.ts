// What a block's header says, computed from the parent and from what the block did. Producers and importers build it
// the same way; an imported block is right when the two headers have one hash.
import type { Address } from '@solvent/primitives'
import {
  type Block,
  type BlockHeader,
  type ChainSpec,
  type Receipt,
  receiptsHash,
  type SignedTransaction,
  transactionsHash,
} from '@solvent/protocol'
import type { ChainState } from './chain-state.ts'
import { blockMarket, type SlotMarket } from './fee-market/slot-market.ts'
import { finalizedAt, justifiedAt } from './l1-finality.ts'
import type { NetworkIndex } from './network-index.ts'
import { timestampOf } from './slots.ts'
import { nextStateRoot } from './state-root.ts'

/** An executed slot, before it is a block. */
export interface ExecutedSlot {
  readonly number: number
  readonly producer: Address
  readonly parent: Block
  readonly transactions: readonly SignedTransaction[]
  readonly receipts: readonly Receipt[]
  readonly market: SlotMarket
}

/** The header of an executed slot, frozen; `state` is the state after it. */
export function headerOf(
  index: NetworkIndex,
  chain: ChainSpec,
  state: ChainState,
  slot: ExecutedSlot,
): BlockHeader {
  const { number, producer, parent, transactions, receipts } = slot
  const hashes = { transactionsHash: transactionsHash(transactions), receiptsHash: receiptsHash(receipts) }
  const parentRoot = parent.header.stateRoot
  const { consensus } = chain
  const gasUsed = receipts.reduce((sum, receipt) => sum + receipt.gasUsed, 0)
  const l1 = consensus.kind === 'l1' ? consensus : null
  return Object.freeze({
    chainId: chain.chainId,
    number,
    emptyBefore: number - parent.header.number - 1,
    parentHash: parent.hash,
    timestamp: timestampOf(index.spec, chain, number),
    producer,
    ...hashes,
    stateRoot:
      transactions.length === 0
        ? parentRoot
        : nextStateRoot({ parentRoot, lastEntryHash: state.ledger.lastHash(), ...hashes }),
    outboxRoot: state.outbox.root(),
    transactionCount: transactions.length,
    gasUsed,
    baseFee: slot.market.baseFee,
    market: blockMarket(chain, slot.market, gasUsed),
    justified: l1 === null ? -1 : justifiedAt(number, l1),
    finalized: l1 === null ? -1 : finalizedAt(number, l1),
  })
}
