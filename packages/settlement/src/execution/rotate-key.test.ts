// Which key signs for an account, before and after its owner puts another in its place.
import { ZERO_ADDRESS } from '@solvent/primitives'
import { type Block, orderDigest, type SignedTransaction, transactionDigest } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { address, gas, nobody, ORIGIN, order, signer, solid } from '../testing/small-network.ts'
import { createTestChain } from '../testing/test-chain.ts'

const pay = { kind: 'transfer', token: gas, to: nobody, amount: 1n } as const
const rotate = (key: string) => ({ kind: 'rotate-key', key: address(key) }) as const

/** Of the user's account, under the key of somebody. */
function under(chain: ReturnType<typeof createTestChain>, key: string, hand = key): SignedTransaction {
  const { transaction } = chain.sign('user', pay)
  const changed = key === 'user' ? transaction : { ...transaction, signer: address(key) }
  return { transaction: changed, signature: signer(hand).sign(transactionDigest(changed)) }
}

describe('the key of an account', () => {
  it('is another one from the next transaction on, under the same address and nonces', () => {
    const chain = createTestChain(ORIGIN)
    const reason = (key: string, hand?: string) => chain.engine.submit(under(chain, key, hand)).reason
    expect(reason('solver')).toBe('not-authorised')
    const receipt = chain.call('user', rotate('solver'))
    expect(receipt.events).toEqual([
      { kind: 'key-rotated', account: address('user'), key: address('solver') },
    ])
    expect([reason('user'), reason('other-user'), reason('solver', 'user'), reason('solver')]).toEqual([
      ...['not-authorised', 'not-authorised', 'not-authorised'],
      null,
    ])
    const paid = chain.produce()?.transactions[0]?.transaction
    expect(paid).toMatchObject({ from: address('user'), nonce: 1, signer: address('solver') })
  })

  it('cannot be nobody or a contract', () => {
    const chain = createTestChain(ORIGIN)
    for (const key of [ZERO_ADDRESS, solid])
      expect(chain.call('user', { kind: 'rotate-key', key }).reason).toBe('not-authorised')
    expect(chain.engine.submit(under(chain, 'user')).accepted).toBe(true)
  })

  it('may go back to the first one', () => {
    const chain = createTestChain(ORIGIN)
    chain.call('user', rotate('solver'))
    const back = { ...chain.sign('user', rotate('user')).transaction, signer: address('solver') }
    chain.engine.submit({ transaction: back, signature: signer('solver').sign(transactionDigest(back)) })
    expect(chain.produce()?.receipts[0]?.status).toBe('ok')
    expect(chain.engine.submit(under(chain, 'user')).accepted).toBe(true)
  })

  it('is the one before when the block of the rotation is left for another branch', () => {
    const [chain, rival] = [createTestChain(ORIGIN), createTestChain(ORIGIN, { producer: 'origin-rival' })]
    chain.call('user', rotate('solver'), 1)
    rival.call('other-user', pay, 1)
    rival.call('other-user', pay, 2)
    for (const number of [1, 2]) chain.engine.import(rival.engine.block(number) as Block)
    expect(chain.engine.head().header.number).toBe(2)
    // The orphaned rotation waits to come back; until then the first key signs.
    expect(chain.engine.submit(under(chain, 'solver')).reason).toBe('not-authorised')
    expect(chain.engine.submit(under(chain, 'user')).reason).toBeNull()
  })

  it('is asked of what another producer puts into a block, too', () => {
    const [maker, follower] = [createTestChain(ORIGIN), createTestChain(ORIGIN)]
    maker.call('user', rotate('solver'))
    const block = maker.engine.head()
    const reasonWith = (signed: SignedTransaction) =>
      follower.engine.import({ ...block, transactions: [...block.transactions, signed] }).reason
    expect(reasonWith(under(maker, 'user'))).toBe('bad-transaction')
    // The new key's may stand there; the header is one of another block.
    expect(reasonWith(under(maker, 'solver'))).toBe('wrong-result')
  })

  it('signs no orders once it is not the first: others check them against the address of their user', () => {
    const chain = createTestChain(ORIGIN)
    const own = order()
    const open = {
      kind: 'open',
      order: own,
      signature: signer('user').sign(orderDigest(own)),
      award: null,
    } as const
    chain.call('user', rotate('solver'))
    expect(chain.call('other-user', open).reason).toBe('bad-signature')
  })
})
