// The people of a population, drawn before the run: what each has lent, pledged and borrowed, and how it is minded. Streams are named
// by the population, so that another one shifts nothing.
import type { Rng } from '@solvent/ports'
import type { Address } from '@solvent/primitives'
import { contractAddress } from '@solvent/protocol'
import {
  type CrowdMember,
  debtAt,
  drawQuantiles,
  drawSizes,
  type LoanTerms,
  type Quantile,
} from '@solvent/strategies'

const PPM = 1_000_000

export interface PeopleDraw {
  readonly name: string
  readonly count: number
  /** Base units that all of them have together. */
  readonly total: bigint
  readonly sizeSigma: number
}

/** Suppliers with what each has lent and the pressure that each can bear. */
export function drawSuppliers(
  { name, count, total, sizeSigma, thresholds }: PeopleDraw & { readonly thresholds: readonly Quantile[] },
  rng: Rng,
): CrowdMember[] {
  const sizes = drawSizes({ total, count, sigma: sizeSigma }, rng.stream(`population/${name}/sizes`))
  const minds = drawQuantiles(thresholds, count, rng.stream(`population/${name}/thresholds`))
  return sizes.map((amount, member) => ({ amount, threshold: minds[member]! }))
}

export interface BorrowerDraw extends PeopleDraw, LoanTerms {
  readonly healthFactor: readonly Quantile[]
  /** Share of those who watch their loans, and what part of its debt each of them can pay back. */
  readonly watchShare: number
  readonly savings: number
}

export interface DrawnBorrower {
  readonly address: Address
  /** Base units; the debt is rounded down. */
  readonly collateral: bigint
  readonly debt: bigint
  /** 0 for those who do not watch. */
  readonly savings: bigint
}

/** Borrowers at their health factors. */
export function drawBorrowers(draw: BorrowerDraw, rng: Rng): DrawnBorrower[] {
  const { name, count, total, sizeSigma, healthFactor, watchShare } = draw
  const sizes = drawSizes({ total, count, sigma: sizeSigma }, rng.stream(`population/${name}/sizes`))
  const health = drawQuantiles(healthFactor, count, rng.stream(`population/${name}/health`))
  const order = rng.stream(`population/${name}/watch`).shuffle(sizes.map((_, member) => member))
  const watching = new Set(order.slice(0, Math.round(count * watchShare)))
  const savingsPpm = BigInt(Math.round(draw.savings * PPM))
  return sizes.flatMap((collateral, member) => {
    const debt = debtAt(collateral, health[member]!, draw)
    if (collateral === 0n || debt === 0n) return []
    const savings = watching.has(member) ? (debt * savingsPpm) / BigInt(PPM) : 0n
    return [{ address: contractAddress('member', `${name}/${member}`), collateral, debt, savings }]
  })
}
