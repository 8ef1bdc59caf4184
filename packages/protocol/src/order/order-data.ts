// What an order says beyond the fields of ERC-7683's GaslessCrossChainOrder travels in its `orderData`: the ABI encoding
// of one static struct. Rules that an order does not use are zero, so that every order has exactly one encoding.
import { bytesToHex, type Hash32 } from '@solvent/primitives'
import { keccakOfText } from '../eip712/domain.ts'
import { putHex, putInteger, putUint256, WORD_BYTES, wordBuffer } from '../eip712/word.ts'
import type { Order } from './order.ts'

/** The struct, as EIP-712 and ABI name it. */
export const orderDataTypeString =
  'SolventOrderData(uint32 expires,address inputToken,uint256 inputAmount,uint256 outputChainId,address outputSettler,' +
  'address outputToken,uint256 minOutputAmount,address recipient,address prover,uint8 pricingRule,uint256 startAmount,' +
  'uint32 decayStart,uint32 decayEnd,uint8 awardRule,address awardParty,uint8 auctionRule,uint32 closesAt,' +
  'uint32 exclusiveUntil,uint32 overrideBps)'

/** keccak256 of the type string: the `orderDataType` of every Solvent order. */
export const orderDataType = bytesToHex(keccakOfText(orderDataTypeString)) as Hash32

export const ORDER_DATA_BYTES = 19 * WORD_BYTES

/** Numbers of the rules inside `orderData`. */
export const pricingRuleCodes = { limit: 0, dutch: 1, 'priority-fee': 2 } as const
export const awardRuleCodes = { chain: 0, user: 1, auctioneer: 2, parts: 3 } as const
export const auctionRuleCodes = {
  none: 0,
  'first-price': 1,
  'second-price': 2,
  'request-for-quote': 3,
  'sealed-encrypted': 4,
  'fair-combinatorial': 5,
} as const

/** The `orderData` of an order, 608 fresh bytes. */
export function encodeOrderData(order: Order): Uint8Array {
  const buffer = wordBuffer(19)
  writeOrderData(buffer, order)
  return buffer
}

/** Writes the `orderData` of an order into a buffer of 19 words. */
export function writeOrderData(buffer: Uint8Array, order: Order): void {
  const { input, output, pricing, award } = order
  buffer.fill(0, 10 * WORD_BYTES)
  putInteger(buffer, 0, order.expires)
  putHex(buffer, 1, input.token)
  putUint256(buffer, 2, input.amount)
  putInteger(buffer, 3, output.chainId)
  putHex(buffer, 4, output.settler)
  putHex(buffer, 5, output.token)
  putUint256(buffer, 6, output.minAmount)
  putHex(buffer, 7, output.recipient)
  putHex(buffer, 8, order.prover)
  putInteger(buffer, 9, pricingRuleCodes[pricing.rule])
  if (pricing.rule === 'dutch') {
    putUint256(buffer, 10, pricing.startAmount)
    putInteger(buffer, 11, pricing.decayStart)
    putInteger(buffer, 12, pricing.decayEnd)
  } else if (pricing.rule === 'priority-fee') {
    putUint256(buffer, 10, pricing.feeUnit)
    putInteger(buffer, 11, pricing.milliBipsPerFee)
  }
  putInteger(buffer, 13, awardRuleCodes[award.by])
  if (award.by === 'user') {
    putHex(buffer, 14, award.solver)
    putInteger(buffer, 17, award.exclusiveUntil)
    putInteger(buffer, 18, award.overrideBps)
  } else if (award.by === 'auctioneer') {
    putHex(buffer, 14, award.auctioneer)
    putInteger(buffer, 15, auctionRuleCodes[award.rule])
    putInteger(buffer, 16, award.closesAt)
    putInteger(buffer, 17, award.exclusiveUntil)
  } else if (award.by === 'parts') {
    putInteger(buffer, 17, award.exclusiveUntil)
    putInteger(buffer, 18, award.leastPartBps)
  }
}
