// ERC-7683, draft of January 2025: what a filler needs to know of an order, whatever its sub-type.
import {
  type Address,
  bytesToHex,
  type Hash32,
  type Hex,
  minBig,
  type OrderId,
  ZERO_HASH,
} from '@solvent/primitives'
import { orderDigest } from '../eip712/order-digest.ts'
import { highestOfCurve } from '../order/block-curve.ts'
import { overriddenAmount } from '../order/exclusivity.ts'
import type { Order } from '../order/order.ts'
import { type AbiType, encodeAbi } from './abi.ts'
import { encodeGaslessOrder } from './erc7683-2025-01.ts'
import { addressToBytes32 } from './words.ts'

export interface ResolvedCrossChainOrder {
  readonly user: Address
  readonly originChainId: bigint
  readonly openDeadline: number
  readonly fillDeadline: number
  readonly orderId: OrderId
  /** A cap on what the filler sends. */
  readonly maxSpent: readonly ResolvedOutput[]
  /** A floor on what the filler receives; its recipient is not known here (zero). */
  readonly minReceived: readonly ResolvedOutput[]
  readonly fillInstructions: readonly FillInstruction[]
}

export interface ResolvedOutput {
  readonly token: Hash32
  readonly amount: bigint
  readonly recipient: Hash32
  readonly chainId: bigint
}

export interface FillInstruction {
  readonly destinationChainId: bigint
  readonly destinationSettler: Hash32
  /** The gasless order itself: the destination settler needs nothing else of the origin. */
  readonly originData: Hex
}

const outputsType: AbiType = {
  list: {
    tuple: [
      ['token', 'bytes32'],
      ['amount', 'uint256'],
      ['recipient', 'bytes32'],
      ['chainId', 'uint256'],
    ],
  },
}

const resolvedOrderType: AbiType = {
  tuple: [
    ['user', 'address'],
    ['originChainId', 'uint256'],
    ['openDeadline', 'uint32'],
    ['fillDeadline', 'uint32'],
    ['orderId', 'bytes32'],
    ['maxSpent', outputsType],
    ['minReceived', outputsType],
    [
      'fillInstructions',
      {
        list: {
          tuple: [
            ['destinationChainId', 'uint256'],
            ['destinationSettler', 'bytes32'],
            ['originData', 'bytes'],
          ],
        },
      },
    ],
  ],
}

const MAX_UINT256 = 2n ** 256n - 1n

/**
 * The order as fillers read it. Pass the award's amount as `awarded`: an auction binds the winner to more than the
 * order's minimum.
 */
export function toResolvedOrder(order: Order, awarded: bigint = 0n): ResolvedCrossChainOrder {
  const { input, output } = order
  return {
    user: order.user,
    originChainId: BigInt(order.originChainId),
    openDeadline: order.openDeadline,
    fillDeadline: order.fillDeadline,
    orderId: orderDigest(order),
    maxSpent: [
      {
        token: addressToBytes32(output.token),
        amount: mostSpent(order, awarded),
        recipient: addressToBytes32(output.recipient),
        chainId: BigInt(output.chainId),
      },
    ],
    minReceived: [
      {
        token: addressToBytes32(input.token),
        amount: input.amount,
        recipient: ZERO_HASH,
        chainId: BigInt(order.originChainId),
      },
    ],
    fillInstructions: [
      {
        destinationChainId: BigInt(output.chainId),
        destinationSettler: addressToBytes32(output.settler),
        originData: bytesToHex(encodeGaslessOrder(order)),
      },
    ],
  }
}

/** `abi.encode(resolvedOrder)`: the data of the draft's Open event. */
export function encodeResolvedOrder(resolved: ResolvedCrossChainOrder): Uint8Array {
  return encodeAbi([resolvedOrderType], [resolved])
}

/**
 * The most that any filler can be asked for: the start of the decay or the award, and the override on top where one who
 * was not named may fill during exclusivity.
 */
export function mostSpent({ output, pricing, award }: Order, awarded: bigint): bigint {
  const start = largest(output.minAmount, startOf(pricing))
  const base = largest(awarded, start)
  const most = award.by === 'user' ? overriddenAmount(base, award.overrideBps).amount : base
  return minBig(most, MAX_UINT256)
}

function startOf(pricing: Order['pricing']): bigint {
  if (pricing.rule === 'dutch') return pricing.startAmount
  return pricing.rule === 'block-dutch' ? highestOfCurve(pricing) : 0n
}

function largest(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
