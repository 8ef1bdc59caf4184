// Trajectories through a grid of the unit cube: from one point to the next one parameter moves, each once, in random order.
//
// Source: M. Morris, "Factorial sampling plans for preliminary computational experiments", Technometrics 33(2), 1991, §4:
// with p levels, p even, a move is p / (2(p − 1)) of the range, so that every level is met equally often.
import { createStreams } from '@solvent/kernel'

/** Points of one trajectory. @example morrisTrajectorySize(3) // 4 */
export function morrisTrajectorySize(parameters: number): number {
  return parameters + 1
}

export interface MorrisDesign {
  readonly trajectories: number
  /** Even. */
  readonly levels: number
}

/** The trajectories one after the other; the same for the same seed. */
export function morrisPoints(
  { trajectories, levels }: MorrisDesign,
  parameters: number,
  seed: number,
): number[][] {
  const stream = createStreams(seed).stream('sweep/morris')
  const below = (count: number) => Math.floor(stream.uniform() * count)
  const points: number[][] = []
  for (let trajectory = 0; trajectory < trajectories; trajectory++) {
    const low = Array.from({ length: parameters }, () => below(levels / 2))
    const risen = low.map(() => stream.uniform() < 0.5)
    const order = Array.from(low.keys())
    for (let last = order.length - 1; last > 0; last--) {
      const other = below(last + 1)
      ;[order[last], order[other]] = [order[other]!, order[last]!]
    }
    const pointNow = () => low.map((level, at) => (level + (risen[at] ? levels / 2 : 0)) / (levels - 1))
    points.push(pointNow())
    for (const moved of order) {
      risen[moved] = !risen[moved]
      points.push(pointNow())
    }
  }
  return points
}
