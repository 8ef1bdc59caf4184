// Rings among n solvers with independent costs, uniform on [0, 1] (Graham and Marshall 1987 for second price; McAfee and McMillan 1992
// for strong and weak cartels at first price). The user pays at most 1.
import { expectedPrice } from './uniform-costs.ts'

/**
 * The expected price at second price when k of n solvers send their cheapest member alone: 1/(n−k+1) + (n−k)/(n(n+1)), and 1 for k = n.
 *
 * @example ringPrice(4, 3) // 0.55
 */
export function ringPrice(bidders: number, ring: number): number {
  if (ring >= bidders) return 1
  return 1 / (bidders - ring + 1) + (bidders - ring) / (bidders * (bidders + 1))
}

/** What the ring gains over competing, all members together: k(k−1)/(n(n+1)(n−k+1)), and (n−1)/(n+1) for k = n. */
export function ringGain(bidders: number, ring: number): number {
  if (ring >= bidders) return (bidders - 1) / (bidders + 1)
  return (ring * (ring - 1)) / (bidders * (bidders + 1) * (bidders - ring + 1))
}

/** What users pay more than in competition, and by how many percent of the competitive price. */
export function ringOvercharge(
  bidders: number,
  ring: number,
): { readonly amount: number; readonly percent: number } {
  const competitive = expectedPrice(bidders)
  const amount = ringPrice(bidders, ring) - competitive
  return { amount, percent: (100 * amount) / competitive }
}

/**
 * What each member of a ring of all expects at the reserve of 1: 1/(n+1) when side payments let the cheapest fill (strong), 1/(2n) when a
 * member is drawn at random (weak).
 */
export function cartelRent(kind: 'strong' | 'weak', bidders: number): number {
  return kind === 'strong' ? 1 / (bidders + 1) : 1 / (2 * bidders)
}
