// Entry of solvers with a cost and with congestion. A RECONSTRUCTION inspired by Chitra, Kulkarni, Pai and Diamandis 2024 (arXiv
// 2403.02525), of which only abstract and introduction were at hand: k entrants draw price improvements uniform on [0, s(k)],
// s(k) = e^(−λ(k−1)), and compete at first price. It shows the same qualitative results and must not be cited as their equations.
import { exp } from '@solvent/primitives'

export interface EntryTerms {
  /** What entering costs a solver, in units of the order's value. */
  readonly entryCost: number
  /** λ: how fast one more solver spoils the execution of all (shared liquidity, block space). */
  readonly congestion: number
}

export interface EntryOutcome {
  readonly solvers: number
  readonly scale: number
  readonly user: number
  readonly solverProfit: number
  readonly total: number
}

/** Everyone's surplus with k solvers: user s(k−1)/(k+1), each solver s/(k(k+1)) − F, total sk/(k+1) − kF. */
export function entryOutcome(solvers: number, { entryCost, congestion }: EntryTerms): EntryOutcome {
  const k = solvers
  const scale = exp(-congestion * (k - 1))
  return {
    solvers: k,
    scale,
    user: (scale * (k - 1)) / (k + 1),
    solverProfit: scale / (k * (k + 1)) - entryCost,
    total: (scale * k) / (k + 1) - k * entryCost,
  }
}

export interface EntryEquilibrium {
  /** The largest number with which nobody loses; 0 when even one does. */
  readonly free: number
  readonly userOptimal: number
  readonly totalOptimal: number
}

/** Free entry, and the numbers that are best for users and for all, among 1 … `most`; the smallest on ties. */
export function entryEquilibrium(terms: EntryTerms, most: number): EntryEquilibrium {
  const outcomes = Array.from({ length: most }, (_, index) => entryOutcome(index + 1, terms))
  const best = (of: (outcome: EntryOutcome) => number) =>
    outcomes.reduce(
      (held, outcome) => (held === null || of(outcome) > of(held) ? outcome : held),
      null as EntryOutcome | null,
    )?.solvers ?? 0
  return {
    free: outcomes.filter(({ solverProfit }) => solverProfit >= 0).length,
    userOptimal: best(({ user }) => user),
    totalOptimal: best(({ total }) => total),
  }
}
