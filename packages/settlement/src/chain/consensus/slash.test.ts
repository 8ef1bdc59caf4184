import { ZERO_ADDRESS } from '@solvent/primitives'
import { type Block, headerDigest, type SlashCall } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { address, genesisOf, L1, signer } from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'

const ETHER = 10n ** 18n
/** The small network's `most` has 900 validators of 32 ETH, at its producer alone. */
const STAKE = 900n * 32n * ETHER
const staked = {
  ...genesisOf(L1),
  balances: [
    ...genesisOf(L1).balances,
    { kind: 'STAKE' as const, owner: 'most', token: ZERO_ADDRESS, amount: STAKE },
  ],
}

const evidence = ({ header, signature }: Block) => ({ header, signature })

/** Two blocks of the producer for one slot. */
function twice(): SlashCall {
  const [a, b] = [createTestChain(L1), createTestChain(L1)]
  a.call('user', { kind: 'transfer', token: ZERO_ADDRESS, to: address('solver'), amount: 1n }, 12)
  return { kind: 'slash', first: evidence(a.engine.head()), second: evidence(b.produce(12, true) as Block) }
}

describe('slashing', () => {
  test('takes stake by the evidence of two headers, once', () => {
    const chain = createTestChain(L1, { genesis: staked })
    const receipt = chain.call('solver', twice(), 24)
    // Each of 900 loses 32/32 ETH, and 32 · min(3 · 900, 1000)/1000 = 32 ETH, of the 32 that it has.
    expect(receipt.events).toEqual([
      { kind: 'validators-slashed', offence: L1, slot: 1, group: 0, amount: STAKE },
    ])
    expect(chain.engine.balance('LOSS', 'slashed', ZERO_ADDRESS)).toBe(STAKE)
    expect(chain.call('solver', twice(), 36)).toMatchObject({ status: 'reverted', reason: 'already-slashed' })
  })

  test('gives the stake back when the block is taken back', () => {
    const chain = createTestChain(L1, { genesis: staked })
    chain.call('solver', twice(), 24)
    chain.engine.undo()
    expect(chain.engine.balance('STAKE', 'most', ZERO_ADDRESS)).toBe(STAKE)
    expect(chain.produce(36)?.receipts[0]?.status).toBe('ok')
  })

  test.each<[string, (call: SlashCall) => SlashCall]>([
    ['the same header twice', ({ first }) => ({ kind: 'slash', first, second: first })],
    [
      'headers of two slots',
      ({ first, second }) => {
        const header = { ...second.header, number: second.header.number + 1 }
        return {
          kind: 'slash',
          first,
          second: { header, signature: signer('l1-producer').sign(headerDigest(header)) },
        }
      },
    ],
    [
      'a header that the producer has not signed',
      ({ first, second }) => {
        const header = { ...second.header, gasUsed: 7 }
        return { kind: 'slash', first, second: { header, signature: second.signature } }
      },
    ],
    [
      'headers of two producers',
      ({ first, second }) => {
        const header = { ...second.header, producer: address('l1-rival') }
        return {
          kind: 'slash',
          first,
          second: { header, signature: signer('l1-rival').sign(headerDigest(header)) },
        }
      },
    ],
  ])('refuses %s', (_name, spoil) => {
    const chain = createTestChain(L1, { genesis: staked })
    expect(chain.call('solver', spoil(twice()), 24)).toMatchObject({
      status: 'reverted',
      reason: 'bad-evidence',
    })
    expect(chain.engine.balance('STAKE', 'most', ZERO_ADDRESS)).toBe(STAKE)
  })
})
