// An accountant moves what a message carries once, however many sets of verifiers sign it.
import { type BridgeMessage, contractAddress } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { L1, ROLLUP, tokens, weakBridge } from '../testing/small-network.ts'
import { AccountBooks } from './account-books.ts'
import type { Accountant } from './accountant.ts'

const message = (sequence: number, amount: bigint): BridgeMessage => ({
  bridge: weakBridge,
  srcChainId: ROLLUP,
  emitter: weakBridge,
  sequence,
  dstChainId: L1,
  payload: { kind: 'transfer', token: tokens.rsEthL1, amount, recipient: contractAddress('account', 'user') },
})

/** An accountant with one balance. */
function accountant(balance: bigint): Accountant & { readonly balance: bigint } {
  const amountOf = ({ payload }: BridgeMessage) => (payload.kind === 'transfer' ? payload.amount : 0n)
  return {
    onBlock() {},
    onOrphaned() {},
    covers: (each) => amountOf(each) <= balance,
    apply(each) {
      balance -= amountOf(each)
    },
    get balance() {
      return balance
    },
  }
}

describe('the books of a verifier', () => {
  it('take a message once', () => {
    const account = accountant(10n)
    const books = new AccountBooks(account, () => {})
    expect([books.take(message(0, 6n)), books.take(message(0, 6n))]).toEqual([true, true])
    books.took(message(0, 6n))
    expect(account.balance).toBe(4n)
  })

  it('withhold what is not covered, say so once, and take it when it is', () => {
    const said: number[] = []
    const account = accountant(5n)
    const books = new AccountBooks(account, ({ sequence }) => said.push(sequence))
    expect([books.take(message(1, 6n)), books.take(message(1, 6n))]).toEqual([false, false])
    expect([said, books.withheld().length]).toEqual([[1], 1])
    account.apply(message(2, -1n))
    expect(books.take(message(1, 6n))).toBe(true)
    expect([account.balance, books.withheld().length]).toEqual([0n, 0])
  })

  it('are open where the bridge has no accountant', () => {
    const books = new AccountBooks(null, () => {})
    expect(books.take(message(0, 10n ** 30n))).toBe(true)
  })
})
