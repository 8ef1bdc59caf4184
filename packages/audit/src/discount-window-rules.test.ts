// What the audit says of discount windows that do not do what their terms say (G-6). Amounts by hand.
import { asChainId } from '@solvent/primitives'
import {
  contractAddress,
  type DiscountWindowEvent,
  type DiscountWindowSpec,
  type NetworkSpec,
} from '@solvent/protocol'
import { noContracts } from '@solvent/protocol/testing'
import { expect, it } from 'vitest'
import { ChainBook } from './book.ts'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { DiscountWindowRules } from './discount-window-rules.ts'
import { Tally } from './tally.ts'

const chainId = asChainId(1)
const [window, token] = [contractAddress('test', 'window'), contractAddress('test', 'USD')]
const [gold, ada] = [contractAddress('test', 'GOLD'), contractAddress('test', 'ada')]
const START = 1_700_000_000
const rule = { oracle: token, maxAgeSeconds: 60, floorE8: 1n, capE8: 10n ** 12n }
/** Half of gold's worth, at a tenth a year, for a year. */
const spec: DiscountWindowSpec = {
  ...{ kind: 'discount-window', name: 'bank', address: window, chainId, token, price: rule, decimals: 0 },
  ...{ capital: 1_000n, penaltyBps: 1_000n, termSeconds: 31_536_000, borrowers: null },
  collaterals: [{ token: gold, price: rule, decimals: 0, haircutBps: 5_000n }],
}
const price = (of: typeof token, priceE8: bigint) => ({ token: of, oracle: token, priceE8, updatedAt: START })
type Drawn = Extract<DiscountWindowEvent, { kind: 'window-drawn' }>
/** 100 of gold at 10: 500. */
const drawn = (change: Partial<Drawn> = {}): Drawn => ({
  ...{ kind: 'window-drawn', window, loan: 0, borrower: ada, collateral: gold, pledged: 100n, amount: 500n },
  dueAt: START + 10 + spec.termSeconds,
  prices: [price(token, 10n ** 8n), price(gold, 10n ** 9n)],
  ...change,
})
// Half a year of 500 at a tenth is 25.
const HALF = 10 + spec.termSeconds / 2
const repaid = { kind: 'window-repaid', window, loan: 0, principal: 500n, interest: 25n } as const
const seized = { kind: 'pledge-seized', window, loan: 0, unpaid: 551n, pledged: 100n } as const

function found(
  story: readonly (readonly [second: number, event: DiscountWindowEvent, coins: bigint, gold: bigint])[],
  change: Partial<DiscountWindowSpec> = {},
) {
  const tally = new Tally()
  const book = new ChainBook(chainId)
  const network = { ...noContracts, derivatives: [{ ...spec, ...change }], genesisMs: START * 1_000 }
  const rules = new DiscountWindowRules(tally, {
    spec: network as unknown as NetworkSpec,
    chains: new Map([[chainId, { book }]]),
  } as unknown as NetworkIndex)
  const post = (of: typeof token, amount: bigint) =>
    amount === 0n || book.post({ kind: 'POOL', owner: window, token: of, amount })
  post(token, spec.capital)
  for (const [second, event, coins, pledged] of story) {
    post(token, coins)
    post(gold, pledged)
    const scope = { chain: { chainId }, timestamp: START + second, atMs: 0, block: { hash: `0x${second}` } }
    rules.event(scope as unknown as Scope, event)
  }
  return { details: tally.broken.map(({ detail }) => detail), rules, tally }
}

it('finds nothing in a loan that is repaid, nor in a pledge that is kept in time, and takes blocks back', () => {
  expect(
    found([
      [10, drawn(), -500n, 100n],
      [HALF, repaid, 525n, -100n],
    ]).details,
  ).toEqual([])
  const late = found([
    [10, drawn(), -500n, 100n],
    [11 + spec.termSeconds, seized, 0n, 0n],
  ])
  expect(late.details).toEqual([])
  late.rules.undoBlock(`0x${11 + spec.termSeconds}`)
  late.rules.sums(0)
  expect(late.details).toEqual([])
  expect(late.tally.checked['G-6']).toBeGreaterThan(4)
})

it.each([
  ['lends too much', [[10, drawn({ amount: 501n }), -501n, 100n]], /lends 501 on 100/, {}],
  ['lends on nothing that it takes', [[10, drawn({ collateral: ada }), -500n, 0n]], /lends 500 on 100/, {}],
  ['lends what it has not', [[10, drawn(), -500n, 100n]], /lends 500 of 400/, { capital: 400n }],
  ['lends to strangers', [[10, drawn(), -500n, 100n]], /who may not borrow/, { borrowers: [token] }],
  ['forgets the term', [[10, drawn({ dueAt: START }), -500n, 100n]], /numbers loan 0/, {}],
  [
    'keeps a pledge too early',
    [
      [10, drawn(), -500n, 100n],
      [HALF, seized, 0n, 0n],
    ],
    /before its term/,
    {},
  ],
  [
    'forgives interest',
    [
      [10, drawn(), -500n, 100n],
      [HALF, { ...repaid, interest: 24n }, 524n, -100n],
    ],
    /takes 500 and 24/,
    {},
  ],
  [
    'keeps what was redeemed',
    [
      [10, drawn(), -500n, 100n],
      [HALF, repaid, 525n, 0n],
    ],
    /holds 100 of/,
    {},
  ],
  [
    'ends a loan twice',
    [
      [10, drawn(), -500n, 100n],
      [HALF, repaid, 525n, -100n],
      [HALF, repaid, 0n, 0n],
    ],
    /which it has not/,
    {},
  ],
] as const)('finds a window that %s', (_, story, message, change) => {
  expect(found(story as never, change as never).details.join('\n')).toMatch(message)
})
