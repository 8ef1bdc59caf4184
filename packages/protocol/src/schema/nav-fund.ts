// Schemas of a fund's calls and events.
import { z } from 'zod'
import { MOST_REDEMPTIONS, type NavFundCall, type NavFundEvent } from '../derivatives/nav-fund.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, countSchema, uint256Schema } from './scalars.ts'

const ofFund = { navFund: addressSchema }
const atMark = { ...ofFund, markE8: uint256Schema, markedAt: countSchema }
const payment = z.strictObject({ holder: addressSchema, shares: uint256Schema, amount: uint256Schema })

export const navFundCallSchema = schemaOf<NavFundCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('subscribe-nav'), ...ofFund, amount: uint256Schema }),
    z.strictObject({ kind: z.literal('request-redemption'), ...ofFund, shares: uint256Schema }),
    z.strictObject({ kind: z.literal('pay-redemptions'), ...ofFund }),
    z.strictObject({ kind: z.literal('fill-buffer'), ...ofFund, amount: uint256Schema }),
  ]),
)

export const navFundEventSchema = schemaOf<NavFundEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('nav-subscribed'),
      ...atMark,
      holder: addressSchema,
      amount: uint256Schema,
      shares: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('redemption-requested'),
      ...atMark,
      holder: addressSchema,
      shares: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('redemptions-paid'),
      ...atMark,
      payments: z.array(payment).max(MOST_REDEMPTIONS).readonly(),
    }),
    z.strictObject({
      kind: z.literal('buffer-filled'),
      ...ofFund,
      from: addressSchema,
      amount: uint256Schema,
    }),
  ]),
)
