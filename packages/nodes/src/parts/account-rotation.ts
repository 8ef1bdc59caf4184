// A node's account that changes its key at a time, on each of its chains by a transaction of its own: from the block that holds it on, the new key signs for
// the account, and what waited is signed anew. The key is known to the node from the start, so that a restart forgets nothing. Source: Cosmos SDK ADR-034
// (account rekeying); docs/models/controls.md.
import type { ChainId } from '@solvent/primitives'
import type { Block, Call, DigestSigner } from '@solvent/protocol'
import { derivedSigner, type KeyOwner, type KeyRoot } from './derived-key.ts'

export interface AccountRotation {
  readonly key: KeyOwner
  readonly keys: KeyRoot
  /** Unix seconds of the chain: the first block from then on. */
  readonly atSeconds: number
  readonly chains: readonly ChainId[]
}

/** What the transaction is for. */
const REF = 'rotate-account-key'

export function isRotation({ ref }: { readonly ref: string }): boolean {
  return ref === REF
}

/** What signs for the account from then on. */
export function nextKeyOf({ key, keys }: AccountRotation): DigestSigner {
  return derivedSigner(keys, key)
}

/** What rotates the key on a block's chain, once its time has come there; a sender signs it once. Null before. */
export function rotationDue(
  { key, atSeconds, chains }: AccountRotation,
  { header: { chainId, timestamp } }: Block,
): { readonly chainId: ChainId; readonly ref: string; readonly call: Call } | null {
  if (timestamp < atSeconds || !chains.includes(chainId)) return null
  return { chainId, ref: REF, call: { kind: 'rotate-key', key: key.address } }
}
