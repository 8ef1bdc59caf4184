// What a watcher writes down for the one that comes after it: what gossip told it, and what it keeps of the past. Chains are read again.
import { decodeCanonical, encodeCanonical } from '@solvent/primitives'
import { GossipMemory, type Told } from './gossip-memory.ts'
import type { HistoryDesk } from './history/history-desk.ts'

/** Both grow with a network's life. */
const MAX_BYTES = 128 * 1024 * 1024

interface Written {
  readonly told: Uint8Array
  /** Null where no past is kept. */
  readonly past: Uint8Array | null
}

export function encodeSnapshot(memory: GossipMemory, history: HistoryDesk | null): Uint8Array {
  const written: Written = { told: memory.encode(), past: history?.encode() ?? null }
  return encodeCanonical(written)
}

/**
 * What was written; the desk goes on from the past in it.
 *
 * @throws what `decodeCanonical` throws
 */
export function restoreSnapshot(bytes: Uint8Array, history: HistoryDesk | null): Told {
  const { told, past } = decodeCanonical(bytes, { maxBytes: MAX_BYTES }) as Written
  if (past !== null) history?.restore(past)
  return GossipMemory.decode(told)
}
