// From a block to the excess blob gas of a later slot, as the walk of the base fee: only others post blobs in the slots
// between, and the walk ends where the excess stands still.
import { remembered } from '@solvent/primitives'
import { type BlobMarket, GAS_PER_BLOB } from '@solvent/protocol'
import { blobBaseFee, blobDemand, nextExcess } from './blob-fee.ts'
import { blobDemandAt } from './demand.ts'
import type { ParentHeader } from './fee-walk.ts'

interface Step {
  readonly market: BlobMarket
  readonly number: number
  readonly excess: number
}
const walkOf = remembered((_parent: ParentHeader): { step: Step | null } => ({ step: null }), 256)

/** Excess blob gas of block `number`, whose parent this is; nothing but empty slots is between them. */
export function excessAt(market: BlobMarket, parent: ParentHeader, number: number): number {
  const walked = walkOf(parent)
  const known = walked.step
  const from =
    known === null || known.market !== market || known.number > number ? firstStep(market, parent) : known
  const excess = walk(parent, from, number)
  walked.step = { market, number, excess }
  return excess
}

function firstStep(market: BlobMarket, parent: ParentHeader): Step {
  const { excessBlobGas, blobGasUsed } = parent.market
  return { market, number: parent.number + 1, excess: nextExcess(market, excessBlobGas, blobGasUsed) }
}

function walk(parent: ParentHeader, { market, number: first, excess: start }: Step, number: number): number {
  let excess = start
  let at = first
  while (at < number) {
    const blobs = blobDemand(market, blobBaseFee(market, excess), blobDemandAt(parent.market, at))
    const next = nextExcess(market, excess, blobs * GAS_PER_BLOB)
    if (next !== excess) at++
    else if (at < parent.market.blobDemandUntil) at = parent.market.blobDemandUntil
    else break
    excess = next
  }
  return excess
}
