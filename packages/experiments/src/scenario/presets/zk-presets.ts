// Rollups with validity proofs: ZKsync Era, Linea, Scroll, Starknet, Polygon zkEVM.
// Sources: the reference on finality parameters (settlement.md §2), which read matter-labs/zksync-docs b16cbee,
// Consensys/doc.linea 994028b and scroll-tech/scroll-documentation d1bc2c0; docs.scroll.io/en/sdk/sdk-faq (June 2024).
// Where it has no figure the number is unconfirmed and says so.
import { chainPreset } from './chain-preset.ts'

const HOUR_SECONDS = 3_600

export const zksyncEra = chainPreset({
  title: 'ZKsync Era',
  keys: {
    kind: 'zk',
    id: 324,
    slotMs: 1_000,
    batchIntervalSeconds: 600,
    proofIntervalSeconds: 600,
    provingSeconds: HOUR_SECONDS,
    executionDelaySeconds: 3 * HOUR_SECONDS,
  },
  sources: {
    id: 'EIP-155 list of chains: 324',
    slotMs: 'soft after seconds: blocks of 1 s [U]',
    batchIntervalSeconds: 'a batch in some minutes [U]',
    proofIntervalSeconds: 'as often as batches [U]',
    provingSeconds: 'proof ≈ 1 h',
    executionDelaySeconds: '≈ 3 h of execution delay (21 h before ZIP-4)',
  },
  published: [
    {
      measure: 'exitable',
      fromSeconds: 4 * HOUR_SECONDS,
      toSeconds: 5 * HOUR_SECONDS,
      says: 'proof ≈ 1 h + ≈ 3 h of execution delay',
    },
  ],
})

export const linea = chainPreset({
  title: 'Linea',
  keys: {
    kind: 'zk',
    id: 59_144,
    slotMs: 1_000,
    batchIntervalSeconds: 900,
    proofIntervalSeconds: 900,
    provingSeconds: 5_400,
  },
  sources: {
    id: 'EIP-155 list of chains: 59144',
    slotMs: 'soft after at most 1 s',
    batchIntervalSeconds: 'chosen with provingSeconds for the published median of 2 h [D]',
    proofIntervalSeconds: 'as often as batches [U]',
    provingSeconds: 'hard finality in the median after ≈ 2 h, at most 16 h in normal operation [D]',
  },
  published: [
    // ± 15 % around the published median.
    { measure: 'finalized', fromSeconds: 6_120, toSeconds: 8_280, says: 'median ≈ 2 h, ≤ 16 h' },
  ],
})

export const scroll = chainPreset({
  title: 'Scroll',
  keys: {
    kind: 'zk',
    id: 534_352,
    slotMs: 3_000,
    batchIntervalSeconds: 60,
    proofIntervalSeconds: 600,
    provingSeconds: 2_400,
  },
  sources: {
    id: 'EIP-155 list of chains: 534352',
    slotMs: 'blocks of 3 s',
    batchIntervalSeconds: 'a batch about every minute (docs.scroll.io, June 2024)',
    proofIntervalSeconds: 'chosen with provingSeconds for about 50 min from batch to finalisation [D]',
    provingSeconds: 'about 50 min from batch to finalisation (docs.scroll.io, June 2024) [D]',
  },
  published: [
    { measure: 'finalized', fromSeconds: 0, toSeconds: 4 * HOUR_SECONDS, says: 'up to 4 h (October 2024)' },
  ],
})

export const starknet = chainPreset({
  title: 'Starknet',
  keys: {
    kind: 'zk',
    id: 9_004,
    slotMs: 9_500,
    batchIntervalSeconds: HOUR_SECONDS,
    proofIntervalSeconds: HOUR_SECONDS,
    provingSeconds: 2 * HOUR_SECONDS,
  },
  sources: {
    id: 'its own identifier is the text SN_MAIN, no EIP-155 number; 9004 is its coin type in SLIP-44',
    slotMs: 'a block in at most 9.5 s (docs.starknet.io/resources/chain-info)',
    batchIntervalSeconds: 'cadence not found [U]',
    proofIntervalSeconds: 'cadence not found [U]',
    provingSeconds: 'cadence not found [U]',
  },
  published: [],
})

export const polygonZkevm = chainPreset({
  title: 'Polygon zkEVM',
  keys: {
    kind: 'zk',
    id: 1_101,
    slotMs: 3_000,
    batchIntervalSeconds: 600,
    proofIntervalSeconds: 1_800,
    provingSeconds: 1_800,
  },
  sources: {
    id: 'EIP-155 list of chains: 1101',
    slotMs: 'blocks of some seconds [U]',
    batchIntervalSeconds: 'cadence not found [U]',
    proofIntervalSeconds: 'cadence not found [U]',
    provingSeconds: 'cadence not found [U]',
  },
  published: [],
})
