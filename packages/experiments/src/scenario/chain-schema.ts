// The shape of a scenario's chains.
import { z } from 'zod'
import { flawsAtGenesis } from '../faults/upgrade-fault-schema.ts'
import {
  batchPolicySchema,
  blobMarketSchema,
  eip1559Defaults,
  feeMarketSchema,
  preconfirmationSchema,
} from './fee-market-schema.ts'
import { decimal, name, whole } from './schema-scalars.ts'
import { validatorSetSchema } from './validator-schema.ts'

/** Nodes that sequence several rollups together: each makes the blocks of all of them in its turns. */
export const sharedSequencerSchema = z.strictObject({
  nodes: whole(1, 32).default(1),
  chains: z.array(name).min(1).max(64),
})
/** OP Stack: a sequencing window of 3600 L1 blocks, 12 h, which also bounds forced inclusion (ethereum-optimism/docs). */
const inboxRules = {
  sequencingWindowSeconds: whole(1, 2_592_000).default(43_200),
  forcedDelaySeconds: whole(1, 2_592_000).default(43_200),
  /** Forced inclusion takes somebody's call, and may be had sooner when forced transactions have been kept waiting before (Arbitrum). */
  delayBuffer: z
    .strictObject({
      thresholdSeconds: whole(1, 2_592_000),
      maxSeconds: whole(1, 2_592_000),
      replenishBps: whole(0, 10_000),
    })
    .optional(),
}

export const chainSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('l1'),
    id: whole(1, 2 ** 31 - 1),
    slotMs: whole(100, 60_000),
    epochSlots: whole(1, 1_000).default(32),
    finalityEpochs: whole(1, 100).default(2),
    /** Nodes that propose in turns. */
    producers: whole(1, 32).default(1),
    validators: validatorSetSchema.optional(),
    /** Another L1 whose validators vote here too. */
    securedBy: name.optional(),
    baseFeeGwei: decimal.default('2'),
    feeMarket: feeMarketSchema(eip1559Defaults.ethereum).optional(),
    preconfirmations: preconfirmationSchema.optional(),
    blobs: blobMarketSchema.optional(),
    gasLimit: whole(200_000, 1_000_000_000).default(60_000_000),
  }),
  z.strictObject({
    kind: z.literal('optimistic'),
    id: whole(1, 2 ** 31 - 1),
    l1: name,
    slotMs: whole(100, 60_000),
    /** Nodes that make its blocks in turns. */
    sequencers: whole(1, 32).default(1),
    batchIntervalSeconds: whole(1, 43_200),
    rootIntervalSeconds: whole(1, 86_400),
    challengeWindowSeconds: whole(1, 2_592_000),
    ...inboxRules,
    /** Who may propose state roots. */
    proposers: z.enum(['producers', 'anyone']).default('producers'),
    /** What a proposal puts up, in the gas asset. */
    rootBond: decimal.default('0'),
    /** Nodes that compare roots with the chain, and how long each waits before it challenges. */
    challengers: z
      .strictObject({ count: whole(0, 16).default(0), delaySeconds: whole(0, 2_592_000).default(0) })
      .prefault({}),
    baseFeeGwei: decimal.default('0.01'),
    feeMarket: feeMarketSchema(eip1559Defaults.opStack).optional(),
    preconfirmations: preconfirmationSchema.optional(),
    batchPolicy: batchPolicySchema.optional(),
    gasLimit: whole(200_000, 1_000_000_000).default(30_000_000),
    flaws: flawsAtGenesis,
  }),
  z.strictObject({
    kind: z.literal('zk'),
    id: whole(1, 2 ** 31 - 1),
    l1: name,
    slotMs: whole(100, 60_000),
    /** Nodes that make its blocks in turns. */
    sequencers: whole(1, 32).default(1),
    batchIntervalSeconds: whole(1, 86_400),
    proofIntervalSeconds: whole(1, 86_400),
    provingSeconds: whole(0, 86_400),
    ...inboxRules,
    /** From a proof to exits. */
    executionDelaySeconds: whole(0, 2_592_000).default(0),
    /** What a proof costs beyond gas, in the gas asset. */
    proverFee: decimal.default('0'),
    baseFeeGwei: decimal.default('0.05'),
    feeMarket: feeMarketSchema(eip1559Defaults.ethereum).optional(),
    preconfirmations: preconfirmationSchema.optional(),
    batchPolicy: batchPolicySchema.optional(),
    gasLimit: whole(200_000, 1_000_000_000).default(30_000_000),
    flaws: flawsAtGenesis,
  }),
])
