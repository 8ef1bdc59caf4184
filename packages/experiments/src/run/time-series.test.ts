import type { PastMeasures } from '@solvent/nodes'
import { expect, it } from 'vitest'
import { seriesAt } from './time-series.ts'

const E8 = 100_000_000n

// Every figure is another number: none can stand under the name of another.
const MEASURES = {
  chains: [
    {
      name: 'l1',
      head: 9,
      safe: 8,
      finalized: 7,
      orphaned: 6,
      gasUsed: 5,
      baseFee: { min: 1n, median: 2n, max: 4n },
    },
    { name: 'l2', head: 19, safe: 18, finalized: 17, orphaned: 16, gasUsed: 15, baseFee: null },
  ],
  bridges: [
    {
      ...{ id: 'hub', asset: 'ETH', locked: 25n, minted: 30n, deficit: 5n, backingRatio: 0.75 },
      pools: [{ chainId: 10, utilisation: 0.25 }],
    },
  ],
  // Half a dollar of 6 decimals for a unit of 18: 2^95 / 10^12.
  markets: [
    {
      ...{ id: 'm', token0: { decimals: 18 }, token1: { decimals: 6 } },
      ...{ lastX96: 2n ** 95n / 10n ** 12n, reserve0: 51n, reserve1: 52n },
    },
  ],
  oracles: [
    { id: 'o', priceE8: 61n * E8 },
    { id: 'mute', priceE8: null },
  ],
  lending: [{ id: 'pool', asset: 'USDC', utilisation: 0.5, badDebt: 71n }],
  solvers: [
    {
      node: 'atlas',
      equityE8: -81n * E8,
      receivablesE8: 82n * E8,
      receivables: { stranded: { valueE8: 83n * E8 } },
    },
  ],
  competition: {
    ...{ hhi: 0.91, contested: 3, awarded: 4, overchargeBps: 92, fills: { hhi: 0.93, paidBps: 94 } },
    shares: [{ node: 'atlas', share: 0.96 }],
  },
  counts: { signed: 106, opened: 105, filled: 104, settled: 103, refunded: 102, stranded: 101 },
  welfare: { welfareE8: -111n * E8 },
} as unknown as PastMeasures

it('each figure of a moment stands under its own name, amounts exactly', () => {
  const shown = seriesAt(5_000, MEASURES).map(
    ({ measure, subject, value, exact }) => `${measure} ${subject} ${Number(value.toPrecision(9))} ${exact}`,
  )
  expect(shown).toEqual([
    ...[
      'chain.head l1 9 null',
      'chain.safe l1 8 null',
      'chain.finalized l1 7 null',
      'chain.orphaned l1 6 null',
    ],
    ...['chain.gasUsed l1 5 null', 'chain.baseFeeMax l1 4 4'],
    ...[
      'chain.head l2 19 null',
      'chain.safe l2 18 null',
      'chain.finalized l2 17 null',
      'chain.orphaned l2 16 null',
    ],
    'chain.gasUsed l2 15 null',
    ...['bridge.locked hub/ETH 25 25', 'bridge.minted hub/ETH 30 30', 'bridge.deficit hub/ETH 5 5'],
    ...['bridge.backing hub/ETH 0.75 null', 'bridge.utilisation hub/ETH/10 0.25 null'],
    ...['market.price m 0.5 null', 'market.reserve0 m 51 51', 'market.reserve1 m 52 52'],
    'oracle.price o 61 61',
    ...['lending.utilisation pool/USDC 0.5 null', 'lending.badDebt pool/USDC 71 71'],
    ...['solver.equity atlas -81 -81', 'solver.receivables atlas 82 82', 'solver.stranded atlas 83 83'],
    ...['competition.hhi all 0.91 null', 'competition.contested all 0.75 null'],
    ...['competition.overchargeBps all 92 null', 'competition.fills.hhi all 0.93 null'],
    ...['competition.fills.paidBps all 94 null', 'competition.share atlas 0.96 null'],
    ...['orders.signed all 106 null', 'orders.opened all 105 null', 'orders.filled all 104 null'],
    ...['orders.settled all 103 null', 'orders.refunded all 102 null', 'orders.stranded all 101 null'],
    'users.welfare all -111 -111',
  ])
})

it('no auction was contested where none was awarded', () => {
  const competition = { ...MEASURES.competition, awarded: 0, contested: 0 }
  const points = seriesAt(0, { ...MEASURES, competition })
  expect(points.find(({ measure }) => measure === 'competition.contested')?.value).toBe(0)
})
