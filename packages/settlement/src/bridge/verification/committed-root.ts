// What a message has to be under when it is believed because it is in a tree: the root that the contract holds, and how many
// leaves it covers as far as the contract knows.
import type { Hash32 } from '@solvent/primitives'
import type { MessageProof, RevertReason } from '@solvent/protocol'

/** Names a tree that the contract knows of. */
export type TreeProof<K extends 'bundle' | 'header-inclusion' | 'rollup-root'> = Omit<
  Extract<MessageProof, { kind: K }>,
  'leaf' | 'path'
>

/** Why there is no such root; `unchecked` where a flaw of the contract leaves the tree out. */
export type CommittedRoot = { readonly root: Hash32; readonly count: number } | RevertReason | 'unchecked'
