// Parts of orders, O-16 (and S-1 to S-4 of the whole): what a part is, how large it may be, and that all parts together are no more than the
// order. Source: the rules of GPv2Settlement for partially fillable orders (CoW), pro rata and rounded for the user; here they are
// checked by cross-multiplication. One that was taken back by a re-org gives its share back.
import { type Address, bytesToHex, hexToBytes, keccak256, type OrderId } from '@solvent/primitives'
import { type ChainEvent, type Order, orderDigest } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import type { SignatureRules } from './signature-rules.ts'
import type { Tally } from './tally.ts'

type Opened = Extract<ChainEvent, { kind: 'order-opened' }>
type OpenPart = Extract<NonNullable<Scope['transaction']>['call'], { kind: 'open-part' }>

interface Divided {
  taken: bigint
  parts: number
  isCancelled: boolean
}

export class PartRules {
  readonly #tally: Tally
  readonly #signatures: SignatureRules
  readonly #divided = new Map<OrderId, Divided>()

  constructor(tally: Tally, signatures: SignatureRules) {
    this.#tally = tally
    this.#signatures = signatures
  }

  /** A part was opened. */
  opened(scope: Scope, event: Opened, call: OpenPart): void {
    const whole = call.order
    const wholeId = orderDigest(whole)
    const divided = this.#divided.get(wholeId) ?? { taken: 0n, parts: 0, isCancelled: false }
    this.#signatures.part(scope, event.orderId, event.order)
    this.#signatures.divided(scope, { id: wholeId, order: whole, signature: call.signature }, divided.parts)
    this.#tally.checked['O-16']++
    const problem = partProblem(event, whole, wholeId, call, divided)
    if (problem !== null)
      this.#tally.breach(
        'O-16',
        scope.atMs,
        scope.chain.chainId,
        `part ${event.orderId} of order ${wholeId}, block ${scope.block.header.number}: ${problem}`,
      )
    divided.taken += event.order.input.amount
    divided.parts += 1
    this.#divided.set(wholeId, divided)
  }

  /** The user gave up what is left of an order. */
  cancelled(id: OrderId): void {
    const divided = this.#divided.get(id)
    if (divided !== undefined && divided.parts > 0) divided.isCancelled = true
  }

  /** Its block is orphaned; true when the order's nonce is free again with it. */
  undoOpened({ order }: Opened, whole: Order): boolean {
    const divided = this.#divided.get(orderDigest(whole))
    if (divided === undefined) return false
    divided.taken -= order.input.amount
    divided.parts -= 1
    return divided.parts === 0
  }

  undoCancelled(id: OrderId): void {
    const divided = this.#divided.get(id)
    if (divided !== undefined) divided.isCancelled = false
  }
}

function partProblem(
  { order, opener }: Opened,
  whole: Order,
  wholeId: OrderId,
  { salt }: OpenPart,
  { taken, isCancelled }: Divided,
): string | null {
  const rule = whole.award
  if (rule.by !== 'parts') return 'the order has no parts'
  if (isCancelled) return 'its user had given it up'
  const part = order.input.amount
  const left = whole.input.amount - taken
  if (part > left) return `takes ${part}, ${left} of ${whole.input.amount} are left`
  if (part !== left && part * 10_000n < whole.input.amount * BigInt(rule.leastPartBps))
    return `takes ${part} of ${whole.input.amount}, the least is ${rule.leastPartBps} basis points`
  if (part <= 0n) return `takes ${part}`
  if (!isShare(order.output.minAmount, whole.output.minAmount, part, whole.input.amount))
    return `owes ${order.output.minAmount} for ${part}, the whole ${whole.output.minAmount} for ${whole.input.amount}`
  if (!isPriceShare(order, whole)) return 'its price is not that of the order'
  const { award } = order
  const isTakers =
    award.by === 'user' &&
    award.solver === opener &&
    award.overrideBps === 0 &&
    award.exclusiveUntil === rule.exclusiveUntil
  if (!isTakers) return `is not for ${opener}, who took it, until ${rule.exclusiveUntil}`
  if (order.nonce !== nonceOf(wholeId, opener, salt)) return `has nonce ${order.nonce}`
  const same: readonly (keyof Order)[] = [
    'originChainId',
    'originSettler',
    'user',
    'openDeadline',
    'fillDeadline',
    'expires',
    'prover',
  ]
  const other = same.find((key) => order[key] !== whole[key])
  if (other !== undefined) return `its ${other} is not that of the order`
  const { chainId, settler, token, recipient } = order.output
  const isSameOutput =
    chainId === whole.output.chainId &&
    settler === whole.output.settler &&
    token === whole.output.token &&
    recipient === whole.output.recipient
  return isSameOutput && order.input.token === whole.input.token ? null : 'it moves other tokens'
}

/** amount is the least whole number with amount / wholeAmount >= part / wholePart. */
function isShare(amount: bigint, wholeAmount: bigint, part: bigint, wholePart: bigint): boolean {
  return amount * wholePart >= wholeAmount * part && (amount - 1n) * wholePart < wholeAmount * part
}

function isPriceShare({ pricing, input }: Order, whole: Order): boolean {
  const of = whole.pricing
  if (pricing.rule === 'limit' || of.rule === 'limit') return pricing.rule === of.rule
  if (pricing.rule === 'priority-fee')
    return (
      of.rule === 'priority-fee' &&
      pricing.feeUnit === of.feeUnit &&
      pricing.milliBipsPerFee === of.milliBipsPerFee
    )
  if (pricing.rule === 'block-dutch')
    return of.rule === 'block-dutch' && isCurveShare(pricing, of, input.amount, whole.input.amount)
  return (
    of.rule === 'dutch' &&
    pricing.decayStart === of.decayStart &&
    pricing.decayEnd === of.decayEnd &&
    isShare(pricing.startAmount, of.startAmount, input.amount, whole.input.amount)
  )
}

type Curve = Extract<Order['pricing'], { rule: 'block-dutch' }>

/** The same blocks, and of every fall the greatest whole number that is no more than its share. */
function isCurveShare(curve: Curve, of: Curve, part: bigint, wholePart: bigint): boolean {
  return (
    curve.decayStartBlock === of.decayStartBlock &&
    curve.curve.length === of.curve.length &&
    isShare(curve.startAmount, of.startAmount, part, wholePart) &&
    curve.curve.every(({ blocks, fall }, index) => {
      const point = of.curve[index]
      if (point?.blocks !== blocks) return false
      return fall * wholePart <= point.fall * part && (fall + 1n) * wholePart > point.fall * part
    })
  )
}

/** The audit's own: 32 bytes of the order's id, 20 of the solver, 4 of the salt, high byte first. */
function nonceOf(wholeId: OrderId, solver: Address, salt: number): bigint {
  const tail = salt.toString(16).padStart(8, '0')
  return BigInt(bytesToHex(keccak256(hexToBytes(`0x${wholeId.slice(2)}${solver.slice(2)}${tail}`))))
}
