// O-17 by example: each way in which a slash can be wrong.
import type { Address } from '@solvent/primitives'
import { type DomainEvent, orderDigest } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { type DraftTransaction, Sealer } from './testing/draft.ts'
import {
  address,
  GENESIS_SECONDS,
  L1,
  node,
  ROLLUP,
  sampleOrder,
  usdcL1,
  usdcRollup,
} from './testing/network.ts'
import { fill } from './testing/order-story.ts'
import { brokenIds, newAuditor } from './testing/run-story.ts'

type Slash = Extract<DomainEvent, { kind: 'bond-slashed' }>
type Challenge = Extract<DomainEvent, { kind: 'challenge-upheld' }>

const FILLED_AT = GENESIS_SECONDS + 24
const award = {
  by: 'auctioneer',
  auctioneer: address('auctioneer'),
  rule: 'first-price',
  closesAt: GENESIS_SECONDS + 3,
  exclusiveUntil: GENESIS_SECONDS + 200,
} as const
const order = sampleOrder({ award })
const slash = (change: Partial<Slash> = {}): Slash => ({
  kind: 'bond-slashed',
  orderId: orderDigest(order),
  solver: address('atlas'),
  user: address('alice'),
  chainId: ROLLUP,
  token: usdcRollup,
  amount: 300n,
  cause: 'faded',
  ...change,
})

/** atlas' bond of 500. */
function posted(token: Address): DraftTransaction {
  const legs = [
    { kind: 'SOLVER' as const, owner: address('atlas'), token, amount: -500n },
    { kind: 'USER' as const, owner: address('auctioneer'), token, amount: 500n },
  ]
  const call = { kind: 'transfer', token, to: address('auctioneer'), amount: 500n } as const
  return { from: 'atlas', call, entries: [{ cause: 'transfer', legs }], events: [] }
}

/** atlas posts a bond of 500; `isKept` has it fill the order in time; then the auctioneer slashes. */
function brokenBy(events: readonly DomainEvent[], isKept = false, filled = order): string[] {
  const auditor = newAuditor()
  const sealer = new Sealer()
  auditor.block(sealer.seal({ chainId: ROLLUP, number: 1, transactions: [posted(usdcRollup)] }))
  if (isKept)
    for (const block of sealer.blocks({
      chainId: L1,
      number: 2,
      transactions: [fill(filled, { at: FILLED_AT })],
    }))
      auditor.block(block)
  for (const event of events) auditor.event(FILLED_AT * 1_000, node('auctioneer'), event)
  return brokenIds(auditor.finish()).filter((id) => id === 'O-17')
}

it('lets a bond be slashed for an award that was not kept, up to what is left', () => {
  expect(brokenBy([slash(), slash({ orderId: orderDigest(sampleOrder()), amount: 200n })])).toEqual([])
})

it.each<[string, Slash[], boolean]>([
  ['more than is left', [slash({ amount: 501n })], false],
  [
    'more than is left after another',
    [slash(), slash({ orderId: orderDigest(sampleOrder()), amount: 201n })],
    false,
  ],
  ['for one order twice', [slash({ amount: 100n }), slash({ amount: 100n })], false],
  ['for an award that was kept', [slash()], true],
  ['of who posted nothing', [slash({ solver: address('borealis') })], false],
  ['in a token that nobody posted', [slash({ chainId: L1 })], false],
  ['of nothing', [slash({ amount: 0n })], false],
  ['for another user', [slash({ user: address('relayer'), cause: 'unopened' })], true],
])('catches a slash %s', (_name, slashes, isKept) => {
  expect(brokenBy(slashes, isKept)).toEqual(['O-17'])
})

it('a fill that comes after the window does not keep the award', () => {
  const late = sampleOrder({ award: { ...award, exclusiveUntil: FILLED_AT - 1 } })
  const events = [slash({ orderId: orderDigest(late) })]
  expect(brokenBy(events, true, late)).toEqual([])
})

it.each<[string, DraftTransaction['reverted'], boolean, string[]]>([
  ['that was made counts', undefined, false, []],
  ['that reverted does not', 'insufficient-balance', false, ['O-17']],
  ['that a re-org took back does not', undefined, true, ['O-17']],
])('a bond %s', (_name, reverted, isTakenBack, broken) => {
  const auditor = newAuditor()
  const sealer = new Sealer()
  const made = posted(usdcL1)
  const transaction = reverted === undefined ? made : { ...made, entries: [], reverted }
  const root = sealer.seal({ chainId: L1, number: 1, transactions: [] })
  auditor.block(root)
  auditor.block(sealer.seal({ chainId: L1, number: 2, transactions: [transaction] }))
  if (isTakenBack) auditor.block(sealer.seal({ chainId: L1, number: 3, transactions: [], parent: root }))
  auditor.event(FILLED_AT * 1_000, node('auctioneer'), slash({ chainId: L1, token: usdcL1 }))
  expect(brokenIds(auditor.finish()).filter((id) => id === 'O-17')).toEqual(broken)
})

describe('what was slashed', () => {
  const TAKEN_AT = GENESIS_SECONDS + 10
  /** The auctioneer pays it to the user, or somebody else does. */
  const pay = (amount: bigint, by: 'auctioneer' | 'borealis' = 'auctioneer'): DraftTransaction => ({
    from: by,
    call: { kind: 'transfer', token: usdcRollup, to: address('alice'), amount },
    entries: [
      {
        cause: 'transfer',
        legs: [
          {
            kind: by === 'auctioneer' ? 'USER' : 'SOLVER',
            owner: address(by),
            token: usdcRollup,
            amount: -amount,
          },
          { kind: 'USER', owner: address('alice'), token: usdcRollup, amount },
        ],
      },
    ],
    events: [],
  })
  const broken = (
    payments: readonly DraftTransaction[],
    { lastBlock = 156, orphaned = false, fault = '' } = {},
  ) => {
    const auditor = newAuditor()
    const sealer = new Sealer()
    const root = sealer.seal({ chainId: ROLLUP, number: 1, transactions: [posted(usdcRollup)] })
    auditor.block(root)
    auditor.event(TAKEN_AT * 1_000, node('auctioneer'), slash())
    const other = slash({ orderId: orderDigest(sampleOrder()), amount: 200n })
    auditor.event(TAKEN_AT * 1_000, node('auctioneer'), other)
    if (fault !== '')
      auditor.event(TAKEN_AT * 1_000, node('auctioneer'), {
        ...{ kind: 'fault', fault: 'crash', target: fault, phase: 'begin' },
      })
    auditor.block(sealer.seal({ chainId: ROLLUP, number: 20, transactions: [...payments] }))
    if (orphaned) auditor.block(sealer.seal({ chainId: ROLLUP, number: 21, transactions: [], parent: root }))
    auditor.block(sealer.seal({ chainId: ROLLUP, number: lastBlock, transactions: [] }))
    return brokenIds(auditor.finish()).filter((id) => id === 'O-17')
  }

  // Blocks of two seconds: 155 is the first that is five minutes after the slash at 10 s.
  it('is paid to its user within five minutes, in one payment or more', () => {
    expect(broken([pay(300n), pay(200n)])).toEqual([])
    expect(broken([pay(500n)])).toEqual([])
    expect(broken([pay(300n)])).toEqual(['O-17'])
    expect(broken([pay(499n)])).toEqual(['O-17'])
    expect(broken([], { lastBlock: 154 })).toEqual([])
    expect(broken([], { lastBlock: 155 })).toEqual(['O-17'])
  })

  it('is not paid by others, by what reverted, or by what a re-org took back', () => {
    expect(broken([pay(500n, 'borealis')])).toEqual(['O-17'])
    expect(broken([{ ...pay(500n), entries: [], reverted: 'insufficient-balance' }])).toEqual(['O-17'])
    expect(broken([pay(500n)], { orphaned: true })).toEqual(['O-17'])
  })

  it('need not be paid by an auctioneer or on a chain that a fault holds', () => {
    expect(broken([], { fault: 'auctioneer' })).toEqual([])
    expect(broken([], { fault: 'rollup-producer' })).toEqual([])
    expect(broken([], { fault: 'atlas' })).toEqual(['O-17'])
  })
})

it('a bid that was not opened is no award that could be kept', () => {
  expect(brokenBy([slash({ cause: 'unopened' })], true)).toEqual([])
})

/** atlas has won over bids of borealis and a third, and what was delivered in the end, by atlas too, is 20 less than borealis' bid. */
const delivered = order.output.minAmount
const bidOf = (who: 'atlas' | 'borealis' | 'relayer', more: bigint) => ({
  solver: address(who),
  outputAmount: delivered + more,
  bidHash: orderDigest(sampleOrder({ nonce: more })),
})
const closed = (
  bids = [bidOf('atlas', 30n), bidOf('borealis', 20n), bidOf('relayer', 10n)],
  auctioneer = address('auctioneer'),
): DomainEvent => ({
  kind: 'auction-closed',
  order,
  award: {
    ...{
      orderId: orderDigest(order),
      auctioneer,
      exclusiveUntil: award.exclusiveUntil,
    },
    ...{ winner: bids[0]!.solver, outputAmount: bids[0]!.outputAmount, bids },
  },
})
const upheld = (change: Partial<Challenge> = {}): Challenge => ({
  kind: 'challenge-upheld',
  orderId: orderDigest(order),
  challenger: address('borealis'),
  solver: address('atlas'),
  offered: delivered + 20n,
  delivered,
  ...change,
})
const worse = slash({ amount: 20n, cause: 'worse-than-offer' })

it('lets a bond pay what a rival had bid more, beside what it pays for the fade', () => {
  expect(brokenBy([closed(), upheld(), worse], true)).toEqual([])
  expect(brokenBy([closed(), slash({ amount: 100n }), upheld(), worse])).toEqual([])
})

it.each<[string, DomainEvent[]]>([
  ['without a challenge', [closed(), worse]],
  ['for one challenge twice', [closed(), upheld(), worse, worse]],
  ['after two challenges', [closed(), upheld(), upheld()]],
  ['of an order that was not awarded', [upheld()]],
  ['of an award that another auctioneer made', [closed(undefined, address('relayer')), upheld()]],
  ['of an award that another won', [closed(), upheld({ solver: address('relayer') })]],
  ['by a bid that the award does not reveal', [closed(), upheld({ offered: delivered + 21n })]],
  ['of a fill that was no worse', [closed(), upheld({ delivered: delivered + 20n })]],
  ['of less than was delivered', [closed(), upheld({ delivered: delivered - 1n })]],
  [
    'by who filled it',
    [
      closed([bidOf('borealis', 30n), bidOf('atlas', 20n)]),
      upheld({ challenger: address('atlas'), solver: address('borealis') }),
    ],
  ],
])('catches a bond that pays for a fill that was worse, %s', (_name, events) => {
  expect(brokenBy(events, true)).toEqual(['O-17'])
})

it('catches what is held against a winner by its own bid, before its fill is known', () => {
  const own = upheld({ challenger: address('atlas'), offered: delivered + 30n })
  expect(brokenBy([closed(), own])).toEqual(['O-17'])
  expect(brokenBy([closed(), upheld()])).toEqual([])
})

it('judges by events alone what they tell, as in the process of a live node', () => {
  const judged = (...events: readonly DomainEvent[]) => {
    const auditor = newAuditor()
    for (const event of events) auditor.event(FILLED_AT * 1_000, node('auctioneer'), event)
    return brokenIds(auditor.finish()).filter((id) => id === 'O-17')
  }
  // What was posted and what was filled is not known there, nor an award from before a restart.
  expect(judged(slash({ amount: 501n }))).toEqual([])
  expect(judged(upheld())).toEqual([])
  expect(judged(closed(), upheld(), slash({ cause: 'worse-than-offer' }))).toEqual([])
  expect(judged(slash(), slash())).toEqual(['O-17'])
  expect(judged(slash({ cause: 'worse-than-offer' }))).toEqual(['O-17'])
  expect(judged(closed(), upheld({ challenger: address('atlas') }))).toEqual(['O-17'])
})
