// The shape of a scenario's bridges: what becomes of value that crosses, why a message is believed, what is carried.
import { headerForms, MAX_DELIVERIES, SET_GRACE_SECONDS } from '@solvent/protocol'
import { z } from 'zod'
import { flawsAtGenesis } from '../faults/upgrade-fault-schema.ts'
import { bridgeControlKeys } from './bridge-controls-schema.ts'
import { bps, decimal, name, seconds, symbol, whole } from './schema-scalars.ts'

/** When what begins, in seconds from the block that made a lock. */
const windows = z.strictObject({
  withdrawAfter: seconds,
  publicWithdrawAfter: seconds,
  cancelAfter: seconds,
  publicCancelAfter: seconds,
})

const custody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('lock-mint') }),
  /** `feeBps`: what the issuer keeps of each mint (a fast transfer). */
  z.strictObject({ kind: z.literal('burn-mint'), feeBps: bps.default(0) }),
  /** `fee`: yearly rates by utilisation, from r0 to r0 + r1 at the kink and r0 + r1 + r2 at 1 (UMIP-157). */
  z.strictObject({
    kind: z.literal('pool'),
    fee: z
      .strictObject({ kink: decimal, r0: decimal, r1: decimal, r2: decimal })
      .default({ kink: '0.75', r0: '0.05', r1: '0', r2: '0.6' }),
  }),
  z.strictObject({
    kind: z.literal('hash-lock'),
    source: windows,
    destination: windows,
    /** Whole units of the gas asset, for whoever ends a lock. */
    safetyDeposit: decimal.default('0'),
  }),
])

const verification = z.discriminatedUnion('kind', [
  /** Hash locks: no message crosses. */
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('quorum'),
    verifiers: z.int().min(1, 'a bridge whose messages nobody verifies believes whatever it is told').max(64),
    threshold: z.int().min(1, 'a quorum of nobody verifies whatever it is asked (S-6)').max(64),
    /** What each verifier depends on: a data source, an operator. Default: nothing in common. */
    domains: z.array(name).max(64).optional(),
    /** Verifiers of sets to come, numbered after the others. */
    standby: whole(0, 64).default(0),
    /** The signature scheme of the first set's keys, and of those on standby; default: the same. A fault may break it. */
    scheme: name.default('ecdsa'),
    standbyScheme: name.optional(),
    /** How long a set counts after another has taken its place (Wormhole: a day). */
    graceSeconds: whole(0, 2_592_000).default(SET_GRACE_SECONDS),
  }),
  z.strictObject({
    kind: z.literal('optimistic'),
    proposers: whole(1, 8).default(1),
    disputers: whole(0, 16),
    /** Whole units of the gas asset, for a proposal and for a dispute (Across: ≈ 0.45). */
    bond: decimal.default('0.45'),
    livenessSeconds: whole(1, 2_592_000).default(7_200),
    arbitrationSeconds: whole(1, 2_592_000).default(172_800),
    /** 0: as soon as a message is firm. */
    bundleIntervalSeconds: whole(0, 604_800).default(0),
  }),
  z.strictObject({
    kind: z.literal('light-client'),
    /** Headers checked one by one in the contract, or by a validity proof. */
    proof: z.enum(headerForms).default('headers'),
    /** How long such a proof takes to make. */
    provingSeconds: whole(0, 604_800).default(0),
    /** A client whose newest header is older takes nothing any more; default: 14 days, two thirds of Cosmos' unbonding period. */
    trustingPeriodSeconds: whole(1, 31_536_000).default(1_209_600),
  }),
  /** A rollup's own bridge. */
  z.strictObject({ kind: z.literal('canonical') }),
])

export const bridgeSchema = z.strictObject({
  custody: custody.prefault({ kind: 'lock-mint' }),
  verification,
  finality: z.enum(['unsafe', 'safe', 'finalized', 'exitable']),
  sharedDecimals: whole(0, 18).default(8),
  relayers: whole(1, 8).default(1),
  /**
   * Relayers put messages of one lane whose proofs are ready into one transaction, so many at most, as far as its bytes reach;
   * a message waits so long for others. Left out: each goes by itself, at once.
   */
  batches: z
    .strictObject({
      most: whole(2, MAX_DELIVERIES).default(32),
      waitSeconds: whole(0, 86_400).default(0),
    })
    .optional(),
  /** What the contract leaves out from the start, on every chain. */
  flaws: flawsAtGenesis,
  ...bridgeControlKeys,
  /**
   * Asset → its home chain and, per far chain, the units at the start: wrapped (locked one to one at home), or issued
   * there where the bridge burns and mints (at least what participants hold).
   */
  assets: z
    .record(
      symbol,
      z.strictObject({
        home: name,
        claims: z.record(name, decimal).default({}),
        /** Pools: chain → the providers' cash at the start. */
        liquidity: z.record(name, decimal).default({}),
      }),
    )
    .default({}),
})
