// How much a loss weighs with people: the value function of prospect theory, in shares of what they had at the reference point (what they came with).
// v(x) = x^α for gains, −λ·(−x)^α for losses. Source: Tversky, Kahneman, "Advances in prospect theory", J. Risk and Uncertainty 5, 1992,
// p. 309 and 311: medians α = β = 0.88, λ = 2.25. Curved, so that small losses weigh more than in proportion; λ > 1, so that losses weigh more than gains.
import { pow } from '@solvent/primitives'

export interface LossAversion {
  /** λ: what a loss weighs beside a gain of the same size. */
  readonly factor: number
  /** α, above 0; 1: in proportion. */
  readonly curvature: number
}

/**
 * What a loss is felt as.
 *
 * @param loss share of what they had; below 0: a gain
 * @param aversion null: people reckon in proportion
 * @example feltLoss(0.1, { factor: 2.25, curvature: 0.88 }) // 0.2966
 */
export function feltLoss(loss: number, aversion: LossAversion | null): number {
  if (aversion === null || loss === 0) return loss
  const { factor, curvature } = aversion
  return loss > 0 ? factor * pow(loss, curvature) : -pow(-loss, curvature)
}
