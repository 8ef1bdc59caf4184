// What a solver delivers, and what it pays the block's producer, when it fills: the price that is due, or, where fills compete in priority
// fees, the highest fee whose output its offer still covers. Base units of the output token; tips in wei per gas.

import { highestFee } from '@solvent/mechanisms'
import { type Address, mulDivUp, wholeUnit, ZERO_ADDRESS } from '@solvent/primitives'
import { amountAtFee, type Order } from '@solvent/protocol'
import { gasOf } from '@solvent/settlement'
import type { Engagement } from './engagement.ts'
import type { FillMoment } from './expected-price.ts'
import type { NetworkFacts } from './network-facts.ts'
import { requiredOutput } from './required-output.ts'

export interface FillOffer {
  /** Null while this solver is barred. */
  readonly amount: bigint | null
  /** Null: the usual one. */
  readonly tip: bigint | null
}

/** The fill that this solver would send at a moment. */
export function fillOffer(
  { signed, award, offer }: Pick<Engagement, 'signed' | 'award' | 'offer'>,
  self: Address,
  facts: NetworkFacts,
  moment: FillMoment,
): FillOffer {
  const { order } = signed
  const due = requiredOutput(order, self, award?.award ?? null, moment)
  const { pricing, output } = order
  if (pricing.rule !== 'priority-fee' || due === null) return { amount: due, tip: null }
  const milliBipsPerFee = BigInt(pricing.milliBipsPerFee)
  const feeCost = feeCostOf(order, pricing.feeUnit, facts)
  const fee = highestFee(offer, { reserve: output.minAmount, milliBipsPerFee, feeCost })
  return { amount: amountAtFee(output.minAmount, fee, milliBipsPerFee).amount, tip: fee * pricing.feeUnit }
}

/** What one unit of fee costs whoever fills, in base units of the output, rounded up; 0 where gas or output have no price. */
function feeCostOf({ output }: Order, feeUnit: bigint, facts: NetworkFacts): bigint {
  const gas = facts.token(output.chainId, ZERO_ADDRESS)
  const token = facts.token(output.chainId, output.token)
  if (gas === undefined || token === undefined) return 0n
  const wei = BigInt(gasOf('fill')) * feeUnit
  return mulDivUp(wei * wholeUnit(token.decimals), gas.priceE8, token.priceE8 * wholeUnit(gas.decimals))
}
