// Scores of layers on made reports: each share moves its own layer and nothing else.
import type { RunReport } from '@solvent/nodes'
import { asChainId } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import { stabilitySummaries } from './stability.ts'

const chainId = asChainId(1)
const chain = {
  ...{ chainId, name: 'ethereum', head: 100, blocks: 50, orphaned: 0, slotsMissed: 0, finalTakenBack: 0 },
  ...{
    longestStallEpochs: 0,
    transactions: 100,
    fullBlocks: 0,
    late: [] as object[],
    secondsToFinalized: null,
  },
  baseFee: { min: 10n, median: 12n, max: 10n } as object | null,
}
const liquidations = { done: 8, failed: 0, left: 0, writtenOff: 0 }
const facts = {
  chainId,
  seconds: 1_000,
  gasPerSecond: 5_000_000,
  feedDeviation: 0 as number | null,
  liquidations: liquidations as object | null,
}

function scoresOf(of: { chain?: object; facts?: object; outages?: object[] } = {}) {
  const report = {
    chains: [{ ...chain, ...of.chain }],
    layers: [{ ...facts, ...of.facts }],
    outages: of.outages ?? [],
  } as unknown as RunReport
  return stabilitySummaries(report)[0]!
}

const ALL = { consensus: 1, oracle: 1, liquidation: 1, microstructure: 1 }
const down = { chainId, producers: ['a'], ofProducers: 2, fromMs: 0, untilMs: 500_000 }

describe('the stability of a chain', () => {
  it('is 1 in every layer when nothing happens', () => {
    expect(scoresOf()).toMatchObject({
      ...ALL,
      score: 1,
      feeSpread: 1,
      liquidationFailure: 0,
      transactionsPerSecond: 0.1,
    })
  })

  it.each<[string, Parameters<typeof scoresOf>[0], Partial<typeof ALL>]>([
    ['orphans', { chain: { orphaned: 50 } }, { consensus: 0.5 }],
    ['missed slots', { chain: { slotsMissed: 25 } }, { consensus: 0.75 }],
    ['a finality stall', { chain: { longestStallEpochs: 3 } }, { consensus: 0.25 }],
    ['finality taken back', { chain: { finalTakenBack: 1 } }, { consensus: 0 }],
    ['half of the producers down for half of the time', { outages: [down] }, { consensus: 0.75 }],
    ['a feed that is off by 4 %', { facts: { feedDeviation: 0.04 } }, { oracle: 0.6 }],
    ['a feed that is worthless', { facts: { feedDeviation: 0.5 } }, { oracle: 0 }],
    ['loans that are left', { facts: { liquidations: { ...liquidations, left: 8 } } }, { liquidation: 0.5 }],
    [
      'liquidations that fail',
      { facts: { liquidations: { ...liquidations, failed: 24 } } },
      { liquidation: 0.25 },
    ],
    ['bad debt', { facts: { liquidations: { ...liquidations, writtenOff: 0.3 } } }, { liquidation: 0.7 }],
    [
      'a fee that doubles',
      { chain: { baseFee: { min: 10n, median: 10n, max: 20n } } },
      { microstructure: 0.5 },
    ],
    ['full blocks', { chain: { fullBlocks: 10 } }, { microstructure: 0.8 }],
    ['transactions that wait', { chain: { late: [{ included: 20, givenUp: 0 }] } }, { microstructure: 0.8 }],
  ])('falls by %s, in one layer', (_what, of, moved) => {
    const scores = scoresOf(of)
    expect(scores).toMatchObject({ ...ALL, ...moved })
    const [layer, score] = Object.entries(moved)[0]!
    expect(scores).toMatchObject({ score, weakest: layer })
  })

  it('knows no layer that a run does not have', () => {
    expect(
      scoresOf({ chain: { baseFee: null }, facts: { feedDeviation: null, liquidations: null } }),
    ).toMatchObject({
      oracle: null,
      liquidation: null,
      microstructure: null,
      feeSpread: null,
      weakest: 'consensus',
    })
    expect(scoresOf({ facts: { liquidations: { ...liquidations, done: 0 } } }).liquidation).toBeNull()
  })
})
