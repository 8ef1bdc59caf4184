// When and where learners explore under ε-greedy choice: each agent plays a random action with a probability that
// shrinks by a constant factor every period, ε_t = e^(−βt). Neither depends on what was learnt, so that explorations
// are drawn ahead, a block of periods at a time.
import type { RandomStream } from '@solvent/ports'
import { exp } from '@solvent/primitives'

/** In place of an action: the agent does not explore. */
export const GREEDY = 255

const TWO_MINUS_32 = 1 / 4294967296

/** Draws explorations, one after the other. */
export interface Explorer {
  /** Writes, for each of the next periods and each agent, an action or `GREEDY`. */
  fill(choices: Uint8Array, periods: number): void
}

/**
 * Explorations with a rate of decay β for each agent, from ε = 1 unless another rate is given.
 *
 * ε is multiplied by e^(−β) after each period, as in the authors' program: no exponential is computed on the way.
 */
export function decayingExplorer(
  decays: readonly number[],
  actions: number,
  stream: RandomStream,
  initialRate = 1,
): Explorer {
  const factors = Float64Array.from(decays, (decay) => exp(-decay))
  const rates = new Float64Array(decays.length).fill(initialRate)
  return decays.length === 2
    ? { fill: (choices, periods) => fillTwo({ choices, periods, factors, rates, actions, stream }) }
    : { fill: (choices, periods) => fillMany({ choices, periods, factors, rates, actions, stream }) }
}

interface Filling {
  readonly choices: Uint8Array
  readonly periods: number
  readonly factors: Float64Array
  readonly rates: Float64Array
  readonly actions: number
  readonly stream: RandomStream
}

function fillMany({ choices, periods, factors, rates, actions, stream }: Filling): void {
  const agents = rates.length
  for (let at = 0; at < periods * agents; at += agents) {
    for (let agent = 0; agent < agents; agent++) {
      const rate = rates[agent] as number
      const explores = stream.uint32() * TWO_MINUS_32 < rate
      choices[at + agent] = explores ? Math.floor(stream.uint32() * TWO_MINUS_32 * actions) : GREEDY
      rates[agent] = rate * (factors[agent] as number)
    }
  }
}

/** One draw u says who explores: both below ε1 ε2, the first alone up to ε1, the second alone up to ε1 + ε2 − ε1 ε2. */
function fillTwo({ choices, periods, factors, rates, actions, stream }: Filling): void {
  const factor1 = factors[0] as number
  const factor2 = factors[1] as number
  let rate1 = rates[0] as number
  let rate2 = rates[1] as number
  for (let at = 0; at < periods << 1; at = (at + 2) | 0) {
    const u = stream.uint32() * TWO_MINUS_32
    const both = rate1 * rate2
    let choice1 = GREEDY
    let choice2 = GREEDY
    if (u < rate1 + rate2 - both) {
      if (u < rate1) choice1 = Math.floor(stream.uint32() * TWO_MINUS_32 * actions)
      if (u < both || u >= rate1) choice2 = Math.floor(stream.uint32() * TWO_MINUS_32 * actions)
    }
    choices[at] = choice1
    choices[at + 1] = choice2
    rate1 *= factor1
    rate2 *= factor2
  }
  rates[0] = rate1
  rates[1] = rate2
}
