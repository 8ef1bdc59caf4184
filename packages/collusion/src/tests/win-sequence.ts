/**
 * Who wins after whom. Under competition each win is a fresh draw; a rotation makes the next winner foreseeable, which
 * shares and concentration do not show: a perfect rotation has the shares of perfect competition.
 *
 * Likelihood-ratio test of independence of successive winners, mutual information G/(2(T−1)), share of repeats, and
 * the runs test for several kinds of A. M. Mood, "The distribution theory of runs", Annals of Mathematical Statistics
 * 11(4), 1940, 367-392. Tenders without a winner are left out.
 */
import { ln } from '@solvent/primitives'
import { chiSquareAbove, normalTwoSided } from '../statistics/tail-probabilities.ts'

export interface WinSequence {
  readonly T: number
  readonly n: number
  readonly wins: readonly number[]
  /** Herfindahl–Hirschman index of the shares of wins, 1/n to 1. */
  readonly hhi: number
  readonly equal_share_chi2: number
  readonly equal_share_df: number
  readonly equal_share_p: number
  readonly transition_counts: readonly (readonly number[])[]
  readonly transition_G: number
  readonly transition_df: number
  /** From χ²: too small where transitions are fewer than five a cell; the permutation p is right then too. */
  readonly transition_p: number | null
  readonly mutual_information_nats: number
  readonly repeat_rate: number
  readonly runs: number
  readonly runs_mean: number
  readonly runs_var: number
  readonly runs_z: number | null
  readonly runs_p_two_sided: number | null
}

/** @param winners the winner of each tender in the order of time, 0 to n − 1 or −1; at least two of them a winner */
export function winSequenceOf(winners: ArrayLike<number>, n: number): WinSequence {
  const sequence = Int32Array.from(winners).filter((winner) => winner >= 0)
  const T = sequence.length
  const wins = countsOf(sequence, n)
  const expected = T / n
  const equalShare = wins.reduce((sum, won) => sum + ((won - expected) * (won - expected)) / expected, 0)
  const counts = transitionsOf(sequence, n)
  const G = transitionG(counts, n)
  const df = (filled(counts.rows) - 1) * (filled(counts.columns) - 1)
  return {
    T,
    n,
    wins,
    hhi: wins.reduce((sum, won) => sum + (won / T) * (won / T), 0),
    equal_share_chi2: equalShare,
    equal_share_df: n - 1,
    equal_share_p: n > 1 ? chiSquareAbove(equalShare, n - 1) : 1,
    transition_counts: Array.from({ length: n }, (_, row) => [
      ...counts.cells.subarray(row * n, (row + 1) * n),
    ]),
    transition_G: G,
    transition_df: df,
    transition_p: df > 0 ? chiSquareAbove(G, df) : null,
    mutual_information_nats: G / (2 * (T - 1)),
    repeat_rate: repeatsOf(sequence) / (T - 1),
    ...runsOf(sequence, wins),
  }
}

export interface Transitions {
  readonly cells: Int32Array
  readonly rows: Int32Array
  readonly columns: Int32Array
}

/** How often each winner followed each: n × n by rows, with the sums of rows and columns. */
export function transitionsOf(sequence: Int32Array, n: number): Transitions {
  const cells = new Int32Array(n * n)
  const rows = new Int32Array(n)
  const columns = new Int32Array(n)
  for (let at = 1; at < sequence.length; at++) {
    const [from, to] = [sequence[at - 1]!, sequence[at]!]
    cells[from * n + to]!++
    rows[from]!++
    columns[to]!++
  }
  return { cells, rows, columns }
}

/** 2 Σ N_ij ln(N_ij N / (R_i C_j)). */
export function transitionG({ cells, rows, columns }: Transitions, n: number): number {
  const total = rows.reduce((sum, count) => sum + count, 0)
  let G = 0
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      const count = cells[row * n + column]!
      if (count > 0) G += 2 * count * ln((count * total) / (rows[row]! * columns[column]!))
    }
  }
  return G
}

export function repeatsOf(sequence: Int32Array): number {
  let repeats = 0
  for (let at = 1; at < sequence.length; at++) if (sequence[at] === sequence[at - 1]) repeats++
  return repeats
}

function runsOf(sequence: Int32Array, wins: readonly number[]) {
  const T = sequence.length
  const runs = T === 0 ? 0 : T - repeatsOf(sequence)
  const s2 = wins.reduce((sum, won) => sum + won * won, 0)
  const s3 = wins.reduce((sum, won) => sum + won * won * won, 0)
  const mean = (T * (T + 1) - s2) / T
  const variance = (s2 * (s2 + T * (T + 1)) - 2 * T * s3 - T * T * T) / (T * T * (T - 1))
  const z = variance > 0 ? (runs - mean) / Math.sqrt(variance) : null
  return {
    runs,
    runs_mean: mean,
    runs_var: variance,
    runs_z: z,
    runs_p_two_sided: z === null ? null : normalTwoSided(z),
  }
}

function countsOf(sequence: Int32Array, n: number): number[] {
  const counts = new Array<number>(n).fill(0)
  for (const winner of sequence) counts[winner]!++
  return counts
}

const filled = (sums: Int32Array) => sums.reduce((count, sum) => count + (sum > 0 ? 1 : 0), 0)
