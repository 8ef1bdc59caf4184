import { ZERO_ADDRESS } from '@solvent/primitives'
import {
  contractAddress,
  type NetworkSpec,
  type Preconfirmation,
  preconfirmationDigest,
  transactionDigest,
} from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { address, network, ORIGIN, signer } from '../testing/small-network.ts'
import { createTestChain } from '../testing/test-chain.ts'

const GAS = ZERO_ADDRESS
const PRODUCER = 'origin-producer'
const terms = { bond: 1_000n, penalty: 601n, withinSlots: 4 }
const spec: NetworkSpec = {
  ...network,
  chains: network.chains.map((chain) =>
    chain.chainId === ORIGIN ? { ...chain, preconfirmations: terms } : chain,
  ),
}
const pay = { kind: 'transfer', token: GAS, to: address('other-user'), amount: 1n } as const

/** A chain whose producer has put up its bond in block 1, and a payment that it promised for block 5. */
function promising() {
  const chain = createTestChain(ORIGIN, { spec })
  chain.call(PRODUCER, { kind: 'bond-preconfirmations', amount: terms.bond }, 1)
  const signed = chain.sign('user', pay)
  const preconfirmation: Preconfirmation = {
    chainId: ORIGIN,
    producer: address(PRODUCER),
    transactionHash: transactionDigest(signed.transaction),
    sender: address('user'),
    nonce: signed.transaction.nonce,
    block: 5,
  }
  const prove = (change: Partial<Preconfirmation> = {}, by = PRODUCER) => {
    const promised = { ...preconfirmation, ...change }
    const signature = signer(by).sign(preconfirmationDigest(promised))
    return { kind: 'prove-broken-promise', promise: { preconfirmation: promised, signature } } as const
  }
  const { name } = spec.chains.find(({ chainId }) => chainId === ORIGIN) as { name: string }
  const bonded = () => chain.engine.balance('BOND', contractAddress('preconfirmations', name), GAS)
  return { chain, signed, prove, bonded }
}

describe('a promise of inclusion', () => {
  test('that is broken pays the sender half of the penalty, once, out of the bond', () => {
    const { chain, prove, bonded } = promising()
    expect(bonded()).toBe(1_000n)
    const held = chain.engine.balance('USER', address('user'), GAS)
    expect(chain.call('other-user', prove(), 6).events).toMatchObject([
      { kind: 'promise-broken', amount: 601n },
    ])
    // Half of 601, rounded down, to the sender; the rest is burned.
    expect(chain.engine.balance('USER', address('user'), GAS) - held).toBe(300n)
    expect(bonded()).toBe(399n)
    expect(chain.call('other-user', prove(), 7).reason).toBe('already-ended')
    // What is left of the bond is the most that the next one costs.
    expect(chain.call('other-user', prove({ nonce: 0, block: 4 }), 8).events).toMatchObject([
      { amount: 399n },
    ])
    expect(chain.call('other-user', prove({ nonce: 0, block: 3 }), 9).reason).toBe('insufficient-balance')
  })

  test('that came late is broken, in time or excused it is kept', () => {
    const late = promising()
    late.chain.engine.submit(late.signed)
    late.chain.produce(6)
    expect(late.chain.call('other-user', late.prove(), 7).status).toBe('ok')
    const kept = promising()
    kept.chain.engine.submit(kept.signed)
    kept.chain.produce(5)
    expect(kept.chain.call('other-user', kept.prove(), 7).reason).toBe('promise-kept')
    const early = promising()
    expect(early.chain.call('other-user', early.prove(), 5).reason).toBe('promise-kept')
    const other = promising()
    other.chain.call('user', { ...pay, amount: 2n }, 5)
    expect(other.chain.call('other-user', other.prove(), 7).reason).toBe('promise-kept')
  })

  test('must be signed by a producer with a bond on this chain', () => {
    const { chain, prove } = promising()
    expect(chain.call('other-user', prove({}, 'user'), 6).reason).toBe('bad-signature')
    expect(chain.call('other-user', prove({ chainId: network.chains[0]!.chainId }), 7).reason).toBe(
      'wrong-chain',
    )
    expect(chain.call('other-user', prove({ producer: address('user') }, 'user'), 8).reason).toBe(
      'insufficient-balance',
    )
    expect(chain.call('user', { kind: 'bond-preconfirmations', amount: 1n }, 9).reason).toBe('not-authorised')
    const plain = createTestChain(ORIGIN)
    expect(plain.call('other-user', prove(), 6).reason).toBe('not-authorised')
  })

  test('is judged anew after a re-org', () => {
    const { chain, signed, prove, bonded } = promising()
    chain.engine.submit(signed)
    chain.produce(5)
    chain.engine.undo()
    chain.produce(6)
    expect(chain.call('other-user', prove(), 7).status).toBe('ok')
    chain.engine.undo()
    expect(bonded()).toBe(1_000n)
  })
})
