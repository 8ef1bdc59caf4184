// From a block to the base fee of a later slot. The slots between are blocks in which only other people transact, so the
// walk repeats the rule of EIP-1559 with their demand. It ends as soon as the fee stands still: towards the equilibrium
// the fee moves by 1/denominator of its distance and never past it, so a walk takes a few hundred steps at most (some
// thousands at a denominator of 250), however long the chain was idle.
import { remembered } from '@solvent/primitives'
import type { BlockHeader, ChainSpec, FeeMarket } from '@solvent/protocol'
import { backgroundDemand } from './background-demand.ts'
import { gasTargetOf, nextBaseFee } from './base-fee.ts'
import { gasDemandAt } from './demand.ts'

/** What the next base fee follows from. */
export type ParentHeader = Pick<BlockHeader, 'number' | 'baseFee' | 'gasUsed' | 'market'>

/** Where the walk from a parent stood last: a waiting pool asks for one slot after the other. */
interface Step {
  readonly chain: ChainSpec
  readonly number: number
  readonly baseFee: bigint
}
const walkOf = remembered((_parent: ParentHeader): { step: Step | null } => ({ step: null }), 256)

/** Wei per gas in block `number`, whose parent this is; nothing but empty slots is between them. */
export function baseFeeAt(chain: ChainSpec, parent: ParentHeader, number: number): bigint {
  const { feeMarket } = chain
  if (feeMarket === undefined) return chain.baseFee
  const walked = walkOf(parent)
  const known = walked.step
  const from =
    known === null || known.chain !== chain || known.number > number
      ? firstStep(chain, feeMarket, parent)
      : known
  const baseFee = walk(feeMarket, parent, from, number)
  walked.step = { chain, number, baseFee }
  return baseFee
}

function firstStep(chain: ChainSpec, market: FeeMarket, parent: ParentHeader): Step {
  const gas = BigInt(parent.gasUsed + parent.market.backgroundGas)
  const baseFee = nextBaseFee(market, gasTargetOf(chain, market), parent.baseFee, gas)
  return { chain, number: parent.number + 1, baseFee }
}

function walk(market: FeeMarket, parent: ParentHeader, from: Step, number: number): bigint {
  const target = gasTargetOf(from.chain, market)
  let { baseFee } = from
  let at = from.number
  while (at < number) {
    const gas = BigInt(backgroundDemand(from.chain, baseFee, gasDemandAt(parent.market, at)))
    const next = nextBaseFee(market, target, baseFee, gas)
    if (next !== baseFee) at++
    // It stands still: until the demand changes, or for good.
    else if (at < parent.market.demandUntil) at = parent.market.demandUntil
    else break
    baseFee = next
  }
  return baseFee
}
