// How long to wait before trying again: doubling, capped, with jitter, so that many nodes do not return at once.
import type { RandomStream } from '@solvent/ports'

export interface BackOff {
  /** Before the second try, in ms of the node's clock. */
  readonly firstMs: number
  /** Never longer than this, jitter apart. */
  readonly capMs: number
}

/**
 * The wait after `failures` (1, 2, …) failed tries: first · 2^(failures − 1), at most the cap, times a uniform factor
 * in [0.5, 1.5), rounded down to whole ms.
 */
export function backOffMs({ firstMs, capMs }: BackOff, failures: number, stream: RandomStream): number {
  let waitMs = firstMs
  for (let i = 1; i < failures && waitMs < capMs; i++) waitMs *= 2
  return Math.floor(Math.min(waitMs, capMs) * stream.range(0.5, 1.5))
}
