import { asChainId } from '@solvent/primitives'
import { type CoverEvent, type CoverSpec, contractAddress, type NetworkSpec } from '@solvent/protocol'
import { noContracts } from '@solvent/protocol/testing'
import { describe, expect, test } from 'vitest'
import { ChainBook } from './book.ts'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { CoverRules } from './cover-rules.ts'
import { Tally } from './tally.ts'

const chainId = asChainId(1)
const [cover, token] = [contractAddress('cover', 'depeg'), contractAddress('token', 'main/USDC')]
const [ada, bo] = [contractAddress('test', 'ada'), contractAddress('test', 'bo')]
const START = 1_700_000_000

/** A thousand of capital, cover three times over at 2 %, below 0.95 for an hour. */
const spec: CoverSpec = {
  ...{ kind: 'cover', name: 'depeg', address: cover, chainId, token, capital: 1_000n },
  index: { oracle: token, maxAgeSeconds: 60, floorE8: 1n, capE8: 10n ** 12n },
  ...{ levelE8: 95_000_000n, forSeconds: 3_600, until: START + 100_000 },
  ...{ premiumBps: 200n, leverageBps: 30_000n, payment: 'pro-rata' },
}
const bought = (holder: typeof ada, amount: bigint, premium: bigint): CoverEvent => ({
  kind: 'cover-bought',
  ...{ cover, holder, amount, premium },
})
const noted = (priceE8: bigint | null, triggeredAt: number | null = null): CoverEvent => ({
  kind: 'stress-noted',
  ...{ cover, priceE8, belowSeconds: 0, triggeredAt },
})
const claimed = (holder: typeof ada, covered: bigint, paid: bigint): CoverEvent => ({
  kind: 'cover-claimed',
  ...{ cover, holder, covered, paid },
})

/** What the rules find in a story of events, each at a second after the start. */
function found(
  story: readonly (readonly [second: number, event: CoverEvent])[],
  change: Partial<CoverSpec> = {},
) {
  const tally = new Tally()
  const book = new ChainBook(chainId)
  const network = { ...noContracts, derivatives: [{ ...spec, ...change }], genesisMs: START * 1_000 }
  const rules = new CoverRules(tally, {
    spec: network as unknown as NetworkSpec,
    chains: new Map([[chainId, { book }]]),
  } as unknown as NetworkIndex)
  book.post({ kind: 'POOL', owner: cover, token, amount: spec.capital })
  for (const [second, event] of story) {
    const amount =
      event.kind === 'cover-bought' ? event.premium : event.kind === 'cover-claimed' ? -event.paid : 0n
    if (amount !== 0n) book.post({ kind: 'POOL', owner: cover, token, amount })
    const scope = { chain: { chainId }, timestamp: START + second, atMs: 0, block: { hash: `0x${second}` } }
    rules.event(scope as unknown as Scope, event)
  }
  return { details: tally.broken.map(({ detail }) => detail), rules, tally, book }
}

// 2,000 and 1,000 sold for 40 and 20; 1,060 are there when an hour below is over.
const sold = [
  [10, bought(ada, 2_000n, 40n)],
  [20, bought(bo, 1_000n, 20n)],
] as const
const stress = [
  [100, noted(90_000_000n)],
  [3_700, noted(90_000_000n, START + 3_700)],
] as const

describe('cover under audit', () => {
  test('finds nothing in a fund that keeps to its rule', () => {
    // ⌊1,060 · 2,000 / 3,000⌋ and ⌊1,060 · 1,000 / 3,000⌋.
    const paid = [
      [3_800, claimed(ada, 2_000n, 706n)],
      [3_900, claimed(bo, 1_000n, 353n)],
    ] as const
    expect(found([...sold, ...stress, ...paid]).details).toEqual([])
  })

  test.each<[string, Parameters<typeof found>[0], string]>([
    ['a premium that is too small', [[10, bought(ada, 2_000n, 39n)]], 'asks 39'],
    ['more sold than its capacity', [[10, bought(ada, 3_001n, 61n)]], 'sells 3001'],
    ['a sale after the stress', [...sold, ...stress, [3_800, bought(bo, 1n, 1n)]], 'after the stress'],
    ['a stress that was too short', [...sold, stress[0], [3_699, noted(1n, START + 3_699)]], 'sees a stress'],
    [
      'a stress with a break',
      [stress[0], [1_000, noted(96_000_000n)], [1_100, noted(1n)], [3_700, noted(1n, START + 3_700)]],
      'sees a stress',
    ],
    ['a stress that it does not see', [...sold, stress[0], [3_700, noted(1n)]], 'sees no'],
    ['a payment before the stress', [...sold, [30, claimed(ada, 2_000n, 706n)]], 'before the stress'],
    ['a unit too many', [...sold, ...stress, [3_800, claimed(ada, 2_000n, 707n)]], 'pays'],
    ['a unit too few', [...sold, ...stress, [3_800, claimed(ada, 2_000n, 705n)]], 'pays'],
    [
      'a second payment',
      [...sold, ...stress, [3_800, claimed(ada, 2_000n, 706n)], [3_900, claimed(ada, 2_000n, 1n)]],
      'who has 0',
    ],
  ])('finds %s', (_what, story, detail) => {
    expect(found(story).details.join('; ')).toContain(detail)
  })

  test('counts no time in which no price is known, and none after the term', () => {
    const unknown = [stress[0], [1_900, noted(null)], [2_000, noted(1n)]] as const
    expect(found([...unknown, [3_799, noted(1n)]]).details).toEqual([])
    expect(found([...unknown, [3_800, noted(1n, START + 3_800)]]).details).toEqual([])
    const late = [stress[0], [9_000, noted(1n)]] as const
    expect(found(late, { until: START + 3_699 }).details).toEqual([])
  })

  test('sees coins that are missing, and takes a block back', () => {
    const { rules, tally, book } = found(sold)
    rules.undoBlock('0x20')
    book.post({ kind: 'POOL', owner: cover, token, amount: -20n })
    rules.sums(0)
    expect(tally.broken).toEqual([])
    book.post({ kind: 'POOL', owner: cover, token, amount: -1n })
    rules.sums(0)
    expect(tally.broken.map(({ detail }) => detail)).toEqual([expect.stringContaining('holds 1039')])
  })
})
