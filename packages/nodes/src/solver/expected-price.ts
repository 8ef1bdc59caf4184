// What an order asks of a fill that is sent now, and when it will ask for no more than an amount. A price in seconds is that of the moment, a
// price in blocks that of the block the fill may land in: numbers count slots, so that the clock tells which comes next. Base units of the output.
import { type ChainId, msToSeconds, secondsToMs } from '@solvent/primitives'
import {
  firstAtOrBelow,
  firstBlockAtOrBelow,
  type NetworkSpec,
  type Order,
  orderPrice,
} from '@solvent/protocol'

/** When a solver sends its fill: the moment, and the destination's next block. */
export interface FillMoment {
  readonly nowSeconds: number
  readonly nextBlock: number
}

/** A fill may land some blocks after the next one, where a curve may ask for more. */
const BLOCKS_LATE = 2

/** The moment of a fill on a chain of the network. */
export function fillMoment(
  { genesisMs, chains }: NetworkSpec,
  destination: ChainId,
  nowMs: number,
): FillMoment {
  const slotMs = chains.find(({ chainId }) => chainId === destination)?.slotMs ?? 1
  return { nowSeconds: msToSeconds(nowMs), nextBlock: Math.floor((nowMs - genesisMs) / slotMs) + 1 }
}

/** The order's own price for a fill that is sent at a moment, before its tip. */
export function expectedPrice(order: Order, { nowSeconds: now, nextBlock }: FillMoment): bigint {
  const inBlock = (block: number) => orderPrice(order, { now, block, tip: 0n }).amount
  let most = inBlock(nextBlock)
  if (order.pricing.rule === 'block-dutch')
    for (let block = nextBlock + 1; block <= nextBlock + BLOCKS_LATE; block++) {
      const later = inBlock(block)
      if (later > most) most = later
    }
  return most
}

/** When to try an order next that asks for more than `amount` now, Unix ms; in the past if it is the price no longer that keeps it back, null if it always will. */
export function cheapFromMs(
  { pricing, output }: Order,
  amount: bigint,
  spec: NetworkSpec,
  nowMs: number,
): number | null {
  const { minAmount, chainId } = output
  if (pricing.rule === 'dutch') {
    const seconds = firstAtOrBelow({ ...pricing, endAmount: minAmount }, amount)
    return seconds === null ? null : secondsToMs(seconds)
  }
  if (pricing.rule !== 'block-dutch') return minAmount <= amount ? 0 : null
  const from = fillMoment(spec, chainId, nowMs).nextBlock + 1
  const block = firstBlockAtOrBelow(pricing, minAmount, { amount, from })
  const slotMs = spec.chains.find((chain) => chain.chainId === chainId)?.slotMs ?? 1
  // While the slot before runs it is the next one.
  return block === null ? null : spec.genesisMs + (block - 1) * slotMs
}
