/**
 * Losses over scenarios: mean, value at risk, expected shortfall.
 *
 * VaR is the smallest loss that is not exceeded with the confidence asked for; expected shortfall is the mean of the worst
 * 1 − c of probability, of which an atom at the VaR belongs in part (Acerbi, Tasche 2002, J Banking & Finance 26:1487;
 * Rockafellar, Uryasev 2002, ibid. 26:1443), so that it is coherent also for discrete scenarios.
 */
import { SolventError } from '@solvent/primitives'
import { checkedNumber, checkedVector, total, type Vector } from '../network/checked-vector.ts'

export interface LossDistribution {
  readonly mean: number
  readonly valueAtRisk: number
  readonly expectedShortfall: number
  readonly worst: number
  /** |Σ probabilities − 1| before they were scaled to sum 1. */
  readonly certificate: { readonly probability: number }
}

/** Cumulated probabilities this close to the confidence have reached it. */
const TIE = 1e-12

/**
 * The distribution of losses at one confidence.
 *
 * @param losses one for each scenario, at least one; gains are negative
 * @param confidence 0 or above, below 1
 * @param probabilities of the scenarios, ≥ 0, scaled to sum 1; all alike when left out
 * @throws SolventError E_RANGE
 * @example lossDistribution([0, 0, 10, 20], 0.5) // mean 7.5, valueAtRisk 0, expectedShortfall 15, worst 20
 */
export function lossDistribution(
  losses: Vector,
  confidence: number,
  probabilities?: Vector,
): LossDistribution {
  const loss = checkedVector('losses', losses, losses.length)
  checkedNumber('confidence', confidence, 0, 1 - Number.EPSILON)
  const weight =
    probabilities === undefined
      ? new Float64Array(loss.length).fill(1 / loss.length)
      : checkedVector('probabilities', probabilities, loss.length, 0)
  const sum = total(weight)
  if (loss.length === 0 || !(sum > 0))
    throw new SolventError({
      code: 'E_RANGE',
      message: 'There must be a scenario of a probability above zero.',
      details: { scenarios: loss.length, probability: sum },
    })
  const byLoss = loss.map((_, scenario) => scenario).sort((a, b) => loss[a]! - loss[b]!)
  const possible = [...byLoss].filter((scenario) => weight[scenario]! > 0)
  let [below, at] = [0, 0]
  while (at < possible.length - 1 && below + weight[possible[at]!]! / sum < confidence - TIE)
    below += weight[possible[at++]!]! / sum
  const valueAtRisk = loss[possible[at]!]!
  let [beyond, tail] = [0, 0]
  for (const scenario of possible) {
    if (loss[scenario]! <= valueAtRisk) continue
    beyond += weight[scenario]! / sum
    tail += (weight[scenario]! / sum) * loss[scenario]!
  }
  const left = Math.max(0, 1 - confidence - beyond)
  return {
    mean: possible.reduce((mean, scenario) => mean + (weight[scenario]! / sum) * loss[scenario]!, 0),
    valueAtRisk,
    expectedShortfall: (tail + left * valueAtRisk) / (beyond + left),
    worst: loss[possible.at(-1)!]!,
    certificate: { probability: Math.abs(sum - 1) },
  }
}
