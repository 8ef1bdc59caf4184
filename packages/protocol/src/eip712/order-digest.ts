// The order's EIP-712 digest is its id: what the user signs, and the key under which chains and nodes know it.
import { keccak256, type OrderId, remembered } from '@solvent/primitives'
import type { Order } from '../order/order.ts'
import { curveOrderDataType, encodeOrderData, orderDataType, writeOrderData } from '../order/order-data.ts'
import { domainNames, domainSeparator } from './domain.ts'
import { structBuffer, typedDigest } from './typed-digest.ts'
import { putHex, putInteger, putUint256, wordBuffer } from './word.ts'

export const orderTypeString =
  'GaslessCrossChainOrder(address originSettler,address user,uint256 nonce,uint256 originChainId,uint32 openDeadline,' +
  'uint32 fillDeadline,bytes32 orderDataType,bytes orderData)'

const plainStruct = structBuffer(orderTypeString, 8)
putHex(plainStruct, 7, orderDataType)
const curveStruct = structBuffer(orderTypeString, 8)
putHex(curveStruct, 7, curveOrderDataType)
const orderData = wordBuffer(19)

/**
 * EIP-712 digest of an order as the ERC-7683 GaslessCrossChainOrder of January 2025, in the domain of its origin settler.
 * Remembered for a while for its object.
 *
 * @throws E_RANGE when a field does not fit its ABI type
 */
export const orderDigest: (order: Order) => OrderId = remembered((order: Order) => {
  const isCurve = order.pricing.rule === 'block-dutch'
  const struct = isCurve ? curveStruct : plainStruct
  if (!isCurve) writeOrderData(orderData, order)
  putHex(struct, 1, order.originSettler)
  putHex(struct, 2, order.user)
  putUint256(struct, 3, order.nonce)
  putInteger(struct, 4, order.originChainId)
  putInteger(struct, 5, order.openDeadline)
  putInteger(struct, 6, order.fillDeadline)
  struct.set(keccak256(isCurve ? encodeOrderData(order) : orderData), 8 * 32)
  return typedDigest(domainSeparator(domainNames.order, order.originChainId, order.originSettler), struct)
})
