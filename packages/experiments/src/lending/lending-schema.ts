// The shape of a scenario's lending pools and keepers.
import { z } from 'zod'
import { amountsBySymbol, bps, cap, decimal, name, whole } from '../scenario/schema-scalars.ts'
import { engineSchema } from './engine-schema.ts'
import { insuranceSchema } from './insurance-schema.ts'
import { lentAsset } from './lent-asset-schema.ts'

const seconds = whole(0, 31_536_000)

const amounts = z.record(lentAsset, decimal).default({})

const collateralTerms = {
  ltvBps: bps.default(0),
  liquidationThresholdBps: bps.default(0),
  /** On top of what is repaid. */
  liquidationBonusBps: bps.default(500),
}

const reserve = z.strictObject({
  oracle: name,
  /** A price that is older is refused; default: the oracle's heartbeat and a tenth, two minutes at least. */
  maxAgeSeconds: seconds.optional(),
  /** A price outside is refused. */
  floor: decimal.default('0.00000001'),
  cap: decimal.default('1000000000'),
  /** A second oracle that has to agree within `agreementBps`. */
  corroboratedBy: name.optional(),
  agreementBps: bps.default(200),
  ...collateralTerms,
  liquidationProtocolFeeBps: bps.default(0),
  reserveFactorBps: bps.default(1_000),
  /** Whole units; 0: none. */
  supplyCap: cap.default(0),
  borrowCap: cap.default(0),
  borrowing: z.enum(['enabled', 'disabled']).default('enabled'),
  status: z.enum(['active', 'frozen', 'paused']).default('active'),
  /** A year, in basis points: Aave's curve. */
  rates: z
    .strictObject({
      optimalUsageBps: whole(1, 9_999).default(9_000),
      baseBps: whole(0, 1_000_000).default(0),
      slope1Bps: whole(0, 1_000_000).default(400),
      slope2Bps: whole(0, 1_000_000).default(6_000),
    })
    .prefault({}),
})

const position = z.strictObject({
  /** Lent, with free receipts. */
  supplied: amounts,
  /** Pledged. */
  collateral: amounts,
  borrowed: amounts,
})

export const lendingPoolSchema = z.strictObject({
  chain: name,
  reserves: z.record(lentAsset, reserve),
  engine: engineSchema.prefault({ kind: 'fixed-spread' }),
  /** Left out: suppliers bear all bad debt. */
  insurance: insuranceSchema.optional(),
  /** No loans and no liquidations near health while the sequencer is down or not long enough up again. */
  uptime: z.strictObject({ oracle: name, graceSeconds: seconds.default(3_600) }).optional(),
  eModes: z
    .record(
      name,
      z.strictObject({
        ...collateralTerms,
        collateral: z.array(lentAsset).min(1).max(64),
        borrowable: z.array(lentAsset).min(1).max(64),
      }),
    )
    .default({}),
  /** By participant, or any other name for an account that does nothing. */
  positions: z.record(name, position).default({}),
})
export type ScenarioLendingPool = z.infer<typeof lendingPoolSchema>

export const keeperSchema = z.strictObject({
  chain: name,
  /** What it repays debts with. */
  holdings: amountsBySymbol.default({}),
  /** Numeraire that must be left after gas and the bid. */
  minProfit: decimal.default('0'),
  /** What selling collateral costs. */
  slippageBps: bps.default(0),
  /** Of the expected profit, bid as the priority fee. */
  bidShareBps: bps.default(1_000),
  /** Markets of the chain on which it sells what it seizes; default: outside, at `slippageBps`. */
  sellsOn: z.array(name).max(64).default([]),
  /** Money on another chain, for which it orders the debt's coin by intents when its own does not reach. */
  funding: z
    .strictObject({
      chain: name,
      holdings: amountsBySymbol,
      /** The bridge that proves fills. */
      prover: name,
      /** What it gives beyond what it gets. */
      feeBps: bps.default(30),
      fillSeconds: whole(1, 86_400).default(600),
      expiresSeconds: whole(1, 604_800).default(3_600),
    })
    .optional(),
  /** It does nothing while the base fee is higher; default: it pays what pays. */
  maxBaseFeeGwei: decimal.optional(),
  /** An outsider: it looks for nothing itself, sees in the pools of the chain's producers what others are about to liquidate, and does it first. */
  copies: z
    .strictObject({
      /** Above the fee that it has seen. */
      raiseBps: whole(0, 1_000_000).default(1_000),
    })
    .optional(),
  /** In pools that auction. Its ceiling is what a lot sells for, less the discount. */
  auctions: z
    .strictObject({
      discountBps: bps.default(300),
      /** Of its ceiling, where nobody has bid; 0: one base unit. */
      openingBps: bps.default(0),
      /** Of the gap between the last bid and its ceiling, when it answers. */
      answerBps: bps.default(5_000),
    })
    .prefault({}),
})
export type ScenarioKeeper = z.infer<typeof keeperSchema>
