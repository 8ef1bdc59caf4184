// Schema of what operators ask of nodes.
import { z } from 'zod'
import type { FalseFill } from '../bridge/false-fill.ts'
import { sourceLies } from '../bridge/source-lie.ts'
import { misconducts } from '../network/misconduct.ts'
import type { Party } from '../network/party.ts'
import type { SigningFault } from '../network/signing-fault.ts'
import { validatorDuties } from '../network/validator-set.ts'
import { type ControlMessage, claimMoments, type OrderIntent } from '../wire/control.ts'
import { MAX_NAMES, MAX_VERIFIERS } from '../wire/limits.ts'
import { messageTypes } from '../wire/message-type.ts'
import { bridgeMessageSchema } from './bridge.ts'
import { pauseAuthoritySchema } from './bridge-call.ts'
import {
  censorshipSchema,
  declaredCensorshipSchema,
  finalityViolationSchema,
  marketDemandSchema,
  outageSchema,
} from './chain-fault.ts'
import { measureSchema } from './controls.ts'
import { custodyCallSchema } from './custody.ts'
import { listOf, schemaOf } from './exact.ts'
import { nodeFaultSchema } from './fault.ts'
import { transferVoteSchema } from './limiter.ts'
import { misreportOrderSchema } from './report-lie.ts'
import { rollupControlSchema } from './rollup-control.ts'
import {
  addressSchema,
  chainIdSchema,
  countSchema,
  nodeIdSchema,
  oneOf,
  textSchema,
  uint32Schema,
  uint256Schema,
} from './scalars.ts'
import { solverDistressSchema } from './solver-distress.ts'
import { contractFlawSchema, flawChangeSchema } from './upgrade.ts'

const partySchema = schemaOf<Party>()(z.strictObject({ node: nodeIdSchema, address: addressSchema }))

const orderIntentSchema = schemaOf<OrderIntent>()(
  z.strictObject({
    origin: chainIdSchema,
    inputSymbol: textSchema,
    inputAmount: uint256Schema,
    destination: chainIdSchema,
    outputSymbol: textSchema,
    minOutputBps: uint32Schema,
    award: oneOf(['auctioneer', 'chain', 'user']),
  }),
)

const falseFillSchema = schemaOf<FalseFill>()(
  z.strictObject({
    bridge: addressSchema,
    srcChainId: chainIdSchema,
    settler: addressSchema,
    sequence: countSchema,
    dstChainId: chainIdSchema,
    order: z.discriminatedUnion('by', [
      z.strictObject({ by: z.literal('nonce'), user: addressSchema, nonce: uint256Schema }),
      z.strictObject({ by: z.literal('time'), openedFrom: uint32Schema }),
    ]),
    payee: addressSchema,
  }),
)

const signingFaultSchema = schemaOf<SigningFault>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('skip-nonces'), chainId: chainIdSchema, count: countSchema }),
    z.strictObject({
      kind: z.literal('cut-gas'),
      chainId: chainIdSchema,
      calls: listOf(textSchema, MAX_NAMES),
      count: countSchema,
      gasPercent: countSchema,
    }),
  ]),
)

export const controlMessageSchema = schemaOf<ControlMessage>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('status') }),
    z.strictObject({
      kind: z.literal('break-preconfirmations'),
      chainId: chainIdSchema,
      untilMs: countSchema,
    }),
    z.strictObject({ kind: z.literal('censor'), censorship: censorshipSchema }),
    z.strictObject({ kind: z.literal('market-demand'), demand: marketDemandSchema }),
    z.strictObject({ kind: z.literal('report'), offset: countSchema }),
    z.strictObject({ kind: z.literal('exposures'), offset: countSchema }),
    z.strictObject({ kind: z.literal('history'), offset: countSchema }),
    z.strictObject({ kind: z.literal('send-order'), intent: orderIntentSchema }),
    z.strictObject({ kind: z.literal('order-status'), orderId: textSchema }),
    z.strictObject({ kind: z.literal('partition'), from: listOf(nodeIdSchema, MAX_NAMES) }),
    z.strictObject({ kind: z.literal('heal') }),
    z.strictObject({ kind: z.literal('suffer'), fault: nodeFaultSchema, afterMs: countSchema }),
    z.strictObject({ kind: z.literal('forge'), source: nodeIdSchema, message: bridgeMessageSchema }),
    z.strictObject({ kind: z.literal('forge-fill'), source: nodeIdSchema, fill: falseFillSchema }),
    z.strictObject({ kind: z.literal('declare-exploit'), message: bridgeMessageSchema }),
    z.strictObject({ kind: z.literal('declare-false-fill'), fill: falseFillSchema }),
    z.strictObject({
      kind: z.literal('pause'),
      bridge: addressSchema,
      authority: pauseAuthoritySchema,
      until: uint32Schema,
    }),
    z.strictObject({ kind: z.literal('unpause'), bridge: addressSchema, authority: pauseAuthoritySchema }),
    z.strictObject({ kind: z.literal('custody'), chainId: chainIdSchema, call: custodyCallSchema }),
    z.strictObject({
      kind: z.literal('upgrade'),
      contract: addressSchema,
      flaw: contractFlawSchema,
      change: flawChangeSchema,
      on: listOf(chainIdSchema, MAX_NAMES),
    }),
    z.strictObject({ kind: z.literal('sequencer-outage'), outage: outageSchema }),
    z.strictObject({ kind: z.literal('declare-outage'), outage: outageSchema }),
    z.strictObject({ kind: z.literal('declare-censorship'), censorship: declaredCensorshipSchema }),
    rollupControlSchema,
    z.strictObject({
      kind: z.literal('validators-absent'),
      chainId: chainIdSchema,
      groups: uint32Schema,
      duty: oneOf(validatorDuties),
      untilMs: countSchema,
    }),
    z.strictObject({ kind: z.literal('reorg'), chainId: chainIdSchema, depth: countSchema }),
    z.strictObject({ kind: z.literal('violate-finality'), violation: finalityViolationSchema }),
    z.strictObject({ kind: z.literal('overrule-finality'), chainId: chainIdSchema, slot: countSchema }),
    z.strictObject({ kind: z.literal('equivocate'), chainId: chainIdSchema, group: countSchema }),
    z.strictObject({ kind: z.literal('rule-wrongly'), bridge: addressSchema, count: countSchema }),
    z.strictObject({ kind: z.literal('dispute-blindly'), bridge: addressSchema, count: countSchema }),
    z.strictObject({
      kind: z.literal('rotate-verifiers'),
      bridge: addressSchema,
      verifiers: listOf(addressSchema, MAX_VERIFIERS),
      threshold: countSchema,
      on: listOf(chainIdSchema, MAX_NAMES),
    }),
    z.strictObject({
      kind: z.literal('scheme-broken'),
      bridge: addressSchema,
      keys: listOf(partySchema, 2 * MAX_VERIFIERS),
    }),
    z.strictObject({
      kind: z.literal('accounts-broken'),
      accounts: listOf(partySchema, MAX_NAMES),
      by: addressSchema,
    }),
    z.strictObject({ kind: z.literal('vote-queued'), bridge: addressSchema, vote: transferVoteSchema }),
    z.strictObject({ kind: z.literal('declare-release'), bridge: addressSchema }),
    z.strictObject({
      kind: z.literal('price-asset'),
      bridge: addressSchema,
      symbol: textSchema,
      priceE8: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('share-loss'),
      bridge: addressSchema,
      symbol: textSchema,
      claims: uint256Schema,
      claimsAt: oneOf(claimMoments),
    }),
    z.strictObject({ kind: z.literal('act'), step: textSchema }),
    z.strictObject({ kind: z.literal('withdraw-depth'), market: addressSchema, partMillionths: countSchema }),
    z.strictObject({
      kind: z.literal('press-price'),
      fall: textSchema,
      market: addressSchema,
      token: addressSchema,
      fromBps: uint256Schema,
      toBps: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('misbehave'),
      misconduct: z.strictObject({
        conduct: oneOf(misconducts),
        types: listOf(oneOf(messageTypes), messageTypes.length),
        untilMs: countSchema,
      }),
    }),
    z.strictObject({
      kind: z.literal('propose-measure'),
      authority: addressSchema,
      measure: measureSchema,
    }),
    z.strictObject({ kind: z.literal('misreport'), order: misreportOrderSchema }),
    z.strictObject({
      kind: z.literal('source-lie'),
      lie: z.strictObject({ chainId: chainIdSchema, lie: oneOf(sourceLies), untilMs: countSchema }),
    }),
    z.strictObject({ kind: z.literal('distress'), distress: solverDistressSchema }),
    z.strictObject({
      kind: z.literal('manager-loss'),
      amount: uint256Schema,
      to: addressSchema,
      newsPercent: countSchema,
    }),
    z.strictObject({ kind: z.literal('sign-wrongly'), fault: signingFaultSchema }),
    z.strictObject({ kind: z.literal('declare-misconduct'), node: nodeIdSchema, untilMs: countSchema }),
    z.strictObject({ kind: z.literal('shutdown') }),
  ]),
)
