// Every rule of the table is asked by the engine: with one rule altered, the bug it guards against really happens.
// (That the audit then notices is proven elsewhere, with the same tables.)
import { keccakHex, type OrderId } from '@solvent/primitives'
import { type BridgeMessage, createStandInVerifier, orderDigest, type Receipt } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { type SettlementRules, settlementRules } from './settlement-rules.ts'
import {
  address,
  DESTINATION,
  L1,
  network,
  ORIGIN,
  order,
  rsEthHome,
  rsEthOrigin,
  signed,
  solid,
  usdcOrigin,
  verifierNames,
} from './testing/small-network.ts'
import { at, createTestChain, delivery, sentMessage, type TestChain } from './testing/test-chain.ts'

const planted = (changes: Partial<SettlementRules>): SettlementRules => ({ ...settlementRules, ...changes })
const openCall = (theOrder = order()) =>
  ({ kind: 'open', order: theOrder, signature: signed(theOrder), award: null }) as const
const fillCall = (theOrder = order()) =>
  ({ kind: 'fill', order: theOrder, award: null, amount: 99_000_000n, payee: address('solver') }) as const
const orderId = orderDigest(order())
const overdrawn = (kind: string): boolean => kind === 'SUPPLY' || kind === 'ESCROW'
const release = (amount = 1n): BridgeMessage => ({
  bridge: solid,
  srcChainId: ORIGIN,
  emitter: solid,
  sequence: 7,
  dstChainId: L1,
  payload: { kind: 'transfer', token: rsEthHome, amount, recipient: address('rival') },
})
const kinds = (receipt: Receipt): string[] => receipt.events.map(({ kind }) => kind)

/** The same play with the right rules and with the altered ones. */
function compare(
  chainId: typeof L1,
  changes: Partial<SettlementRules>,
  play: (chain: TestChain) => unknown,
): unknown[] {
  return [settlementRules, planted(changes)].map((rules) => play(createTestChain(chainId, { rules })))
}

describe('a planted bug', () => {
  test('1: an order is refunded twice', () => {
    const rules = {
      nextOrderState: (state, action) =>
        state === 'refunded' && action === 'refund'
          ? 'refunded'
          : settlementRules.nextOrderState(state, action),
      mayBeNegative: overdrawn,
    } satisfies Partial<SettlementRules>
    const outcomes = compare(ORIGIN, rules, (chain) => {
      chain.call('solver', openCall(), 1)
      chain.call('user', { kind: 'refund', orderId }, 301)
      return kinds(chain.call('user', { kind: 'refund', orderId }))
    })
    expect(outcomes).toEqual([[], ['order-refunded']])
  })

  test('2: a refunded order is settled by a late proof', () => {
    const rules = {
      nextOrderState: (state, action) =>
        state === 'refunded' && action === 'prove' ? 'proven' : settlementRules.nextOrderState(state, action),
      mayBeNegative: overdrawn,
    } satisfies Partial<SettlementRules>
    const message = sentMessage(createTestChain(DESTINATION).call('solver', fillCall(), 10))
    const outcomes = compare(ORIGIN, rules, (chain) => {
      chain.call('solver', openCall(), 1)
      chain.call('user', { kind: 'refund', orderId }, 301)
      chain.call('relayer', delivery(message))
      return kinds(chain.call('solver', { kind: 'claim', orderId }))
    })
    expect(outcomes).toEqual([[], ['order-claimed']])
  })

  test('3: a verifier signs at the head', () => {
    expect(settlementRules.attestable('unsafe', 'finalized')).toBe(false)
    expect(planted({ attestable: () => true }).attestable('unsafe', 'finalized')).toBe(true)
  })

  test('4: a fill counts at the deadline + 1', () => {
    const rules = { fillInTime: (now: number, deadline: number) => now <= deadline + 1 }
    expect(compare(DESTINATION, rules, (chain) => chain.call('solver', fillCall(), 201).reason)).toEqual([
      'fill-deadline-passed',
      null,
    ])
  })

  test('6: the escrow is off by a fee', () => {
    const outcomes = compare(ORIGIN, { escrowedAmount: (amount) => amount - 1n }, (chain) => {
      chain.call('solver', openCall(), 1)
      return chain.engine.balance('ESCROW', orderId, usdcOrigin)
    })
    expect(outcomes).toEqual([100_000_000n, 99_999_999n])
  })

  test('7: a decay rounds to the wrong side', () => {
    const rules = {
      decayedAmount: (decay, now) => {
        const right = settlementRules.decayedAmount(decay, now)
        return right.rounding === null ? right : { ...right, amount: right.amount - 1n }
      },
    } satisfies Partial<SettlementRules>
    const dutch = order({
      pricing: { rule: 'dutch', startAmount: 100_000_000n, decayStart: at(0), decayEnd: at(7) },
    })
    // 100,000,000 − floor(3,000,000 / 7) = 99,571,429.
    const outcomes = compare(
      DESTINATION,
      rules,
      (chain) => chain.call('solver', { ...fillCall(dutch), amount: 99_571_428n }, 3).reason,
    )
    expect(outcomes).toEqual(['amount-too-low', null])
  })

  test('8: dust vanishes', () => {
    const rules = {
      truncate: (amount, decimals) => ({ ...settlementRules.truncate(amount, decimals), dust: 0n }),
      legsBalance: () => true,
    } satisfies Partial<SettlementRules>
    const sum = (chain: TestChain): bigint => {
      chain.call('user', {
        kind: 'bridge-out',
        bridge: solid,
        token: rsEthHome,
        amount: 10n ** 10n + 7n,
        dstChainId: ORIGIN,
        recipient: address('user'),
      })
      return chain.engine
        .balances()
        .reduce((total, { token, amount }) => (token === rsEthHome ? total + amount : total), 0n)
    }
    expect(compare(L1, rules, sum)).toEqual([0n, -7n])
    const caught = createTestChain(L1, { rules: planted({ truncate: rules.truncate }) })
    expect(() => sum(caught)).toThrow(/do not sum to zero/)
  })

  test('9: a message is sent without a lock', () => {
    const outcomes = compare(L1, { custodyAmount: () => 0n }, (chain) => {
      const before = chain.engine.balance('BRIDGE_LOCK', solid, rsEthHome)
      const receipt = chain.call('user', {
        kind: 'bridge-out',
        bridge: solid,
        token: rsEthHome,
        amount: 10n ** 17n,
        dstChainId: ORIGIN,
        recipient: address('user'),
      })
      return [
        sentMessage(receipt).payload.kind,
        chain.engine.balance('BRIDGE_LOCK', solid, rsEthHome) - before,
      ]
    })
    expect(outcomes).toEqual([
      ['transfer', 10n ** 17n],
      ['transfer', 0n],
    ])
  })

  test('10: a message is replayed on a second chain', () => {
    const elsewhere: BridgeMessage = {
      ...release(),
      dstChainId: DESTINATION,
      payload: { kind: 'transfer', token: rsEthOrigin, amount: 1n, recipient: address('user') },
    }
    const outcomes = compare(
      ORIGIN,
      { deliveredHere: () => true },
      (chain) => chain.call('relayer', delivery(elsewhere)).reason,
    )
    expect(outcomes).toEqual(['wrong-destination', null])
  })

  test('11: one sequence delivers two contents', () => {
    const rules = {
      deliveryOf: (known, digest) => (known === digest ? 'replay' : 'new'),
    } satisfies Partial<SettlementRules>
    const outcomes = compare(L1, rules, (chain) => {
      chain.call('relayer', delivery(release(1n)))
      return kinds(chain.call('relayer', delivery(release(2n))))
    })
    expect(outcomes).toEqual([['message-conflict'], ['message-delivered', 'bridge-transfer']])
  })

  test('12: a verifier counts twice', () => {
    const name = verifierNames[0] as string
    const outcomes = compare(
      L1,
      { signersDistinct: () => true },
      (chain) => chain.call('relayer', delivery(release(), [name, name])).reason,
    )
    expect(outcomes).toEqual(['quorum-missing', null])
  })

  test('13: a threshold of zero is met by nobody', () => {
    const bridges = network.bridges.map((bridge) => ({
      ...bridge,
      verification: { ...bridge.verification, threshold: 0 },
    }))
    const spec = { ...network, bridges }
    const rules = planted({ quorumMet: (count, threshold) => count >= threshold })
    const outcomes = [settlementRules, rules].map(
      (each) => createTestChain(L1, { spec, rules: each }).call('relayer', delivery(release(), [])).reason,
    )
    expect(outcomes).toEqual(['quorum-missing', null])
  })

  test('15: a pause is ignored on release', () => {
    const rules = {
      blockedByFreeze: (freeze, now, action) =>
        action !== 'release' && settlementRules.blockedByFreeze(freeze, now, action),
    } satisfies Partial<SettlementRules>
    const outcomes = compare(L1, rules, (chain) => {
      chain.call('issuer', { kind: 'pause', bridge: solid, authority: 'issuer', until: 0 })
      return chain.call('relayer', delivery(release())).reason
    })
    expect(outcomes).toEqual(['paused', null])
  })

  test('16: a nonce is used again after a cancel', () => {
    const outcomes = compare(ORIGIN, { nonceUsedAfter: (action) => action === 'open' }, (chain) => {
      chain.call('user', { kind: 'cancel', order: order() }, 1)
      return chain.call('solver', openCall(), 2).reason
    })
    expect(outcomes).toEqual(['nonce-used', null])
  })

  test('17: an order is named by its signature', () => {
    const rules = {
      orderId: (digest, signature) =>
        signature === null ? digest : (keccakHex(new TextEncoder().encode(signature)) as OrderId),
    } satisfies Partial<SettlementRules>
    const outcomes = compare(ORIGIN, rules, (chain) => {
      const opened = chain.call('solver', openCall(), 1).events[1]
      return opened?.kind === 'order-opened' && opened.orderId === orderId
    })
    expect(outcomes).toEqual([true, false])
  })

  test('18: the domain does not name the chain', () => {
    const rules = {
      orderDigest: (theOrder) => orderDigest({ ...theOrder, originChainId: L1 }),
      orderBelongsHere: () => true,
    } satisfies Partial<SettlementRules>
    const foreign = signed({ ...order(), originChainId: L1 })
    const outcomes = compare(
      ORIGIN,
      rules,
      (chain) => chain.call('solver', { ...openCall(), signature: foreign }, 1).reason,
    )
    expect(outcomes).toEqual(['bad-signature', null])
  })

  test('19: a verifier is injected, so that one that accepts any form can stand in', () => {
    const upper = signed(order()).toUpperCase().replace('0X', '0x') as `0x${string}`
    const strict = createStandInVerifier({ seed: 'settlement tests' })
    const lax = {
      scheme: 'stand-in' as const,
      verify: (...[digest, signature, by]: Parameters<typeof strict.verify>) =>
        strict.verify(digest, signature.toLowerCase() as `0x${string}`, by),
    }
    const outcomes = [strict, lax].map(
      (verifier) =>
        createTestChain(ORIGIN, { verifier }).call('solver', { ...openCall(), signature: upper }, 1).reason,
    )
    expect(outcomes).toEqual(['bad-signature', null])
  })
})

describe('the other rules are asked too', () => {
  test.each<
    [
      string,
      Partial<SettlementRules>,
      typeof L1,
      (chain: TestChain) => Receipt,
      [string | null, string | null],
    ]
  >([
    [
      'openInTime',
      { openInTime: () => true },
      ORIGIN,
      (chain) => chain.call('solver', openCall(), 101),
      ['open-deadline-passed', null],
    ],
    [
      'expired',
      { expired: () => true },
      ORIGIN,
      (chain) => {
        chain.call('solver', openCall(), 1)
        return chain.call('user', { kind: 'refund', orderId }, 2)
      },
      ['not-refundable', null],
    ],
    [
      'exclusivityHolds',
      { exclusivityHolds: () => false },
      DESTINATION,
      (chain) =>
        chain.call(
          'rival',
          fillCall(
            order({
              award: { by: 'user', solver: address('solver'), exclusiveUntil: at(50), overrideBps: 0 },
            }),
          ),
          10,
        ),
      ['exclusive', null],
    ],
    [
      'overriddenAmount',
      { overriddenAmount: (amount) => ({ amount, rounding: null }) },
      DESTINATION,
      (chain) =>
        chain.call(
          'rival',
          fillCall(
            order({
              award: { by: 'user', solver: address('solver'), exclusiveUntil: at(50), overrideBps: 1 },
            }),
          ),
          10,
        ),
      ['amount-too-low', null],
    ],
    [
      'signersBelong',
      { signersBelong: () => true },
      L1,
      (chain) =>
        chain.call(
          'relayer',
          delivery(
            release(),
            ['user', 'rival'].sort((a, b) => (address(a) < address(b) ? -1 : 1)),
          ),
        ),
      ['quorum-missing', null],
    ],
    [
      'setAccepted',
      { setAccepted: () => true },
      ORIGIN,
      (chain) =>
        chain.call(
          'relayer',
          delivery(
            {
              ...release(),
              srcChainId: L1,
              dstChainId: ORIGIN,
              payload: { kind: 'transfer', token: rsEthOrigin, amount: 1n, recipient: address('user') },
            },
            ['verifier-old'],
            0,
          ),
          101,
        ),
      ['set-expired', null],
    ],
    [
      'afterPause',
      { afterPause: (freeze) => freeze },
      L1,
      (chain) => {
        chain.call('issuer', { kind: 'pause', bridge: solid, authority: 'issuer', until: 0 })
        return chain.call('relayer', delivery(release()))
      },
      ['paused', null],
    ],
    [
      'afterUnpause',
      { afterUnpause: () => ({ issuer: null, guardian: null }) },
      L1,
      (chain) => {
        chain.call('guardian', { kind: 'pause', bridge: solid, authority: 'guardian', until: 0 })
        return chain.call('issuer', { kind: 'unpause', bridge: solid, authority: 'issuer' })
      },
      ['not-authorised', null],
    ],
  ])('%s', (_name, changes, chainId, play, reasons) => {
    expect(compare(chainId, changes, (chain) => play(chain).reason)).toEqual(reasons)
  })
})
