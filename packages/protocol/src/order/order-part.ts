// Parts of an order. An order that is awarded in parts is signed once and opened in pieces: each solver takes as much of the input as it wants
// to deliver for, and owes the same share of the output. What it takes is an order of its own, with its own id: it is filled, proven,
// claimed or refunded alone, and what nobody takes never leaves the user's account. Sources: partially fillable orders of CoW
// (GPv2Settlement: cumulative filledAmount per order, pro rata, rounded in the user's favour) and 0x v4 limit orders.
import {
  type Address,
  BPS,
  bytesToHex,
  hexToBytes,
  keccak256,
  mulDivFloor,
  mulDivUp,
  type OrderId,
} from '@solvent/primitives'
import type { Order, Pricing } from './order.ts'

/** What of an order a solver takes. */
export interface PartTaken {
  readonly solver: Address
  /** Base units of the order's input; above 0 and at most all of it. */
  readonly input: bigint
  /** Tells parts apart that one solver takes; uint32. */
  readonly salt: number
}

/** The least input that may be taken while more than it is left. */
export function leastPart(inputAmount: bigint, leastPartBps: number): bigint {
  return mulDivUp(inputAmount, BigInt(leastPartBps), BPS)
}

/**
 * The order that a part is: the same terms, pro rata and rounded up for the user, for the solver that took it alone while its window runs. Its
 * nonce is no nonce of the user's: it is drawn from the whole order's id, the solver and the salt, and makes the part's id.
 *
 * @param wholeId digest of `order`, which must be awarded in parts
 * @example orderPart({ ...order, input: { token, amount: 100n } }, id, { solver, input: 50n, salt: 0 }).input.amount // 50n
 */
export function orderPart(order: Order, wholeId: OrderId, { solver, input, salt }: PartTaken): Order {
  const whole = order.input.amount
  const exclusiveUntil = order.award.by === 'parts' ? order.award.exclusiveUntil : order.fillDeadline
  return Object.freeze<Order>({
    ...order,
    nonce: partNonce(wholeId, solver, salt),
    input: { ...order.input, amount: input },
    output: { ...order.output, minAmount: mulDivUp(order.output.minAmount, input, whole) },
    pricing: sharedPricing(order.pricing, input, whole),
    award: { by: 'user', solver, exclusiveUntil, overrideBps: 0 },
  })
}

function sharedPricing(pricing: Pricing, input: bigint, whole: bigint): Pricing {
  const share = (amount: bigint) => mulDivUp(amount, input, whole)
  if (pricing.rule === 'dutch') return { ...pricing, startAmount: share(pricing.startAmount) }
  if (pricing.rule !== 'block-dutch') return pricing
  // A fall is rounded down and a rise up: both for the user.
  const shareOfFall = (fall: bigint) => (fall < 0n ? -share(-fall) : mulDivFloor(fall, input, whole))
  const curve = pricing.curve.map(({ blocks, fall }) => ({ blocks, fall: shareOfFall(fall) }))
  return { ...pricing, startAmount: share(pricing.startAmount), curve }
}

/** keccak256(wholeId ‖ solver ‖ salt u32) as a number. */
function partNonce(wholeId: OrderId, solver: Address, salt: number): bigint {
  const bytes = new Uint8Array(56)
  bytes.set(hexToBytes(wholeId))
  bytes.set(hexToBytes(solver), 32)
  new DataView(bytes.buffer).setUint32(52, salt)
  return BigInt(bytesToHex(keccak256(bytes)))
}
