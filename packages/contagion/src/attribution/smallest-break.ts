/**
 * Reverse stress: the smallest shock that breaks something, by bisection (EBA/GL/2018/04, §4.6.5: from the outcome back to the scenario).
 *
 * Bisection is right where a larger shock never mends what a smaller one breaks. Shocks on an even grid are tried first; where whole
 * comes after broken, this is said, and the smallest break is that of the grid's first broken point.
 */
import { SolventError } from '@solvent/primitives'

export interface SmallestBreak {
  /** The smallest size found to break; null when not even the largest does. */
  readonly breaksAt: number | null
  /** The largest size below it that does not; null when the smallest breaks already. */
  readonly holdsAt: number | null
  /** Whether no larger size held where a smaller broke, among those tried. */
  readonly monotone: boolean
  /** All that were tried, by size. */
  readonly tried: readonly { readonly size: number; readonly broken: boolean }[]
}

export interface BreakSearch {
  readonly from: number
  readonly to: number
  /** Intervals of the grid, 1 to 64. */
  readonly intervals: number
  /** The bracket is halved this often, at most 60. */
  readonly halvings: number
  readonly breaks: (size: number) => boolean
}

/**
 * @throws SolventError E_RANGE
 * @example smallestBreak({ from: 0, to: 8, intervals: 4, halvings: 3, breaks: (size) => size >= 5 }).breaksAt // 5
 */
export function smallestBreak({ from, to, intervals, halvings, breaks }: BreakSearch): SmallestBreak {
  const isCount = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most
  if (
    !(from < to && Number.isFinite(from) && Number.isFinite(to) && isCount(intervals, 64) && halvings <= 60)
  )
    throw new SolventError({
      code: 'E_RANGE',
      message:
        'A search for the smallest break needs two sizes, the first below the second, and 1 to 64 intervals.',
      details: { from, to, intervals, halvings },
    })
  const tried: { size: number; broken: boolean }[] = []
  const isBroken = (size: number): boolean => {
    const broken = breaks(size)
    tried.push({ size, broken })
    return broken
  }
  const grid = Array.from({ length: intervals + 1 }, (_, at) => {
    const size = at === intervals ? to : from + ((to - from) * at) / intervals
    return { size, broken: isBroken(size) }
  })
  const first = grid.findIndex(({ broken }) => broken)
  let breaksAt = grid[first]?.size ?? null
  let holdsAt = first === -1 ? to : (grid[first - 1]?.size ?? null)
  if (breaksAt !== null && holdsAt !== null) {
    for (let halving = 0; halving < halvings; halving++) {
      const middle: number = holdsAt + (breaksAt - holdsAt) / 2
      if (isBroken(middle)) breaksAt = middle
      else holdsAt = middle
    }
  }
  tried.sort((a, b) => a.size - b.size)
  const firstBroken = tried.findIndex(({ broken }) => broken)
  const monotone = firstBroken === -1 || tried.slice(firstBroken).every(({ broken }) => broken)
  return { breaksAt, holdsAt, monotone, tried }
}
