// The shape of how people feel losses. Source: Tversky, Kahneman 1992 (medians of their subjects).
import { z } from 'zod'

export const lossAversionSchema = z.strictObject({
  /** What a loss weighs beside a gain of the same size. */
  factor: z.number().min(1).max(100).default(2.25),
  /** Below 1: small losses weigh more than in proportion. */
  curvature: z.number().gt(0).max(1).default(0.88),
})
