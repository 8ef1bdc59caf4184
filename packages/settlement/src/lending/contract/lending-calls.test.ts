// The pool as a contract: what calls do to the journal, to receipts, and to people who owe. Expected numbers are worked out by
// hand from the rules of settlement.md §4 beside each.
import { ALL_OF_IT, type Call, debtToken, type Receipt, receiptToken } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import {
  E8,
  ETHER,
  ethOracle,
  lendingGenesis,
  lendingNetwork,
  poolAddress,
  USD,
} from '../../testing/lending-network.ts'
import { address, ORIGIN, rsEthOrigin, usdcOrigin } from '../../testing/small-network.ts'
import { createTestChain, type TestChain } from '../../testing/test-chain.ts'

const pool = poolAddress
const rsEthReceipt = receiptToken(pool, rsEthOrigin)
const usdcReceipt = receiptToken(pool, usdcOrigin)
const usdcDebt = debtToken(pool, usdcOrigin)

const openChain = () => createTestChain(ORIGIN, { spec: lendingNetwork, genesis: lendingGenesis() })

/** The rival lends 500,000 USDC, the user has pledged 100 ETH at 2,000 and borrowed 150,000 USDC. */
function indebted(): TestChain {
  const chain = openChain()
  ok(chain.call('rival', { kind: 'supply', pool, token: usdcOrigin, amount: 500_000n * USD }))
  ok(chain.call('user', { kind: 'supply', pool, token: rsEthOrigin, amount: 100n * ETHER }))
  ok(chain.call('user', { kind: 'borrow', pool, token: usdcOrigin, amount: 150_000n * USD }))
  return chain
}

function ok(receipt: Receipt): Receipt {
  expect(receipt.reason).toBeNull()
  return receipt
}

function post(chain: TestChain, dollars: bigint, round: number, second?: number): Receipt {
  return ok(
    chain.call('reporter', { kind: 'post-price', oracle: ethOracle, round, answerE8: dollars * E8 }, second),
  )
}

const liquidation = (debtToCover: bigint): Call => ({
  kind: 'liquidate',
  pool,
  borrower: address('user'),
  collateral: rsEthOrigin,
  debt: usdcOrigin,
  debtToCover,
  receive: 'underlying',
})

describe('a lending pool on a chain', () => {
  test('holds cash as POOL, pledges as COLLATERAL and debts as BORROWER', () => {
    const { engine } = indebted()
    expect(engine.balance('POOL', pool, usdcOrigin)).toBe(350_000n * USD)
    expect(engine.balance('POOL', pool, rsEthOrigin)).toBe(100n * ETHER)
    expect(engine.balance('COLLATERAL', address('user'), rsEthReceipt)).toBe(100n * ETHER)
    expect(engine.balance('BORROWER', address('user'), usdcDebt)).toBe(150_000n * USD)
    expect(engine.balance('SUPPLY', '', usdcDebt)).toBe(-150_000n * USD)
  })

  test('refuses a loan beyond the loan-to-value: 80 % of 200,000', () => {
    const chain = indebted()
    // 150,000 and a little interest are owed; 160,000 would be the most.
    const more: Call = { kind: 'borrow', pool, token: usdcOrigin, amount: 10_000n * USD }
    expect(chain.call('user', more).reason).toBe('collateral-cannot-cover')
    ok(chain.call('user', { ...more, amount: 9_900n * USD }))
  })

  test('gives back what was lent, with interest, and only as far as there is cash', () => {
    const chain = indebted()
    const all: Call = { kind: 'withdraw', pool, token: usdcOrigin, amount: ALL_OF_IT }
    expect(chain.call('rival', all, 86_400).reason).toBe('not-enough-liquidity')
    ok(
      chain.call('user', {
        kind: 'repay',
        pool,
        token: usdcOrigin,
        amount: ALL_OF_IT,
        onBehalfOf: address('user'),
      }),
    )
    const { events } = ok(chain.call('rival', all))
    const withdrawn = events.find(({ kind }) => kind === 'withdrawn')
    // A day at 1 % + 4 % · (0.3 / 0.9) on 150,000, less the reserve factor of 15 %: 150,000 · 0.02333 / 365 · 0.85 = 8.15.
    expect(withdrawn).toMatchObject({
      amount: expect.toSatisfy((paid: bigint) => paid > 500_008n * USD && paid < 500_009n * USD),
    })
    expect(chain.engine.balance('COLLATERAL', address('rival'), usdcReceipt)).toBe(0n)
  })

  test('a free receipt goes from hand to hand, a pledged one does not', () => {
    const chain = indebted()
    const give: Call = {
      kind: 'transfer',
      token: usdcReceipt,
      to: address('other-user'),
      amount: 1_000n * USD,
    }
    expect(chain.call('rival', give).reason).toBe('insufficient-balance')
    ok(chain.call('rival', { kind: 'set-collateral', pool, token: usdcOrigin, use: 'not-as-collateral' }))
    ok(chain.call('rival', give))
    ok(chain.call('other-user', { kind: 'withdraw', pool, token: usdcOrigin, amount: ALL_OF_IT }))
    expect(chain.engine.balance('USER', address('other-user'), usdcOrigin)).toBeGreaterThanOrEqual(
      1_002_000n * USD,
    )
  })

  test('frees no collateral that debts need', () => {
    const chain = indebted()
    const free: Call = { kind: 'set-collateral', pool, token: rsEthOrigin, use: 'not-as-collateral' }
    expect(chain.call('user', free).reason).toBe('health-factor-below-threshold')
    expect(
      chain.call('user', { kind: 'withdraw', pool, token: rsEthOrigin, amount: 30n * ETHER }).reason,
    ).toBe('health-factor-below-threshold')
  })

  test('a liquidator takes collateral with the bonus when the price has fallen', () => {
    const chain = indebted()
    expect(chain.call('solver', liquidation(50_000n * USD)).reason).toBe('health-factor-not-below-threshold')
    // 100 · 1,750 · 0.83 = 145,250 < 150,000; health 0.968 > 0.95: half of the debt at most.
    post(chain, 1_750n, 1)
    const before = chain.engine.balance('SOLVER', address('solver'), rsEthOrigin)
    const { events } = ok(chain.call('solver', liquidation(50_000n * USD)))
    // base = 50,000 / 1,750 = 28.571428571428571428 ETH; with 5 %: 29.999999999999999999; the bonus part less base is
    // 1.428571428571428572, a tenth of it (rounded up) is the fee.
    const liquidated = events.find(({ kind }) => kind === 'liquidated')
    expect(liquidated).toMatchObject({ seized: 29_857_142_857_142_857_141n, fee: 142_857_142_857_142_858n })
    const gained = chain.engine.balance('SOLVER', address('solver'), rsEthOrigin) - before
    expect(gained).toBe(29_857_142_857_142_857_141n)
    expect(chain.engine.balance('USER', address('treasury'), rsEthReceipt)).toBe(142_857_142_857_142_858n)
  })

  test('books the debt that is left when the last collateral goes', () => {
    const chain = indebted()
    post(chain, 1_000n, 1)
    // 100 ETH at 1,000 pay for 100,000 / 1.05 = 95,238.10 of 150,000 USDC.
    const { events } = ok(chain.call('solver', liquidation(ALL_OF_IT)))
    const booked = events.find(({ kind }) => kind === 'bad-debt-booked')
    expect(booked).toMatchObject({ borrower: address('user'), token: usdcOrigin })
    expect(chain.engine.balance('BORROWER', address('user'), usdcDebt)).toBe(0n)
    expect(chain.engine.balance('COLLATERAL', address('user'), rsEthReceipt)).toBe(0n)
  })

  test('refuses what needs a price when the feed is older than the rule allows', () => {
    const chain = indebted()
    const more: Call = { kind: 'borrow', pool, token: usdcOrigin, amount: USD }
    expect(chain.call('user', more, 4_002).reason).toBe('no-price')
    // Repaying needs none.
    ok(
      chain.call('user', {
        kind: 'repay',
        pool,
        token: usdcOrigin,
        amount: USD,
        onBehalfOf: address('user'),
      }),
    )
  })

  test('a block that is taken back leaves the pool as it was', () => {
    const chain = indebted()
    const root = chain.engine.stateRoot()
    const reserve = chain.engine.balances()
    post(chain, 1_000n, 1)
    ok(chain.call('solver', liquidation(ALL_OF_IT)))
    chain.engine.undo()
    chain.engine.undo()
    expect(chain.engine.stateRoot()).toBe(root)
    expect(chain.engine.balances()).toEqual(reserve)
  })

  test('begins with the positions that genesis gives', () => {
    const user = address('user')
    const genesis = lendingGenesis([
      { kind: 'POOL', owner: pool, token: rsEthOrigin, amount: 10n * ETHER },
      { kind: 'COLLATERAL', owner: user, token: rsEthReceipt, amount: 10n * ETHER },
      { kind: 'POOL', owner: pool, token: usdcOrigin, amount: 5_000n * USD },
      { kind: 'USER', owner: address('rival'), token: usdcReceipt, amount: 20_000n * USD },
      { kind: 'BORROWER', owner: user, token: usdcDebt, amount: 15_000n * USD },
    ])
    const chain = createTestChain(ORIGIN, { spec: lendingNetwork, genesis })
    // 10 · 1,800 · 0.83 = 14,940 < 15,000.
    post(chain, 1_800n, 1)
    ok(chain.call('solver', liquidation(5_000n * USD)))
    expect(chain.engine.balance('POOL', pool, usdcOrigin)).toBe(10_000n * USD)
  })
})
