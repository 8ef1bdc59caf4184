// The way back from `orderData` to an order.
import { type Address, equalBytes } from '@solvent/primitives'
import { auctionRules } from '../order/auction-rule.ts'
import type { AwardRule, Order, Pricing } from '../order/order.ts'
import {
  auctionRuleCodes,
  awardRuleCodes,
  encodeOrderData,
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

/** What the gasless order of 2025-01 says outside its `orderData`. */
export type OrderHead = Pick<
  Order,
  'originChainId' | 'originSettler' | 'user' | 'nonce' | 'openDeadline' | 'fillDeadline'
>

/**
 * Reads the rest of an order.
 *
 * @throws E_BAD_ABI, E_UNSUPPORTED_ORDER for unknown rules and for fields that their rule does not use
 */
export function readOrderData(head: OrderHead, bytes: Uint8Array): Order {
  const [data] = decodeAbi([dataType], bytes) as [OrderData]
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
    pricing: readPricing(data),
    award: readAward(data),
  }
  if (!equalBytes(encodeOrderData(order), bytes)) {
    throw unsupportedOrder(DRAFT, 'orderData', 'fields that its rules do not use', 'zero in their place')
  }
  return order
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

function readPricing({ pricingRule, startAmount, decayStart, decayEnd }: OrderData): Pricing {
  if (pricingRule === pricingRuleCodes.limit) return { rule: 'limit' }
  if (pricingRule === pricingRuleCodes.dutch) return { rule: 'dutch', startAmount, decayStart, decayEnd }
  if (pricingRule === pricingRuleCodes['priority-fee'])
    return { rule: 'priority-fee', feeUnit: startAmount, milliBipsPerFee: decayStart }
  throw unsupportedOrder(DRAFT, 'pricingRule', pricingRule, '0, 1 or 2')
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
