// Screening a file of 1,000 tenders and 8 bidders with 10,000 permutations: every test of it, on one core. Beside it
// what the shuffles alone cost on this machine.
import { createStreams } from '@solvent/kernel'
import { labelledMarket, screenMarket } from '../src/index.ts'
import { fastShuffle } from '../src/screening/fast-shuffle.ts'

export const name = 'screening: s a file of 1,000 tenders, 8 bidders, 10,000 permutations (promised: below 3)'

const TENDERS = 1_000
const BIDDERS = 8
const PERMUTATIONS = 10_000

export function run(): void {
  const market = { kind: 'competitive', bidders: BIDDERS, tenders: TENDERS } as const
  const { matrix } = labelledMarket(market, createStreams(1).stream('bench'))
  const screening = secondsOf(() => {
    screenMarket({ matrix, rebids: [], warnings: [] }, { permutations: PERMUTATIONS, seed: 1 })
  })
  const { shuffle } = fastShuffle([1, 2, 3, 4])
  const values = new Float64Array(TENDERS)
  const shuffling = secondsOf(() => {
    for (let at = 0; at < BIDDERS * PERMUTATIONS; at++) shuffle(values)
  })
  console.log(`all ${screening.toFixed(2)} s · shuffles alone ${shuffling.toFixed(2)} s (processor time)`)
}

function secondsOf(work: () => void): number {
  const from = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1e6
}
