// Orders that buy derivatives, V-7: what is wrong with the receipt of a fill.
import { asChainId } from '@solvent/primitives'
import {
  type ChainEvent,
  contractAddress,
  type NetworkSpec,
  type Purchase,
  purchaseAddress,
} from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { PurchaseRules } from './purchase-rules.ts'
import { Tally } from './tally.ts'

const chainId = asChainId(1)
const [fund, desk, house, token] = ['cover', 'desk', 'house', 'token'].map((name) =>
  contractAddress('test', name),
) as [
  ReturnType<typeof contractAddress>,
  ReturnType<typeof contractAddress>,
  ReturnType<typeof contractAddress>,
  ReturnType<typeof contractAddress>,
]
const [user, other] = [contractAddress('test', 'user'), contractAddress('test', 'other')]
const purchases: Readonly<Record<string, Purchase>> = {
  cover: { kind: 'cover', cover: fund },
  option: { kind: 'option', desk, series: 'put' },
  long: { kind: 'perpetual', house, market: 'sol', side: 'long', leverageBps: 20_000n },
}
const spec = {
  purchases: Object.entries(purchases).map(([name, buys]) => ({
    ...{ address: purchaseAddress(name), chainId, token, buys },
  })),
}

/** What the rules find in a fill of 1,000 with these other events. */
function found(name: string, events: readonly object[], paidIn = token): string[] {
  const tally = new Tally()
  const rules = new PurchaseRules(tally, { spec: spec as unknown as NetworkSpec } as NetworkIndex)
  const output = { recipient: purchaseAddress(name), token: paidIn }
  const filled = { kind: 'order-filled', orderId: '0x1', order: { user, output }, outputAmount: 1_000n }
  const receipt = { events: [...events, filled] }
  rules.event({ receipt, chain: { chainId }, atMs: 0 } as unknown as Scope, filled as unknown as ChainEvent)
  return tally.broken.map(({ id, detail }) => `${id} ${detail}`)
}

const covered = { kind: 'cover-bought', cover: fund, holder: user, amount: 50_000n, premium: 1_000n }
const optioned = { kind: 'option-bought', desk, series: 'put', holder: user, units: 90n, premium: 990n }
const account = `${user}/sol`
const margin = { kind: 'margin-moved', house, account, amount: 1_000n }
const traded = { kind: 'perpetual-traded', house, market: 'sol', account, units: 20n, cash: -2_000n }

describe('a purchase under audit', () => {
  test('is sound when all that was delivered is spent for the user', () => {
    expect(found('cover', [covered])).toEqual([])
    // A unit costs 11: ten are left.
    expect(found('option', [optioned])).toEqual([])
    expect(found('long', [margin, traded])).toEqual([])
  })

  test.each<[string, string, readonly object[], string]>([
    ['a fill alone', 'cover', [], 'without the purchase'],
    ['a purchase for another', 'cover', [{ ...covered, holder: other }], 'without the purchase'],
    ['a purchase of another series', 'option', [{ ...optioned, series: 'call' }], 'without the purchase'],
    ['more spent than delivered', 'cover', [{ ...covered, premium: 1_001n }], 'spends 1001'],
    ['half of it kept back', 'option', [{ ...optioned, units: 45n, premium: 495n }], 'more could be bought'],
    ['margin without a trade', 'long', [margin], 'without the purchase'],
    ['a trade without the margin', 'long', [{ ...margin, amount: 999n }, traded], 'without the purchase'],
    ['a trade to the other side', 'long', [margin, { ...traded, units: -20n, cash: 2_000n }], 'is long'],
    ['a position far too large', 'long', [margin, { ...traded, cash: -4_001n }], 'on a margin of 1000'],
  ])('finds %s', (_, name, events, detail) => {
    expect(found(name, events)).toEqual([expect.stringMatching(new RegExp(`^V-7 .*${detail}`))])
  })

  test('finds what is paid in another coin', () => {
    expect(found('cover', [covered], fund)[0]).toContain('to a purchase that takes')
  })
})
