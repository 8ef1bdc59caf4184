// Rotations through the engine: who votes, which sets are refused, how long the old one counts, and that a re-org takes it
// back. A day of grace and the refusals are those of Wormhole's core bridge (Governance.sol, Setters.sol).
import { type Address, ZERO_ADDRESS } from '@solvent/primitives'
import { type BridgeMessage, type Call, SET_GRACE_SECONDS } from '@solvent/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  address,
  frail,
  genesisOf,
  L1,
  nobody,
  ORIGIN,
  rsEthHome,
  solid,
  verifierNames,
} from '../testing/small-network.ts'
import { at, createTestChain, delivery, type TestChain } from '../testing/test-chain.ts'

const [first, second, third] = verifierNames as [string, string, string]
const newNames = ['next-1', 'next-2'].sort((a, b) => (address(a) < address(b) ? -1 : 1))

/** Verifiers have gas, as in a network that a scenario makes. */
const genesis = {
  ...genesisOf(L1),
  balances: [
    ...genesisOf(L1).balances,
    ...[...verifierNames, ...newNames].map((name) => ({
      kind: 'USER' as const,
      owner: address(name),
      token: ZERO_ADDRESS,
      amount: 10n ** 18n,
    })),
  ],
}

let home: TestChain
beforeEach(() => {
  home = createTestChain(L1, { genesis })
})

function rotation(
  next: { setIndex?: number; verifiers?: Address[]; threshold?: number } = {},
  bridge = solid,
) {
  const { setIndex = 2, verifiers = newNames.map(address), threshold = 2 } = next
  return { kind: 'rotate-verifiers', bridge, next: { setIndex, verifiers, threshold } } as const
}

const release = (sequence: number): BridgeMessage => ({
  bridge: solid,
  srcChainId: ORIGIN,
  emitter: solid,
  sequence,
  dstChainId: L1,
  payload: { kind: 'transfer', token: rsEthHome, amount: 10n ** 10n, recipient: address('user') },
})

const reason = (name: string, call: Call, second?: number) => home.call(name, call, second).reason
const byNew = (sequence: number, setIndex = 2) => delivery(release(sequence), newNames, setIndex)

describe('a rotation', () => {
  test('happens with as many votes as a message needs signatures, and says until when the old set counts', () => {
    expect(home.call(first, rotation(), 12).events.map(({ kind }) => kind)).toEqual(['rotation-voted'])
    expect(reason('relayer', byNew(0))).toBe('set-expired')
    expect(home.call(second, rotation(), 36).events.at(-1)).toEqual({
      kind: 'verifiers-rotated',
      bridge: solid,
      next: rotation().next,
      graceUntil: at(36) + SET_GRACE_SECONDS,
    })
    expect(reason('relayer', byNew(0))).toBeNull()
  })

  test('lets the word of the old set count to the last second of its grace, and no longer', () => {
    home.call(first, rotation(), 12)
    home.call(second, rotation(), 24)
    expect(reason('relayer', delivery(release(0)), 24 + SET_GRACE_SECONDS)).toBeNull()
    expect(reason('relayer', delivery(release(1)), 24 + SET_GRACE_SECONDS + 12)).toBe('set-expired')
    expect(reason('relayer', byNew(1))).toBeNull()
  })

  test.each<[string, string, ReturnType<typeof rotation>, string]>([
    ['a stranger', 'rival', rotation(), 'not-authorised'],
    ['the operator', 'issuer', rotation(), 'not-authorised'],
    ['a verifier to come', newNames[0]!, rotation(), 'not-authorised'],
    ['for an empty set', first, rotation({ verifiers: [], threshold: 0 }), 'bad-set'],
    ['for the zero address', first, rotation({ verifiers: [ZERO_ADDRESS], threshold: 1 }), 'bad-set'],
    ['for somebody twice', first, rotation({ verifiers: [nobody, nobody] }), 'bad-set'],
    ['for a threshold of none', first, rotation({ threshold: 0 }), 'bad-set'],
    ['for more signatures than members', first, rotation({ threshold: 3 }), 'bad-set'],
    ['for the current index', first, rotation({ setIndex: 1 }), 'bad-set'],
    ['for an index that leaves one out', first, rotation({ setIndex: 3 }), 'bad-set'],
    ['at no bridge', first, rotation({}, nobody), 'unknown-bridge'],
  ])('refuses a vote of %s or %s', (_what, name, call, expected) => {
    expect(reason(name, call)).toBe(expected)
  })

  test('counts a verifier once, and votes for different sets apart', () => {
    expect(reason(first, rotation())).toBeNull()
    expect(reason(first, rotation())).toBe('not-authorised')
    expect(home.call(second, rotation({ threshold: 1 })).events).toHaveLength(1)
    expect(home.call(third, rotation()).events.at(-1)?.kind).toBe('verifiers-rotated')
  })

  test('gives the votes of the old set no weight in the next one', () => {
    home.call(first, rotation())
    home.call(second, rotation())
    expect(reason(first, rotation({ setIndex: 3 }))).toBe('not-authorised')
    expect(reason(newNames[0]!, rotation({ setIndex: 3 }))).toBeNull()
  })

  test('is of one bridge alone', () => {
    home.call(first, rotation())
    home.call(second, rotation())
    const message = { ...release(0), bridge: frail, emitter: frail }
    expect(reason('relayer', delivery(message, ['verifier-1']))).not.toBe('set-expired')
  })

  test('is taken back with its block: the set before is current again, and the vote counts anew', () => {
    home.call(first, rotation(), 12)
    home.call(second, rotation(), 24)
    expect(home.engine.undo()).not.toBeNull()
    // The vote is back in the pool: it counts anew, on the set that was there before, and the grace runs from its new block.
    expect(home.produce(36)?.receipts[0]?.events.at(-1)).toMatchObject({
      kind: 'verifiers-rotated',
      graceUntil: at(36) + SET_GRACE_SECONDS,
    })
    expect(reason('relayer', byNew(0))).toBeNull()
  })
})
