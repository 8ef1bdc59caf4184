import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { asAddress, asChainId, bytesToHex, type Hash32, sha256, ZERO_HASH } from '@solvent/primitives'
import { type Block, CALM_MARKET } from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BlockTree } from './block-tree.ts'
import type { L1Order } from './l1-order.ts'

const GENESIS = ZERO_HASH
const hashOf = (text: string): Hash32 => bytesToHex(sha256(new TextEncoder().encode(text))) as Hash32

/** Collects all of it; in a later turn, because what a turn has made a weak reference to lives until its end. */
async function collectGarbage(): Promise<void> {
  await setImmediate()
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}

/** A block of nothing but its place in the tree. */
function block(name: string, number: number, parent: { hash: Hash32; number: number }): Block {
  return {
    header: {
      chainId: asChainId(1),
      number,
      emptyBefore: number - parent.number - 1,
      missedBefore: 0,
      votes: 0,
      parentHash: parent.hash,
      timestamp: 0,
      producer: asAddress(`0x${'aa'.repeat(20)}`),
      transactionsHash: ZERO_HASH,
      receiptsHash: ZERO_HASH,
      stateRoot: ZERO_HASH,
      outboxRoot: ZERO_HASH,
      transactionCount: 0,
      gasUsed: 0,
      baseFee: 0n,
      market: CALM_MARKET,
      justified: -1,
      finalized: -1,
    },
    signature: '0x',
    hash: hashOf(name),
    transactions: [],
    receipts: [],
  }
}

/** Block i hangs on an earlier block (or genesis), one to three slots later. */
const anyTree = fc
  .array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 25 })
  .map((choices) => {
    const places = [{ hash: GENESIS, number: 0 }]
    return choices.map(([choice, gap], i) => {
      const parent = places[choice % places.length] as { hash: Hash32; number: number }
      const made = block(`block ${i}`, parent.number + gap, parent)
      places.push({ hash: made.hash, number: made.header.number })
      return made
    })
  })

/** Feeds blocks in the given order of preference, each as soon as its parent is there; replays what was said to have changed. */
function feed(tree: BlockTree, blocks: readonly Block[], order: L1Order | null, orderAt: number): Block[] {
  const branch: Block[] = []
  const waiting = [...blocks]
  const replay = ({ applied, orphaned }: { applied: readonly Block[]; orphaned: readonly Block[] }): void => {
    for (const each of orphaned) expect(branch.pop()).toBe(each)
    for (const each of applied) {
      expect(each.header.parentHash).toBe(branch.at(-1)?.hash ?? GENESIS)
      branch.push(each)
    }
  }
  for (let step = 0; waiting.length > 0; step++) {
    if (step === orderAt && order !== null) replay(tree.obey(order))
    const at = waiting.findIndex((each) => tree.add(each) === 'added')
    const [added] = waiting.splice(at, 1) as [Block]
    replay(tree.consider(added.hash))
    if (order !== null && added.hash === order.tip && step >= orderAt) replay(tree.obey(order))
  }
  if (orderAt >= blocks.length && order !== null) replay(tree.obey(order))
  return branch
}

describe('the tree of blocks', () => {
  test('leads everyone who has seen the same blocks to the same branch, in whatever order they came', () => {
    const order = fc.array(fc.nat(), { minLength: 25, maxLength: 25 })
    fc.assert(
      fc.property(
        anyTree,
        order,
        fc.nat(25),
        fc.nat(30),
        fc.boolean(),
        fc.nat(40),
        (blocks, keys, which, at, anchored, lapsedTo) => {
          const tip = anchored ? (blocks[which % blocks.length] as Block) : null
          const order = { tip: tip?.hash ?? null, batchedTo: tip?.header.number ?? 0, lapsedTo }
          const shuffled = blocks
            .map((each, i) => ({ each, key: keys[i] as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ each }) => each)
          // Genesis is learned from a first block, so the first of each order must be one.
          const roots = (list: readonly Block[]): Block[] => [
            ...list.filter(({ header }) => header.parentHash === GENESIS),
            ...list.filter(({ header }) => header.parentHash !== GENESIS),
          ]
          const one = feed(new BlockTree(), roots(blocks), order, 0)
          const other = feed(new BlockTree(), roots(shuffled), order, at)
          expect(other.map(({ hash }) => hash)).toEqual(one.map(({ hash }) => hash))
          if (tip !== null) expect(one.some(({ hash }) => hash === tip.hash)).toBe(true)
          const lapsed = one.filter(
            ({ header: { number } }) => number > order.batchedTo && number <= lapsedTo,
          )
          expect(lapsed).toEqual([])
        },
      ),
    )
  })

  test('leaves a branch in a slot that has lapsed, and comes back when the L1 takes that back', () => {
    const tree = new BlockTree()
    const early = block('early', 2, { hash: GENESIS, number: 0 })
    const onEarly = block('on early', 9, { hash: early.hash, number: 2 })
    const late = block('late', 5, { hash: GENESIS, number: 0 })
    for (const each of [early, onEarly]) {
      tree.add(each)
      tree.consider(each.hash)
    }
    const obey = (lapsedTo: number) => tree.obey({ tip: null, batchedTo: 0, lapsedTo })
    expect(obey(1)).toEqual({ applied: [], orphaned: [] })
    expect(obey(2)).toEqual({ applied: [], orphaned: [onEarly, early] })
    expect(tree.head()).toBeUndefined()
    tree.add(late)
    expect(tree.consider(late.hash).applied).toEqual([late])
    expect(tree.consider(onEarly.hash)).toEqual({ applied: [], orphaned: [] })
    expect(obey(1)).toEqual({ applied: [early, onEarly], orphaned: [late] })
    expect(tree.obey({ tip: early.hash, batchedTo: 2, lapsedTo: 8 })).toEqual({ applied: [], orphaned: [] })
    expect(tree.obey({ tip: early.hash, batchedTo: 2, lapsedTo: 9 }).orphaned).toEqual([onEarly])
    expect(tree.head()).toBe(early)
  })

  test('forgets what is final and never goes back behind it', () => {
    const tree = new BlockTree()
    const main: Block[] = []
    let parent = { hash: GENESIS, number: 0 }
    for (let number = 1; number <= 4; number++) {
      const made = block(`main ${number}`, number, parent)
      main.push(made)
      tree.add(made)
      tree.consider(made.hash)
      parent = { hash: made.hash, number }
    }
    tree.prune(2)
    const rivals = [block('rival 2', 2, { hash: (main[0] as Block).hash, number: 1 })]
    for (let number = 3; number <= 8; number++) {
      rivals.push(
        block(`rival ${number}`, number, { hash: (rivals.at(-1) as Block).hash, number: number - 1 }),
      )
    }
    expect(rivals.map((each) => tree.add(each))).toEqual(['known', ...Array(6).fill('orphan')])
    expect(tree.head()).toBe(main[3])
    const next = block('main 5', 5, { hash: (main[3] as Block).hash, number: 4 })
    expect(tree.add(next)).toBe('added')
    expect(tree.consider(next.hash).applied).toEqual([next])
  })

  test('lets go of final blocks, but for those that people could go back to', async () => {
    const tree = new BlockTree()
    const made: WeakRef<Block>[] = []
    let parent = { hash: GENESIS, number: 0 }
    for (let number = 1; number <= 2_000; number++) {
      const each = block(`block ${number}`, number, parent)
      tree.add(each)
      tree.consider(each.hash)
      // What is final stays some blocks behind the tip, as on every chain.
      tree.prune(number - 10)
      made.push(new WeakRef(each))
      parent = { hash: each.hash, number }
    }
    await collectGarbage()
    const alive = made.filter((each) => each.deref() !== undefined).length
    expect(tree.head()?.header.number).toBe(2_000)
    // 256 to 512 final ones (block-tree.ts), and ten that are not.
    expect(alive).toBeGreaterThan(256)
    expect(alive).toBeLessThan(540)
  })

  describe('when slots are final for being empty', () => {
    // Blocks in slots 1, 2 and 8; what is final reaches slot 5.
    const one = block('one', 1, { hash: GENESIS, number: 0 })
    const two = block('two', 2, { hash: one.hash, number: 1 })
    const eight = block('eight', 8, { hash: two.hash, number: 2 })
    const inFour = block('in four', 4, { hash: two.hash, number: 2 })
    const take = (tree: BlockTree, each: Block) => [tree.add(each), tree.consider(each.hash).applied.length]

    function grown(...sides: readonly Block[]): BlockTree {
      const tree = new BlockTree()
      for (const each of [one, two, eight, ...sides]) take(tree, each)
      expect(tree.head()).toBe(eight)
      tree.prune(5)
      return tree
    }
    /** A longer branch on a block than the one that is followed. */
    function longerOn(base: Block): Block[] {
      const blocks: Block[] = []
      for (let number = 9; number <= 12; number++) {
        const parent = blocks.at(-1) ?? base
        blocks.push(
          block(`${base.hash} ${number}`, number, { hash: parent.hash, number: parent.header.number }),
        )
      }
      return blocks
    }

    test('takes no block in one of them, and none on top of it', () => {
      const tree = grown()
      expect(take(tree, inFour)).toEqual(['known', 0])
      expect(take(tree, block('on it', 9, { hash: inFour.hash, number: 4 }))).toEqual(['orphan', 0])
      expect(tree.head()).toBe(eight)
    })

    test('forgets a branch that fills one and was known before, however long it grows', () => {
      const tree = grown(inFour)
      for (const each of longerOn(inFour)) take(tree, each)
      expect(tree.head()).toBe(eight)
    })

    test('follows a better branch that leaves them empty', () => {
      const tree = grown(inFour)
      const better = longerOn(two)
      for (const each of better) take(tree, each)
      expect(tree.head()).toBe(better.at(-1))
    })

    test('lets a branch fill them again when people take that finality back', () => {
      const tree = grown()
      expect(tree.reopen(3)).toBe(true)
      const filling = [inFour, ...longerOn(inFour)]
      for (const each of filling) take(tree, each)
      expect(tree.head()).toBe(filling.at(-1))
    })
  })
})
