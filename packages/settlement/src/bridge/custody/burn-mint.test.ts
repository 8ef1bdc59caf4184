// Burn-and-mint through the engine: burned here, minted there less the issuer's fee; issued and redeemed natively.
import type { BridgeMessage, Call } from '@solvent/protocol'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { custodyNetwork, mint } from '../../testing/custody-network.ts'
import {
  address,
  DESTINATION,
  gas,
  ORIGIN,
  rsEthHome,
  solid,
  usdcDestination,
  usdcOrigin,
} from '../../testing/small-network.ts'
import { createTestChain, delivery, sentMessage, type TestChain } from '../../testing/test-chain.ts'
import { mintFee } from './burn-mint.ts'

let source: TestChain
let target: TestChain
beforeEach(() => {
  source = createTestChain(ORIGIN, { spec: custodyNetwork })
  target = createTestChain(DESTINATION, { spec: custodyNetwork })
})

const burn = (amount: bigint): Call => ({
  kind: 'bridge-out',
  bridge: mint,
  token: usdcOrigin,
  amount,
  dstChainId: DESTINATION,
  recipient: address('user'),
})
const issue = (changes: Partial<Extract<Call, { kind: 'issue' }>> = {}): Call => ({
  kind: 'issue',
  bridge: mint,
  token: usdcOrigin,
  amount: 500n,
  recipient: address('user'),
  ...changes,
})
const supply = (chain: TestChain, token: typeof usdcOrigin): bigint =>
  -chain.engine.balance('SUPPLY', '', token)

describe('a transfer', () => {
  test('burns here and mints there, the fee of it to the issuer, rounded up', () => {
    const [here, there] = [supply(source, usdcOrigin), supply(target, usdcDestination)]
    const out = source.call('user', burn(1_000_001n))
    expect(out.events.map(({ kind }) => kind)).toEqual(['message-sent', 'bridge-transfer'])
    expect(here - supply(source, usdcOrigin)).toBe(1_000_001n)
    const minted = target.call('relayer', delivery(sentMessage(out)))
    expect(supply(target, usdcDestination) - there).toBe(1_000_001n)
    // ceil(1000001 · 14 / 10000) = ceil(1400.0014) = 1401; the residue of the division upward is 10000 − 14.
    expect(minted.entries.at(-1)).toMatchObject({
      cause: 'bridge-mint',
      legs: [
        { kind: 'SUPPLY', token: usdcDestination, amount: -1_000_001n },
        { kind: 'USER', owner: address('user'), amount: 998_600n },
        { kind: 'USER', owner: address('issuer'), amount: 1_401n },
      ],
      rounding: [{ token: usdcDestination, direction: 'up', residue: 9_986n, divisor: 10_000n }],
    })
  })

  test('of a single unit goes to the fee alone, and still balances', () => {
    const minted = target.call('relayer', delivery(sentMessage(source.call('user', burn(1n)))))
    expect(minted.entries.at(-1)?.legs).toMatchObject([
      { kind: 'SUPPLY', amount: -1n },
      { owner: address('issuer'), amount: 1n },
    ])
  })

  test('waits while the bridge is paused, and is minted once afterwards', () => {
    const message = sentMessage(source.call('user', burn(100n)))
    target.call('issuer', { kind: 'pause', bridge: mint, authority: 'issuer', until: 0 })
    expect(target.call('relayer', delivery(message)).reason).toBe('paused')
    target.call('issuer', { kind: 'unpause', bridge: mint, authority: 'issuer' })
    expect(target.call('relayer', delivery(message)).status).toBe('ok')
    expect(target.call('relayer', delivery(message)).reason).toBe('already-delivered')
  })

  test('that a quorum forged mints what nobody was issued; no amount passes what a leg can carry', () => {
    const forged = (amount: bigint, sequence: number): BridgeMessage => ({
      bridge: mint,
      srcChainId: ORIGIN,
      emitter: mint,
      sequence,
      dstChainId: DESTINATION,
      payload: { kind: 'transfer', token: usdcDestination, amount, recipient: address('rival') },
    })
    const before = supply(target, usdcDestination)
    expect(target.call('relayer', delivery(forged(10n ** 12n, 77))).status).toBe('ok')
    expect(supply(target, usdcDestination) - before).toBe(10n ** 12n)
    const most = (1n << 255n) - 1n - before - 10n ** 12n
    expect(target.call('relayer', delivery(forged(most + 1n, 78))).reason).toBe('supply-overflow')
    expect(target.call('relayer', delivery(forged((1n << 256n) - 1n, 79))).reason).toBe('supply-overflow')
    expect(target.call('relayer', delivery(forged(most, 80))).status).toBe('ok')
  })
})

describe('issuing and redeeming', () => {
  test('make and end tokens, by the issuer and by a holder', () => {
    const before = supply(source, usdcOrigin)
    expect(source.call('issuer', issue()).events).toEqual([
      { kind: 'asset-issued', bridge: mint, token: usdcOrigin, amount: 500n, recipient: address('user') },
    ])
    const redeemed = source.call('user', { kind: 'redeem', bridge: mint, token: usdcOrigin, amount: 700n })
    expect(redeemed.entries.at(-1)?.cause).toBe('bridge-redeem')
    expect(supply(source, usdcOrigin) - before).toBe(-200n)
  })

  test.each<[string, string, Call, string]>([
    ['by another than the issuer', 'user', issue(), 'not-authorised'],
    ['over no bridge', 'issuer', issue({ bridge: address('user') }), 'unknown-bridge'],
    ['over a bridge that locks', 'issuer', issue({ bridge: solid }), 'wrong-custody'],
    ['of a token that is not its own', 'issuer', issue({ token: rsEthHome }), 'unknown-token'],
    ['of the gas token', 'issuer', issue({ token: gas }), 'unknown-token'],
    ['of nothing', 'issuer', issue({ amount: 0n }), 'zero-amount'],
    ['to the bridge itself', 'issuer', issue({ recipient: mint }), 'not-authorised'],
    ['beyond what a leg can carry', 'issuer', issue({ amount: (1n << 255n) - 1n }), 'supply-overflow'],
    [
      'more than is held',
      'user',
      { kind: 'redeem', bridge: mint, token: usdcOrigin, amount: 10n ** 9n + 1n },
      'insufficient-balance',
    ],
  ])('is refused %s', (_what, by, call, reason) => {
    expect(source.call(by, call)).toMatchObject({ status: 'reverted', reason, events: [] })
  })

  test('are taken back exactly with their blocks', () => {
    const before = source.engine.balances()
    source.call('issuer', issue())
    source.call('user', { kind: 'redeem', bridge: mint, token: usdcOrigin, amount: 100n })
    source.call('user', burn(300n))
    for (let block = 0; block < 3; block++) source.engine.undo()
    expect(source.engine.balances()).toEqual(before)
  })
})

test('the fee is the least integer that is not below the share, and never above the amount', () => {
  const amount = fc.bigInt({ min: 1n, max: (1n << 256n) - 1n })
  fc.assert(
    fc.property(amount, fc.integer({ min: 0, max: 10_000 }), (total, bps) => {
      const { fee, rounding } = mintFee(total, bps)
      expect(fee * 10_000n >= total * BigInt(bps) && (fee - 1n) * 10_000n < total * BigInt(bps)).toBe(true)
      expect(fee <= total).toBe(true)
      expect(fee * 10_000n - total * BigInt(bps)).toBe(rounding?.residue ?? 0n)
    }),
  )
})
