import type { ChainId } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  address,
  DESTINATION,
  GENESIS_MS,
  gas,
  L1,
  network,
  nobody,
  ORIGIN,
} from '../testing/small-network.ts'
import { createTestChain, type TestChain } from '../testing/test-chain.ts'
import { type ChainView, createChainView } from './chain-view.ts'

let view: ChainView
let l1: TestChain
let rollup: TestChain
beforeEach(() => {
  view = createChainView({ spec: network })
  l1 = createTestChain(L1)
  rollup = createTestChain(ORIGIN)
})

const pay = { kind: 'transfer', token: gas, to: nobody, amount: 1n } as const

function block(chain: TestChain, second: number): Block {
  chain.call('user', pay, second)
  return chain.engine.head()
}

function heartbeat(number: number): Block {
  return l1.produce(12 * number, true) as Block
}

/** Posts a batch up to the rollup's head (or another tip) into the L1 block of this second. */
function batch(second: number, fromBlock: number, tip: Block, chainId: ChainId = ORIGIN): Block {
  const producer = chainId === ORIGIN ? 'origin-producer' : 'destination-producer'
  const receipt = l1.call(
    producer,
    {
      kind: 'post-batch',
      rollup: chainId,
      fromBlock,
      toBlock: tip.header.number,
      after: null,
      tip: tip.hash,
    },
    second,
  )
  expect(receipt.status).toBe('ok')
  return l1.engine.head()
}

function l1Block(name: string, call: Parameters<TestChain['call']>[1], second: number): Block {
  expect(l1.call(name, call, second).status).toBe('ok')
  return l1.engine.head()
}

const finality = (chainId: ChainId, nowMs = GENESIS_MS) => [
  view.safe(chainId),
  view.finalized(chainId),
  view.exitable(chainId, nowMs),
]

describe('a follower', () => {
  test('takes blocks with their parents, once, and says when a parent is missing', () => {
    const [first, second, third] = [block(rollup, 3), block(rollup, 5), block(rollup, 6)]
    expect(view.head(ORIGIN)).toBeUndefined()
    expect(view.applyBlock(second).status).toBe('orphan')
    expect(view.applyBlock(first)).toMatchObject({ status: 'applied', applied: [first], orphaned: [] })
    expect(view.applyBlock(first).status).toBe('known')
    expect(view.applyBlock(third).status).toBe('orphan')
    expect(view.applyBlock(second).applied).toEqual([second])
    expect(view.applyBlock(third).applied).toEqual([third])
    expect(view.head(ORIGIN)).toBe(third)
    expect(view.level(ORIGIN, 6)).toBe('unsafe')
  })

  test('refuses blocks that cannot belong to the chain', () => {
    const first = block(rollup, 3)
    view.applyBlock(first)
    const second = block(rollup, 5)
    const altered = (changes: Partial<Block['header']>): Block => ({
      ...second,
      header: { ...second.header, ...changes },
    })
    expect(view.applyBlock(altered({ emptyBefore: 0 })).status).toBe('invalid')
    expect(view.applyBlock(altered({ timestamp: 1 })).status).toBe('invalid')
    expect(view.applyBlock(altered({ chainId: 99 as ChainId })).status).toBe('invalid')
    expect(view.applyBlock(second).status).toBe('applied')
  })

  test('moves to the longer branch and reports both sides', () => {
    const rival = createTestChain(ORIGIN, { producer: 'origin-rival' })
    const [a1, a2] = [block(rollup, 1), block(rollup, 2)]
    rival.call('solver', pay, 3)
    rival.call('solver', pay, 4)
    rival.call('solver', pay, 5)
    const [b1, b2, b3] = [3, 4, 5].map((number) => rival.engine.block(number) as Block) as [
      Block,
      Block,
      Block,
    ]
    view.applyBlock(a1)
    view.applyBlock(a2)
    expect(view.applyBlock(b1)).toMatchObject({ status: 'applied', applied: [], orphaned: [] })
    const tie = view.applyBlock(b2)
    const won = b2.hash < a2.hash
    expect(tie.applied).toEqual(won ? [b1, b2] : [])
    const last = view.applyBlock(b3)
    expect(last.applied).toEqual(won ? [b3] : [b1, b2, b3])
    expect([...tie.orphaned, ...last.orphaned]).toEqual([a2, a1])
    expect(view.head(ORIGIN)).toBe(b3)
  })

  test("reads the L1's finality from its headers: epochs of 4 slots, final 2 epochs on", () => {
    for (let number = 1; number <= 3; number++)
      expect(view.applyBlock(heartbeat(number)).finalityMoved).toEqual([])
    expect(view.applyBlock(heartbeat(4)).finalityMoved).toEqual([L1])
    expect(finality(L1)).toEqual([3, 0, 0])
    view.applyBlock(heartbeat(8))
    expect(finality(L1)).toEqual([7, 3, 3])
    expect([2, 3, 4, 7, 8].map((number) => view.level(L1, number))).toEqual([
      'exitable',
      'exitable',
      'safe',
      'safe',
      'unsafe',
    ])
  })

  test("never leaves the L1's finalised branch", () => {
    const rival = createTestChain(L1, { producer: 'l1-rival' })
    for (let number = 1; number <= 8; number++) view.applyBlock(heartbeat(number))
    const statuses = new Set<string>()
    for (let number = 1; number <= 12; number++)
      statuses.add(view.applyBlock(rival.produce(12 * number + 6 + 12, true) as Block).status)
    expect(view.head(L1)?.header).toMatchObject({ number: 8, producer: address('l1-producer') })
    expect(statuses.has('applied')).toBe(false)
  })

  test('knows which slot runs', () => {
    expect([0, 11_999, 12_000].map((ms) => view.numberAtTime(L1, GENESIS_MS + ms))).toEqual([0, 0, 1])
  })
})

describe('an optimistic rollup', () => {
  test('is safe when batched, final when the batch is, exitable when a root has stood for its window', () => {
    view.applyBlock(block(rollup, 3))
    const tip = block(rollup, 20)
    view.applyBlock(tip)
    expect(finality(ORIGIN)).toEqual([0, 0, 0])
    // The batch is in L1 block 2 (second 24), final at block 8 (second 96).
    expect(view.applyBlock(batch(24, 1, tip)).finalityMoved).toEqual([ORIGIN])
    expect(finality(ORIGIN)).toEqual([20, 0, 0])
    expect([3, 20, 21].map((number) => view.level(ORIGIN, number))).toEqual(['safe', 'safe', 'unsafe'])
    view.applyBlock(
      l1Block(
        'origin-producer',
        {
          kind: 'post-root',
          rollup: ORIGIN,
          block: 20,
          stateRoot: tip.header.stateRoot,
          outboxRoot: tip.header.outboxRoot,
        },
        36,
      ),
    )
    expect(view.applyBlock(heartbeat(7)).finalityMoved).toEqual([L1])
    expect(view.applyBlock(heartbeat(8)).finalityMoved).toEqual([L1, ORIGIN])
    expect(finality(ORIGIN)).toEqual([20, 20, 0])
    // Root posted at second 36, window 600 s.
    expect([635_999, 636_000].map((ms) => view.exitable(ORIGIN, GENESIS_MS + ms))).toEqual([0, 20])
    expect(view.level(ORIGIN, 20)).toBe('finalized')
    view.applyBlock(heartbeat(53))
    expect(view.level(ORIGIN, 20)).toBe('exitable')
  })

  test('is not safe before its own blocks are here', () => {
    const first = block(rollup, 3)
    const tip = block(rollup, 20)
    view.applyBlock(first)
    view.applyBlock(batch(24, 1, tip))
    expect(finality(ORIGIN)).toEqual([0, 0, 0])
    expect(view.applyBlock(tip).finalityMoved).toEqual([ORIGIN])
    expect(finality(ORIGIN)).toEqual([20, 0, 0])
  })

  test('follows the branch that the L1 has ordered, even when another is longer', () => {
    const rival = createTestChain(ORIGIN, { producer: 'origin-rival' })
    const ordered = block(rollup, 3)
    const longer = [4, 5, 6].map((second) => {
      rival.call('solver', pay, second)
      return rival.engine.head()
    })
    view.applyBlock(ordered)
    for (const each of longer) view.applyBlock(each)
    expect(view.head(ORIGIN)).toBe(longer[2])
    const update = view.applyBlock(batch(24, 1, ordered))
    expect(update.applied).toContain(ordered)
    expect(update.orphaned).toEqual([...longer].reverse())
    expect(view.head(ORIGIN)).toBe(ordered)
    rival.call('solver', pay, 8)
    expect(view.applyBlock(rival.engine.head()).applied).toEqual([])
    expect(finality(ORIGIN)).toEqual([3, 0, 0])
  })

  // The window is 12 h = 3600 L1 blocks: slot 11 begins at second 11, the last L1 block that counts is 3600, at 43,200.
  test('loses the blocks that no batch holds when their sequencing window has passed, and what stands on them', () => {
    const [ordered, left, onLeft] = [block(rollup, 3), block(rollup, 11), block(rollup, 43_000)]
    for (const each of [ordered, left, onLeft]) view.applyBlock(each)
    view.applyBlock(batch(24, 3, ordered))
    expect(view.applyBlock(heartbeat(3600)).orphaned).toEqual([])
    expect(view.applyBlock(heartbeat(3601)).orphaned).toEqual([onLeft, left])
    expect(view.head(ORIGIN)).toBe(ordered)
    rollup.engine.rewind(3)
    const next = block(rollup, 43_300)
    expect(view.applyBlock(next).applied).toEqual([next])
    expect(finality(ORIGIN)).toEqual([3, 0, 0])
  })

  test('keeps what a batch in the last L1 block of the window holds, also when its body comes later', () => {
    const [first, second] = [block(rollup, 11), block(rollup, 12)]
    view.applyBlock(first)
    view.applyBlock(heartbeat(3599))
    view.applyBlock(batch(43_200, 11, second))
    view.applyBlock(heartbeat(3602))
    expect(view.head(ORIGIN)).toBe(first)
    expect(view.applyBlock(second).applied).toEqual([second])
    expect(view.safe(ORIGIN)).toBe(12)
  })

  test('loses what an orphaned L1 block said', () => {
    const tip = block(rollup, 3)
    view.applyBlock(tip)
    view.applyBlock(batch(24, 1, tip))
    expect(view.safe(ORIGIN)).toBe(3)
    const rival = createTestChain(L1, { producer: 'l1-rival' })
    // The second block of the rival branch decides at the latest; at equal length the lower hash does.
    const updates = [12, 36].map((second) => view.applyBlock(rival.produce(second, true) as Block))
    expect(updates.flatMap(({ orphaned }) => orphaned.map(({ header }) => header.number))).toEqual([2])
    expect(updates.flatMap(({ finalityMoved }) => finalityMoved)).toEqual([ORIGIN])
    expect(view.safe(ORIGIN)).toBe(0)
  })
})

describe('a zk rollup', () => {
  test('is safe when batched, and final and exitable when its proof is in a finalised L1 block', () => {
    const zk = createTestChain(DESTINATION)
    const [first, tip] = [block(zk, 3), block(zk, 9)]
    view.applyBlock(first)
    view.applyBlock(tip)
    view.applyBlock(batch(12, 1, tip, DESTINATION))
    expect(finality(DESTINATION)).toEqual([9, 0, 0])
    view.applyBlock(
      l1Block(
        'destination-producer',
        {
          kind: 'post-proof',
          rollup: DESTINATION,
          block: 9,
          stateRoot: tip.header.stateRoot,
          outboxRoot: tip.header.outboxRoot,
          header: tip.header,
        },
        60,
      ),
    )
    view.applyBlock(heartbeat(8))
    // The batch is final (block 1 of epoch 0), the proof (block 5 of epoch 1) is not before block 12.
    expect(finality(DESTINATION)).toEqual([9, 0, 0])
    expect(view.applyBlock(heartbeat(12)).finalityMoved).toEqual([L1, DESTINATION])
    expect(finality(DESTINATION)).toEqual([9, 9, 9])
  })
})
