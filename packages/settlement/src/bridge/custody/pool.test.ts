// Liquidity pools through the engine: paid in here, paid out there less the fee; shares; the queue; a run; a wrong rate.
import { BPS } from '@solvent/primitives'
import { type BridgeMessage, type Call, poolShareToken, type Receipt } from '@solvent/protocol'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { custodyNetwork, depot, mint } from '../../testing/custody-network.ts'
import { address, DESTINATION, ORIGIN, usdcDestination, usdcOrigin } from '../../testing/small-network.ts'
import { createTestChain, delivery, sentMessage, type TestChain } from '../../testing/test-chain.ts'
import { amountFor, sharesFor, VIRTUAL_SHARES } from '../pool/pool-shares.ts'

let here: TestChain
let there: TestChain
beforeEach(() => {
  here = createTestChain(ORIGIN, { spec: custodyNetwork })
  there = createTestChain(DESTINATION, { spec: custodyNetwork })
})

const MILLION = 1_000_000n
const target = { bridge: depot, token: usdcDestination } as const
const shareToken = poolShareToken(depot, DESTINATION, usdcDestination)
const deposit = (amount: bigint): Call => ({ kind: 'pool-deposit', ...target, amount })
const withdraw = (shares: bigint): Call => ({ kind: 'pool-withdraw', ...target, shares })
const send = (amount: bigint, recipient = address('user')): Call => ({
  kind: 'bridge-out',
  bridge: depot,
  token: usdcOrigin,
  amount,
  dstChainId: DESTINATION,
  recipient,
})
const cash = (): bigint => there.engine.balance('POOL', depot, usdcDestination)
const shares = (name: string): bigint =>
  there.engine.balance(
    name === 'user' || name === 'other-user' ? 'USER' : 'SOLVER',
    address(name),
    shareToken,
  )
const eventsOf = (receipt: Receipt, kind: string) => receipt.events.filter((event) => event.kind === kind)

/** Sends from the origin and delivers on the destination. */
function cross(amount: bigint, recipient = address('user')): Receipt {
  return there.call('relayer', delivery(sentMessage(here.call('user', send(amount, recipient)))))
}

describe('a transfer', () => {
  test('is paid into one pool and out of the other, less a fee that stays', () => {
    there.call('solver', deposit(100n * MILLION))
    const sent = here.call('user', send(10n * MILLION))
    expect(sent.entries.at(-1)).toMatchObject({
      cause: 'pool-in',
      legs: [{ amount: -10n * MILLION }, { kind: 'POOL', owner: depot, amount: 10n * MILLION }],
    })
    const paid = there.call('relayer', delivery(sentMessage(sent)))
    // Utilisation 0 to 0.1: mean 8 % · 0.05 / 0.65 = 0.615384615384615 % a year, for a week 0.0117987…%:
    // ceil(10^7 · 0.000117987…) = 1180.
    expect(eventsOf(paid, 'payout-made')).toMatchObject([
      { amount: 10n * MILLION, fee: 1_180n, paid: 9_998_820n, position: null },
    ])
    expect(cash()).toBe(100n * MILLION - 9_998_820n)
  })

  test('back is paid from what was paid in: what a pool owes counts as no use of it', () => {
    there.call('solver', deposit(100n * MILLION))
    cross(10n * MILLION)
    const back = there.call('user', {
      ...send(10n * MILLION),
      token: usdcDestination,
      dstChainId: ORIGIN,
    } as Call)
    const paid = here.call('relayer', delivery(sentMessage(back)))
    // The origin's pool holds the 10 that were paid in and owes them: nothing of its own is used.
    // All of it is used at once, from 0 to 1: 22.9 % a year, 0.3973273191633388 % for a week (across-protocol/sdk).
    expect(eventsOf(paid, 'payout-made')).toMatchObject([
      { amount: 10n * MILLION, fee: 39_733n, paid: 9_960_267n, position: null },
    ])
  })
})

describe('payouts beyond the cash', () => {
  test('wait, and are made in the order of delivery as cash comes, never in part', () => {
    there.call('solver', deposit(5n * MILLION))
    expect(eventsOf(cross(6n * MILLION), 'payout-queued')).toMatchObject([{ position: 0 }])
    // There is cash for this one, but somebody waits.
    expect(eventsOf(cross(1n * MILLION, address('other-user')), 'payout-queued')).toMatchObject([
      { position: 1 },
    ])
    expect(cash()).toBe(5n * MILLION)
    const refilled = there.call('rival', { kind: 'pool-refill', ...target, amount: 1n * MILLION })
    expect(eventsOf(refilled, 'payout-made')).toMatchObject([{ position: 0, amount: 6n * MILLION }])
    const deposited = there.call('rival', deposit(2n * MILLION))
    expect(eventsOf(deposited, 'payout-made')).toMatchObject([
      { position: 1, amount: 1n * MILLION, recipient: address('other-user') },
    ])
  })

  test('are made from what is paid in for the other direction', () => {
    expect(eventsOf(cross(3n * MILLION), 'payout-queued')).toHaveLength(1)
    const back = there.call('rival', {
      ...send(4n * MILLION),
      token: usdcDestination,
      dstChainId: ORIGIN,
    } as Call)
    expect(eventsOf(back, 'payout-made')).toMatchObject([{ position: 0 }])
  })

  test('are not made while the bridge is paused, and go before withdrawals', () => {
    there.call('solver', deposit(1n * MILLION))
    cross(2n * MILLION)
    expect(there.call('solver', withdraw(shares('solver'))).reason).toBe('payouts-waiting')
    there.call('issuer', { kind: 'pause', bridge: depot, authority: 'issuer', until: 0 })
    expect(eventsOf(there.call('rival', deposit(9n * MILLION)), 'payout-made')).toEqual([])
    there.call('issuer', { kind: 'unpause', bridge: depot, authority: 'issuer' })
    expect(eventsOf(there.call('rival', deposit(1n)), 'payout-made')).toHaveLength(1)
  })

  test('are settled by the dozen, at most 32 in a call', () => {
    for (let i = 0; i < 33; i++) cross(1_000n)
    expect(eventsOf(there.call('rival', deposit(MILLION)), 'payout-made')).toHaveLength(32)
    expect(eventsOf(there.call('rival', deposit(MILLION)), 'payout-made')).toHaveLength(1)
  })
})

describe('providers', () => {
  test('get shares at their value, and their part of the fees when they leave', () => {
    there.call('solver', deposit(50n * MILLION))
    expect(shares('solver')).toBe(50n * MILLION * 1_000n)
    cross(30n * MILLION)
    there.call('rival', deposit(50n * MILLION))
    // The fee raised the value of a share: the second gets fewer for the same.
    expect(shares('rival') < shares('solver')).toBe(true)
    expect(there.call('solver', withdraw(shares('solver'))).status).toBe('ok')
    expect(there.engine.balance('SOLVER', address('solver'), usdcDestination) > 1_000n * MILLION).toBe(true)
  })

  test('run for the cash: first come, first served, and utilisation stays at most 1', () => {
    there.call('solver', deposit(50n * MILLION))
    there.call('rival', deposit(50n * MILLION))
    cross(40n * MILLION)
    expect(there.call('solver', withdraw(shares('solver'))).status).toBe('ok')
    expect(there.call('rival', withdraw(shares('rival'))).reason).toBe('pool-exhausted')
    // What is there can be had, share by share.
    expect(there.call('rival', withdraw(cash() * 999n)).status).toBe('ok')
    expect(cash() >= 0n).toBe(true)
  })

  test('lose what is paid at a wrong rate, and a refill makes it good', () => {
    there.call('solver', deposit(100n * MILLION))
    there.call('issuer', { kind: 'pool-rate', ...target, rateE18: 2n * 10n ** 18n })
    const paid = eventsOf(cross(20n * MILLION), 'payout-made')[0] as { paid: bigint; fee: bigint }
    expect(paid.paid).toBe(2n * (20n * MILLION - paid.fee))
    there.call('issuer', { kind: 'pool-rate', ...target, rateE18: 10n ** 18n })
    // What the shares are worth: half of the 40 was too much, less the fee.
    const value = cash() + 20n * MILLION
    expect(100n * MILLION - value).toBe(20n * MILLION - 2n * paid.fee)
    there.call('rival', { kind: 'pool-refill', ...target, amount: 100n * MILLION - value })
    there.call('solver', withdraw(shares('solver') / 2n))
    // The value is 100 again: (5·10^10 · (10^8 + 1)) / (10^11 + 1000) = 5·10^7.
    expect(1_000n * MILLION - there.engine.balance('SOLVER', address('solver'), usdcDestination)).toBe(
      50n * MILLION,
    )
  })

  test.each<[string, string, Call, string]>([
    ['deposits of nothing', 'solver', deposit(0n), 'zero-amount'],
    ['deposits beyond the balance', 'solver', deposit(10n ** 9n + 1n), 'insufficient-balance'],
    ['withdrawals of shares that are not held', 'solver', withdraw(1n), 'insufficient-balance'],
    ['withdrawals of nothing', 'solver', withdraw(0n), 'zero-amount'],
    ['refills of nothing', 'solver', { kind: 'pool-refill', ...target, amount: 0n }, 'zero-amount'],
    [
      'a rate of another than the issuer',
      'solver',
      { kind: 'pool-rate', ...target, rateE18: 1n },
      'not-authorised',
    ],
    ['a rate of nothing', 'issuer', { kind: 'pool-rate', ...target, rateE18: 0n }, 'zero-amount'],
    ['a bridge without pools', 'solver', { ...deposit(1n), bridge: mint } as Call, 'wrong-custody'],
    [
      "a token of another chain's pool",
      'solver',
      { ...deposit(1n), token: usdcOrigin } as Call,
      'unknown-token',
    ],
  ])('are refused %s', (_what, by, call, reason) => {
    expect(there.call(by, call)).toMatchObject({ status: 'reverted', reason, events: [] })
  })
})

test('a re-org takes cash, claims, shares, queue and rate back', () => {
  there.call('solver', deposit(5n * MILLION))
  cross(6n * MILLION)
  const before = there.engine.balances()
  const second = sentMessage(here.call('user', send(2n * MILLION)))
  const story = (receipts: readonly Receipt[]) =>
    receipts.flatMap(({ events }) => events).filter(({ kind }) => kind.startsWith('payout'))
  const first = story([
    there.call('issuer', { kind: 'pool-rate', ...target, rateE18: 2n * 10n ** 18n }),
    there.call('relayer', delivery(second)),
    there.call('rival', deposit(500n * MILLION)),
  ])
  expect(first).toMatchObject([{ position: 1 }, { position: 0 }, { position: 1 }])
  for (let block = 0; block < 3; block++) there.engine.undo()
  expect(there.engine.balances()).toEqual(before)
  // The transactions come again in another order, the deposit before the rate: the first is paid at par, the second
  // finds nobody waiting. Had any of the state stayed, it could not.
  expect(story(there.produce()?.receipts ?? [])).toMatchObject([
    { position: 0, amount: 6n * MILLION, paid: 5_976_160n },
    { position: null, amount: 2n * MILLION, fee: 66n, paid: 1_999_934n },
  ])
})

test('a forged message takes cash and leaves a claim that nobody will pay', () => {
  there.call('solver', deposit(100n * MILLION))
  const forged: BridgeMessage = {
    bridge: depot,
    srcChainId: ORIGIN,
    emitter: depot,
    sequence: 77,
    dstChainId: DESTINATION,
    payload: {
      kind: 'transfer',
      token: usdcDestination,
      amount: 60n * MILLION,
      recipient: address('other-user'),
    },
  }
  expect(eventsOf(there.call('relayer', delivery(forged)), 'payout-made')).toHaveLength(1)
  expect(there.call('solver', withdraw(shares('solver'))).reason).toBe('pool-exhausted')
  expect(there.call('solver', withdraw((shares('solver') * 39n) / 100n)).status).toBe('ok')
})

describe('shares, for any amounts', () => {
  const amount = fc.bigInt({ min: 0n, max: (1n << 256n) - 1n })
  const holding = fc.record({ value: amount, shares: amount })

  test('a deposit or a withdrawal never lowers what a share is worth', () => {
    fc.assert(
      fc.property(holding, amount, amount, (before, paid, part) => {
        const minted = sharesFor(paid, before)
        const worth = (a: typeof before, b: typeof before) =>
          (a.value + 1n) * (b.shares + VIRTUAL_SHARES) <= (b.value + 1n) * (a.shares + VIRTUAL_SHARES)
        const after = { value: before.value + paid, shares: before.shares + minted }
        expect(worth(before, after)).toBe(true)
        const given = after.shares === 0n ? 0n : part % (after.shares + 1n)
        const left = { value: after.value - amountFor(given, after), shares: after.shares - given }
        expect(left.value >= 0n && worth(after, left)).toBe(true)
      }),
    )
  })

  test('nobody takes out more than was put in, whatever the rounding', () => {
    fc.assert(
      fc.property(holding, amount, (before, paid) => {
        const minted = sharesFor(paid, before)
        const after = { value: before.value + paid, shares: before.shares + minted }
        expect(amountFor(minted, after) <= paid).toBe(true)
      }),
    )
  })

  test('who inflates the value of a first share loses more than the next depositor', () => {
    const seed = fc.bigInt({ min: 1n, max: 1_000n })
    const gift = fc.bigInt({ min: 1n, max: 10n ** 24n })
    fc.assert(
      fc.property(seed, gift, fc.bigInt({ min: 1n, max: 10n ** 24n }), (first, given, victim) => {
        const own = sharesFor(first, { value: 0n, shares: 0n })
        const inflated = { value: first + given, shares: own }
        const minted = sharesFor(victim, inflated)
        const after = { value: inflated.value + victim, shares: own + minted }
        const lost = victim - amountFor(minted, after)
        const gained = amountFor(own, after) - first - given
        // The attacker's gain is never above zero by more than its rounding, at a thousandth of what it gave.
        expect(gained * BPS <= lost * BPS).toBe(true)
        expect(gained <= 0n || given < victim).toBe(true)
      }),
    )
  })
})
