// What clearing and DebtRank cost on random networks of mean out-degree 10, beside published times of other packages
// on a 2-core machine (R 4.2, Python 3.11 with scipy, plain JavaScript under Node 20). Building the network is not
// counted. DebtRank takes turns with a bare pass that reads each entry and a value of its column: whoever else is on the
// machine slows both, and their ratio stays.
import {
  type ClearingSystem,
  claimsNetwork,
  createStressSystem,
  debtRank,
  debtRankOfEach,
  debtRankOfMany,
  type Entry,
  eisenbergNoe,
  rogersVeraart,
  type SparseMatrix,
  spectralRadius,
} from '../src/index.ts'

export const name = 'contagion: ms a clearing vector and a DebtRank'

const DEGREE = 10
const PEERS = new Map([
  [
    100,
    'EN: R lpSolve 10, scipy 1.4, plain JS 0.12 · RV: R 1, scipy 2.1, plain JS 0.21 · DebtRank: R sparse 3, numpy 0.16',
  ],
  [
    1000,
    'EN: R lpSolve 1638, scipy 1.8, plain JS 2.0 · RV: R 60, scipy 8.0, plain JS 3.7 · DebtRank: R sparse 5, numpy 0.38',
  ],
  [
    3000,
    'EN: R lpSolve 28612, scipy 6.6, plain JS 4.9 · RV: R 903, scipy 8.6, plain JS 9.0 · DebtRank: R sparse 9, numpy 0.72',
  ],
])

export function run(): void {
  for (const [n, peers] of PEERS) {
    const system = randomSystem(n)
    const stress = stressOf(system)
    const shock = new Float64Array(n)
    shock[0] = 1
    console.log(
      [
        `n = ${n}:`,
        `EN ${median(() => eisenbergNoe(system))}`,
        `RV .9/.9 ${median(() => rogersVeraart(system, { alpha: 0.9, beta: 0.9 }))}`,
        `linear DebtRank ${besideBarePass(() => debtRank(stress, shock, 'linear'), system.liabilities)}`,
      ].join('  '),
    )
    console.log(`  others, ms: ${peers}`)
  }
  runMany()
  runLarge()
  console.log(
    'goals, ms: EN 0.1/1.0/3.0, RV 0.15/2/6, DebtRank n = 3000 1.5, all 1,000 failures 500, 10,000 shocks 5000, n = 100,000 1000',
  )
}

function runMany(): void {
  const thousand = stressOf(randomSystem(1000))
  const failures = once(() => debtRankOfEach(thousand, 'linear', () => {}))
  console.log(`all 1,000 failures of n = 1000, linear DebtRank: ${failures} ms (R, loose stop: 33551)`)
  const system = stressOf(randomSystem(500))
  const draw = generator(7)
  const shocks = Array.from({ length: 10_000 }, () =>
    Float64Array.from({ length: 500 }, () => (draw() < 0.01 ? draw() : 0)),
  )
  const all = once(() => debtRankOfMany(system, 'linear', shocks, () => {}))
  console.log(`10,000 random shocks on n = 500, linear DebtRank: ${all} ms`)
}

/** A random network of a million debts, and the two in which one default follows another. */
function runLarge(): void {
  const n = 100_000
  const system = randomSystem(n)
  console.log(
    [
      'n = 100,000:',
      `EN ${once(() => eisenbergNoe(system))}`,
      `RV .9/.9 ${once(() => rogersVeraart(system, { alpha: 0.9, beta: 0.9 }))}`,
      `chain of defaults ${once(() => eisenbergNoe(chainSystem(n)))} ms`,
      `spectral radius ${once(() => spectralRadius(stressOf(system).impactOn))} ms`,
    ].join('  '),
  )
}

function chainSystem(n: number): ClearingSystem {
  const entries = Array.from({ length: n - 1 }, (_, node): Entry => [node, node + 1, 10])
  const none = new Float64Array(n)
  return { liabilities: claimsNetwork(n, entries), externalAssets: none, externalLiabilities: none }
}

/** Capital near 4 %, and a loss of outside assets at every tenth node that wipes out its capital. */
function randomSystem(n: number): ClearingSystem {
  const draw = generator(n)
  const entries: Entry[] = []
  for (let from = 0; from < n; from++) {
    for (let debt = 0; debt < DEGREE; debt++) {
      const to = Math.floor(draw() * n)
      if (to !== from) entries.push([from, to, Math.ceil(draw() * 1000)])
    }
  }
  const [owed, owned] = [new Float64Array(n), new Float64Array(n)]
  for (const [from, to, amount] of entries) {
    owed[from]! += amount
    owned[to]! += amount
  }
  const externalLiabilities = owed.map((debt) => Math.ceil(debt * draw()))
  const externalAssets = owed.map((debt, node) => {
    const capital = 0.04 * (debt + externalLiabilities[node]!)
    const balanced = Math.max(0, debt + externalLiabilities[node]! + capital - owned[node]!)
    return node % DEGREE === 0 ? balanced * 0.7 : balanced
  })
  return { liabilities: claimsNetwork(n, entries), externalAssets, externalLiabilities }
}

/** Buffers of 1.25 times a node's claims: every row of impacts sums to 0.8, and so the spectral radius is 0.8. */
function stressOf({ liabilities }: ClearingSystem) {
  const { rows, offsets, amounts } = liabilities
  const buffers = new Float64Array(rows).fill(1)
  for (let node = 0; node < rows; node++) {
    const claims = amounts.subarray(offsets[node], offsets[node + 1]).reduce((sum, claim) => sum + claim, 0)
    if (claims > 0) buffers[node] = 1.25 * claims
  }
  return createStressSystem({ exposures: liabilities, buffers, weights: buffers })
}

/** Median and best of one beside the other, and the median of their ratio. */
function besideBarePass(task: () => unknown, network: SparseMatrix): string {
  const values = new Float64Array(network.columns).fill(1)
  const times: number[] = []
  const bare: number[] = []
  const ratios: number[] = []
  const endAt = performance.now() + 1_400
  while (performance.now() < endAt || times.length < 5) {
    const of = elapsed(task)
    const beside = elapsed(() => barePass(network, values))
    times.push(of)
    bare.push(beside)
    ratios.push(of / beside)
  }
  const best = Math.min(...times).toFixed(3)
  return `${middle(times).toFixed(3)} (best ${best}, ${middle(ratios).toFixed(0)} bare passes of ${middle(bare).toFixed(3)}) ms`
}

function barePass({ columnOf, amounts }: SparseMatrix, values: Float64Array): number {
  let sum = 0
  for (let at = 0; at < amounts.length; at++) sum += amounts[at]! * values[columnOf[at]!]!
  return sum
}

/** Processor time of the second run: what a core spends, whoever else is on the machine. */
function once(task: () => unknown): string {
  task()
  const before = process.cpuUsage()
  task()
  return (process.cpuUsage(before).user / 1000).toFixed(0)
}

function median(task: () => unknown): string {
  const times: number[] = []
  const endAt = performance.now() + 700
  while (performance.now() < endAt || times.length < 5) times.push(elapsed(task))
  const least = Math.min(...times).toFixed(3)
  return `${middle(times).toFixed(3)} (best ${least})`
}

function elapsed(task: () => unknown): number {
  const startedAt = performance.now()
  task()
  return performance.now() - startedAt
}

function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!
}

/** A linear congruential generator (Numerical Recipes): the same networks on every machine. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}
