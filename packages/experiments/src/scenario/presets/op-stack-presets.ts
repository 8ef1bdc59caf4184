// Chains of the OP Stack: OP Mainnet, Base, Unichain.
// Source: the reference on finality parameters (settlement.md §2), which read ethereum-optimism/docs bbe7f1e.
import { type ChainPreset, chainPreset, type PublishedTime } from './chain-preset.ts'

const published: readonly PublishedTime[] = [
  { measure: 'safe', fromSeconds: 300, toSeconds: 600, says: '5–10 min typical' },
  { measure: 'finalized', fromSeconds: 900, toSeconds: 1_200, says: '15–20 min typical' },
  {
    measure: 'exitable',
    fromSeconds: 604_800,
    toSeconds: 612_000,
    says: '7 d, after a root at most 1 h later',
  },
]

/** What they share; they differ in their blocks. */
function opStack(chain: { title: string; id: number; slotMs: number; slotSource: string }): ChainPreset {
  return chainPreset({
    title: chain.title,
    keys: {
      kind: 'optimistic',
      id: chain.id,
      slotMs: chain.slotMs,
      batchIntervalSeconds: 720,
      rootIntervalSeconds: 3_600,
      challengeWindowSeconds: 604_800,
      sequencingWindowSeconds: 43_200,
      forcedDelaySeconds: 43_200,
    },
    sources: {
      id: `EIP-155 list of chains: ${chain.id}`,
      slotMs: chain.slotSource,
      batchIntervalSeconds: 'safe after 5–10 min typically: a block waits half an interval in the median [D]',
      rootIntervalSeconds: 'a root about every hour [U]',
      challengeWindowSeconds: 'withdrawals take 7 d',
      sequencingWindowSeconds: '3600 L1 blocks × 12 s = 12 h [D]',
      forcedDelaySeconds: 'a deposit is in the chain within the sequencing window of 12 h',
    },
    published,
  })
}

export const opMainnet = opStack({
  title: 'OP Mainnet',
  id: 10,
  slotMs: 2_000,
  slotSource: 'unsafe after 2–4 s: blocks of 2 s',
})

export const base = opStack({
  title: 'Base',
  id: 8453,
  slotMs: 2_000,
  slotSource: 'unsafe after 2–4 s: blocks of 2 s',
})

export const unichain = opStack({
  title: 'Unichain',
  id: 130,
  slotMs: 1_000,
  slotSource: 'blocks of 1 s [U]',
})
