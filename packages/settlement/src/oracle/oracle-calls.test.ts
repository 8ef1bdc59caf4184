// Oracles as contracts: rounds, quorums, medians, bounds, hops, caps and the price rule. Numbers are worked out beside each.
import {
  type Call,
  contractAddress,
  type OracleSpec,
  type PriceRule,
  type PriceSource,
} from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { E8, feed, lendingGenesis, lendingNetwork } from '../testing/lending-network.ts'
import { ORIGIN } from '../testing/small-network.ts'
import { createTestChain } from '../testing/test-chain.ts'
import { medianOf } from './oracle-calls.ts'
import { acceptedPrice } from './price-rule.ts'
import { cappedRateE8 } from './read-answer.ts'

const jury = feed('jury', 100n * E8, { reporters: ['reporter', 'reporter-2', 'reporter-3'], quorum: 2 })
const oracle = (name: string, source: PriceSource): OracleSpec => ({
  name,
  address: contractAddress('oracle', name),
  chainId: ORIGIN,
  symbol: name,
  source,
})
const osm = oracle('osm', { kind: 'delayed', of: jury.address, hopSeconds: 600 })
const openChain = () =>
  createTestChain(ORIGIN, { spec: { ...lendingNetwork, oracles: [jury, osm] }, genesis: lendingGenesis() })
const post = (round: number, dollars: bigint, of = jury): Call => ({
  kind: 'post-price',
  oracle: of.address,
  round,
  answerE8: dollars * E8,
})
const answers = (receipt: { events: readonly { kind: string }[] }) =>
  receipt.events.flatMap((event) =>
    event.kind === 'price-updated' ? [(event as unknown as { answerE8: bigint }).answerE8 / E8] : [],
  )

describe('a feed of three reporters', () => {
  test('answers from its quorum on, and a late report of the round moves the median', () => {
    const chain = openChain()
    expect(answers(chain.call('reporter', post(1, 90n)))).toEqual([])
    // The mean of 90 and 110, then the middle of 90, 109 and 110.
    expect(answers(chain.call('reporter-2', post(1, 110n)))).toEqual([100n])
    expect(answers(chain.call('reporter-3', post(1, 109n)))).toEqual([109n])
  })

  test('takes one report a round of each, in no other round, and of nobody else', () => {
    const chain = openChain()
    chain.call('reporter', post(1, 90n))
    expect(chain.call('reporter', post(1, 91n)).reason).toBe('old-round')
    expect(chain.call('reporter-2', post(3, 91n)).reason).toBe('old-round')
    expect(chain.call('user', post(1, 91n)).reason).toBe('not-authorised')
    expect(chain.call('reporter', post(1, 91n, osm)).reason).toBe('unknown-oracle')
    expect(chain.call('reporter', post(1, 91n, feed('none', null))).reason).toBe('unknown-oracle')
  })
})

test('a median is one of the answers or the mean of the two in the middle, whatever their order', () => {
  const list = fc.array(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), { minLength: 1, maxLength: 9 })
  fc.assert(
    fc.property(list, (given) => {
      const median = medianOf(given)
      expect(medianOf([...given].reverse())).toBe(median)
      const below = given.filter((each) => each <= median).length
      const above = given.filter((each) => each >= median).length
      expect(below >= Math.floor(given.length / 2) && above >= Math.floor(given.length / 2)).toBe(true)
    }),
  )
})

test('a delayed oracle says at the next hop what it took at the last', () => {
  const chain = openChain()
  const poke: Call = { kind: 'poke-oracle', oracle: osm.address }
  // 1,700,000,000 is 200 s into a hop of 600 s: the next begins at 400.
  expect(chain.call('user', poke, 10).events).toMatchObject([{ currentE8: 100n * E8, queuedE8: 100n * E8 }])
  chain.call('reporter', post(1, 50n))
  chain.call('reporter-2', post(1, 50n))
  expect(chain.call('user', poke, 399).reason).toBe('too-early')
  expect(chain.call('user', poke, 400).events).toMatchObject([{ currentE8: 100n * E8, queuedE8: 50n * E8 }])
  expect(chain.call('user', poke, 1_000).events).toMatchObject([{ currentE8: 50n * E8 }])
})

test('a capped rate grows by its share of the year and no more', () => {
  // 1.10 at 10 % a year: 0.11 in a year, 0.0275 in a quarter.
  const cap = { snapshotRateE8: 110_000_000n, snapshotAt: 1_000, maxYearlyGrowthBps: 1_000 }
  expect(cappedRateE8(cap, 1_000)).toBe(110_000_000n)
  expect(cappedRateE8(cap, 1_000 + 31_536_000 / 4)).toBe(112_750_000n)
  expect(cappedRateE8(cap, 1_000 + 31_536_000)).toBe(121_000_000n)
})

describe('the price rule', () => {
  const [first, second] = [contractAddress('oracle', 'a'), contractAddress('oracle', 'b')]
  const rule: PriceRule = { oracle: first, maxAgeSeconds: 60, floorE8: 90n, capE8: 110n }
  const price = (
    answerE8: bigint,
    updatedAt = 940,
    other: bigint | null = null,
    more: Partial<PriceRule> = {},
  ) =>
    acceptedPrice({ ...rule, ...more }, 1_000, (asked) =>
      asked === first
        ? { answerE8, updatedAt, round: 1 }
        : other === null
          ? null
          : { answerE8: other, updatedAt, round: 1 },
    )?.answerE8 ?? null

  test.each([
    ['at its greatest age', price(100n, 940), 100n],
    ['a second older', price(100n, 939), null],
    ['at the floor', price(90n), 90n],
    ['below it', price(89n), null],
    ['at the cap', price(110n), 110n],
    ['above it', price(111n), null],
    ['zero', price(0n, 940, null, { floorE8: -5n }), null],
    ['negative', price(-1n, 940, null, { floorE8: -5n }), null],
    [
      'corroborated to the last unit',
      price(102n, 940, 100n, { corroboration: { oracle: second, deviationBps: 200 } }),
      102n,
    ],
    ['off by more', price(103n, 940, 100n, { corroboration: { oracle: second, deviationBps: 200 } }), null],
    [
      'without its second oracle',
      price(100n, 940, null, { corroboration: { oracle: second, deviationBps: 200 } }),
      null,
    ],
  ])('%s', (_, got, want) => {
    expect(got).toBe(want)
  })
})
