// What the accountant of a bridge covers: no chain sends what it does not have.
import { ZERO_HASH } from '@solvent/primitives'
import type { Block, BridgeMessage } from '@solvent/protocol'
import { expect, test } from 'vitest'
import { address, ROLLUP, smallNetwork, weakBridge } from '../testing/small-network.ts'
import { createAccountant } from './accountant.ts'

const plain = smallNetwork.bridges.find((each) => each.address === weakBridge)!
const { home, wrapped } = plain.routes[0]!
const far = wrapped.find(({ chainId }) => chainId === ROLLUP)!
const bridge = { ...plain, accountant: { balances: [{ ...far, amount: 100n }] } }
const accountant = () => createAccountant(smallNetwork, bridge)!

function message(from: 'home' | 'far', amount: bigint, sequence = 0): BridgeMessage {
  const [source, destination] = from === 'home' ? [home, far] : [far, home]
  return {
    bridge: weakBridge,
    srcChainId: source.chainId,
    emitter: weakBridge,
    sequence,
    dstChainId: destination.chainId,
    payload: { kind: 'transfer', token: destination.token, amount, recipient: address('atlas') },
  }
}

/** A block of the home chain that locks. */
const locking = (amount: bigint): Block =>
  ({
    header: { chainId: home.chainId },
    receipts: [
      {
        events: [
          {
            kind: 'bridge-transfer',
            bridge: weakBridge,
            step: 'locked',
            token: home.token,
            amount,
            message: ZERO_HASH,
          },
        ],
      },
    ],
  }) as unknown as Block

test('a bridge without one has none', () => {
  expect(createAccountant(smallNetwork, plain)).toBeNull()
})

test('a far chain may export what it had and received, to the unit', () => {
  const books = accountant()
  expect([books.covers(message('far', 100n)), books.covers(message('far', 101n))]).toEqual([true, false])
  books.apply(message('far', 60n))
  expect([books.covers(message('far', 40n)), books.covers(message('far', 41n))]).toEqual([true, false])
  books.onBlock(locking(5n))
  books.apply(message('home', 5n))
  expect([books.covers(message('far', 45n)), books.covers(message('far', 46n))]).toEqual([true, false])
})

test('the home chain may export what its blocks show as locked, and no more after a re-org', () => {
  const books = accountant()
  expect(books.covers(message('home', 1n))).toBe(false)
  books.onBlock(locking(7n))
  expect([books.covers(message('home', 7n)), books.covers(message('home', 8n))]).toEqual([true, false])
  books.onOrphaned(locking(7n))
  expect(books.covers(message('home', 1n))).toBe(false)
})

test('a proof of a fill carries nothing away', () => {
  const payload = {
    kind: 'fill-proof',
    orderId: ZERO_HASH,
    payee: address('atlas'),
    outputToken: home.token,
    outputAmount: 10n ** 30n,
    recipient: address('atlas'),
    filledAt: 0,
  } as const
  expect(accountant().covers({ ...message('far', 1n), payload })).toBe(true)
})
