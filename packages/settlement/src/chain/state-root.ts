// The commitment to a chain's state in a header: a hash chain. State is a function of the genesis and of what happened
// since, so the root folds in, block by block, what happened: root = SHA-256(parent root ‖ transactions hash ‖
// receipts hash), and the receipts carry the journal's entries; a block without transactions leaves it as it is. It costs one hash a block and
// lets two executions be compared; unlike a Merkle root it allows no proof of a single balance.
import { bytesToHex, type Hash32, hexToBytes, sha256, ZERO_HASH } from '@solvent/primitives'

export interface StateStep {
  readonly parentRoot: Hash32
  readonly transactionsHash: Hash32
  readonly receiptsHash: Hash32
}

/** The root after a block that did something. */
export function nextStateRoot({ parentRoot, transactionsHash, receiptsHash }: StateStep): Hash32 {
  const bytes = new Uint8Array(96)
  bytes.set(hexToBytes(parentRoot), 0)
  bytes.set(hexToBytes(transactionsHash), 32)
  bytes.set(hexToBytes(receiptsHash), 64)
  return bytesToHex(sha256(bytes)) as Hash32
}

/** What the genesis block's root starts from. */
export const NO_STATE: Hash32 = ZERO_HASH
