// What an order says beyond the fields of ERC-7683's GaslessCrossChainOrder travels in its `orderData`: the ABI encoding
// of one static struct, and for a price along a curve of blocks of that struct with the curve behind it (packed as UniswapX V3 does).
// Rules that an order does not use are zero, so that every order has exactly one encoding.
import { bytesToHex, type Hash32 } from '@solvent/primitives'
import { keccakOfText } from '../eip712/domain.ts'
import { putHex, putInteger, putUint256, WORD_BYTES, wordBuffer } from '../eip712/word.ts'
import { auctionRuleCodes } from './auction-rule.ts'
import type { BlockCurve } from './block-curve.ts'
import type { Order } from './order.ts'

/** The struct, as EIP-712 and ABI name it. */
export const orderDataTypeString =
  'SolventOrderData(uint32 expires,address inputToken,uint256 inputAmount,uint256 outputChainId,address outputSettler,' +
  'address outputToken,uint256 minOutputAmount,address recipient,address prover,uint8 pricingRule,uint256 startAmount,' +
  'uint32 decayStart,uint32 decayEnd,uint8 awardRule,address awardParty,uint8 auctionRule,uint32 closesAt,' +
  'uint32 exclusiveUntil,uint32 overrideBps)'

/** keccak256 of the type string: the `orderDataType` of every Solvent order. */
export const orderDataType = bytesToHex(keccakOfText(orderDataTypeString)) as Hash32

/** An order whose price follows a curve of blocks says more: the same struct, and the curve. */
export const curveOrderDataTypeString = `SolventCurveOrderData(SolventOrderData order,uint256 relativeBlocks,int256[] relativeAmounts)${orderDataTypeString}`

/** keccak256 of that type string. */
export const curveOrderDataType = bytesToHex(keccakOfText(curveOrderDataTypeString)) as Hash32

/** The type of an order's `orderData`. */
export function orderDataTypeOf({ pricing }: Pick<Order, 'pricing'>): Hash32 {
  return pricing.rule === 'block-dutch' ? curveOrderDataType : orderDataType
}

const WORDS = 19
export const ORDER_DATA_BYTES = WORDS * WORD_BYTES

/** Numbers of the rules inside `orderData`. */
export const pricingRuleCodes = { limit: 0, dutch: 1, 'priority-fee': 2, 'block-dutch': 3 } as const
export const awardRuleCodes = { chain: 0, user: 1, auctioneer: 2, parts: 3 } as const
/** The `orderData` of an order, 608 fresh bytes; 128 more and 32 a point with a curve. */
export function encodeOrderData(order: Order): Uint8Array {
  const { pricing } = order
  if (pricing.rule === 'block-dutch') return encodeWithCurve(order, pricing)
  const buffer = wordBuffer(WORDS)
  writeOrderData(buffer, order)
  return buffer
}

/** `abi.encode` of the struct with its dynamic part: where it begins, the order in place, the blocks, where the amounts begin, the amounts. */
function encodeWithCurve(order: Order, { curve }: BlockCurve): Uint8Array {
  const buffer = wordBuffer(WORDS + 4 + curve.length)
  putInteger(buffer, 0, WORD_BYTES)
  writeOrderData(buffer.subarray(WORD_BYTES, (WORDS + 1) * WORD_BYTES), order)
  putUint256(buffer, WORDS + 1, packedBlocks(curve))
  putInteger(buffer, WORDS + 2, (WORDS + 2) * WORD_BYTES)
  putInteger(buffer, WORDS + 3, curve.length)
  curve.forEach(({ fall }, index) => {
    putUint256(buffer, WORDS + 4 + index, BigInt.asUintN(256, fall))
  })
  return buffer
}

/** Sixteen bits a point, the first lowest (UniswapX Uint16Array). */
function packedBlocks(curve: BlockCurve['curve']): bigint {
  return curve.reduceRight((packed, { blocks }) => (packed << 16n) | BigInt(blocks), 0n)
}

/** Writes the static part of an order's `orderData` into a buffer of 19 words. */
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
  } else if (pricing.rule === 'block-dutch') {
    putUint256(buffer, 10, pricing.startAmount)
    putInteger(buffer, 11, pricing.decayStartBlock)
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
