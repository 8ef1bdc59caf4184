// The state that a chain commits to, L-5: the hash chain of state roots, folded from the journal as it was read here,
// the tree over the messages it has sent, and live balances where a runtime can hand them over.
import { bytesToHex, type Hash32, hexToBytes, sha256, ZERO_HASH } from '@solvent/primitives'
import { type Block, receiptsHash as hashOfReceipts } from '@solvent/protocol'
import type { AccountBalance } from './auditor.ts'
import { sortedBalances } from './balances.ts'
import type { ChainRecord } from './chain-record.ts'
import type { Tally } from './tally.ts'

/**
 * The chain of the journal, L-4: the entries that were read here are those that the header commits to, and the state root
 * folds that into its parent's.
 */
export function checkJournalHash(tally: Tally, chain: ChainRecord, block: Block, atMs: number): void {
  tally.checked['L-4']++
  const { number, receiptsHash } = block.header
  const hash = hashOfReceipts(block.receipts)
  if (hash === receiptsHash) return
  const detail = `block ${number}: its journal and receipts hash to ${hash}, its header says ${receiptsHash}`
  tally.breach('L-4', atMs, chain.chainId, detail)
}

/** The state root of a block, after its receipts; the first block seen has nothing to be folded from. */
export function checkStateRoot(tally: Tally, chain: ChainRecord, { header }: Block, atMs: number): void {
  if (chain.head === null && header.number !== 0) return
  tally.checked['L-5']++
  const parentRoot = chain.head?.stateRoot ?? ZERO_HASH
  const isIdle = header.number !== 0 && header.transactionCount === 0
  const root = isIdle ? parentRoot : rootAfter(parentRoot, header)
  if (root === header.stateRoot) return
  const detail = `block ${header.number}: state root ${header.stateRoot}, the journal folds to ${root}`
  tally.breach('L-5', atMs, chain.chainId, detail)
}

/** The outbox root of a block, after its receipts: the tree over the messages that were read here. */
export function checkOutboxRoot(
  tally: Tally,
  chain: ChainRecord,
  { header, hash }: Block,
  atMs: number,
): void {
  const { outbox } = chain
  outbox.sealBlock(hash, header.number)
  const root = outbox.root()
  // A history that is not known from its beginning cannot be folded.
  if (chain.head === null) outbox.isWhole = header.number === 0 || root === header.outboxRoot
  if (!outbox.isWhole) return
  tally.checked['L-5']++
  if (root === header.outboxRoot) return
  const detail = `block ${header.number}: outbox root ${header.outboxRoot}, its ${outbox.count} messages give ${root}`
  tally.breach('L-5', atMs, chain.chainId, detail)
}

/** What a chain really holds must be what its journal folds to. */
export function checkLiveBalances(
  tally: Tally,
  chain: ChainRecord,
  balances: readonly Omit<AccountBalance, 'chainId'>[],
  atMs: number,
): void {
  tally.checked['L-5']++
  const live = balances.filter(({ amount }) => amount !== 0n)
  const differing = live.filter(
    ({ kind, owner, token, amount }) => chain.book.token(token).balance(kind, owner) !== amount,
  )
  const folded = sortedBalances([chain]).length
  if (differing.length === 0 && live.length === folded) return
  const detail = `the chain holds ${live.length} balances, the journal folds to ${folded}, ${differing.length} differ`
  tally.breach('L-5', atMs, chain.chainId, detail)
}

/** SHA-256(parent root ‖ transactions hash ‖ receipts hash). */
function rootAfter(parentRoot: Hash32, { transactionsHash, receiptsHash }: Block['header']): Hash32 {
  const bytes = new Uint8Array(96)
  bytes.set(hexToBytes(parentRoot), 0)
  bytes.set(hexToBytes(transactionsHash), 32)
  bytes.set(hexToBytes(receiptsHash), 64)
  return bytesToHex(sha256(bytes)) as Hash32
}
