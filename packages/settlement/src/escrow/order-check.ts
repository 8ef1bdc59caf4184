// What must hold of an order before either settler looks at its state: its numbers make sense, and it names chains,
// contracts, tokens and a prover that exist. Both sides ask the same questions, so an order that opens can be filled.
import { BPS_NUMBER, ZERO_ADDRESS } from '@solvent/primitives'
import { findCurveFault, type Order, type RevertReason } from '@solvent/protocol'
import type { NetworkIndex } from '../chain/network-index.ts'

const MAX_UINT32 = 0xffff_ffff
const LIMIT_UINT256 = 1n << 256n

/** Why the network cannot settle this order, or null. */
export function checkOrder(index: NetworkIndex, order: Order): RevertReason | null {
  const { input, output } = order
  if (!shapely(order)) return 'invalid-order'
  const origin = index.chain(order.originChainId)
  const destination = index.chain(output.chainId)
  if (origin === undefined || destination === undefined || origin === destination) return 'wrong-chain'
  if (order.originSettler !== origin.settler || output.settler !== destination.settler) return 'wrong-settler'
  if (index.token(origin.chainId, input.token) === undefined) return 'unknown-token'
  if (index.token(destination.chainId, output.token) === undefined) return 'unknown-token'
  if (index.bridge(order.prover) === undefined) return 'unknown-prover'
  return isRecipient(index, order) ? null : 'invalid-order'
}

/** An account, or a contract that buys a derivative with this token on this chain. */
function isRecipient(index: NetworkIndex, { output }: Order): boolean {
  if (!index.isProtected(output.recipient)) return true
  const purchase = index.purchase(output.recipient)
  return purchase?.chainId === output.chainId && purchase.token === output.token
}

function shapely({
  user,
  nonce,
  openDeadline,
  fillDeadline,
  expires,
  input,
  output,
  pricing,
  award,
}: Order): boolean {
  return (
    user !== ZERO_ADDRESS &&
    nonce >= 0n &&
    nonce < LIMIT_UINT256 &&
    isTime(openDeadline) &&
    isTime(fillDeadline) &&
    isTime(expires) &&
    fillDeadline <= expires &&
    isAmount(input.amount) &&
    isAmount(output.minAmount) &&
    isPricing(pricing, output.minAmount) &&
    (award.by === 'chain' || isTime(award.exclusiveUntil)) &&
    (award.by !== 'user' || (Number.isInteger(award.overrideBps) && award.overrideBps >= 0)) &&
    (award.by !== 'parts' || isShare(award.leastPartBps))
  )
}

function isPricing(pricing: Order['pricing'], minAmount: bigint): boolean {
  switch (pricing.rule) {
    case 'limit':
      return true
    case 'dutch':
      return (
        isAmount(pricing.startAmount) &&
        pricing.startAmount >= minAmount &&
        isTime(pricing.decayStart) &&
        isTime(pricing.decayEnd) &&
        pricing.decayStart <= pricing.decayEnd
      )
    case 'block-dutch':
      return (
        isAmount(pricing.startAmount) &&
        isTime(pricing.decayStartBlock) &&
        findCurveFault(pricing, minAmount) === null
      )
    case 'priority-fee':
      return isAmount(pricing.feeUnit) && isTime(pricing.milliBipsPerFee)
  }
}

function isShare(bps: number): boolean {
  return Number.isInteger(bps) && bps >= 1 && bps <= BPS_NUMBER
}

function isTime(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_UINT32
}

function isAmount(amount: bigint): boolean {
  return amount > 0n && amount < LIMIT_UINT256
}
