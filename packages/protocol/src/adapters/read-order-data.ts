// The way back from `orderData` to an order.
import { type Address, equalBytes, type Hash32 } from '@solvent/primitives'
import { auctionRuleCodes, auctionRules } from '../order/auction-rule.ts'
import { type CurvePoint, MOST_CURVE_POINTS } from '../order/block-curve.ts'
import type { AwardRule, Order, Pricing } from '../order/order.ts'
import {
  awardRuleCodes,
  curveOrderDataType,
  encodeOrderData,
  orderDataType,
  orderDataTypeOf,
  orderDataTypeString,
  pricingRuleCodes,
} from '../order/order-data.ts'
import { type AbiType, decodeAbi } from './abi.ts'
import { unsupportedOrder } from './unsupported-order.ts'
import { uintToChainId } from './words.ts'

const DRAFT = 'SolventOrderData'

/** The fields of the type string, in its order: the one place where they are named. */
const dataType: AbiType = {
  tuple: (/\((.*)\)/.exec(orderDataTypeString)?.[1] ?? '').split(',').map((field) => {
    const [type, name] = field.split(' ')
    return [name as string, type as AbiType] as const
  }),
}

const curveDataType: AbiType = {
  tuple: [
    ['order', dataType],
    ['relativeBlocks', 'uint256'],
    // Two's complement: the sign is taken from the word.
    ['relativeAmounts', { list: 'uint256' }],
  ],
}

/** What the gasless order of 2025-01 says outside its `orderData`. */
export type OrderHead = Pick<
  Order,
  'originChainId' | 'originSettler' | 'user' | 'nonce' | 'openDeadline' | 'fillDeadline'
>

/**
 * Reads the rest of an order.
 *
 * @param type the `orderDataType` that its `orderData` says it has
 * @throws E_BAD_ABI, E_UNSUPPORTED_ORDER for unknown types and rules and for fields that their rule does not use
 */
export function readOrderData(head: OrderHead, type: Hash32, bytes: Uint8Array): Order {
  const { data, curve } = readData(type, bytes)
  const { originChainId, originSettler, user, nonce, openDeadline, fillDeadline } = head
  const order: Order = {
    originChainId,
    originSettler,
    user,
    nonce,
    openDeadline,
    fillDeadline,
    expires: data.expires,
    input: { token: data.inputToken, amount: data.inputAmount },
    output: {
      chainId: uintToChainId(DRAFT, 'outputChainId', data.outputChainId),
      settler: data.outputSettler,
      token: data.outputToken,
      minAmount: data.minOutputAmount,
      recipient: data.recipient,
    },
    prover: data.prover,
    pricing: readPricing(data, curve),
    award: readAward(data),
  }
  if (orderDataTypeOf(order) !== type || !equalBytes(encodeOrderData(order), bytes)) {
    throw unsupportedOrder(DRAFT, 'orderData', 'fields that its rules do not use', 'zero in their place')
  }
  return order
}

function readData(
  type: Hash32,
  bytes: Uint8Array,
): { readonly data: OrderData; readonly curve: readonly CurvePoint[] } {
  if (type === orderDataType) return { data: (decodeAbi([dataType], bytes) as [OrderData])[0], curve: [] }
  if (type !== curveOrderDataType)
    throw unsupportedOrder(DRAFT, 'orderDataType', type, `${orderDataType} or ${curveOrderDataType}`)
  const [{ order, relativeBlocks, relativeAmounts }] = decodeAbi([curveDataType], bytes) as [CurveData]
  if (relativeAmounts.length > MOST_CURVE_POINTS)
    throw unsupportedOrder(
      DRAFT,
      'relativeAmounts',
      `${relativeAmounts.length} points`,
      `at most ${MOST_CURVE_POINTS}`,
    )
  const curve = relativeAmounts.map((word, index) => ({
    blocks: Number((relativeBlocks >> BigInt(16 * index)) & 0xffffn),
    fall: BigInt.asIntN(256, word),
  }))
  return { data: order, curve }
}

interface CurveData {
  readonly order: OrderData
  readonly relativeBlocks: bigint
  readonly relativeAmounts: readonly bigint[]
}

interface OrderData {
  readonly expires: number
  readonly inputToken: Address
  readonly inputAmount: bigint
  readonly outputChainId: bigint
  readonly outputSettler: Address
  readonly outputToken: Address
  readonly minOutputAmount: bigint
  readonly recipient: Address
  readonly prover: Address
  readonly pricingRule: number
  readonly startAmount: bigint
  readonly decayStart: number
  readonly decayEnd: number
  readonly awardRule: number
  readonly awardParty: Address
  readonly auctionRule: number
  readonly closesAt: number
  readonly exclusiveUntil: number
  readonly overrideBps: number
}

function readPricing(
  { pricingRule, startAmount, decayStart, decayEnd }: OrderData,
  curve: readonly CurvePoint[],
): Pricing {
  if (pricingRule === pricingRuleCodes.limit) return { rule: 'limit' }
  if (pricingRule === pricingRuleCodes.dutch) return { rule: 'dutch', startAmount, decayStart, decayEnd }
  if (pricingRule === pricingRuleCodes['priority-fee'])
    return { rule: 'priority-fee', feeUnit: startAmount, milliBipsPerFee: decayStart }
  if (pricingRule === pricingRuleCodes['block-dutch'])
    return { rule: 'block-dutch', startAmount, decayStartBlock: decayStart, curve }
  throw unsupportedOrder(DRAFT, 'pricingRule', pricingRule, '0, 1, 2 or 3')
}

function readAward({
  awardRule,
  awardParty,
  auctionRule,
  closesAt,
  exclusiveUntil,
  overrideBps,
}: OrderData): AwardRule {
  if (awardRule === awardRuleCodes.chain) return { by: 'chain' }
  if (awardRule === awardRuleCodes.user)
    return { by: 'user', solver: awardParty, exclusiveUntil, overrideBps }
  if (awardRule === awardRuleCodes.parts) return { by: 'parts', leastPartBps: overrideBps, exclusiveUntil }
  if (awardRule !== awardRuleCodes.auctioneer)
    throw unsupportedOrder(DRAFT, 'awardRule', awardRule, '0, 1, 2 or 3')
  const rule = auctionRules.find((each) => auctionRuleCodes[each] === auctionRule)
  if (rule === undefined)
    throw unsupportedOrder(DRAFT, 'auctionRule', auctionRule, `1 to ${auctionRules.length}`)
  return { by: 'auctioneer', auctioneer: awardParty, rule, closesAt, exclusiveUntil }
}
