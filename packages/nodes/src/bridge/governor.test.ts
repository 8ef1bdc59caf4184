// The governor of one verifier, alone: what passes, what waits and for how long, votes, corridors, restarts.
import type { StoreTicket } from '@solvent/ports'
import { asAddress } from '@solvent/primitives'
import {
  type Block,
  type BridgeMessage,
  type DomainEvent,
  messageDigest,
  type TransferGovernor,
} from '@solvent/protocol'
import { settlementRules } from '@solvent/settlement'
import { describe, expect, test } from 'vitest'
import { address, ROLLUP, smallNetwork, weakBridge } from '../testing/small-network.ts'
import { createGovernor, type GovernorPorts } from './governor.ts'

const plain = smallNetwork.bridges.find((each) => each.address === weakBridge)!
const { home, wrapped, symbol } = plain.routes[0]!
const far = wrapped.find(({ chainId }) => chainId === ROLLUP)!
const { decimals } = smallNetwork.tokens.find(
  (each) => each.chainId === home.chainId && each.address === home.token,
)!
const E8 = 10n ** 8n
/** A unit of the numeraire each: five at once wait ten minutes, and eight leave within an hour. */
const governor: TransferGovernor = {
  windowSeconds: 3_600,
  delaySeconds: 600,
  chains: [
    { chainId: ROLLUP, singleE8: 5n * E8, windowE8: 8n * E8 },
    { chainId: home.chainId, singleE8: 5n * E8, windowE8: 8n * E8 },
  ],
  tokens: [home, far].map((end) => ({ ...end, floorE8: E8, dynamicE8: 0n })),
  flowCancel: [{ symbol, from: home.chainId, to: ROLLUP }],
}

let sequence = 0
const message = (units: bigint, from: 'far' | 'home' = 'far'): BridgeMessage => {
  const [source, destination] = from === 'far' ? [far, home] : [home, far]
  return {
    bridge: weakBridge,
    srcChainId: source.chainId,
    emitter: weakBridge,
    sequence: sequence++,
    dstChainId: destination.chainId,
    payload: {
      kind: 'transfer',
      token: destination.token,
      amount: units * 10n ** BigInt(decimals),
      recipient: address('atlas'),
    },
  }
}

function setUp() {
  const clock = { seconds: 1_000 }
  const stored = new Map<string, Uint8Array>()
  const events: DomainEvent[] = []
  const ports = {
    clock: { nowMs: () => clock.seconds * 1_000 },
    store: {
      put: (key: string, bytes: Uint8Array) => stored.set(key, bytes).size as StoreTicket,
      delete: (key: string) => Number(stored.delete(key)) as StoreTicket,
      get: (key: string) => stored.get(key),
      has: (key: string) => stored.has(key),
      keys: (prefix: string) => [...stored.keys()].filter((key) => key.startsWith(prefix)).sort(),
    },
    log: { event: (event: DomainEvent) => void events.push(event), text() {} },
    meter: { count() {}, gauge() {} },
  } as GovernorPorts
  const fresh = (by = governor, rules = settlementRules) =>
    createGovernor(smallNetwork, { ...plain, governor: by }, rules, ports)
  return { clock, events, fresh, guard: fresh() }
}

test('what fits the window passes and counts, to the unit and to the second', () => {
  const { clock, guard } = setUp()
  expect([4n, 4n, 1n].map((units) => guard.admits(message(units)))).toEqual([true, true, false])
  clock.seconds += 3_599
  expect(guard.admits(message(1n))).toBe(false)
  clock.seconds += 1
  expect(guard.admits(message(1n))).toBe(true)
})

test('a transfer at the single limit waits its time out and does not count', () => {
  const { clock, guard, events } = setUp()
  const large = message(5n)
  expect(guard.admits(large)).toBe(false)
  clock.seconds += 599
  expect(guard.admits(large)).toBe(false)
  clock.seconds += 1
  expect(guard.admits(large)).toBe(true)
  expect([4n, 4n].map((units) => guard.admits(message(units)))).toEqual([true, true])
  expect(events.map((event) => event.kind === 'transfer-governed' && event.verdict)).toEqual([
    'held',
    'waited',
    'passed',
    'passed',
  ])
})

test('operators let go what waits, uncounted, or drop it for good', () => {
  const { clock, guard } = setUp()
  const [first, second] = [message(5n), message(6n)]
  guard.admits(first)
  expect(guard.vote('release')).toEqual([first])
  expect(guard.admits(first)).toBe(true)
  guard.admits(second)
  expect(guard.vote('censor')).toEqual([])
  clock.seconds += 10_000
  expect(guard.admits(second)).toBe(false)
  expect(guard.held()).toEqual([])
})

test('flow along a corridor makes room where it goes', () => {
  const { guard } = setUp()
  expect(guard.admits(message(4n, 'home'))).toBe(true)
  // Eight fit anyway, and four more for the four that came.
  expect([4n, 4n, 4n, 1n].map((units) => guard.admits(message(units)))).toEqual([true, true, true, false])
})

test('a restart forgets neither what counts nor since when something waits', () => {
  const { clock, guard, fresh } = setUp()
  const large = message(5n)
  expect([guard.admits(message(4n)), guard.admits(message(4n)), guard.admits(large)]).toEqual([
    true,
    true,
    false,
  ])
  clock.seconds += 599
  const again = fresh()
  again.restore()
  expect([again.admits(message(1n)), again.admits(large)]).toEqual([false, false])
  clock.seconds += 1
  expect(again.admits(large)).toBe(true)
})

test('what a re-org took back waits no more', () => {
  const { guard } = setUp()
  const large = message(5n)
  guard.admits(large)
  guard.forget(large)
  expect(guard.held()).toEqual([])
  expect(guard.vote('release').map(messageDigest)).toEqual([])
})

describe('with the price of an oracle', () => {
  const oracle = asAddress(`0x${'0c'.repeat(20)}`)
  const source = { chainId: home.chainId, oracle, maxAgeSeconds: 600 }
  const priced = { ...governor, tokens: governor.tokens.map((token) => ({ ...token, source })) }
  /** As much of a block as it reads. */
  const answer = (at: number, units: bigint, name = '0xaa') =>
    ({
      header: { timestamp: at },
      hash: name,
      receipts: [{ events: [{ kind: 'price-updated', oracle, round: at, answerE8: units * E8 }] }],
    }) as unknown as Block
  const now = Math.floor(smallNetwork.genesisMs / 1_000)

  test('counts by the answer where it is above the floor, by the floor where it is below, too old, or taken back', () => {
    const { clock, fresh, events } = setUp()
    clock.seconds = now + 100
    const guard = fresh(priced)
    const admits = (units: bigint) => guard.admits(message(units))
    guard.onBlock(answer(now + 90, 3n))
    // Two units at three each are six: at the single limit of five and above.
    expect([admits(2n), admits(1n)]).toEqual([false, true])
    guard.onBlock(answer(now + 95, 2n, '0xbb'))
    expect(events.at(-1)).toMatchObject({ priceE8: 3n * E8 })
    expect(admits(2n)).toBe(true)
    guard.onOrphaned(answer(now + 95, 2n, '0xbb'))
    expect(admits(2n)).toBe(false)
    clock.seconds = now + 90 + 601
    // One at three and two at two count as they were when they passed: seven of eight, and one at the floor fits.
    expect([admits(2n), admits(1n)]).toEqual([false, true])
    guard.onBlock(answer(clock.seconds, 0n, '0xcc'))
    clock.seconds += 3_600
    expect([admits(4n), admits(4n)]).toEqual([true, true])
  })

  test('a restart counts what has passed for what it was worth then', () => {
    const { clock, fresh } = setUp()
    clock.seconds = now + 100
    const guard = fresh(priced)
    guard.onBlock(answer(now + 90, 4n))
    expect(guard.admits(message(1n))).toBe(true)
    const again = fresh(priced)
    again.restore()
    expect([again.admits(message(4n)), again.admits(message(1n))]).toEqual([true, false])
  })

  test('a governor that goes by the price of the start says so', () => {
    const { clock, fresh, events } = setUp()
    clock.seconds = now + 100
    const planted = fresh(priced, { ...settlementRules, governorPriceE8: (floorE8) => floorE8 })
    planted.onBlock(answer(now + 90, 3n))
    expect(planted.admits(message(2n))).toBe(true)
    expect(events.at(-1)).toMatchObject({ priceE8: E8 })
  })
})
