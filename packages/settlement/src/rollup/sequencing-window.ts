// The sequencing window: a slot of a rollup that no batch holds in an L1 block within the window after the slot began stays
// empty for ever, and so does everything that was built on its block. The time of a slot stands for its L1 origin. Source:
// OP Stack derivation (ethereum-optimism/docs): a batch counts up to the L1 block origin + seq_window_size.
import { secondsToMs } from '@solvent/primitives'
import type { ChainSpec, Consensus, NetworkSpec } from '@solvent/protocol'
import { slotStartMs } from '../chain/slots.ts'

type Window = Pick<Exclude<Consensus, { kind: 'l1' }>, 'sequencingWindowMs'>
type Times = Pick<NetworkSpec, 'genesisMs'>
type Slots = Pick<ChainSpec, 'slotMs'>

/** The newest slot that a batch in an L1 block of this time (Unix seconds) comes too late for; negative when there is none. */
export function lapsedTo(
  times: Times,
  { slotMs, sequencingWindowMs }: Slots & Window,
  l1Timestamp: number,
): number {
  return Math.ceil((secondsToMs(l1Timestamp) - sequencingWindowMs - times.genesisMs) / slotMs) - 1
}

/** Whether a batch in an L1 block of this time may begin with the block of this slot. */
export function isInWindow(times: Times, rollup: Slots & Window, slot: number, l1Timestamp: number): boolean {
  return slotStartMs(times, rollup, slot) + rollup.sequencingWindowMs >= secondsToMs(l1Timestamp)
}
