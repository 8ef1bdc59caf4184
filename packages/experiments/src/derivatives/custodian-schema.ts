// The shape of a custodian: what lies at its address, what it has lent on, and when its customers want their coins back.
import { z } from 'zod'
import { quantiles } from '../populations/population-schema.ts'
import { priceFallSchema } from '../populations/price-fall-schema.ts'
import { bps, decimal, name, symbol, whole } from '../scenario/schema-scalars.ts'

const pressure = z.number().min(0).max(100)

export const custodianSchema = z.strictObject({
  chain: name,
  asset: symbol,
  /** At its address, whole units; left out: what customers have left with it, less what it has lent on. */
  coins: decimal.optional(),
  /** What it owes its customers. */
  claims: decimal,
  /** Lent on before the run, at face value: no chain sees it. */
  lent: decimal.default('0'),
  /** The actor whose payments repay loans, and who gets new ones. */
  affiliate: name.optional(),
  /** Loans during the run, out of what customers have left with it. */
  loans: z
    .array(z.strictObject({ atSeconds: whole(0, 31_536_000), amount: decimal }))
    .max(100)
    .default([]),
  /** It halts when its coins would fall below this share of what it owes; 0: when it cannot pay. */
  haltBelowBps: bps.default(0),
  /** From then to its end; left out: it is not wound up in the run. */
  windUpAfterSeconds: whole(1, 31_536_000).optional(),
  /** Where it borrows what it cannot pay, before it halts, and what of its own it has to pledge there. */
  lastResort: z.strictObject({ window: name, collateral: symbol, holds: decimal }).optional(),
  customers: z.strictObject({
    count: whole(1, 200_000),
    /** Of the logarithm of their claims; 0: all alike. */
    sizeSigma: z.number().min(0).max(4).default(1),
    /** The least pressure at which they ask for their coins. */
    thresholds: quantiles,
    /** Pressure of everybody else having left. */
    herding: pressure.default(0),
    /** Pressure of an empty address. */
    coins: pressure.default(0),
    fall: priceFallSchema.optional(),
    /** What becomes public and how bad it is; the last one counts. */
    news: z
      .array(z.strictObject({ atSeconds: whole(0, 31_536_000), level: pressure }))
      .max(100)
      .default([]),
    checkSeconds: whole(1, 86_400).default(3_600),
  }),
})

export type ScenarioCustodian = z.infer<typeof custodianSchema>
