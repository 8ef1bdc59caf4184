import { asChainId } from '@solvent/primitives'
import { contractAddress, type NetworkSpec, type OptionDeskSpec, type OptionEvent } from '@solvent/protocol'
import { noContracts } from '@solvent/protocol/testing'
import { describe, expect, test } from 'vitest'
import { ChainBook } from './book.ts'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { optionWorth } from './option-price.ts'
import { OptionRules } from './option-rules.ts'
import { Tally } from './tally.ts'

const chainId = asChainId(1)
const [desk, token] = [contractAddress('option-desk', 'desk'), contractAddress('token', 'main/USD')]
const [ada, bo] = [contractAddress('test', 'ada'), contractAddress('test', 'bo')]
const HALF_YEAR = 15_768_000
const E8 = 10n ** 8n

/** Hull’s example 15.6: at 42, a put at 40, 10 % a year, volatility 20 %, half a year: 0.81. A whole unit is a hundred. */
const spec: OptionDeskSpec = {
  ...{ kind: 'option-desk', name: 'desk', address: desk, chainId, token, capital: 10_000n },
  index: { oracle: token, maxAgeSeconds: 60, floorE8: 1n, capE8: 10n ** 12n },
  ...{ baseUnit: 1n, quoteUnit: 100n, spreadBps: 0n, callReserveBps: 20_000n, rateBps: 1_000n },
  volatility: {
    startPriceE8: 42n * E8,
    startBps: 2_000n,
    perFallBps: 10_000n,
    floorBps: 1n,
    capBps: 50_000n,
  },
  series: [{ name: 'put', option: 'put', strikeE8: 40n * E8, expiry: HALF_YEAR }],
  hedgers: [],
}
const of = { desk, series: 'put' }
/** 0.8086 · 100: 81 for one, 162 for two. */
const bought = (holder: typeof ada, change: object = {}): OptionEvent => ({
  kind: 'option-bought',
  ...of,
  ...{ holder, units: 1n, premium: 81n, spotE8: 42n * E8, volatilityBps: 2_000n, ...change },
})
// At 37 a put of 40 pays three: 300 each.
const settled = (change: object = {}): OptionEvent => ({
  kind: 'options-settled',
  ...of,
  ...{ priceE8: 37n * E8, owed: 600n, due: 600n, ...change },
})
const paid = (holder: typeof ada, amount: bigint, units = 1n): OptionEvent => ({
  kind: 'option-exercised',
  ...of,
  ...{ holder, units, paid: amount },
})

function found(story: readonly (readonly [second: number, event: OptionEvent])[]) {
  const tally = new Tally()
  const book = new ChainBook(chainId)
  const network = { ...noContracts, derivatives: [spec], genesisMs: 0 } as unknown as NetworkSpec
  const index = { spec: network, chains: new Map([[chainId, { book }]]) } as unknown as NetworkIndex
  const rules = new OptionRules(tally, index)
  const move = (amount: bigint) => book.post({ kind: 'POOL', owner: desk, token, amount })
  move(spec.capital)
  for (const [second, event] of story) {
    const amount =
      event.kind === 'option-bought' ? event.premium : event.kind === 'option-exercised' ? -event.paid : 0n
    if (amount !== 0n) move(amount)
    const scope = { chain: { chainId }, timestamp: second, atMs: 0, block: { hash: `0x${second}` } }
    rules.event(scope as unknown as Scope, event)
  }
  return { details: tally.broken.map(({ detail }) => detail), rules, tally, move }
}

const both = [
  [0, bought(ada)],
  [0, bought(bo)],
] as const
const over = HALF_YEAR

describe('options under audit', () => {
  test('are worth what Hull says', () => {
    const terms = { spot: 42, strike: 40, volatility: 0.2, years: 0.5, rate: 0.1 }
    expect(optionWorth({ option: 'call', ...terms })).toBeCloseTo(4.7594, 4)
    expect(optionWorth({ option: 'put', ...terms })).toBeCloseTo(0.8086, 4)
    expect(optionWorth({ option: 'put', ...terms, strike: 1 })).toBeLessThan(1e-12)
  })

  test('find nothing in a desk that keeps to its rule', () => {
    expect(
      found([...both, [over, settled()], [over, paid(ada, 300n)], [over, paid(bo, 300n)]]).details,
    ).toEqual([])
  })

  test.each<[string, Parameters<typeof found>[0], string]>([
    ['a premium that is too small', [[0, bought(ada, { premium: 79n })]], 'asks 79'],
    ['a volatility of its own', [[0, bought(ada, { volatilityBps: 1_999n })]], 'volatility of 1999'],
    ['a sale after the expiry', [[over, bought(ada)]], 'after its expiry'],
    ['more sold than it has', [[0, bought(ada, { units: 3n, premium: 243n })]], 'reserved and due'],
    ['a payoff that is too large', [...both, [over, settled({ owed: 601n, due: 601n })]], 'owes 601'],
    ['less due than is owed', [...both, [over, settled({ due: 599n })]], '599 due'],
    ['a settlement before the expiry', [...both, [over - 1, settled()]], 'before its expiry'],
    ['a second settlement', [...both, [over, settled()], [over, settled()]], 'twice'],
    ['a payment before it', [...both, [over, paid(ada, 300n)]], 'before it is settled'],
    ['a unit too many', [...both, [over, settled()], [over, paid(ada, 301n)]], 'pays'],
    [
      'a second payment',
      [...both, [over, settled()], [over, paid(ada, 300n)], [over, paid(ada, 300n)]],
      'pays',
    ],
  ])('find %s', (_what, story, detail) => {
    expect(found(story).details.join('; ')).toContain(detail)
  })

  test('see coins that are missing, and take a block back', () => {
    const { rules, tally, move } = found([
      [0, bought(ada)],
      [5, bought(bo)],
    ])
    rules.undoBlock('0x5')
    move(-81n)
    rules.sums(0)
    expect(tally.broken).toEqual([])
    move(-1n)
    rules.sums(0)
    expect(tally.broken.map(({ detail }) => detail)).toEqual([expect.stringContaining('holds 10080')])
  })
})
