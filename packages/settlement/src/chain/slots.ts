// Slots and chain time. Block n starts at genesisMs + n · slotMs; its timestamp is that in whole seconds, rounded down,
// so several blocks of a fast chain share a second.
import { msToSeconds } from '@solvent/primitives'
import type { ChainSpec, NetworkSpec, Party } from '@solvent/protocol'

type Times = Pick<NetworkSpec, 'genesisMs'>
type Slots = Pick<ChainSpec, 'slotMs'>

/** When slot `number` starts, Unix ms. */
export function slotStartMs(times: Times, chain: Slots, number: number): number {
  return times.genesisMs + number * chain.slotMs
}

/** Chain time of block `number`, Unix seconds. */
export function timestampOf(times: Times, chain: Slots, number: number): number {
  return msToSeconds(slotStartMs(times, chain, number))
}

/** The slot that is running at a moment; 0 before and in the genesis slot. */
export function slotAt(times: Times, chain: Slots, atMs: number): number {
  return Math.max(0, Math.floor((atMs - times.genesisMs) / chain.slotMs))
}

/** Who makes block `number`: the producers take turns. */
export function producerOfSlot(chain: Pick<ChainSpec, 'producers'>, number: number): Party {
  return chain.producers[number % chain.producers.length] as Party
}
