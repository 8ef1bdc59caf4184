// The `context` of an OIF output: its first byte names the order type (oif-contracts src/output/simple/FulfilmentLib.sol).
// What OIF's types cannot say (auctions, overrides, an own opening deadline, a decay that is no whole slope) travels in a
// type of Solvent's own, so that every order has a StandardOrder and comes back from it unchanged.
import { type Address, bytesToHex, concatBytes, type Hash32, type Hex, hexToBytes } from '@solvent/primitives'
import { putHex, putInteger, putUint256, wordBuffer } from '../eip712/word.ts'
import type { AwardRule, Order, Pricing } from '../order/order.ts'
import { curveOrderDataType, encodeOrderData, ORDER_DATA_BYTES, orderDataType } from '../order/order-data.ts'
import { unsupportedOrder } from './unsupported-order.ts'
import { bytes32ToAddress } from './words.ts'

const DRAFT = 'OIF StandardOrder'
const UINT32_MAX = 0xffff_ffff

/** 0x00, 0x01, 0xe0 and 0xe1 are OIF's; 0x5e and, with a curve of blocks, 0x5f are Solvent's: openDeadline u32 ‖ orderData. */
const LIMIT = 0x00
const DUTCH = 0x01
const EXCLUSIVE_LIMIT = 0xe0
const EXCLUSIVE_DUTCH = 0xe1
const SOLVENT = 0x5e
const SOLVENT_CURVE = 0x5f

const CONTEXT_BYTES: Readonly<Record<number, number>> = {
  [LIMIT]: 1,
  [DUTCH]: 41,
  [EXCLUSIVE_LIMIT]: 37,
  [EXCLUSIVE_DUTCH]: 73,
  [SOLVENT]: 5 + ORDER_DATA_BYTES,
}

/** What a context says: terms in OIF's words, or all of an order. */
export type OutputContext =
  | { readonly terms: 'oif'; readonly pricing: Pricing; readonly award: AwardRule }
  | {
      readonly terms: 'solvent'
      readonly openDeadline: number
      readonly orderDataType: Hash32
      readonly orderData: Uint8Array
    }

/** The context of an order: OIF's own type where it says all, Solvent's where it does not. */
export function encodeOutputContext(order: Order): Hex {
  const { pricing, award } = order
  if (order.openDeadline === order.fillDeadline - 1) {
    const slope = pricing.rule === 'dutch' ? wholeSlope(pricing, order.output.minAmount) : null
    if (award.by === 'chain' && pricing.rule === 'limit') return '0x' as Hex
    if (award.by === 'chain' && pricing.rule === 'dutch' && slope !== null) {
      return join(DUTCH, uint32(pricing.decayStart), uint32(pricing.decayEnd), uint256(slope))
    }
    if (award.by === 'user' && award.overrideBps === 0 && award.exclusiveUntil < UINT32_MAX) {
      const start = award.exclusiveUntil + 1
      if (pricing.rule === 'limit') return join(EXCLUSIVE_LIMIT, bytes32(award.solver), uint32(start))
      if (pricing.rule === 'dutch' && slope !== null && pricing.decayStart === start) {
        return join(
          EXCLUSIVE_DUTCH,
          bytes32(award.solver),
          uint32(start),
          uint32(pricing.decayEnd),
          uint256(slope),
        )
      }
    }
  }
  const type = pricing.rule === 'block-dutch' ? SOLVENT_CURVE : SOLVENT
  return join(type, uint32(order.openDeadline), encodeOrderData(order))
}

/**
 * Reads a context; empty means limit. OIF lets others in from `startTime` on, Solvent after `exclusiveUntil`: one second
 * earlier.
 *
 * @throws E_UNSUPPORTED_ORDER for unknown types, wrong lengths, and decays that rise or run backwards
 */
export function decodeOutputContext(context: Hex, minAmount: bigint): OutputContext {
  const bytes = hexToBytes(context)
  const type = bytes[0] ?? LIMIT
  // A curve has as many points as it likes: what reads them refuses every other length.
  const isLong = type === SOLVENT_CURVE && bytes.length > 5 + ORDER_DATA_BYTES
  if (bytes.length !== 0 && !isLong && CONTEXT_BYTES[type] !== bytes.length) {
    throw unsupportedOrder(
      DRAFT,
      'context',
      `type ${type} of ${bytes.length} bytes`,
      'a known type at its length',
    )
  }
  switch (type) {
    case DUTCH:
      return { terms: 'oif', pricing: readDutch(bytes, 1, minAmount), award: { by: 'chain' } }
    case EXCLUSIVE_LIMIT:
      return { terms: 'oif', pricing: { rule: 'limit' }, award: readExclusive(bytes) }
    case EXCLUSIVE_DUTCH:
      return { terms: 'oif', pricing: readDutch(bytes, 33, minAmount), award: readExclusive(bytes) }
    case SOLVENT:
      return ofSolvent(bytes, orderDataType)
    case SOLVENT_CURVE:
      return ofSolvent(bytes, curveOrderDataType)
    default:
      return { terms: 'oif', pricing: { rule: 'limit' }, award: { by: 'chain' } }
  }
}

function ofSolvent(bytes: Uint8Array, type: Hash32): OutputContext {
  return {
    terms: 'solvent',
    openDeadline: readUint32(bytes, 1),
    orderDataType: type,
    orderData: bytes.subarray(5),
  }
}

/** OIF's decay in whole base units a second, or null where Solvent's line is none. */
function wholeSlope(pricing: Extract<Pricing, { rule: 'dutch' }>, minAmount: bigint): bigint | null {
  const seconds = BigInt(pricing.decayEnd - pricing.decayStart)
  const fall = pricing.startAmount - minAmount
  if (seconds <= 0n || fall < 0n || fall % seconds !== 0n) return null
  return fall / seconds
}

function readDutch(bytes: Uint8Array, at: number, minAmount: bigint): Pricing {
  const decayStart = readUint32(bytes, at)
  const decayEnd = readUint32(bytes, at + 4)
  const slope = BigInt(bytesToHex(bytes.subarray(at + 8, at + 40)))
  const startAmount = minAmount + slope * BigInt(decayEnd - decayStart)
  if (decayEnd <= decayStart || startAmount >> 256n !== 0n) {
    throw unsupportedOrder(DRAFT, 'context', 'a decay that runs backwards or over 2^256', 'start < stop')
  }
  return { rule: 'dutch', startAmount, decayStart, decayEnd }
}

function readExclusive(bytes: Uint8Array): AwardRule {
  const solver = bytes32ToAddress(DRAFT, 'exclusiveFor', bytesToHex(bytes.subarray(1, 33)))
  const start = readUint32(bytes, 33)
  return start === 0 ? { by: 'chain' } : { by: 'user', solver, exclusiveUntil: start - 1, overrideBps: 0 }
}

function join(type: number, ...parts: readonly Uint8Array[]): Hex {
  return bytesToHex(concatBytes(Uint8Array.of(type), ...parts))
}

function uint32(value: number): Uint8Array {
  const word = wordBuffer(1)
  putInteger(word, 0, value)
  return word.subarray(28)
}

function uint256(value: bigint): Uint8Array {
  const word = wordBuffer(1)
  putUint256(word, 0, value)
  return word
}

function bytes32(address: Address): Uint8Array {
  const word = wordBuffer(1)
  putHex(word, 0, address)
  return word
}

function readUint32(bytes: Uint8Array, at: number): number {
  return Number(BigInt(bytesToHex(bytes.subarray(at, at + 4))))
}
