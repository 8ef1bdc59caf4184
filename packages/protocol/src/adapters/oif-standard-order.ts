// The StandardOrder of the Open Intents Framework (oif-contracts 5323b1b of 2026, src/input/types/StandardOrderType.sol;
// LI.FI speaks it too), both ways. Several inputs or outputs have no counterpart here and are refused.
import {
  type Address,
  bytesToHex,
  concatBytes,
  type Hash32,
  type Hex,
  hexToBytes,
  keccak256,
  keccakHex,
} from '@solvent/primitives'
import { putInteger, wordBuffer } from '../eip712/word.ts'
import type { Order } from '../order/order.ts'
import { type AbiType, decodeAbi, encodeAbi } from './abi.ts'
import { decodeOutputContext, encodeOutputContext } from './oif-output-context.ts'
import { readOrderData } from './read-order-data.ts'
import { unsupportedOrder } from './unsupported-order.ts'
import { addressToBytes32, bytes32ToAddress, uintToChainId } from './words.ts'

const DRAFT = 'OIF StandardOrder'

export interface StandardOrder {
  readonly user: Address
  readonly nonce: bigint
  readonly originChainId: bigint
  readonly expires: number
  readonly fillDeadline: number
  readonly inputOracle: Address
  /** Pairs of token (as a number) and amount. */
  readonly inputs: readonly (readonly [token: bigint, amount: bigint])[]
  readonly outputs: readonly MandateOutput[]
}

export interface MandateOutput {
  readonly oracle: Hash32
  readonly settler: Hash32
  readonly chainId: bigint
  readonly token: Hash32
  readonly amount: bigint
  readonly recipient: Hash32
  readonly callbackData: Hex
  readonly context: Hex
}

const inputsType: AbiType = { list: { fixed: 'uint256', length: 2 } }
const outputsType: AbiType = {
  list: {
    tuple: [
      ['oracle', 'bytes32'],
      ['settler', 'bytes32'],
      ['chainId', 'uint256'],
      ['token', 'bytes32'],
      ['amount', 'uint256'],
      ['recipient', 'bytes32'],
      ['callbackData', 'bytes'],
      ['context', 'bytes'],
    ],
  },
}

const standardOrderType: AbiType = {
  tuple: [
    ['user', 'address'],
    ['nonce', 'uint256'],
    ['originChainId', 'uint256'],
    ['expires', 'uint32'],
    ['fillDeadline', 'uint32'],
    ['inputOracle', 'address'],
    ['inputs', inputsType],
    ['outputs', outputsType],
  ],
}

/** The order in OIF's words; the prover is the oracle on both chains. */
export function toStandardOrder(order: Order): StandardOrder {
  const { input, output, prover } = order
  return {
    user: order.user,
    nonce: order.nonce,
    originChainId: BigInt(order.originChainId),
    expires: order.expires,
    fillDeadline: order.fillDeadline,
    inputOracle: prover,
    inputs: [[BigInt(input.token), input.amount]],
    outputs: [
      {
        oracle: addressToBytes32(prover),
        settler: addressToBytes32(output.settler),
        chainId: BigInt(output.chainId),
        token: addressToBytes32(output.token),
        amount: output.minAmount,
        recipient: addressToBytes32(output.recipient),
        callbackData: '0x' as Hex,
        context: encodeOutputContext(order),
      },
    ],
  }
}

/**
 * The order that a StandardOrder stands for. OIF opens while now < fillDeadline and names no opening deadline of its own;
 * the escrow contract is not in the struct, hence `originSettler`.
 *
 * @throws E_UNSUPPORTED_ORDER for anything but one input and one output, callbacks, a second oracle, unknown contexts
 * @example fromStandardOrder(toStandardOrder(order), order.originSettler) // equal to order
 */
export function fromStandardOrder(standard: StandardOrder, originSettler: Address): Order {
  const [token, amount] = only(standard.inputs, 'inputs')
  const output = only(standard.outputs, 'outputs')
  if (token >> 160n !== 0n) throw unsupportedOrder(DRAFT, 'inputs', token, 'a token address')
  if (output.callbackData.length > 2)
    throw unsupportedOrder(DRAFT, 'callbackData', output.callbackData, 'none')
  if (output.oracle !== addressToBytes32(standard.inputOracle)) {
    throw unsupportedOrder(DRAFT, 'oracle', output.oracle, 'the inputOracle')
  }
  const context = decodeOutputContext(output.context, output.amount)
  const head = {
    originChainId: uintToChainId(DRAFT, 'originChainId', standard.originChainId),
    originSettler,
    user: standard.user,
    nonce: standard.nonce,
    openDeadline: context.terms === 'solvent' ? context.openDeadline : Math.max(0, standard.fillDeadline - 1),
    fillDeadline: standard.fillDeadline,
  }
  if (context.terms === 'solvent')
    return agreed(readOrderData(head, context.orderDataType, context.orderData), standard)
  return {
    ...head,
    expires: standard.expires,
    input: { token: `0x${token.toString(16).padStart(40, '0')}` as Address, amount },
    output: {
      chainId: uintToChainId(DRAFT, 'chainId', output.chainId),
      settler: bytes32ToAddress(DRAFT, 'settler', output.settler),
      token: bytes32ToAddress(DRAFT, 'token', output.token),
      minAmount: output.amount,
      recipient: bytes32ToAddress(DRAFT, 'recipient', output.recipient),
    },
    prover: standard.inputOracle,
    pricing: context.pricing,
    award: context.award,
  }
}

/** `abi.encode(standardOrder)`. */
export function encodeStandardOrder(standard: StandardOrder): Uint8Array {
  return encodeAbi([standardOrderType], [standard])
}

/** @throws E_BAD_ABI */
export function decodeStandardOrder(bytes: Uint8Array): StandardOrder {
  return decodeAbi([standardOrderType], bytes)[0] as StandardOrder
}

/**
 * OIF's order id: keccak256 of the packed fields, with the settler that holds the escrow. It is another hash than
 * Solvent's order id (`orderDigest`).
 */
export function standardOrderId(standard: StandardOrder, settler: Address): Hash32 {
  const times = wordBuffer(2)
  putInteger(times, 0, standard.expires)
  putInteger(times, 1, standard.fillDeadline)
  const [chainId, nonce] = [standard.originChainId, standard.nonce].map((value) =>
    encodeAbi(['uint256'], [value]),
  )
  return keccakHex(
    concatBytes(
      chainId as Uint8Array,
      hexToBytes(settler),
      hexToBytes(standard.user),
      nonce as Uint8Array,
      times.subarray(28, 32),
      times.subarray(60, 64),
      hexToBytes(standard.inputOracle),
      keccak256(
        encodeAbi(
          standard.inputs.map(() => ({ fixed: 'uint256', length: 2 }) as const),
          standard.inputs,
        ),
      ),
      encodeAbi([outputsType], [standard.outputs]),
    ),
  )
}

/** The order inside a context must be the one around it. */
function agreed(order: Order, standard: StandardOrder): Order {
  if (bytesToHex(encodeStandardOrder(toStandardOrder(order))) === bytesToHex(encodeStandardOrder(standard)))
    return order
  throw unsupportedOrder(DRAFT, 'context', 'terms that differ from the fields around them', 'the same terms')
}

function only<T>(items: readonly T[], what: string): T {
  const [item] = items
  if (item === undefined || items.length !== 1)
    throw unsupportedOrder(DRAFT, what, `${items.length} of them`, 'exactly one')
  return item
}
