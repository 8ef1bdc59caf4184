// The governor of one verifier, alone: what passes, what waits and for how long, votes, corridors, restarts.
import type { StoreTicket } from '@solvent/ports'
import { type BridgeMessage, type DomainEvent, messageDigest, type TransferGovernor } from '@solvent/protocol'
import { settlementRules } from '@solvent/settlement'
import { expect, test } from 'vitest'
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
  const fresh = () => createGovernor(smallNetwork, { ...plain, governor }, settlementRules, ports)
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
