// Chains that finalise by themselves: Ethereum, and Polygon PoS with its own validators.
// Sources: the reference on finality parameters (settlement.md §2), PIP-11 of the Polygon improvement proposals.
import { chainPreset } from './chain-preset.ts'

export const ethereum = chainPreset({
  title: 'Ethereum',
  keys: { kind: 'l1', id: 1, slotMs: 12_000, epochSlots: 32, finalityEpochs: 2 },
  sources: {
    id: 'EIP-155 list of chains: 1',
    slotMs: 'slot 12 s',
    epochSlots: 'epochs of 32 slots',
    finalityEpochs: '2 epochs × 32 × 12 s = 768 s',
  },
  published: [
    { measure: 'finalized', fromSeconds: 384, toSeconds: 768, says: '2 epochs = 12.8 min at most' },
  ],
})

export const polygonPos = chainPreset({
  title: 'Polygon PoS',
  keys: { kind: 'l1', id: 137, slotMs: 2_000, epochSlots: 8, finalityEpochs: 2 },
  sources: {
    id: 'EIP-155 list of chains: 137',
    slotMs: 'Bor makes a block every 2 s [U]',
    epochSlots:
      'a milestone covers at least 12 blocks and 4 more confirm it (PIP-11) [U]: 16 blocks as two epochs [D]',
    finalityEpochs: 'two epochs of 8 blocks are the 16 blocks of a milestone [D]',
  },
  published: [
    { measure: 'finalized', fromSeconds: 16, toSeconds: 60, says: 'about 16 blocks of 2 s (PIP-11) [U]' },
  ],
})
