import { createStreams } from '@solvent/kernel'
import { expect, it } from 'vitest'
import { marketDivisionOf } from '../tests/market-division.ts'
import { winSequenceOf } from '../tests/win-sequence.ts'
import { fastShuffle } from './fast-shuffle.ts'
import { permutedWinnerPValues } from './permuted-winners.ts'

// The quick counts against the tests themselves, taken anew of each of the same shuffles; every fifth chain is unknown.
it.each([1, 2, 3])('p of winners is what the plain tests of every shuffle say, draw %i', (seed) => {
  const stream = createStreams(seed).stream('winners')
  const [tenders, bidders, permutations] = [40, 4, 60]
  const winners = Int32Array.from({ length: tenders }, () => stream.int(bidders))
  const chain = Int32Array.from({ length: tenders }, () => stream.int(5) - 1)
  const asset = Int32Array.from({ length: tenders }, () => stream.int(2))
  const state = stream.state()
  const measured = permutedWinnerPValues(winners, { chain, asset }, permutations, state)
  const names = (places: Int32Array) => [...places].map((place) => (place < 0 ? null : String(place)))
  const plain = (sequence: Int32Array) => {
    const { transition_G, repeat_rate } = winSequenceOf(sequence, bidders)
    const chi2 = (places: Int32Array) => marketDivisionOf(sequence, names(places), bidders)?.chi2 ?? 0
    return [transition_G, -repeat_rate, repeat_rate, chi2(chain), chi2(asset)]
  }
  const observed = plain(winners)
  const asExtreme = observed.map(() => 0)
  const shuffled = winners.slice()
  const { shuffle } = fastShuffle(state)
  for (let permutation = 0; permutation < permutations; permutation++) {
    shuffle(shuffled)
    for (const [at, value] of plain(shuffled).entries()) if (value >= observed[at]! - 1e-9) asExtreme[at]!++
  }
  const { transition_G, few_repeats, many_repeats, division } = measured
  expect([transition_G, few_repeats, many_repeats, division['chain'], division['asset']]).toEqual(
    asExtreme.map((count) => (1 + count) / (1 + permutations)),
  )
})
