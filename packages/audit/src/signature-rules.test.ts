import { asAddress, asHash32, keccakHex } from '@solvent/primitives'
import {
  createSecp256k1Signer,
  createStandInSigner,
  type NetworkSpec,
  orderDigest,
  privateKeyOf,
  type Signature,
} from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createAuditor } from './create-auditor.ts'
import { createSignatureCheck } from './signature-check.ts'
import type { DraftBlock, DraftTransaction } from './testing/draft.ts'
import { Sealer } from './testing/draft.ts'
import {
  address,
  GENESIS_SECONDS,
  genesis,
  node,
  ROLLUP,
  sampleOrder,
  sign,
  spec,
} from './testing/network.ts'
import { cancel, open } from './testing/order-story.ts'
import { audit, brokenIds, newAuditor } from './testing/run-story.ts'

const rollup = (number: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: ROLLUP,
  number,
  transactions,
})

function openedWith(signature: Signature): DraftTransaction {
  const draft = open(sampleOrder())
  draft.events = draft.events.map((event) =>
    event.kind === 'order-opened' ? { ...event, signature } : event,
  )
  return draft
}

describe('the form of a signature', () => {
  const key = privateKeyOf('audit', 'alice')
  const digest = keccakHex(Uint8Array.of(1, 2, 3))
  const good = createSecp256k1Signer(key).sign(digest)
  const check = createSignatureCheck('secp256k1', undefined)
  const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
  const word = (value: bigint): string => value.toString(16).padStart(64, '0')

  it('accepts the canonical signature of the signer', () => {
    expect(check(digest, good, address('alice'))).toBeNull()
  })

  it.each<[string, string]>([
    // The malleated twin (r, n - s) with the other v recovers the same signer, and is refused.
    [
      'the twin with a high s',
      `${good.slice(0, 66)}${word(ORDER - BigInt(`0x${good.slice(66, 130)}`))}${good.endsWith('b') ? '1c' : '1b'}`,
    ],
    ['upper case', good.toUpperCase().replace('0X', '0x')],
    ['v of 0 or 1', `${good.slice(0, 130)}00`],
    ['64 bytes', good.slice(0, 130)],
    ['an s of zero', `${good.slice(0, 66)}${word(0n)}1b`],
    ['an r of zero', `0x${word(0n)}${good.slice(66)}`],
    ['an r beyond the order', `0x${word(ORDER)}${good.slice(66)}`],
    ['no hex', `0x${'g'.repeat(130)}`],
    ['another v', `${good.slice(0, 130)}${good.endsWith('b') ? '1c' : '1b'}`],
  ])('refuses %s', (_what, signature) => {
    expect(check(digest, signature, address('alice'))).not.toBeNull()
  })

  it('refuses another signer, another digest and the zero address', () => {
    expect(check(digest, good, address('atlas'))).toMatch(/recovers/)
    expect(check(keccakHex(Uint8Array.of(1)), good, address('alice'))).toMatch(/recovers/)
    expect(check(digest, good, asAddress(`0x${'0'.repeat(40)}`))).toMatch(/zero address/)
  })

  it('checks stand-in signatures in form without their verifier, and in full with it', () => {
    const other = createStandInSigner({ seed: 'other', address: address('alice') }).sign(digest)
    expect(createSignatureCheck('stand-in', undefined)(digest, other, address('alice'))).toBeNull()
    expect(createSignatureCheck('stand-in', undefined)(digest, '0x12', address('alice'))).not.toBeNull()
  })
})

describe('S-1', () => {
  it('catches an order that was opened on the signature of somebody else', () => {
    expect(brokenIds(audit([rollup(1, openedWith(sign('atlas', orderDigest(sampleOrder()))))]))).toEqual([
      'S-1',
    ])
  })

  it('catches an order that a node accepted without a sound signature', () => {
    const order = sampleOrder()
    const orderId = orderDigest(order)
    const report = audit([], (auditor) => {
      auditor.event(0, node('atlas'), {
        kind: 'order-accepted',
        orderId,
        order,
        signature: sign('alice', orderId),
      })
      auditor.event(0, node('borealis'), { kind: 'order-accepted', orderId, order, signature: '0x' })
    })
    expect(brokenIds(report)).toEqual(['S-1'])
    expect(report.checked.get('S-1')).toBe(2)
  })

  it('recovers real signatures by itself', () => {
    const real: NetworkSpec = { ...spec, signatures: 'secp256k1' }
    const order = sampleOrder()
    const signature = createSecp256k1Signer(privateKeyOf('audit', 'alice')).sign(orderDigest(order))
    const ids = (draft: DraftTransaction): string[] => {
      const auditor = createAuditor({ spec: real, genesis, applicable: 'sim' })
      auditor.block(new Sealer().seal(rollup(1, draft)))
      return brokenIds(auditor.finish())
    }
    expect(ids(openedWith(signature))).toEqual([])
    expect(ids(openedWith(sign('alice', orderDigest(order))))).toEqual(['S-1'])
  })
})

describe('S-2', () => {
  it('catches an order id that is not the digest', () => {
    const draft = open(sampleOrder())
    const orderId = asHash32(`0x${'77'.repeat(32)}`)
    draft.events = draft.events.map((event) => ('orderId' in event ? { ...event, orderId } : event))
    draft.entries[0]!.legs = draft.entries[0]!.legs.map((leg) =>
      leg.kind === 'ESCROW' ? { ...leg, owner: orderId } : leg,
    )
    expect(brokenIds(audit([rollup(1, draft)]))).toEqual(['S-2'])
  })
})

describe('S-3', () => {
  const first = sampleOrder()
  const second = sampleOrder({ input: { ...first.input, amount: 500n } })

  it('catches a nonce that two orders use', () => {
    expect(brokenIds(audit([rollup(1, open(first)), rollup(2, open(second))]))).toEqual(['S-3'])
  })

  it('catches a nonce that is used after it was cancelled, by another order or by the same', () => {
    expect(brokenIds(audit([rollup(1, cancel(first)), rollup(2, open(second))]))).toEqual(['S-3'])
    expect(brokenIds(audit([rollup(1, cancel(first)), rollup(2, open(first))]))).toContain('S-3')
  })

  it('allows other nonces in any order, and forgets those of orphaned blocks', () => {
    expect(
      brokenIds(
        audit([rollup(1, open(sampleOrder({ nonce: 9n }))), rollup(2, open(sampleOrder({ nonce: 2n })))]),
      ),
    ).toEqual([])
    const sealer = new Sealer()
    const auditor = newAuditor()
    const fork = sealer.seal(rollup(1))
    auditor.block(fork)
    auditor.block(sealer.seal(rollup(2, open(first))))
    auditor.block(sealer.seal({ ...rollup(3, open(second)), parent: fork }))
    expect(auditor.finish().broken).toEqual([])
  })
})

describe('S-4', () => {
  it('catches an accepted order of a chain or settler that the network does not have', () => {
    const order = sampleOrder({
      originSettler: asAddress(`0x${'9'.repeat(40)}`),
      fillDeadline: GENESIS_SECONDS + 1,
    })
    const orderId = orderDigest(order)
    const report = audit([], (auditor) =>
      auditor.event(0, node('atlas'), {
        kind: 'order-accepted',
        orderId,
        order,
        signature: sign('alice', orderId),
      }),
    )
    expect(brokenIds(report)).toEqual(['S-4'])
  })
})
