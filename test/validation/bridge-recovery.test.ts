// After a loss, on real chains under audit: what redemptions pay, and how the deficit falls (B-2).
import { asHash32, asNodeId, type Hash32 } from '@solvent/primitives'
import { type BridgeMessage, messageDigest } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import {
  AuditedNetwork,
  address,
  bridge,
  DESTINATION,
  delivery,
  L1,
  ORIGIN,
  rsEthFar,
  rsEthHome,
  sentMessage,
  spec,
} from './audited-network.ts'

const ETHER = 10n ** 18n
const forged: BridgeMessage = {
  bridge,
  srcChainId: ORIGIN,
  emitter: bridge,
  sequence: 1_000_000,
  dstChainId: L1,
  payload: { kind: 'transfer', token: rsEthHome, amount: 40n * ETHER, recipient: address('borealis') },
}

/** 100 are locked against 100 claims; 40 are taken at second 12, and it is declared. */
function robbed(recovery: 'first-come' | 'socialised'): AuditedNetwork {
  const network = new AuditedNetwork({ bridge: { recovery } })
  const digest: Hash32 = messageDigest(forged)
  const event = { kind: 'exploit-declared', message: forged, digest: asHash32(digest) } as const
  network.auditor.event(spec.genesisMs, asNodeId('watcher'), event)
  network.done(L1, 'relayer', delivery(forged), 12)
  return network
}

/** alice brings `amount` home from a rollup. */
function redeem(network: AuditedNetwork, amount: bigint, second: number, from = ORIGIN) {
  const out = {
    kind: 'bridge-out',
    bridge,
    token: rsEthFar,
    amount,
    dstChainId: L1,
    recipient: address('alice'),
  } as const
  const message = sentMessage(network.done(from, 'alice', out, second - 12))
  return network.call(L1, 'relayer', delivery(message), second)
}

const refill = (amount: bigint) => ({ kind: 'refill', bridge, token: rsEthHome, amount }) as const
const share = (claims: bigint) => ({ kind: 'share-loss', bridge, token: rsEthHome, claims }) as const
const books = (network: AuditedNetwork) => network.auditor.backing()[0]!

function broken(network: AuditedNetwork, second: number) {
  for (const rollup of [ORIGIN, DESTINATION]) network.produce(rollup, second, true)
  network.heartbeats(second + 12, second + 24)
  return network.broken()
}

describe('first come, first served', () => {
  it('pays in full until the lock is empty, and the rest once it is refilled', () => {
    const network = robbed('first-come')
    expect(redeem(network, 50n * ETHER, 36).status).toBe('ok')
    const late = redeem(network, 20n * ETHER, 60, DESTINATION)
    expect(late.reason).toBe('lock-exhausted')
    expect(books(network)).toMatchObject({
      locked: 10n * ETHER,
      deficit: 40n * ETHER,
      inTransit: 20n * ETHER,
    })
    network.done(L1, 'alice', refill(10n * ETHER), 72)
    expect(books(network)).toMatchObject({
      locked: 20n * ETHER,
      deficit: 30n * ETHER,
      recovered: 10n * ETHER,
    })
    expect(broken(network, 84)).toEqual([])
  })

  it('knows no shared loss', () => {
    expect(robbed('first-come').call(L1, 'issuer', share(100n * ETHER), 24).reason).toBe('wrong-recovery')
  })
})

describe('a socialised loss', () => {
  it('pays every claim 60 of 100, to the unit, and the deficit falls by what holders bear', () => {
    const network = robbed('socialised')
    expect(network.call(L1, 'alice', share(100n * ETHER), 24).reason).toBe('not-authorised')
    network.done(L1, 'issuer', share(100n * ETHER), 36)
    expect(redeem(network, 50n * ETHER, 60).events).toContainEqual({
      kind: 'redemption-reduced',
      bridge,
      token: rsEthHome,
      message: expect.any(String),
      claimed: 50n * ETHER,
      paid: 30n * ETHER,
    })
    expect(books(network)).toMatchObject({ locked: 30n * ETHER, minted: 50n * ETHER, deficit: 20n * ETHER })
    redeem(network, 50n * ETHER, 84, DESTINATION)
    expect(books(network)).toMatchObject({ locked: 0n, minted: 0n, deficit: 0n, borne: 40n * ETHER })
    expect(broken(network, 100)).toEqual([])
  })

  it('rounds down and says so', () => {
    const network = robbed('socialised')
    // 60 of 100.00000001: 10^10 units claimed leave a residue.
    network.done(L1, 'issuer', share(100n * ETHER + 10n ** 10n), 24)
    const { entries } = redeem(network, 10n ** 10n, 48)
    const claims = 100n * ETHER + 10n ** 10n
    const residue = (10n ** 10n * 60n * ETHER) % claims
    expect(entries.at(-1)?.rounding).toEqual([
      { token: rsEthHome, direction: 'floor', residue, divisor: claims },
    ])
    expect(broken(network, 60)).toEqual([])
  })

  it('is never more than the loss: an issuer who names twice the claims takes from holders (B-2)', () => {
    const network = robbed('socialised')
    network.done(L1, 'issuer', share(200n * ETHER), 24)
    redeem(network, 50n * ETHER, 48)
    redeem(network, 50n * ETHER, 72, DESTINATION)
    // 60 of 200: who held all 100 is paid 30 and bears 70, of a loss of 40.
    expect(books(network)).toMatchObject({ deficit: -30n * ETHER, borne: 70n * ETHER })
    expect(broken(network, 88)).toContain('B-2')
  })

  it('ends when claims are covered, and a refill beyond the deficit is surplus', () => {
    const network = robbed('socialised')
    network.done(L1, 'issuer', share(100n * ETHER), 24)
    for (let i = 0; i < 5; i++) network.done(L1, 'alice', refill(2n * ETHER), 36 + 12 * i)
    expect(books(network)).toMatchObject({ locked: 70n * ETHER, deficit: 30n * ETHER })
    network.done(L1, 'issuer', share(70n * ETHER), 108)
    expect(redeem(network, 50n * ETHER, 132).events.map(({ kind }) => kind)).not.toContain(
      'redemption-reduced',
    )
    expect(broken(network, 144)).toEqual([])
  })
})
