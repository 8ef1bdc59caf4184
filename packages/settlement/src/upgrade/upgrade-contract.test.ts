// Upgrades through the engine: who may, what each flaw lets pass, and that a re-org takes it back.
import {
  attestationDigest,
  attestationOf,
  type BridgeMessage,
  type Call,
  type ContractFlaw,
  rollupContract,
} from '@solvent/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { UndoLog, undoSegment } from '../ledger/undo-log.ts'
import {
  address,
  L1,
  nobody,
  ORIGIN,
  rsEthHome,
  signer,
  solid,
  verifierNames,
} from '../testing/small-network.ts'
import { createTestChain, delivery, type TestChain } from '../testing/test-chain.ts'
import { FlawSet } from './flaw-set.ts'

let home: TestChain
beforeEach(() => {
  home = createTestChain(L1)
})

const upgrade = (flaw: ContractFlaw, change: 'introduced' | 'fixed' = 'introduced', contract = solid) =>
  ({ kind: 'upgrade', contract, flaw, change }) as const

/** A release that no chain ever sent. */
const forged = (sequence = 7): BridgeMessage => ({
  bridge: solid,
  srcChainId: ORIGIN,
  emitter: solid,
  sequence,
  dstChainId: L1,
  payload: { kind: 'transfer', token: rsEthHome, amount: 10n ** 10n, recipient: address('rival') },
})

/** Signed by people who may not be verifiers, with the signatures of others when asked. */
function signedBy(names: readonly string[], { message = forged(), setIndex = 1, forger = '' } = {}): Call {
  const digest = attestationDigest(attestationOf(message, setIndex))
  const signatures = [...names]
    .sort((a, b) => (address(a) < address(b) ? -1 : 1))
    .map((name) => ({ verifier: address(name), signature: signer(forger || name).sign(digest) }))
  return { kind: 'deliver', message, proof: { kind: 'quorum', setIndex, signatures } }
}

const reason = (call: Call): string | null => home.call('rival', call).reason
const [first, second] = verifierNames as [string, string]

describe('an upgrade', () => {
  test("is the issuer's, on the chain where it stands, and leaves an event", () => {
    expect(reason(upgrade('threshold-zero'))).toBe('not-authorised')
    expect(home.call('guardian', upgrade('threshold-zero')).reason).toBe('not-authorised')
    expect(home.call('issuer', upgrade('threshold-zero', 'introduced', nobody)).reason).toBe(
      'unknown-contract',
    )
    expect(home.call('issuer', upgrade('threshold-zero')).events).toEqual([
      { kind: 'contract-upgraded', contract: solid, flaw: 'threshold-zero', change: 'introduced' },
    ])
    expect(createTestChain(ORIGIN).call('relayer', delivery(forged(), [])).status).toBe('reverted')
  })

  test("of a rollup's contract is its first producer's, on the L1", () => {
    const contract = rollupContract({ name: 'origin' })
    const call = upgrade('proof-unchecked', 'introduced', contract)
    expect(home.call('l1-producer', call).reason).toBe('not-authorised')
    expect(home.call('origin-producer', call).status).toBe('ok')
    expect(createTestChain(ORIGIN).call('origin-producer', call).reason).toBe('unknown-contract')
  })

  test('is mended by another', () => {
    home.call('issuer', upgrade('threshold-zero'))
    home.call('issuer', upgrade('threshold-zero', 'fixed'))
    expect(reason(delivery(forged(), []))).toBe('quorum-missing')
  })

  test('is taken back with its block', () => {
    const log = new UndoLog()
    const flaws = new FlawSet(log, ['threshold-zero'])
    flaws.change('threshold-zero', 'fixed')
    flaws.change('replay-unchecked', 'introduced')
    const block = log.seal()
    expect([flaws.has('threshold-zero'), flaws.has('replay-unchecked')]).toEqual([false, true])
    undoSegment(block)
    expect([flaws.has('threshold-zero'), flaws.has('replay-unchecked')]).toEqual([true, false])
  })

  test('may have gone wrong before genesis', () => {
    const flawed = createTestChain(L1, { flaws: ['zero-root-accepted'] })
    expect(flawed.call('rival', delivery(forged(), [])).status).toBe('ok')
  })
})

describe('a contract with', () => {
  // What passes, and the nearest thing that still does not.
  test.each<[ContractFlaw, () => Call, () => Call]>([
    ['zero-root-accepted', () => delivery(forged(), []), () => delivery(forged(), [first])],
    ['threshold-zero', () => delivery(forged(), [first]), () => signedBy(['rival'])],
    ['threshold-misread', () => signedBy(['rival']), () => delivery(forged(), [])],
    [
      'signature-unchecked',
      () => signedBy([first, second], { forger: 'rival' }),
      () => delivery(forged(), [first]),
    ],
    ['set-check-skipped', () => signedBy(['rival', 'user'], { setIndex: 9 }), () => signedBy(['rival'])],
  ])('%s accepts what it should refuse, and no more', (flaw, passes, fails) => {
    expect(reason(passes())).not.toBeNull()
    home.call('issuer', upgrade(flaw))
    expect(reason(fails())).toBe('quorum-missing')
    expect(reason(passes())).toBeNull()
    expect(reason(passes())).toBe('already-delivered')
  })

  test('replay-unchecked releases as often as it is asked, and takes another content for a known key', () => {
    home.call('issuer', upgrade('replay-unchecked'))
    expect([1, 2, 3].map(() => reason(delivery(forged())))).toEqual([null, null, null])
    const other = { ...forged(), payload: { ...forged().payload, amount: 2n * 10n ** 10n } } as BridgeMessage
    expect(home.call('rival', delivery(other)).events.map(({ kind }) => kind)).toContain('message-delivered')
    home.call('issuer', upgrade('replay-unchecked', 'fixed'))
    expect(home.call('rival', delivery(forged())).events.map(({ kind }) => kind)).toEqual([
      'message-conflict',
    ])
  })
})
