import { type Block, encodeTransaction, type Transaction, transactionDigest } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import type { Auditor } from './auditor.ts'
import { type DraftTransaction, Sealer } from './testing/draft.ts'
import { address, GAS, GENESIS_SECONDS, L1, node, ROLLUP, sign } from './testing/network.ts'
import { brokenIds, newAuditor } from './testing/run-story.ts'

const DELAY = 43_200
/** L1 block 2 begins at 24 s; what it forces is due half a day later, at rollup block 21,612. */
const DUE_BLOCK = (24 + DELAY) / 2

const call = { kind: 'transfer', token: GAS, to: address('atlas'), amount: 5n } as const
/** As the sealer signs the first transaction of an account. */
function first(from: 'alice' | 'borealis', change: Partial<Transaction> = {}): Transaction {
  return {
    chainId: ROLLUP,
    from: address(from),
    nonce: 0,
    gasLimit: 1_000_000,
    maxFeePerGas: 1n,
    maxPriorityFeePerGas: 0n,
    call,
    ...change,
  }
}
function forced(transaction: Transaction, dueAt = GENESIS_SECONDS + 24 + DELAY): DraftTransaction {
  const hash = transactionDigest(transaction)
  const raw = encodeTransaction({ transaction, signature: sign('alice', hash) })
  const event = { kind: 'transaction-forced', rollup: ROLLUP, hash, raw, dueAt } as const
  return {
    from: 'borealis',
    call: { kind: 'force-transaction', rollup: ROLLUP, raw },
    entries: [],
    events: [event],
  }
}
const paid = (from: 'alice' | 'borealis'): DraftTransaction => ({
  from,
  call,
  entries: [
    {
      cause: 'transfer',
      legs: [
        { kind: from === 'alice' ? 'USER' : 'SOLVER', owner: address(from), token: GAS, amount: -5n },
        { kind: 'SOLVER', owner: address('atlas'), token: GAS, amount: 5n },
      ],
    },
  ],
  events: [],
})

function setUp(demand = forced(first('alice'))) {
  const sealer = new Sealer()
  const auditor = newAuditor()
  const rollup = (number: number, ...transactions: DraftTransaction[]): Block => {
    const block = sealer.seal({ chainId: ROLLUP, number, transactions })
    auditor.block(block)
    return block
  }
  for (const block of sealer.blocks({ chainId: L1, number: 2, transactions: [demand] })) auditor.block(block)
  return { auditor, sealer, rollup }
}
const broken = (auditor: Auditor, second = 0): string[] =>
  brokenIds(auditor.finish((GENESIS_SECONDS + second) * 1_000)).filter((id) => id === 'T-7')

describe('T-7, forced inclusion', () => {
  it('holds when the transaction is in a block before its due time, or in the first after it', () => {
    for (const number of [20, DUE_BLOCK + 500]) {
      const { auditor, rollup } = setUp()
      rollup(number, paid('alice'))
      rollup(DUE_BLOCK + 501, paid('borealis'))
      expect(broken(auditor)).toEqual([])
      expect(auditor.finish().checked.get('T-7')).toBe(2)
    }
  })

  it('lets a near-empty block hold what is forced and nothing else', () => {
    for (const [own, ids] of [
      [[], []],
      [[paid('borealis')], ['T-7']],
    ] as const) {
      const { auditor, rollup } = setUp()
      const [fromMs, untilMs] = [GENESIS_SECONDS * 1_000, (GENESIS_SECONDS + 10_000) * 1_000]
      const outage = {
        chainId: ROLLUP,
        producer: node('rollup-producer'),
        mode: 'near-empty',
        fromMs,
        untilMs,
      } as const
      auditor.event(fromMs, node('rollup-producer'), { kind: 'outage-declared', outage })
      rollup(1_000, paid('alice'), ...own)
      expect(broken(auditor)).toEqual(ids)
    }
  })

  it('is broken by the first block at or after the due time without it, not by one before', () => {
    const { auditor, rollup } = setUp()
    rollup(DUE_BLOCK - 1, paid('borealis'))
    expect(broken(auditor)).toEqual([])
    rollup(DUE_BLOCK, paid('borealis'))
    expect(broken(auditor)).toEqual(['T-7'])
  })

  it('asks nothing of what cannot run: a nonce that is not next, or fees that the sender cannot pay', () => {
    for (const change of [{ nonce: 1 }, { maxFeePerGas: 10n ** 30n }]) {
      const { auditor, rollup } = setUp(forced(first('alice', change)))
      rollup(DUE_BLOCK, paid('borealis'))
      expect(broken(auditor)).toEqual([])
    }
    const used = setUp()
    used.rollup(30, { ...paid('alice'), call: { ...call, amount: 4n } })
    used.rollup(DUE_BLOCK, paid('borealis'))
    expect(broken(used.auditor)).toEqual([])
  })

  it('is broken in the end by a rollup that makes no block at all, unless its producers were held', () => {
    const { auditor } = setUp()
    expect(broken(auditor, 24 + DELAY + 60)).toEqual(['T-7'])
    const held = setUp()
    held.auditor.event((GENESIS_SECONDS + 100) * 1_000, node('atlas'), {
      kind: 'fault',
      fault: 'crash',
      target: 'rollup-producer',
      phase: 'begin',
    })
    expect(broken(held.auditor, 24 + DELAY + 60)).toEqual([])
  })

  it('catches a contract that sets another due time', () => {
    expect(broken(setUp(forced(first('alice'), GENESIS_SECONDS + 25 + DELAY)).auditor)).toEqual(['T-7'])
  })

  it('asks again when the block that held it is taken back', () => {
    const { auditor, sealer, rollup } = setUp()
    const parent = rollup(10, paid('borealis'))
    rollup(20, paid('alice'))
    auditor.block(sealer.seal({ chainId: ROLLUP, number: DUE_BLOCK, transactions: [], parent }))
    expect(broken(auditor)).toEqual(['T-7'])
  })
})
