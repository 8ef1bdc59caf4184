import { expect, it } from 'vitest'
import { keepMoment, MOST_MOMENTS } from './kept-moments.ts'
import { LiveExposures } from './live-exposures.ts'

type Told = Parameters<LiveExposures['take']>[0][number]

/** A bridge that owes 100 to a solver that owes 80 itself. @param backing what the bridge has */
const at = (atMs: number, backing: number): Told => ({
  format: 'solvent-exposures',
  version: 3,
  unit: 'USD',
  atMs,
  nodes: [
    { id: 'bridge', kind: 'bridge', externalAssets: backing, externalLiabilities: 0 },
    { id: 'solver', kind: 'solver', externalAssets: 0, externalLiabilities: 0 },
    { id: 'user', kind: 'user', externalAssets: 0, externalLiabilities: 0 },
  ],
  claims: [
    { debtor: 'bridge', creditor: 'solver', amount: 100, layer: 'issued-asset' },
    { debtor: 'solver', creditor: 'user', amount: 80, layer: 'receivable' },
  ],
})

it('a loss spreads from the moment at which it is seen, and what was told before is not news', () => {
  const exposures = new LiveExposures()
  exposures.take([at(0, 100), at(1_000, 100)])
  expect([exposures.count, exposures.falls]).toEqual([1, []])
  const before = exposures.count
  exposures.take([at(0, 100), at(1_000, 100), at(2_000, 50)])
  // Of 100 only 50 is there: the solver gets 50 and owes 80.
  const fallen = [
    { id: 'bridge', kind: 'bridge', at_ms: 2_000, round: 1, loss: '50.00', because: ['itself'] },
    { id: 'solver', kind: 'solver', at_ms: 2_000, round: 2, loss: '50.00', because: ['bridge'] },
  ]
  expect(exposures.falls).toEqual(fallen)
  expect(exposures.after(before)?.map(({ atMs }) => atMs)).toEqual([2_000])
  exposures.take([at(0, 100), at(1_000, 100), at(2_000, 50), at(3_000, 60)])
  expect(exposures.falls).toEqual(fallen)
  expect(exposures.all.map(({ atMs }) => atMs)).toEqual([0, 2_000, 3_000])
})

it('moments stand in order of time, and long ago they are further apart', () => {
  const kept: { atMs: number }[] = []
  for (let atMs = 0; atMs <= MOST_MOMENTS; atMs++) keepMoment(kept, { atMs })
  expect(kept).toHaveLength(1 + (MOST_MOMENTS * 3) / 4)
  keepMoment(kept, { atMs: 3 })
  const times = kept.map(({ atMs }) => atMs)
  expect(times.slice(0, 5)).toEqual([0, 2, 3, 4, 6])
  expect(times.slice(-3)).toEqual([238, 239, 240])
  const count = kept.length
  keepMoment(kept, { atMs: 3 })
  expect(kept).toHaveLength(count)
})
