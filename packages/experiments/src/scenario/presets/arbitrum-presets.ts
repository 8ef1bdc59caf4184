// Chains of Arbitrum: One and Nova.
// Source: the reference on finality parameters (settlement.md §2), which read OffchainLabs/arbitrum-docs 691ad7e.
import { type ChainPreset, chainPreset, type PublishedTime } from './chain-preset.ts'

/** 45,818 L1 blocks × 12 s = 6 d 8 h 43 m 36 s. */
const CHALLENGE_WINDOW_SECONDS = 549_816

const published: readonly PublishedTime[] = [
  { measure: 'safe', fromSeconds: 0, toSeconds: 900, says: 'batches 5–15 min apart when busy' },
  { measure: 'finalized', fromSeconds: 600, toSeconds: 1_200, says: 'hard 10–20 min' },
  {
    measure: 'exitable',
    fromSeconds: CHALLENGE_WINDOW_SECONDS,
    toSeconds: CHALLENGE_WINDOW_SECONDS + 7_200,
    says: '6 d 8 h 43 m 36 s after an assertion at most about 1 h later',
  },
]

function arbitrum(chain: { title: string; id: number }): ChainPreset {
  return chainPreset({
    title: chain.title,
    keys: {
      kind: 'optimistic',
      id: chain.id,
      slotMs: 250,
      batchIntervalSeconds: 600,
      rootIntervalSeconds: 3_600,
      challengeWindowSeconds: CHALLENGE_WINDOW_SECONDS,
      sequencingWindowSeconds: 2_592_000,
      forcedDelaySeconds: 86_400,
      delayBuffer: { thresholdSeconds: 1_800, maxSeconds: 172_800, replenishBps: 500 },
    },
    sources: {
      id: `EIP-155 list of chains: ${chain.id}`,
      slotMs: 'soft confirmation after 250 ms',
      batchIntervalSeconds: 'batches 5–15 min apart when busy (the poster waits 1 h at most)',
      rootIntervalSeconds: 'assertions up to about 1 h apart',
      challengeWindowSeconds: '45,818 L1 blocks × 12 s = 549,816 s [D]',
      sequencingWindowSeconds: 'no slot lapses for want of a batch: the largest number stands for never [D]',
      forcedDelaySeconds: 'force inclusion after min(delay buffer, 24 h)',
      delayBuffer: 'buffer of 30 min to 48 h, which refills 1 min per 20 min of good service: 5 % [D]',
    },
    published,
  })
}

export const arbitrumOne = arbitrum({ title: 'Arbitrum One', id: 42_161 })
export const arbitrumNova = arbitrum({ title: 'Arbitrum Nova (same window as One)', id: 42_170 })
