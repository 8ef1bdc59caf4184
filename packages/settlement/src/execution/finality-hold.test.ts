// A finality violation at the engine and at a follower: a hidden branch, what is held for it, and how both come to follow it.
import type { Block, SignedTransaction } from '@solvent/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { address, gas, L1, network, nobody } from '../testing/small-network.ts'
import { createTestChain, type TestChain } from '../testing/test-chain.ts'
import { type ChainView, createChainView } from '../view/chain-view.ts'

const pay = { kind: 'transfer', token: gas, to: nobody, amount: 1n } as const

let chain: TestChain
let view: ChainView
/** What everybody follows, a block in each of the slots from 1 on; solver and user pay in slot 4. */
let followed: Block[]
/** What user does on the hidden branch with the nonce of its payment. */
let conflicting: SignedTransaction
/** Blocks of the hidden branch, which leaves after slot 3. */
let hidden: Block[]

const SLOTS = 40
const FORK = 3

beforeEach(() => {
  chain = createTestChain(L1)
  view = createChainView({ spec: network })
  followed = []
  hidden = []
  for (let number = 1; number <= SLOTS; number++) {
    if (number === FORK + 1) {
      conflicting = chain.sign('user', { ...pay, amount: 2n })
      chain.engine.hold(FORK, [address('user')], [conflicting])
      for (const name of ['solver', 'user']) chain.engine.submit(chain.sign(name, pay))
    }
    followed.push(chain.engine.produce({ number, allowEmpty: true }) as Block)
    if (number <= FORK) continue
    const parent = hidden.at(-1)?.hash ?? (followed[FORK - 1] as Block).hash
    hidden.push(chain.engine.produce({ number, allowEmpty: true, parent, branch: 'hidden' }) as Block)
  }
  for (const block of followed) view.applyBlock(block)
})

const hashes = (blocks: readonly Block[]) => blocks.map(({ hash }) => hash)

describe('an engine that holds what is final', () => {
  test('builds a hidden branch beside the one that it follows, and finalises both', () => {
    expect(chain.engine.head()).toBe(followed.at(-1))
    const [shown, other] = [followed.at(-1) as Block, hidden.at(-1) as Block]
    expect(shown.header.finalized).toBeGreaterThan(FORK)
    expect(other.header.finalized).toBe(shown.header.finalized)
    const [first, ...rest] = hidden.map(({ transactions }) => transactions)
    expect(first).toEqual([conflicting])
    expect(rest.flat()).toEqual([])
    // One nonce, two final blocks.
    const paid = followed.flatMap(({ transactions }) => transactions.map(({ transaction }) => transaction))
    expect(paid).toContainEqual({ ...conflicting.transaction, call: pay })
  })

  test('follows it when told to, and takes back transactions but for those of accounts that spend twice', () => {
    chain.engine.follow((hidden.at(-1) as Block).hash)
    expect(chain.engine.head().hash).toBe(hidden.at(-1)?.hash)
    const { transactions } = chain.engine.produce({ number: SLOTS + 1, allowEmpty: true }) as Block
    expect(transactions.map(({ transaction }) => transaction.from)).toEqual([address('solver')])
  })

  test('takes nothing final back without the hold', () => {
    chain.engine.hold(null, [], [])
    // The next block lets go of what is final.
    chain.engine.produce({ number: SLOTS + 1, allowEmpty: true })
    chain.engine.produce({ number: SLOTS + 2, allowEmpty: true })
    const head = chain.engine.head()
    chain.engine.follow((hidden.at(-1) as Block).hash)
    expect(chain.engine.head()).toBe(head)
  })
})

describe('a follower', () => {
  const longer = (): Block[] => {
    chain.engine.follow((hidden.at(-1) as Block).hash)
    return [...hidden, chain.engine.produce({ number: SLOTS + 1, allowEmpty: true }) as Block]
  }

  test('does not follow a longer branch from below what is final', () => {
    const blocks = longer()
    for (const block of blocks) expect(view.applyBlock(block).applied).toEqual([])
    expect(view.head(L1)).toBe(followed.at(-1))
  })

  test('follows it once people have overruled finality above the fork', () => {
    const before = view.finalized(L1)
    expect(before).toBeGreaterThan(FORK)
    expect(view.overrule(L1, FORK)).toBe(true)
    expect(view.finalized(L1)).toBeLessThanOrEqual(FORK)
    const updates = longer().map((block) => view.applyBlock(block))
    const switched = updates.find(({ orphaned }) => orphaned.length > 0)
    expect(hashes(switched?.orphaned ?? [])).toEqual(hashes(followed.slice(FORK).reverse()))
    expect(view.head(L1)?.header.number).toBe(SLOTS + 1)
    // The branch that stands is final as its own votes say.
    expect(view.finalized(L1)).toBe(view.head(L1)?.header.finalized)
  })

  test('lets nothing of the overruled branch become final again before it is left', () => {
    view.overrule(L1, FORK)
    const more = chain.engine.produce({ number: SLOTS + 1, allowEmpty: true }) as Block
    expect(view.applyBlock(more).applied).toEqual([more])
    expect(more.header.finalized).toBeGreaterThan(FORK)
    expect(view.finalized(L1)).toBeLessThanOrEqual(FORK)
  })
})
