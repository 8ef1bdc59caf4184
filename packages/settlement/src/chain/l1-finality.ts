// Finality of the L1 in whole epochs, a simplification of Ethereum's Casper FFG: an epoch is justified at the first
// block of the next one and finalised `finalityEpochs` epochs after its own (Ethereum: 2 × 32 × 12 s = 768 s at most).
// Missing attestations are not modelled; a stall is the absence of blocks.
import type { Consensus } from '@solvent/protocol'

type L1Consensus = Pick<Extract<Consensus, { kind: 'l1' }>, 'epochSlots' | 'finalityEpochs'>

/** The newest justified block number as of block `number`; 0 (genesis) at the start. */
export function justifiedAt(number: number, { epochSlots }: L1Consensus): number {
  return Math.max(0, Math.floor(number / epochSlots) * epochSlots - 1)
}

/**
 * The newest finalised block number as of block `number`; 0 (genesis) at the start.
 *
 * @example finalizedAt(64, { epochSlots: 32, finalityEpochs: 2 }) // 31
 */
export function finalizedAt(number: number, { epochSlots, finalityEpochs }: L1Consensus): number {
  return Math.max(0, (Math.floor(number / epochSlots) - finalityEpochs + 1) * epochSlots - 1)
}
