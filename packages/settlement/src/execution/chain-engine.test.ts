// The engine as producers use it: pool, production, import, re-orgs, and the laws that hold for any sequence of calls.
import { ZERO_ADDRESS, ZERO_HASH } from '@solvent/primitives'
import {
  type Block,
  type Call,
  checkBlockBody,
  createSecp256k1Signer,
  createSecp256k1Verifier,
  headerDigest,
  orderDigest,
  privateKeyOf,
  type SignedTransaction,
  transactionDigest,
} from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gasOf } from '../chain/gas.ts'
import type { Balance } from '../ledger/ledger.ts'
import {
  address,
  DESTINATION,
  GENESIS_SECONDS,
  gas,
  genesisOf,
  L1,
  network,
  nobody,
  ORIGIN,
  order,
  rsEthOrigin,
  signed,
  signer,
  solid,
  usdcOrigin,
} from '../testing/small-network.ts'
import { createTestChain, delivery, sentMessage, type TestChain } from '../testing/test-chain.ts'
import { createChainEngine } from './chain-engine.ts'

const pay = (amount: bigint, to = nobody) => ({ kind: 'transfer', token: usdcOrigin, to, amount }) as const

function isDeepFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return Object.isFrozen(value) && Object.values(value).every(isDeepFrozen)
}

describe('blocks', () => {
  test('genesis is the same for everyone and mints every balance from SUPPLY', () => {
    const [a, b] = [createTestChain(ORIGIN), createTestChain(ORIGIN, { producer: 'origin-rival' })]
    expect(a.engine.genesisBlock).toEqual(b.engine.genesisBlock)
    const { header, receipts } = a.engine.genesisBlock
    expect(header).toMatchObject({
      number: 0,
      parentHash: ZERO_HASH,
      producer: ZERO_ADDRESS,
      timestamp: GENESIS_SECONDS,
    })
    expect(receipts).toHaveLength(1)
    expect(receipts[0]?.entries.map(({ cause }) => cause)).toEqual(['genesis'])
    for (const { kind, owner, token, amount } of genesisOf(ORIGIN).balances) {
      expect(a.engine.balance(kind, owner, token)).toBe(amount)
    }
    expect(sumsByToken(a.engine.balances())).toEqual([0n, 0n, 0n])
  })

  test("follow their parent, count slots, carry their body's hashes and are frozen", () => {
    const chain = createTestChain(ORIGIN)
    chain.call('user', pay(1n), 5)
    chain.call('user', pay(2n), 9)
    const block = chain.engine.block(9) as Block
    expect(block.header).toMatchObject({
      number: 9,
      emptyBefore: 3,
      parentHash: chain.engine.block(5)?.hash,
      timestamp: GENESIS_SECONDS + 9,
      producer: address('origin-producer'),
      transactionCount: 1,
      gasUsed: 21_000,
      justified: -1,
      finalized: -1,
    })
    expect(checkBlockBody(block)).toBe(true)
    expect(block.hash).toBe(headerDigest(block.header))
    expect(isDeepFrozen(block.header) && isDeepFrozen(block.receipts)).toBe(true)
    expect(chain.engine.block(7)).toBeUndefined()
    expect(chain.engine.head()).toBe(block)
    expect(chain.engine.stateRoot()).toBe(block.header.stateRoot)
  })

  test('are made only when there is something to put in, unless an empty one is wanted', () => {
    const chain = createTestChain(L1)
    expect(chain.produce(48)).toBeNull()
    const heartbeat = chain.produce(96, true)
    // Slot 8 is the first of epoch 2 and carries the votes for epoch 1 (blocks 4–7); nobody carried those for epoch 0.
    expect(heartbeat?.header).toMatchObject({
      number: 8,
      emptyBefore: 7,
      justified: 7,
      finalized: 0,
      transactionCount: 0,
    })
    expect(heartbeat?.header.stateRoot).toBe(chain.engine.genesisBlock.header.stateRoot)
    expect(chain.produce(96, true)).toBeNull()
  })

  test('hold what fits the gas limit; the rest waits', () => {
    const chains = network.chains.map((chain) => ({ ...chain, gasLimit: 50_000 }))
    const chain = createTestChain(ORIGIN, { spec: { ...network, chains } })
    for (const name of ['user', 'other-user', 'solver']) chain.engine.submit(chain.sign(name, pay(1n)))
    expect([
      chain.produce()?.transactions.length,
      chain.produce()?.transactions.length,
      chain.produce(),
    ]).toEqual([2, 1, null])
  })

  test('cannot be made without a signer', () => {
    const { verifier } = { verifier: { scheme: 'stand-in', verify: () => true } as const }
    const engine = createChainEngine({ spec: network, chainId: ORIGIN, genesis: genesisOf(ORIGIN), verifier })
    expect(() => engine.produce({ number: 1, allowEmpty: true })).toThrow(/no signer/)
  })
})

describe('the pool admits', () => {
  test('signed, funded transactions of this chain with next nonces, and says why not', () => {
    const chain = createTestChain(ORIGIN)
    const { engine, sign } = chain
    const reason = (signedTransaction: SignedTransaction) => engine.submit(signedTransaction).reason
    expect(reason(sign('user', pay(1n), { chainId: DESTINATION }))).toBe('wrong-chain')
    expect(reason(sign('user', pay(1n), { gasLimit: 20_999 }))).toBe('gas-limit')
    expect(reason(sign('user', pay(1n), { gasLimit: 30_000_001 }))).toBe('gas-limit')
    expect(reason(sign('user', pay(1n), { maxFeePerGas: 6n }))).toBe('fee-too-low')
    expect(reason(sign('user', pay(1n), { maxFeePerGas: 10n ** 15n }))).toBe('underfunded')
    expect(reason(sign('stranger', pay(1n)))).toBe('underfunded')
    expect(reason({ ...sign('user', pay(1n)), signature: sign('user', pay(2n)).signature })).toBe(
      'not-authorised',
    )
    expect(reason(sign('user', pay(1n), { nonce: 200 }))).toBe('nonce-gap')
    const good = sign('user', pay(1n))
    expect([reason(good), reason(good)]).toEqual([null, 'duplicate'])
    expect([engine.poolSize(), engine.nextNonce(address('user'))]).toEqual([1, 1])
    chain.produce()
    expect(reason(good)).toBe('nonce-too-low')
  })

  test('and drops what can no longer be paid for', () => {
    const chain = createTestChain(ORIGIN)
    chain.engine.submit(chain.sign('user', { ...pay(10n ** 18n - 300_000n), token: gas }))
    chain.engine.submit(chain.sign('user', pay(1n), { nonce: 1 }))
    expect(chain.produce()?.transactions).toHaveLength(1)
    expect(chain.engine.poolSize()).toBe(0)
  })
})

describe('a transfer', () => {
  test('is refused of nothing, of too much, and to where nothing comes back from', () => {
    const chain = createTestChain(ORIGIN)
    const reasons = [pay(0n), pay(10n ** 10n), pay(1n, solid), pay(1n, ZERO_ADDRESS), pay(1n)].map(
      (call) => chain.call('user', call).reason,
    )
    expect(reasons).toEqual(['zero-amount', 'insufficient-balance', 'not-authorised', 'not-authorised', null])
  })

  test('and an order work the same under real secp256k1 signatures', () => {
    const real = createSecp256k1Signer(privateKeyOf('settlement', 'user'))
    const { accounts, balances } = genesisOf(ORIGIN)
    const engine = createChainEngine({
      spec: network,
      chainId: ORIGIN,
      genesis: {
        chainId: ORIGIN,
        accounts,
        balances: balances.map((each) =>
          each.owner === address('user') ? { ...each, owner: real.address } : each,
        ),
      },
      verifier: createSecp256k1Verifier(),
      signer: createSecp256k1Signer(privateKeyOf('settlement', 'producer')),
    })
    const theOrder = order({ user: real.address })
    const call = {
      kind: 'open',
      order: theOrder,
      signature: real.sign(orderDigest(theOrder)),
      award: null,
    } as const
    const transaction = {
      chainId: ORIGIN,
      from: real.address,
      nonce: 0,
      gasLimit: gasOf('open'),
      maxFeePerGas: 10n,
      maxPriorityFeePerGas: 1n,
      call,
    }
    const signature = real.sign(transactionDigest(transaction))
    const forged =
      `${signature.slice(0, 10)}${signature[10] === '0' ? '1' : '0'}${signature.slice(11)}` as const
    expect(engine.submit({ transaction, signature: forged as `0x${string}` }).reason).toBe('not-authorised')
    expect(engine.submit({ transaction, signature }).accepted).toBe(true)
    expect(engine.produce({ number: 1, allowEmpty: false })?.receipts[0]?.status).toBe('ok')
  })
})

describe('gas', () => {
  test('burns the base fee and pays the tip to the producer', () => {
    const chain = createTestChain(ORIGIN)
    const receipt = chain.send('user', pay(1n), { maxFeePerGas: 10n, maxPriorityFeePerGas: 2n })
    // 21,000 gas · 7 wei burned, · 2 wei to the producer.
    expect(receipt.entries[0]).toMatchObject({
      cause: 'gas',
      legs: [
        { kind: 'USER', owner: address('user'), amount: -189_000n },
        { kind: 'BURN', owner: '', amount: 147_000n },
        { kind: 'GAS_FEE', owner: address('origin-producer'), amount: 42_000n },
      ],
    })
    expect(chain.send('user', pay(1n), { maxPriorityFeePerGas: 0n }).entries[0]?.legs).toHaveLength(2)
  })

  test("runs out below the call's need: all of the limit is charged and nothing done", () => {
    const chain = createTestChain(ORIGIN)
    const receipt = chain.send('user', { kind: 'refund', orderId: ZERO_HASH }, { gasLimit: 30_000 })
    expect(receipt).toMatchObject({ status: 'reverted', reason: 'out-of-gas', gasUsed: 30_000, events: [] })
    expect(gasOf('refund')).toBe(60_000)
  })
})

describe('imports', () => {
  const rivals = () =>
    [createTestChain(ORIGIN), createTestChain(ORIGIN, { producer: 'origin-rival' })] as const

  test('re-execute to the same state', () => {
    const [a, b] = rivals()
    for (let i = 1; i < 5; i++) {
      a.call('user', pay(BigInt(i)), 2 * i)
      expect(b.engine.import(a.engine.head())).toEqual({ accepted: true, reason: null })
    }
    expect(b.engine.head()).toEqual(a.engine.head())
    expect(b.engine.balances()).toEqual(a.engine.balances())
    expect(b.engine.import(a.engine.head())).toEqual({ accepted: true, reason: null })
  })

  test('take included transactions out of the pool', () => {
    const [a, b] = rivals()
    b.engine.submit(b.sign('user', pay(1n)))
    a.call('user', pay(1n))
    b.engine.import(a.engine.head())
    expect(b.engine.poolSize()).toBe(0)
  })

  test('refuse what is not a block of this chain, and change nothing', () => {
    const [a, b] = rivals()
    a.call('user', pay(1n), 3)
    const block = a.engine.head()
    const resign = (changes: Partial<Block['header']>, name = 'origin-producer'): Block => {
      const header = { ...block.header, ...changes }
      const hash = headerDigest(header)
      return { ...block, header, hash, signature: signer(name).sign(hash) }
    }
    const reason = (candidate: Block) => b.engine.import(candidate).reason
    expect(reason(resign({ parentHash: ZERO_HASH }))).toBe('unknown-parent')
    expect(reason(resign({ chainId: DESTINATION }))).toBe('wrong-chain')
    expect(reason(resign({ number: 0 }))).toBe('bad-number')
    expect(reason(resign({ producer: address('user') }, 'user'))).toBe('not-a-producer')
    expect(reason({ ...block, hash: ZERO_HASH })).toBe('bad-hash')
    expect(reason(resign({}, 'origin-rival'))).toBe('bad-signature')
    expect(reason({ ...block, transactions: [...block.transactions, ...block.transactions] })).toBe(
      'bad-transaction',
    )
    expect(reason({ ...block, transactions: [a.sign('user', pay(1n), { nonce: 0, gasLimit: 1 })] })).toBe(
      'bad-transaction',
    )
    expect(reason(resign({ stateRoot: ZERO_HASH }))).toBe('wrong-result')
    expect(reason(resign({ outboxRoot: ZERO_HASH }))).toBe('wrong-result')
    expect(reason(resign({ emptyBefore: 0 }))).toBe('wrong-result')
    expect(reason(resign({ timestamp: 1 }))).toBe('wrong-result')
    expect(b.engine.head()).toBe(b.engine.genesisBlock)
    expect(b.engine.balances()).toEqual(createTestChain(ORIGIN).engine.balances())
    expect(reason(block)).toBeNull()
  })

  test('move to the longer branch; what it left out returns to the pool once, in nonce order', () => {
    const [a, b] = rivals()
    a.call('user', pay(1n), 1)
    a.call('user', pay(2n), 2)
    const shared = b.sign('other-user', pay(7n))
    for (const chain of [a, b]) chain.engine.submit(shared)
    a.produce(3)
    b.call('solver', pay(3n), 4)
    for (let second = 5; second < 8; second++) b.call('rival', pay(4n), second)
    for (const number of [4, 5]) a.engine.import(b.engine.block(number) as Block)
    expect(a.engine.head().header.number).toBe(3)
    // As long as its own: the hashes decide. One more is longer.
    a.engine.import(b.engine.block(6) as Block)
    expect(a.engine.import(b.engine.block(7) as Block)).toEqual({ accepted: true, reason: null })
    expect(a.engine.head()).toEqual(b.engine.head())
    expect(a.engine.balances()).toEqual(b.engine.balances())
    expect([a.engine.poolSize(), a.engine.nextNonce(address('user'))]).toEqual([2, 2])
    const next = a.produce(9)
    expect(next?.transactions.map(({ transaction }) => transaction.nonce)).toEqual([0, 1])
  })

  test('of two branches of one length everyone keeps the same', () => {
    const [a, b] = rivals()
    a.call('user', pay(1n), 1)
    b.call('solver', pay(1n), 1)
    const [blockA, blockB] = [a.engine.head(), b.engine.head()]
    a.engine.import(blockB)
    b.engine.import(blockA)
    expect(a.engine.head()).toEqual(b.engine.head())
  })

  test('follow a shorter branch when the L1 has ordered it, and what is left out returns to the pool', () => {
    const [a, b] = rivals()
    for (let second = 1; second < 4; second++) a.call('user', pay(1n), second)
    b.call('solver', pay(3n), 5)
    const ordered = b.engine.head()
    a.engine.import(ordered)
    expect(a.engine.head().header.number).toBe(3)
    a.engine.follow(ZERO_HASH)
    expect(a.engine.head().header.number).toBe(3)
    a.engine.follow(ordered.hash)
    expect(a.engine.head()).toEqual(ordered)
    expect(a.engine.balances()).toEqual(b.engine.balances())
    expect(a.engine.poolSize()).toBe(3)
    expect(a.produce(7)?.header.parentHash).toBe(ordered.hash)
    a.engine.follow(ordered.hash)
    expect(a.engine.head().header.number).toBe(7)
  })

  test('return to the old branch when a block of the better one is wrong, and take a right one later', () => {
    const [a, b] = rivals()
    a.call('user', pay(1n), 1)
    b.call('solver', pay(3n), 1)
    // At equal length the lower hash stays.
    const [kept, other] = a.engine.head().hash < b.engine.head().hash ? [a, b] : [b, a]
    const first = other.engine.head()
    other.call('rival', pay(4n), 3)
    const second = other.engine.head()
    const header = { ...second.header, stateRoot: ZERO_HASH }
    const hash = headerDigest(header)
    const name = header.producer === address('origin-rival') ? 'origin-rival' : 'origin-producer'
    const wrong = { ...second, header, hash, signature: signer(name).sign(hash) }
    const before = [kept.engine.head(), kept.engine.balances()]
    expect(kept.engine.import(first)).toEqual({ accepted: true, reason: null })
    expect(kept.engine.import(wrong)).toEqual({ accepted: false, reason: 'wrong-result' })
    expect([kept.engine.head(), kept.engine.balances()]).toEqual(before)
    expect(kept.engine.import(second)).toEqual({ accepted: true, reason: null })
    expect(kept.engine.head()).toEqual(second)
    expect(kept.engine.balances()).toEqual(other.engine.balances())
  })

  test('never fill slots that are final for being empty', () => {
    const [a, b] = [createTestChain(L1), createTestChain(L1, { producer: 'l1-rival' })]
    const first = a.produce(12, true) as Block
    b.engine.import(first)
    for (const number of [13, 17, 18]) a.engine.produce({ number, allowEmpty: true })
    const { hash, header } = a.engine.head()
    // Of the slots up to the final one all but the first are empty: nothing of a's would be taken back up to there.
    expect([header.number, header.finalized > 2]).toEqual([18, true])
    for (const number of [2, 3, 4, 5]) {
      const block = b.engine.produce({ number, allowEmpty: true }) as Block
      a.engine.import(block)
    }
    expect(a.engine.head().hash).toBe(hash)
    // Above it a longer branch is followed as ever.
    const above = header.finalized + 1
    const rival = createTestChain(L1, { producer: 'l1-rival' })
    rival.engine.import(first)
    for (let number = above; number < above + 5; number++)
      a.engine.import(rival.engine.produce({ number, allowEmpty: true }) as Block)
    expect(a.engine.head().header.number).toBe(above + 4)
  })

  test('never leave what the L1 has finalised', () => {
    const [a, b] = [createTestChain(L1), createTestChain(L1, { producer: 'l1-rival' })]
    for (let number = 1; number <= 8; number++) a.produce(12 * number, true)
    for (let number = 1; number <= 12; number++) b.produce(12 * number + 12, true)
    // Epoch 0 (blocks 0–3) is final at block 8; the other branch leaves at genesis.
    for (let number = 2; number <= 13; number++)
      b.engine.block(number) && a.engine.import(b.engine.block(number) as Block)
    expect(a.engine.head().header).toMatchObject({ number: 8, finalized: 3 })
  })
})

/** Any call of an account that has something to do with the network, sensible or not. */
function anyCall(): fc.Arbitrary<readonly [string, Call]> {
  const names = fc.constantFrom('user', 'other-user', 'solver', 'rival')
  const amounts = fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.bigInt({ min: 0n, max: 10n ** 19n }))
  const orders = fc
    .nat(3)
    .map((nonce) => order({ nonce: BigInt(nonce), input: { token: usdcOrigin, amount: 10n ** 8n } }))
  const calls: fc.Arbitrary<Call> = fc.oneof(
    fc.record({
      kind: fc.constant('transfer'),
      token: fc.constantFrom(usdcOrigin, rsEthOrigin, gas),
      to: names.map(address),
      amount: amounts,
    }),
    orders.map(
      (theOrder) => ({ kind: 'open', order: theOrder, signature: signed(theOrder), award: null }) as const,
    ),
    orders.map((theOrder) => ({ kind: 'cancel', order: theOrder }) as const),
    orders.map((theOrder) => ({ kind: 'claim', orderId: orderDigest(theOrder) }) as const),
    orders.map((theOrder) => ({ kind: 'refund', orderId: orderDigest(theOrder) }) as const),
    orders.map((theOrder) => delivery(proofOf(theOrder))),
    fc.record({
      kind: fc.constant('bridge-out'),
      bridge: fc.constant(solid),
      token: fc.constant(rsEthOrigin),
      amount: amounts,
      dstChainId: fc.constantFrom(L1, DESTINATION),
      recipient: names.map(address),
    }),
    fc.nat(5).map((sequence) =>
      delivery({
        bridge: solid,
        srcChainId: L1,
        emitter: solid,
        sequence,
        dstChainId: ORIGIN,
        payload: { kind: 'transfer', token: rsEthOrigin, amount: 5n, recipient: address('user') },
      }),
    ),
  )
  return fc.tuple(names, calls)
}

function proofOf(theOrder: ReturnType<typeof order>) {
  return {
    bridge: solid,
    srcChainId: DESTINATION,
    emitter: theOrder.output.settler,
    sequence: 100 + Number(theOrder.nonce),
    dstChainId: ORIGIN,
    payload: {
      kind: 'fill-proof',
      orderId: orderDigest(theOrder),
      payee: address('solver'),
      outputToken: theOrder.output.token,
      outputAmount: theOrder.output.minAmount,
      recipient: theOrder.output.recipient,
      filledAt: GENESIS_SECONDS,
    },
  } as const
}

function sumsByToken(balances: readonly Balance[]): bigint[] {
  const sums = new Map<string, bigint>()
  for (const { token, amount } of balances) sums.set(token, (sums.get(token) ?? 0n) + amount)
  return [...sums.values()]
}

/** One step in eight jumps past every deadline of the orders above. */
const anyRun = fc.array(fc.tuple(anyCall(), fc.integer({ min: 1, max: 8 })), { minLength: 1, maxLength: 25 })

function play(chain: TestChain, run: readonly (readonly [readonly [string, Call], number])[]): void {
  let second = chain.engine.head().header.number
  for (const [[name, call], gap] of run) {
    second += gap === 8 ? 150 : gap
    chain.call(name, call, second)
  }
}

describe('for any sequence of calls', () => {
  test('every token sums to zero, only SUPPLY is negative, and escrow holds what open orders put in', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const chain = createTestChain(ORIGIN)
        play(chain, run)
        const balances = chain.engine.balances()
        for (const sum of sumsByToken(balances)) expect(sum).toBe(0n)
        for (const { kind, amount } of balances) if (kind !== 'SUPPLY') expect(amount > 0n).toBe(true)
        for (const { kind, amount } of balances) if (kind === 'ESCROW') expect(amount).toBe(10n ** 8n)
      }),
      { numRuns: 60 },
    )
  })

  test('a revert leaves a nonce, a fee and nothing else', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const chain = createTestChain(ORIGIN)
        let second = 0
        for (const [[name, call], gap] of run) {
          const before = new Map(
            chain.engine.balances().map((each) => [`${each.kind}/${each.owner}/${each.token}`, each]),
          )
          const nonce = chain.engine.nextNonce(address(name))
          second += gap === 8 ? 150 : gap
          const receipt = chain.call(name, call, second)
          expect(chain.engine.nextNonce(address(name))).toBe(nonce + 1)
          if (receipt.status === 'ok') continue
          expect(receipt.entries.map(({ cause }) => cause)).toEqual(['gas'])
          expect(receipt.events).toEqual([])
          const fee = BigInt(receipt.gasUsed) * 9n
          const changed = chain.engine
            .balances()
            .filter((each) => before.get(`${each.kind}/${each.owner}/${each.token}`)?.amount !== each.amount)
          for (const { token } of changed) expect(token).toBe(gas)
          const payer = changed.find(({ owner }) => owner === address(name))
          expect(before.get(`${payer?.kind}/${payer?.owner}/${gas}`)?.amount).toBe(
            (payer?.amount ?? 0n) + fee,
          )
        }
      }),
      { numRuns: 40 },
    )
  })

  test('taking blocks back equals never having made them', () => {
    fc.assert(
      fc.property(anyRun, anyRun, (kept, undone) => {
        const chain = createTestChain(ORIGIN)
        play(chain, kept)
        const [head, balances, root] = [
          chain.engine.head(),
          chain.engine.balances(),
          chain.engine.stateRoot(),
        ]
        play(chain, undone)
        for (let i = 0; i < undone.length; i++) chain.engine.undo()
        expect([chain.engine.head(), chain.engine.balances(), chain.engine.stateRoot()]).toEqual([
          head,
          balances,
          root,
        ])
        expect(chain.engine.poolSize()).toBe(undone.length)

        // What comes after is the same as on a chain that took the direct way.
        const direct = createTestChain(ORIGIN)
        play(direct, kept)
        for (const engine of [chain.engine, direct.engine])
          engine.produce({ number: 10_000, allowEmpty: true })
        const replayed = createTestChain(ORIGIN, { producer: 'origin-rival' })
        for (let number = 0; number <= 10_000; number++) {
          const block = chain.engine.block(number)
          if (block !== undefined && number > 0) expect(replayed.engine.import(block).reason).toBeNull()
        }
        expect(replayed.engine.balances()).toEqual(chain.engine.balances())
      }),
      { numRuns: 25 },
    )
  })
})

describe('a whole crossing', () => {
  test('conserves every token on both chains', () => {
    const [origin, destination] = [createTestChain(ORIGIN), createTestChain(DESTINATION)]
    origin.call('solver', { kind: 'open', order: order(), signature: signed(order()), award: null }, 1)
    const filled = destination.call(
      'solver',
      { kind: 'fill', order: order(), award: null, amount: 99_000_000n, payee: address('solver') },
      2,
    )
    origin.call('relayer', delivery(sentMessage(filled)), 3)
    origin.call('solver', { kind: 'claim', orderId: orderDigest(order()) }, 4)
    for (const { engine } of [origin, destination])
      for (const sum of sumsByToken(engine.balances())) expect(sum).toBe(0n)
  })
})
