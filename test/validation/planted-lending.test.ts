// Lending on a real chain under audit: an index that falls on a repayment, a liquidation that pays more than it seizes, a stale price
// that is used, bad debt that nobody books. Each is a rule of the engine altered; the audit knows nothing of it.
import { ALL_OF_IT, type Call } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { E8, ETHER, HEARTBEAT, lend, pool, post, usdOracle } from './audited-lending.ts'
import { address, ORIGIN, rsEthFar, usdc } from './audited-network.ts'

const repay: Call = { kind: 'repay', pool, token: usdc, amount: 100_000n, onBehalfOf: address('alice') }
const liquidate = (debtToCover: bigint): Call => ({
  kind: 'liquidate',
  pool,
  borrower: address('alice'),
  collateral: rsEthFar,
  debt: usdc,
  debtToCover,
  receive: 'underlying',
})

describe('lending under audit', () => {
  it('breaks nothing in a life of a loan: interest, repayment, liquidation, bad debt, cover', () => {
    const network = lend()
    network.done(ORIGIN, 'alice', repay, 1_000)
    network.done(ORIGIN, 'alice', { kind: 'withdraw', pool, token: rsEthFar, amount: ETHER }, 2_000)
    expect(
      network.call(ORIGIN, 'alice', { kind: 'borrow', pool, token: usdc, amount: 1n }, 30_000).reason,
    ).toBe('no-price')
    post(network, 1_400n, 1, 30_100)
    network.done(ORIGIN, 'relayer', {
      kind: 'post-price',
      oracle: usdOracle,
      round: 1,
      answerE8: 100_000n * E8,
    })
    network.done(ORIGIN, 'borealis', liquidate(100_000n))
    network.done(ORIGIN, 'borealis', { ...liquidate(50_000n), receive: 'claims' } as Call)
    post(network, 700n, 2)
    network.done(ORIGIN, 'borealis', liquidate(ALL_OF_IT))
    network.done(ORIGIN, 'atlas', { kind: 'set-collateral', pool, token: usdc, use: 'not-as-collateral' })
    network.done(ORIGIN, 'atlas', { kind: 'cover-deficit', pool, token: usdc, amount: 1_000n })
    network.done(ORIGIN, 'alice', { kind: 'mint-to-treasury', pool, token: usdc })
    expect(network.broken()).toEqual([])
    const { checked } = network.auditor.finish()
    expect(network.broken()).toEqual([])
    for (const id of ['C-1', 'C-2', 'C-3', 'C-4', 'C-5', 'C-6'] as const)
      expect(checked.get(id)).toBeGreaterThan(2)
  })

  it('catches an index that falls when a debt is repaid (bug 21)', () => {
    const network = lend({
      reserveAfterRepay: (reserve) => ({ ...reserve, liquidityIndexRay: reserve.liquidityIndexRay - 1_000n }),
    })
    network.done(ORIGIN, 'alice', repay, 1_000)
    expect(network.broken()).toContain('C-1')
  })

  it('catches a liquidation that pays more collateral than there is (bug 22)', () => {
    const network = lend({ collateralPaid: (seized) => seized + 1n })
    network.done(ORIGIN, 'alice', { kind: 'supply', pool, token: usdc, amount: 100_000n })
    post(network, 1_000n, 1)
    // Atlas has more ether in the pool than alice, or the pool could not pay.
    network.call(ORIGIN, 'borealis', liquidate(200_000n))
    expect(network.broken()).toContain('C-4')
  })

  it('catches a stale price that is used (bug 23)', () => {
    const network = lend({
      acceptedPrice: (priceRule, _now, answerOf) => answerOf(priceRule.oracle),
    })
    expect(network.broken()).toEqual([])
    network.done(ORIGIN, 'alice', { kind: 'borrow', pool, token: usdc, amount: 1n }, HEARTBEAT + 601)
    expect(network.broken()).toEqual(['C-5'])
  })

  it('catches bad debt that nobody books (bug 24)', () => {
    const network = lend({ isLastCollateral: () => false })
    post(network, 1_000n, 1)
    network.done(ORIGIN, 'borealis', liquidate(ALL_OF_IT))
    expect(network.broken()).toContain('C-6')
  })

  it('takes a block back, and what it reckoned with it', () => {
    const network = lend()
    post(network, 1_600n, 1)
    network.done(ORIGIN, 'borealis', liquidate(100_000n))
    network.undo(ORIGIN)
    network.undo(ORIGIN)
    // What was taken back runs again in one block, later and with more interest.
    network.produce(ORIGIN, 100)
    post(network, 1_500n, 2, 200)
    network.done(ORIGIN, 'borealis', liquidate(50_000n))
    expect(network.broken()).toEqual([])
  })
})
