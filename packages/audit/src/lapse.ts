// The expiry of a rollup's sequencing window, as the audit derives it: what no batch holds in an L1 block up to the window
// after its slot began is no part of the chain, and nothing that was built on it. Source: OP Stack derivation
// (ethereum-optimism/docs): a batch counts up to the L1 block origin + seq_window_size; the slot's time stands for its origin.
import { MS_PER_SECOND } from '@solvent/primitives'
import type { ChainSpec } from '@solvent/protocol'
import type { ChainRecord, NetworkIndex } from './chain-record.ts'

/** Whether a batch in an L1 block of this time (Unix seconds) comes too late for a slot; an L1's slots never lapse. */
export function hasLapsed(
  { spec }: NetworkIndex,
  { consensus, slotMs }: ChainSpec,
  slot: number,
  l1Timestamp: number,
): boolean {
  if (consensus.kind === 'l1') return false
  return l1Timestamp * MS_PER_SECOND > spec.genesisMs + slot * slotMs + consensus.sequencingWindowMs
}

/** Where in the branch of a rollup its first block stands that no batch holds and whose slot has lapsed; -1 when there is none. */
export function firstLapsed(
  index: NetworkIndex,
  { branch, spec }: ChainRecord,
  batchedTo: number,
  l1Timestamp: number,
): number {
  if (!hasLapsed(index, spec, batchedTo + 1, l1Timestamp)) return -1
  const first = branch.findIndex(({ header }) => header.number > batchedTo)
  return first >= 0 && hasLapsed(index, spec, branch[first]!.header.number, l1Timestamp) ? first : -1
}
