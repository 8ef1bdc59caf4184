// What a figure is at a point: its mean over the replicates that have it.
import { pointsTogether, type SweepPlan } from '../sweep/sweep-plan.ts'
import { replicatesOf } from './sweep-columns.ts'

/** NaN where no replicate has it. */
export function meanAt(plan: SweepPlan, column: Float64Array, point: number, policy: number): number {
  let [sum, n] = [0, 0]
  for (const value of replicatesOf(plan, column, point, policy)) {
    if (Number.isNaN(value)) continue
    sum += value
    n += 1
  }
  return sum / n
}

export function meansOf(plan: SweepPlan, column: Float64Array, policy: number): number[] {
  return plan.points.map((_, point) => meanAt(plan, column, point, policy))
}

/** The points whose figures do not depend on each other: of those that share their chances the first. */
export function independentPoints(plan: SweepPlan): number[] {
  const size = pointsTogether(plan)
  return Array.from({ length: plan.points.length / size }, (_, at) => at * size)
}
