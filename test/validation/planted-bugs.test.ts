// Planted bugs (settlement reference §10): the engine's rules are altered one at a time, the audit is not told, and the
// named invariant must break. The numbers are those of the list. Each test first shows that the honest rules pass.
import { createAuditor, type InvariantId, invariantCatalogue, needsMet, neverEvaluated } from '@solvent/audit'
import { createKernel } from '@solvent/kernel'
import { asHash32, asNodeId, hexToBytes, keccakHex, type OrderId } from '@solvent/primitives'
import {
  type BridgeMessage,
  type Order,
  orderDigest,
  type Signature,
  type SignatureVerifier,
  toGaslessOrder,
} from '@solvent/protocol'
import { settlementRules, truncate } from '@solvent/settlement'
import { hashTypedData } from 'viem'
import { describe, expect, it } from 'vitest'
import {
  AuditedNetwork,
  address,
  at,
  bridge,
  DESTINATION,
  delivery,
  genesis,
  L1,
  ORIGIN,
  type Planted,
  rsEthFar,
  rsEthHome,
  sampleOrder,
  sentMessage,
  signedAward,
  signer,
  spec,
  verifier,
  verifierNames,
} from './audited-network.ts'

const ETHER = 10n ** 18n
const order = sampleOrder()
const orderId = orderDigest(order)
const opening = (opened: Order = order, signature: Signature = signer('alice').sign(orderDigest(opened))) =>
  ({ kind: 'open', order: opened, signature, award: null }) as const

/** Invariants that break with the honest rules, and with the bug. */
function expectCaught(
  run: (network: AuditedNetwork) => void,
  planted: Planted,
  ids: readonly InvariantId[],
): void {
  const broken = (network: AuditedNetwork): InvariantId[] => {
    try {
      run(network)
    } catch (refusal) {
      // Honest rules may refuse what the bug lets through.
      if (!/reverted|refused/.test(String(refusal))) throw refusal
    }
    return network.broken()
  }
  expect(broken(new AuditedNetwork())).toEqual([])
  const caught = broken(new AuditedNetwork(planted))
  for (const id of ids) expect(caught).toContain(id)
}

/** A fill and its proof, honestly final, and the claim. */
function settle(network: AuditedNetwork, filled: Order = order, amount = 990n): void {
  const message = network.openAndFill(filled, { amount })
  network.settleDestination(36)
  const second = network.attestableFrom(10, 60)
  network.done(ORIGIN, 'relayer', delivery(message), second)
  network.done(ORIGIN, 'atlas', { kind: 'claim', orderId: orderDigest(filled) })
  network.heartbeats(second + 12, second + 24)
}

/** alice sends rsETH from the L1 to the origin. */
const bridgeOut = (amount: bigint) =>
  ({
    kind: 'bridge-out',
    bridge,
    token: rsEthHome,
    amount,
    dstChainId: ORIGIN,
    recipient: address('alice'),
  }) as const

describe('an honest network', () => {
  it('evaluates every invariant that blocks can show, and breaks none', () => {
    const network = new AuditedNetwork()
    const award = {
      by: 'auctioneer',
      auctioneer: address('auctioneer'),
      rule: 'first-price',
      closesAt: at(3),
      exclusiveUntil: at(200),
    } as const
    const auctioned = sampleOrder({ nonce: 1n, award })
    const won = signedAward({
      orderId: orderDigest(auctioned),
      auctioneer: address('auctioneer'),
      winner: address('atlas'),
      outputAmount: 995n,
      exclusiveUntil: at(200),
      bids: [{ solver: address('atlas'), outputAmount: 995n, bidHash: asHash32(`0x${'1'.repeat(64)}`) }],
    })
    network.done(ORIGIN, 'atlas', { ...opening(auctioned), award: won })
    network.done(
      DESTINATION,
      'atlas',
      { kind: 'fill', order: auctioned, award: won, amount: 995n, payee: address('atlas') },
      5,
    )
    settle(network)
    network.done(ORIGIN, 'alice', { kind: 'refund', orderId: orderDigest(auctioned) }, 1_300)
    network.auditor.shown({ owner: address('atlas'), valueE8: 0n, marks: [] })
    expect(network.broken()).toEqual([])
    // T-1 and O-13 need a runtime and nodes.
    const traffic = {
      spec,
      orders: 2,
      auctioned: 1,
      divisible: 0,
      scripted: 1,
      crossings: 1,
      trades: 0,
      loans: 0,
      exchanges: 0,
      draws: 0,
      rotations: 0,
      measures: 0,
      holds: 0,
      outages: 0,
    }
    const demands = { met: needsMet(traffic), exercises: [] }
    expect(neverEvaluated(network.auditor.finish(), invariantCatalogue, 'libp2p', demands)).toEqual([
      'O-13',
      'T-1',
    ])
  })

  it('carries transfers both ways, with dust and a pause', () => {
    const network = new AuditedNetwork()
    const there = sentMessage(network.done(L1, 'alice', bridgeOut(ETHER + 123n), 12))
    network.done(ORIGIN, 'issuer', { kind: 'pause', bridge, authority: 'issuer', until: at(70) }, 60)
    expect(network.call(ORIGIN, 'relayer', delivery(there), 65).reason).toBe('paused')
    network.done(ORIGIN, 'relayer', delivery(there), 71)
    const back = sentMessage(
      network.done(
        ORIGIN,
        'alice',
        {
          kind: 'bridge-out',
          bridge,
          token: rsEthFar,
          amount: ETHER,
          dstChainId: L1,
          recipient: address('alice'),
        },
        72,
      ),
    )
    network.done(L1, 'relayer', delivery(back), 120)
    expect(network.broken()).toEqual([])
    expect(network.auditor.backing()[0]).toMatchObject({
      locked: 100n * ETHER,
      minted: 100n * ETHER,
      inTransit: 0n,
      deficit: 0n,
    })
  })
})

describe('planted bugs of orders', () => {
  it('1: a double refund', () => {
    expectCaught(
      (network) => {
        network.done(ORIGIN, 'atlas', opening())
        network.done(ORIGIN, 'alice', { kind: 'refund', orderId }, 1_201)
        network.done(ORIGIN, 'alice', { kind: 'refund', orderId })
      },
      {
        rules: {
          nextOrderState: (state, action) =>
            action === 'refund' ? 'refunded' : settlementRules.nextOrderState(state, action),
          mayBeNegative: (kind) => kind === 'SUPPLY' || kind === 'ESCROW',
        },
      },
      ['O-4'],
    )
  })

  it('2: a refund and a late settlement', () => {
    expectCaught(
      (network) => {
        const message = network.openAndFill(order)
        network.done(ORIGIN, 'alice', { kind: 'refund', orderId }, 1_201)
        network.done(ORIGIN, 'relayer', delivery(message))
        network.done(ORIGIN, 'atlas', { kind: 'claim', orderId })
      },
      {
        rules: {
          nextOrderState: (state, action) =>
            state === 'refunded' && action === 'prove'
              ? 'proven'
              : settlementRules.nextOrderState(state, action),
          mayBeNegative: (kind) => kind === 'SUPPLY' || kind === 'ESCROW',
        },
      },
      ['O-4'],
    )
  })

  it('3: settling what is at the head and not final', () => {
    expectCaught((network) => settle(network), { rules: { attestable: () => true } }, ['O-11'])
  })

  it('4: a fill one second after its deadline', () => {
    expectCaught(
      (network) => network.openAndFill(order, { second: 601 }),
      { rules: { fillInTime: (now, fillDeadline) => now <= fillDeadline + 1 } },
      ['O-8'],
    )
  })

  it('6: an escrow that is short by a fee', () => {
    expectCaught(
      (network) => network.done(ORIGIN, 'atlas', opening()),
      { rules: { escrowedAmount: (amount) => amount - 1n } },
      ['O-5'],
    )
  })

  it('7: a price that is rounded for the solver', () => {
    // 10 s into a decay from 1000 to 990 over 70 s: 998.57, so 999 is required.
    const decaying = sampleOrder({
      pricing: { rule: 'dutch', startAmount: 1_000n, decayStart: at(0), decayEnd: at(70) },
    })
    expectCaught(
      (network) => network.openAndFill(decaying, { amount: 999n }),
      {
        rules: {
          decayedAmount: (decay, now) => {
            const exact = settlementRules.decayedAmount(decay, now)
            if (exact.rounding === null) return exact
            const { residue, divisor } = exact.rounding
            return {
              amount: exact.amount - 1n,
              rounding: { direction: 'up', residue: divisor - residue, divisor },
            }
          },
        },
      },
      ['L-7'],
    )
  })
})

describe('planted bugs of bridges', () => {
  it('8: dust that vanishes', () => {
    expectCaught(
      (network) => network.done(L1, 'alice', bridgeOut(ETHER + 1n)),
      {
        rules: {
          truncate: (amount, decimals) => ({ ...truncate(amount, decimals), dust: 0n }),
          legsBalance: () => true,
        },
      },
      ['L-1', 'L-8'],
    )
  })

  const thereAndMinted = (network: AuditedNetwork): BridgeMessage => {
    const message = sentMessage(network.done(L1, 'alice', bridgeOut(ETHER), 12))
    network.done(ORIGIN, 'relayer', delivery(message), 60)
    return message
  }

  it('9: a mint without a lock', () => {
    expectCaught(thereAndMinted, { rules: { custodyAmount: () => 0n } }, ['B-2'])
  })

  it('10: a replay on a second chain', () => {
    expectCaught(
      (network) => network.done(DESTINATION, 'relayer', delivery(thereAndMinted(network)), 61),
      { rules: { deliveredHere: () => true } },
      ['S-5'],
    )
  })

  it('11: a new digest under a sequence that was delivered', () => {
    expectCaught(
      (network) => {
        const message = thereAndMinted(network)
        const other = { ...message, payload: { ...message.payload, amount: 2n * ETHER } } as BridgeMessage
        network.done(ORIGIN, 'relayer', delivery(other))
        // The honest rules take it for the conflict that it is.
        if (network.rules.deliveryOf === settlementRules.deliveryOf) expect(network.broken()).toEqual([])
      },
      { rules: { deliveryOf: () => 'new' } },
      ['S-5'],
    )
  })

  it('12: a quorum that counts one verifier twice', () => {
    const [first] = verifierNames as [string]
    expectCaught(
      (network) =>
        network.done(
          ORIGIN,
          'relayer',
          delivery(sentMessage(network.done(L1, 'alice', bridgeOut(ETHER), 12)), [first, first]),
          60,
        ),
      { rules: { signersDistinct: () => true } },
      ['S-6'],
    )
  })

  it('13: a threshold of zero', () => {
    expectCaught(
      (network) =>
        network.done(
          ORIGIN,
          'relayer',
          delivery(sentMessage(network.done(L1, 'alice', bridgeOut(ETHER), 12)), []),
          60,
        ),
      { rules: { quorumMet: () => true } },
      ['S-6'],
    )
  })

  it('15: a pause that a mint ignores', () => {
    expectCaught(
      (network) => {
        network.done(ORIGIN, 'guardian', { kind: 'pause', bridge, authority: 'guardian', until: 0 })
        thereAndMinted(network)
      },
      { rules: { blockedByFreeze: () => false } },
      ['B-7'],
    )
  })

  it('an unsent message, signed by a quorum and not declared', () => {
    const forged: BridgeMessage = {
      bridge,
      srcChainId: ORIGIN,
      emitter: bridge,
      sequence: 1_000_000,
      dstChainId: L1,
      payload: { kind: 'transfer', token: rsEthHome, amount: 40n * ETHER, recipient: address('borealis') },
    }
    const run = (isDeclared: boolean): InvariantId[] => {
      const network = new AuditedNetwork()
      if (isDeclared)
        network.auditor.event(spec.genesisMs, asNodeId('watcher'), {
          kind: 'exploit-declared',
          message: forged,
          digest: asHash32(`0x${'0'.repeat(64)}`),
        })
      network.done(L1, 'relayer', delivery(forged), 12)
      network.done(ORIGIN, 'atlas', opening(), 60)
      network.heartbeats(72, 84)
      return network.broken()
    }
    expect(run(true)).toEqual([])
    expect(run(false)).toEqual(['B-2', 'B-8'])
  })
})

describe('planted bugs of signatures and identities', () => {
  it('16: a nonce that is free again after a cancellation', () => {
    expectCaught(
      (network) => {
        network.done(ORIGIN, 'alice', { kind: 'cancel', order })
        network.done(ORIGIN, 'atlas', opening(sampleOrder({ input: { ...order.input, amount: 500n } })))
      },
      { rules: { nonceUsedAfter: (action) => action !== 'cancel' } },
      ['S-3'],
    )
  })

  it('17: an order id made from the signature', () => {
    expectCaught(
      (network) => network.done(ORIGIN, 'atlas', opening()),
      {
        rules: {
          orderId: (digest, signature) =>
            signature === null ? digest : (keccakHex(hexToBytes(signature)) as OrderId),
        },
      },
      ['S-2'],
    )
  })

  it('18: a domain without the chain id, as viem computes it', () => {
    const weak = (signed: Order) =>
      hashTypedData({
        domain: { name: 'Solvent', version: '1', verifyingContract: signed.originSettler },
        primaryType: 'GaslessCrossChainOrder',
        types: {
          GaslessCrossChainOrder: [
            { name: 'originSettler', type: 'address' },
            { name: 'user', type: 'address' },
            { name: 'nonce', type: 'uint256' },
            { name: 'originChainId', type: 'uint256' },
            { name: 'openDeadline', type: 'uint32' },
            { name: 'fillDeadline', type: 'uint32' },
            { name: 'orderDataType', type: 'bytes32' },
            { name: 'orderData', type: 'bytes' },
          ],
        },
        message: toGaslessOrder(signed),
      }) as OrderId
    expectCaught(
      (network) =>
        network.done(ORIGIN, 'atlas', opening(order, signer('alice').sign(network.rules.orderDigest(order)))),
      { rules: { orderDigest: weak } },
      ['S-4'],
    )
  })

  it('19: a signature with a high s', () => {
    const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
    const twin = (signature: string): Signature => {
      const s = ORDER - BigInt(`0x${signature.slice(66, 130)}`)
      return `${signature.slice(0, 66)}${s.toString(16).padStart(64, '0')}${signature.endsWith('b') ? '1c' : '1b'}` as Signature
    }
    const lenient: SignatureVerifier = {
      scheme: 'stand-in',
      verify: (digest, signature, who) =>
        verifier.verify(digest, signature, who) || verifier.verify(digest, twin(signature), who),
    }
    expectCaught(
      (network) => network.done(ORIGIN, 'atlas', opening(order, twin(signer('alice').sign(orderId)))),
      { verifier: lenient },
      ['S-1'],
    )
  })
})

describe('planted bugs of nodes and runtimes', () => {
  const auditor = () => createAuditor({ spec, genesis, verifier, applicable: 'sim' })
  const ids = (audited: ReturnType<typeof auditor>, nowMs?: number): InvariantId[] => [
    ...new Set(audited.finish(nowMs).broken.map(({ id }) => id)),
  ]

  it('20: a reservation that is kept after the auction was lost', () => {
    const award = {
      by: 'auctioneer',
      auctioneer: address('auctioneer'),
      rule: 'first-price',
      closesAt: at(10),
      exclusiveUntil: at(100),
    } as const
    const auctioned = sampleOrder({ award })
    const run = (isReleased: boolean): InvariantId[] => {
      const audited = auditor()
      const reservation = {
        solver: address('borealis'),
        chainId: DESTINATION,
        token: auctioned.output.token,
        orderId: orderDigest(auctioned),
        amount: 992n,
        reserved: 992n,
        balance: 1_000n,
        reason: 'bid',
      }
      audited.event(spec.genesisMs, asNodeId('borealis'), { kind: 'inventory-reserved', ...reservation })
      audited.event(spec.genesisMs + 11_000, asNodeId('auctioneer'), {
        kind: 'auction-closed',
        order: auctioned,
        award: {
          orderId: orderDigest(auctioned),
          auctioneer: address('auctioneer'),
          winner: address('atlas'),
          outputAmount: 995n,
          exclusiveUntil: at(100),
          bids: [
            { solver: address('atlas'), outputAmount: 995n, bidHash: asHash32(`0x${'1'.repeat(64)}`) },
            { solver: address('borealis'), outputAmount: 992n, bidHash: asHash32(`0x${'2'.repeat(64)}`) },
          ],
        },
      })
      if (isReleased)
        audited.event(spec.genesisMs + 12_000, asNodeId('borealis'), {
          kind: 'inventory-released',
          ...reservation,
          reserved: 0n,
          reason: 'lost',
        })
      return ids(audited, spec.genesisMs + 300_000)
    }
    expect(run(true)).toEqual([])
    expect(run(false)).toEqual(['O-13'])
  })

  it('30: an event in the past', () => {
    const run = (acceptPast: boolean): InvariantId[] => {
      const audited = auditor()
      const kernel = createKernel({
        seed: 1,
        onPop: (timeMs, priority, sequence) => audited.pop(timeMs, priority, sequence),
        testOnly: { acceptPast },
      })
      const late = kernel.handler(() => {})
      const early = kernel.handler(() => kernel.at(acceptPast ? 5 : 15, 0, late))
      kernel.at(10, 0, early)
      kernel.run()
      return ids(audited)
    }
    expect(run(false)).toEqual([])
    expect(run(true)).toEqual(['T-1'])
  })

  it('33: a restart that signs again', () => {
    const run = (second: string): InvariantId[] => {
      const audited = auditor()
      const commit = (digest: string) =>
        audited.event(spec.genesisMs, asNodeId('atlas'), {
          kind: 'commitment',
          slot: 'bid/0x01',
          digest: asHash32(`0x${digest.repeat(64)}`),
          signer: address('atlas'),
        })
      commit('1')
      audited.event(spec.genesisMs, asNodeId('atlas'), { kind: 'node-restarted', role: 'solver' })
      commit(second)
      return ids(audited)
    }
    expect(run('1')).toEqual([])
    expect(run('2')).toEqual(['R-4'])
  })

  it('35: a canary that always fails', () => {
    const audited = auditor()
    audited.shown({ owner: address('atlas'), valueE8: 1n, marks: [] })
    expect(audited.finish().broken).toMatchObject([
      { id: 'L-9', statement: invariantCatalogue['L-9'].statement },
    ])
  })
})
