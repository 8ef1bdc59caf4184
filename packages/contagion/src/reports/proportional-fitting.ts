/**
 * The flows of maximum entropy between nodes whose totals are known: x_ij = a_i·b_j for i ≠ j, by iterative proportional
 * fitting (Bregman 1967; for interbank exposures Upper 2011, J Fin Stability 7:111).
 */
import type { Entry } from '../network/sparse-matrix.ts'

const MAX_SWEEPS = 5_000
const TOLERANCE = 1e-12
/** A flow below this share of the sum is left out. */
const NEGLIGIBLE = 1e-15

/** `paid[i]` leaves i, `received[j]` reaches j; both have one sum, and paid[i] + received[i] is at most it. */
export function fittedFlows(
  paid: readonly number[],
  received: readonly number[],
): { readonly flows: Entry[]; readonly residual: number } {
  const total = sumOf(paid)
  if (total === 0) return { flows: [], residual: 0 }
  let a = paid.map((amount) => amount / total)
  let b: number[] = received.map((amount) => (amount > 0 ? 1 : 0))
  let residual = Number.POSITIVE_INFINITY
  for (let sweep = 0; sweep < MAX_SWEEPS && residual > TOLERANCE; sweep++) {
    b = scaled(received, a)
    a = scaled(paid, b)
    residual = gap(received, b, a) / Math.max(...paid, ...received)
  }
  const flows = a.flatMap((share, from) =>
    b.flatMap((weight, to): Entry[] => {
      const amount = from === to ? 0 : share * weight
      return amount > total * NEGLIGIBLE ? [[from, to, amount]] : []
    }),
  )
  return { flows, residual }
}

/** Factors that make each total right, the others' factors given. */
function scaled(totals: readonly number[], others: readonly number[]): number[] {
  const all = sumOf(others)
  return totals.map((total, node) => {
    const rest = all - others[node]!
    return total > 0 && rest > 0 ? total / rest : 0
  })
}

function gap(totals: readonly number[], own: readonly number[], others: readonly number[]): number {
  const all = sumOf(others)
  return Math.max(...totals.map((total, node) => Math.abs(own[node]! * (all - others[node]!) - total)))
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
