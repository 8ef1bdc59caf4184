// Tokens that burn a part of every transfer, through the engine: plain transfers, locks and releases, with a contract that
// counts what arrives and with one that does not.
import type { ContractFlaw } from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { address, L1, network, ORIGIN, rsEthHome, solid } from '../testing/small-network.ts'
import { createTestChain, delivery, sentMessage } from '../testing/test-chain.ts'

const STEP = 10n ** 10n

/** The home of rsETH, where the token keeps so many basis points. */
function home(transferFeeBps: number, flaws: readonly ContractFlaw[] = []) {
  const tokens = network.tokens.map((token) =>
    token.address === rsEthHome ? { ...token, transferFeeBps } : token,
  )
  const chain = createTestChain(L1, { spec: { ...network, tokens }, flaws })
  const held = (kind: 'USER' | 'BURN' | 'BRIDGE_LOCK' | 'ROUNDING', owner: string) =>
    chain.engine.balance(kind, owner, rsEthHome)
  const out = (amount: bigint) =>
    chain.call('user', {
      kind: 'bridge-out',
      bridge: solid,
      token: rsEthHome,
      amount,
      dstChainId: ORIGIN,
      recipient: address('user'),
    })
  return { chain, held, out }
}

describe('a token with a fee on transfers', () => {
  test('burns it, rounded up, and the receiver gets the rest', () => {
    const { chain, held } = home(100)
    const before = held('USER', address('other-user'))
    const call = { kind: 'transfer', token: rsEthHome, to: address('other-user'), amount: 101n } as const
    expect(chain.call('user', call).status).toBe('ok')
    // ceil(101 / 100) = 2
    expect([held('USER', address('other-user')) - before, held('BURN', '')]).toEqual([99n, 2n])
    expect(chain.call('user', { ...call, amount: 1n }).reason).toBe('zero-amount')
  })

  test('is locked as it arrives, and leaves the lock in full for a receiver who gets less', () => {
    const { chain, held, out } = home(100)
    const locked = held('BRIDGE_LOCK', solid)
    const message = sentMessage(out(1_000n * STEP))
    expect(message.payload).toMatchObject({ amount: 990n * STEP })
    expect(held('BRIDGE_LOCK', solid) - locked).toBe(990n * STEP)
    const user = held('USER', address('user'))
    const back = {
      ...message,
      srcChainId: ORIGIN,
      dstChainId: L1,
      payload: { ...message.payload, token: rsEthHome },
    }
    expect(chain.call('relayer', delivery(back as typeof message)).status).toBe('ok')
    expect(held('BRIDGE_LOCK', solid)).toBe(locked)
    expect(held('USER', address('user')) - user).toBe(9_801n * (STEP / 10n))
  })

  test('leaves a lock short that credits what was sent', () => {
    const { held, out } = home(100, ['nominal-credited'])
    const locked = held('BRIDGE_LOCK', solid)
    expect(sentMessage(out(1_000n * STEP)).payload).toMatchObject({ amount: 1_000n * STEP })
    expect(held('BRIDGE_LOCK', solid) - locked).toBe(990n * STEP)
  })

  test('does not cross when nothing of it would', () => {
    expect(home(100).out(STEP).reason).toBe('zero-amount')
    expect(home(0).out(STEP).status).toBe('ok')
  })

  test('is locked in whole steps, as much as its message carries, whatever is sent and kept', () => {
    const amounts = fc.bigInt({ min: 1n, max: 10n ** 17n })
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 9_999 }), (amount, feeBps) => {
        const { held, out } = home(feeBps)
        const [locked, user] = [held('BRIDGE_LOCK', solid), held('USER', address('user'))]
        const receipt = out(amount)
        const taken = held('BRIDGE_LOCK', solid) - locked
        const paid = user - held('USER', address('user'))
        expect(paid).toBe(taken + held('BURN', '') + held('ROUNDING', ''))
        if (receipt.status === 'reverted') {
          expect(taken).toBe(0n)
          return
        }
        expect(taken % STEP).toBe(0n)
        expect(sentMessage(receipt).payload).toMatchObject({ amount: taken })
        // Rounded up: at least the exact share, and less than a unit more.
        const sent = amount - (amount % STEP)
        expect(held('BURN', '') * 10_000n >= sent * BigInt(feeBps)).toBe(true)
        expect((held('BURN', '') - 1n) * 10_000n < sent * BigInt(feeBps) || feeBps === 0).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
