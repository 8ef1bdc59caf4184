// What a fill must deliver, O-7 and O-12, by cross-multiplication: no division, so no rounding to agree on.
// Source: UniswapX DutchDecayLib and ExclusivityLib (semantics); the award binds its winner while its window runs.
import { type Address, BPS, ZERO_ADDRESS } from '@solvent/primitives'
import type { Award, ChainEvent, Order } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import { curvePrice } from './curve-price.ts'
import type { InvariantId } from './invariant-id.ts'
import type { OrderRecord } from './order-record.ts'
import type { Tally } from './tally.ts'

/** An exact amount, `numerator / denominator` base units; the denominator is positive. */
interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

export class PriceRules {
  readonly #tally: Tally

  constructor(tally: Tally) {
    this.#tally = tally
  }

  /** An opening inside an auctioneer's window is the winner's alone. */
  opened(scope: Scope, event: Extract<ChainEvent, { kind: 'order-opened' }>): void {
    const { order } = event
    if (order.award.by !== 'auctioneer') return
    this.#tally.checked['O-12']++
    const winner = awardOf(scope)?.winner ?? ZERO_ADDRESS
    if (
      scope.timestamp <= order.award.exclusiveUntil &&
      (winner === ZERO_ADDRESS || winner !== event.opener)
    ) {
      this.#breach(
        scope,
        'O-12',
        event.orderId,
        `opened by ${event.opener}, the award names ${winner} until ${order.award.exclusiveUntil}`,
      )
    }
  }

  filled(scope: Scope, event: Extract<ChainEvent, { kind: 'order-filled' }>): void {
    const { order, outputAmount, solver, orderId } = event
    const now = scope.timestamp
    const tally = this.#tally
    tally.checked['O-7']++
    tally.checked['O-12']++
    const price = priceAt(order, scope)
    if (outputAmount < order.output.minAmount) {
      this.#breach(scope, 'O-7', orderId, `delivered ${outputAmount}, the limit is ${order.output.minAmount}`)
    }
    const rule = order.award
    if (rule.by === 'auctioneer' && now <= rule.exclusiveUntil) {
      const award = awardOf(scope)
      if (award === null || award.winner === ZERO_ADDRESS || award.winner !== solver) {
        this.#breach(
          scope,
          'O-12',
          orderId,
          `filled by ${solver} at ${now}, the award names ${award?.winner ?? 'nobody'} until ${rule.exclusiveUntil}`,
        )
      } else if (outputAmount < award.outputAmount) {
        this.#breach(scope, 'O-7', orderId, `delivered ${outputAmount}, awarded at ${award.outputAmount}`)
      }
      return
    }
    const isNamed = rule.by !== 'user' || rule.solver === solver || rule.solver === ZERO_ADDRESS
    if (isNamed || now > rule.exclusiveUntil) {
      if (!reaches(outputAmount, price, 0)) {
        this.#breach(
          scope,
          'O-7',
          orderId,
          `delivered ${outputAmount} at ${now}, the price is ${price.numerator}/${price.denominator}`,
        )
      }
      return
    }
    if (rule.overrideBps === 0 || !reaches(outputAmount, price, rule.overrideBps)) {
      this.#breach(
        scope,
        'O-12',
        orderId,
        `filled by ${solver} at ${now} with ${outputAmount}, ${rule.solver} is named until ${rule.exclusiveUntil} with override ${rule.overrideBps} bps`,
      )
    }
  }

  /** The limit price of what was paid: output / payout is at least minAmount / input. */
  settled(scope: Scope, record: OrderRecord, payout: bigint): void {
    const { proof, order } = record
    if (proof === null) return
    this.#tally.checked['O-7']++
    if (proof.outputAmount * order.input.amount < order.output.minAmount * payout) {
      this.#breach(
        scope,
        'O-7',
        record.id,
        `paid ${payout} of ${order.input.amount} for ${proof.outputAmount}, the limit is ${order.output.minAmount}`,
      )
    }
  }

  #breach(scope: Scope, id: InvariantId, order: string, detail: string): void {
    this.#tally.breach(
      id,
      scope.atMs,
      scope.chain.chainId,
      `order ${order}, block ${scope.block.header.number}: ${detail}`,
    )
  }
}

/** EIP-1559: the priority fee, as far as the most that is offered leaves room above the base fee. */
export function tipOf(transaction: Scope['transaction'], baseFee: bigint): bigint {
  if (transaction === null || transaction === undefined) return 0n
  const room = transaction.maxFeePerGas - baseFee
  return room < transaction.maxPriorityFeePerGas ? room : transaction.maxPriorityFeePerGas
}

/** The award that the transaction brings, if it brings one. */
function awardOf(scope: Scope): Award | null {
  const call = scope.transaction?.call
  return call?.kind === 'open' || call?.kind === 'fill' ? (call.award?.award ?? null) : null
}

/** The order's own price at a moment, in a block and at the fee of the transaction, exactly. */
function priceAt({ pricing, output }: Order, { timestamp: now, transaction, block }: Scope): Fraction {
  if (pricing.rule === 'priority-fee') {
    const fee = tipOf(transaction, block.header.baseFee) / pricing.feeUnit
    const grown = 10_000_000n + fee * BigInt(pricing.milliBipsPerFee)
    return { numerator: output.minAmount * grown, denominator: 10_000_000n }
  }
  if (pricing.rule === 'block-dutch') return curvePrice(pricing, output.minAmount, block.header.number)
  if (pricing.rule === 'limit' || now >= pricing.decayEnd)
    return { numerator: output.minAmount, denominator: 1n }
  if (now <= pricing.decayStart) return { numerator: pricing.startAmount, denominator: 1n }
  const duration = BigInt(pricing.decayEnd - pricing.decayStart)
  const elapsed = BigInt(now - pricing.decayStart)
  return {
    numerator: pricing.startAmount * duration - (pricing.startAmount - output.minAmount) * elapsed,
    denominator: duration,
  }
}

/**
 * Whether an amount reaches a price with an override. The override is of the price in whole units, rounded up, as a
 * contract has no fractions to raise.
 */
function reaches(amount: bigint, { numerator, denominator }: Fraction, overrideBps: number): boolean {
  if (overrideBps === 0) return amount * denominator >= numerator
  const whole = (numerator + denominator - 1n) / denominator
  return amount * BPS >= whole * (BPS + BigInt(overrideBps))
}

/** Exported for the rounding rules: who must pay an override on this fill. */
export function paysOverride(order: Order, solver: Address, now: number): boolean {
  const rule = order.award
  return (
    rule.by === 'user' && now <= rule.exclusiveUntil && rule.solver !== solver && rule.solver !== ZERO_ADDRESS
  )
}
