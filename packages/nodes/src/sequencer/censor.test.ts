import { createSeededRng } from '@solvent/ports/testing'
import type { Call, Censorship, SignedTransaction } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { address, L1, ROLLUP, tokens } from '../testing/small-network.ts'
import { Censor } from './censor.ts'

const NOW = 1_000_000
const everything: Censorship = {
  chainId: ROLLUP,
  mode: 'exclude',
  senders: [],
  calls: [],
  sharePercent: 100,
  untilMs: NOW + 60_000,
}
const pay: Call = { kind: 'transfer', token: tokens.usdcRollup, to: address('atlas'), amount: 1n }

function signed(change: Partial<SignedTransaction['transaction']> = {}): SignedTransaction {
  const transaction = {
    chainId: ROLLUP,
    from: address('user-1'),
    nonce: 0,
    gasLimit: 21_000,
    maxFeePerGas: 10n,
    maxPriorityFeePerGas: 1n,
    call: pay,
    ...change,
  }
  return { transaction, signature: '0x' }
}

function censorOf(...orders: Partial<Censorship>[]): Censor {
  const censor = new Censor(createSeededRng('1').stream('censor'))
  for (const order of orders) censor.begin({ ...everything, ...order })
  return censor
}

/** How many of so many transactions get in. */
function admitted(censor: Censor, count: number, transaction: (i: number) => SignedTransaction): number {
  let taken = 0
  for (let i = 0; i < count; i++) if (censor.includes(transaction(i), NOW)) taken++
  return taken
}

describe('a censor', () => {
  it('leaves out a class: by chain, sender and kind of call, until its time', () => {
    const censor = censorOf({ senders: [address('user-1')], calls: ['transfer', 'fill'] })
    expect(censor.includes(signed(), NOW)).toBe(false)
    expect(censor.includes(signed({ chainId: L1 }), NOW)).toBe(true)
    expect(censor.includes(signed({ from: address('atlas') }), NOW)).toBe(true)
    const pause = { kind: 'unpause', bridge: address('atlas'), authority: 'issuer' } as const
    expect(censor.includes(signed({ call: pause }), NOW)).toBe(true)
    expect(censor.includes(signed(), NOW + 60_000)).toBe(true)
    expect(censorOf().includes(signed(), NOW)).toBe(true)
  })

  it('leaves out its share of the class, the same transactions each time and at every producer', () => {
    const third = { sharePercent: 30 }
    const taken = (nonce: number) => censorOf(third).includes(signed({ nonce }), NOW)
    // 300 of 1,000 within five standard deviations of a binomial, 14.5 each.
    const count = admitted(censorOf(third), 1_000, (nonce) => signed({ nonce }))
    expect(count).toBeGreaterThan(700 - 73)
    expect(count).toBeLessThan(700 + 73)
    for (let nonce = 0; nonce < 20; nonce++) expect(taken(nonce)).toBe(taken(nonce))
    expect(admitted(censorOf({ sharePercent: 0 }), 50, (nonce) => signed({ nonce }))).toBe(50)
  })

  it('that loses transactions may take the same one another time', () => {
    const same = signed()
    const count = admitted(censorOf({ mode: 'lose', sharePercent: 50 }), 200, () => same)
    // 100 of 200 within five standard deviations, 7.1 each.
    expect(count).toBeGreaterThan(64)
    expect(count).toBeLessThan(136)
  })
})
