// ERC-7683, draft of January 2025 (ethereum/ERCs 563555549): the order that a user signs, as struct and as ABI bytes.
// "ERC-7683 compatible" has two meanings; the resolver form of May 2026 is in erc7683-2026-05.ts.
import { type Address, bytesToHex, type Hash32, type Hex, hexToBytes } from '@solvent/primitives'
import type { Order } from '../order/order.ts'
import { encodeOrderData, orderDataTypeOf } from '../order/order-data.ts'
import { type AbiType, decodeAbi, encodeAbi } from './abi.ts'
import { readOrderData } from './read-order-data.ts'
import { uintToChainId } from './words.ts'

const DRAFT = 'ERC-7683 2025-01'

/** The struct with the value types of viem: uint256 as bigint, uint32 as number, bytes as hex. */
export interface GaslessCrossChainOrder {
  readonly originSettler: Address
  readonly user: Address
  readonly nonce: bigint
  readonly originChainId: bigint
  readonly openDeadline: number
  readonly fillDeadline: number
  readonly orderDataType: Hash32
  readonly orderData: Hex
}

export const gaslessOrderType: AbiType = {
  tuple: [
    ['originSettler', 'address'],
    ['user', 'address'],
    ['nonce', 'uint256'],
    ['originChainId', 'uint256'],
    ['openDeadline', 'uint32'],
    ['fillDeadline', 'uint32'],
    ['orderDataType', 'bytes32'],
    ['orderData', 'bytes'],
  ],
}

/** The order as the struct whose EIP-712 digest is its id. */
export function toGaslessOrder(order: Order): GaslessCrossChainOrder {
  return {
    originSettler: order.originSettler,
    user: order.user,
    nonce: order.nonce,
    originChainId: BigInt(order.originChainId),
    openDeadline: order.openDeadline,
    fillDeadline: order.fillDeadline,
    orderDataType: orderDataTypeOf(order),
    orderData: bytesToHex(encodeOrderData(order)),
  }
}

/**
 * The order that a struct stands for.
 *
 * @throws E_UNSUPPORTED_ORDER when its `orderData` is of another type or says what Solvent's order cannot, E_BAD_ABI
 * @example fromGaslessOrder(toGaslessOrder(order)) // equal to order
 */
export function fromGaslessOrder(gasless: GaslessCrossChainOrder): Order {
  const { originSettler, user, nonce, openDeadline, fillDeadline } = gasless
  const originChainId = uintToChainId(DRAFT, 'originChainId', gasless.originChainId)
  const head = { originChainId, originSettler, user, nonce, openDeadline, fillDeadline }
  return readOrderData(head, gasless.orderDataType, hexToBytes(gasless.orderData))
}

/** `abi.encode(order)` of the gasless order. */
export function encodeGaslessOrder(order: Order): Uint8Array {
  return encodeAbi([gaslessOrderType], [toGaslessOrder(order)])
}

/**
 * The order in `abi.encode(order)` of a gasless order.
 *
 * @throws E_BAD_ABI, E_UNSUPPORTED_ORDER
 */
export function decodeGaslessOrder(bytes: Uint8Array): Order {
  return fromGaslessOrder(decodeAbi([gaslessOrderType], bytes)[0] as GaslessCrossChainOrder)
}
