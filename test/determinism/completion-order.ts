// Aggregates of parts that complete one after another: every order of completion must give the same result.
import { setImmediate as turn } from 'node:timers/promises'
import { hashCanonical } from '@solvent/primitives'
import type { Sighting } from './harness.ts'

export type Aggregate<Part> = (parts: readonly Promise<Part>[]) => Promise<unknown>

/** The aggregate's digest under each order in which the parts can complete; the first is their own order. */
export async function sightingsByCompletion<Part>(
  parts: readonly Part[],
  aggregate: Aggregate<Part>,
): Promise<Sighting[]> {
  const sightings: Sighting[] = []
  for (const order of permutations(parts.map((_part, index) => index))) {
    const digest = hashCanonical(await completeInOrder(parts, order, aggregate))
    sightings.push({ invariant: 'D-7', circumstance: `completed in the order ${order.join(', ')}`, digest })
  }
  return sightings
}

async function completeInOrder<Part>(
  parts: readonly Part[],
  order: readonly number[],
  aggregate: Aggregate<Part>,
): Promise<unknown> {
  const complete: (() => void)[] = []
  const result = aggregate(
    parts.map(
      (part, index) =>
        new Promise<Part>((resolve) => {
          complete[index] = () => resolve(part)
        }),
    ),
  )
  for (const index of order) {
    complete[index]!()
    // Whoever waits for this one goes on before the next completes.
    await turn()
  }
  return await result
}

/** In lexicographic order. */
function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  )
}
