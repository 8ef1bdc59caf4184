import { asHash32, blake3, bytesToHex, type Hash32, hexToBytes } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UndoLog, undoSegment } from '../../ledger/undo-log.ts'
import { address, DESTINATION, L1, rsEthHome, solid } from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'
import { OutboxLeaves } from './outbox-leaves.ts'
import { leadsTo } from './outbox-proof.ts'
import { OutboxState } from './outbox-state.ts'
import { EMPTY_OUTBOX_ROOT, emptySubtree, OUTBOX_DEPTH } from './outbox-tree.ts'

/** Digests 0x0101…, 0x0202…, …: what the vectors below were computed over. */
const digests = (count: number): Hash32[] =>
  Array.from({ length: count }, (_, i) => asHash32(`0x${(i + 1).toString(16).padStart(2, '0').repeat(32)}`))

/** From the definition, with noble's BLAKE3: leaf BLAKE3(digest), node BLAKE3(left ‖ right), depth 32. */
const vectors: readonly (readonly [number, string])[] = [
  [0, 'a4445ecd22281e19c2b86a211503273ee0990e64dbf5eddd9eb8654ec259a368'],
  [1, 'd3cfa80bd09f28cf1f07791a8eacda4c05d29df6da0f3c7081e10cb49c237a89'],
  [2, '71f396cc00c93c8ec35bbb1d1be22d4a60f3d96ccc99046ff4ce42fa04e654b7'],
  [3, '75b30bcaa9deafa63fc059d913065972b93054529ec78eaa1311c6c0aedab854'],
  [5, '2f5196751c98a80cf28c9e054b064fc2a2d53cd4cd54cf1879c753a8aea68037'],
]

/** The whole tree, level by level. */
function plainRoot(leaves: readonly Hash32[]): Hash32 {
  let empty: Uint8Array = new Uint8Array(32)
  let level: Uint8Array[] = leaves.map((digest) => blake3(hexToBytes(digest)))
  for (let height = 0; height < OUTBOX_DEPTH; height++) {
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) =>
      blake3(Uint8Array.of(...(level[2 * i] as Uint8Array), ...(level[2 * i + 1] ?? empty))),
    )
    empty = blake3(Uint8Array.of(...empty, ...empty))
  }
  return bytesToHex(level[0] ?? empty) as Hash32
}

function stateOf(leaves: readonly Hash32[], log = new UndoLog()): OutboxState {
  const state = new OutboxState(log)
  for (const digest of leaves) state.append(digest)
  return state
}

function leavesOf(leaves: readonly Hash32[]): OutboxLeaves {
  const all = new OutboxLeaves()
  for (const digest of leaves) all.append(digest)
  return all
}

describe('the outbox tree', () => {
  test.each(vectors)('over %i messages has the root of the definition', (count, root) => {
    expect(stateOf(digests(count)).root()).toBe(`0x${root}`)
    expect(leavesOf(digests(count)).root(count)).toBe(`0x${root}`)
  })

  test('grows message by message into the root of the whole tree', () => {
    const all = digests(70)
    const state = stateOf([])
    const leaves = leavesOf(all)
    for (const [i, digest] of all.entries()) {
      state.append(digest)
      const root = plainRoot(all.slice(0, i + 1))
      expect(state.root()).toBe(root)
      expect(leaves.root(i + 1)).toBe(root)
    }
  })

  test('is taken back exactly, a revert within a block and a block after it was sealed', () => {
    const log = new UndoLog()
    const state = stateOf(digests(3), log)
    const root = state.root()
    const segment = log.seal()
    const mark = log.mark()
    state.append(digests(9)[8] as Hash32)
    state.root()
    log.rollback(mark)
    expect([state.count, state.root()]).toEqual([3, root])
    undoSegment(segment)
    expect([state.count, state.root()]).toEqual([0, EMPTY_OUTBOX_ROOT])
    // The same number of other messages: nothing of the old ones may be left.
    for (const digest of digests(6).slice(3)) state.append(digest)
    expect(state.root()).toBe(plainRoot(digests(6).slice(3)))
  })

  test('of a follower is cut back by a re-org and grows on', () => {
    const leaves = leavesOf(digests(13))
    leaves.truncate(6)
    expect([leaves.count, leaves.root(6)]).toEqual([6, plainRoot(digests(6))])
    for (const digest of digests(20).slice(10)) leaves.append(digest)
    expect(leaves.root(16)).toBe(plainRoot([...digests(6), ...digests(20).slice(10)]))
  })
})

describe('a proof of a message', () => {
  test('leads to the root of every block from its own on, and to no other root or place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.nat(), (total, a, b) => {
        const all = digests(total)
        const index = a % total
        const count = index + 1 + (b % (total - index))
        const path = leavesOf(all).path(index, count)
        const root = plainRoot(all.slice(0, count))
        const digest = all[index] as Hash32
        expect(leadsTo(root, digest, { leaf: index, path })).toBe(true)
        expect(leadsTo(root, digest, { leaf: index + 1, path })).toBe(false)
        expect(leadsTo(root, asHash32(`0x${'ff'.repeat(32)}`), { leaf: index, path })).toBe(false)
      }),
    )
  })

  test('is judged as by itself, whatever proofs under the same root came before it', () => {
    const all = digests(37)
    const leaves = leavesOf(all)
    const root = plainRoot(all)
    const step = fc.record({
      index: fc.nat(all.length - 1),
      place: fc.nat(all.length - 1),
      /** The height at which the path is spoilt; beyond its end it is not. */
      spoilt: fc.nat(11),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        for (const { index, place, spoilt } of steps) {
          const path = leaves.path(index, all.length)
          const isRight = spoilt >= path.length
          if (!isRight) path[spoilt] = asHash32(`0x${'5a'.repeat(32)}`)
          const digest = all[index] as Hash32
          expect(leadsTo(root, digest, { leaf: index, path })).toBe(isRight)
          expect(leadsTo(root, digest, { leaf: place, path })).toBe(isRight && place === index)
          expect(leadsTo(root, all[place] as Hash32, { leaf: index, path })).toBe(isRight && place === index)
        }
      }),
    )
  })

  test('has as many siblings as a tree of its messages is high, and leads nowhere with one more that is empty', () => {
    const all = digests(70)
    const leaves = leavesOf(all)
    const heights = [1, 2, 3, 4, 5, 33, 70].map((count) => leaves.path(0, count).length)
    expect(heights).toEqual([0, 1, 2, 2, 3, 6, 7])
    const path = leaves.path(4, 5)
    const root = leaves.root(5)
    const empty = bytesToHex(emptySubtree(3)) as Hash32
    expect(leadsTo(root, all[4] as Hash32, { leaf: 4, path })).toBe(true)
    expect(leadsTo(root, all[4] as Hash32, { leaf: 4, path: [...path, empty] })).toBe(false)
  })

  test.each([
    ['of a place below the first', -1, 32],
    ['of a place beyond the last', 2 ** 32, 32],
    ['of a place beyond a lower tree', 4, 2],
    ['of 33 siblings', 0, 33],
  ])('%s leads nowhere', (_name, leaf, siblings) => {
    const path = Array.from({ length: siblings }, () => asHash32(`0x${'00'.repeat(32)}`))
    expect(leadsTo(plainRoot(digests(1)), digests(1)[0] as Hash32, { leaf, path })).toBe(false)
  })

  test('cannot pass a node of the tree off as a message', () => {
    const path = leavesOf(digests(2)).path(0, 2)
    // Were a leaf the digest itself, the node over both leaves would be a leaf one level up.
    const pair = blake3(
      Uint8Array.of(...blake3(hexToBytes(digests(1)[0] as Hash32)), ...hexToBytes(path[0] as Hash32)),
    )
    const shorter = [...path.slice(1), asHash32(`0x${'00'.repeat(32)}`)]
    expect(leadsTo(plainRoot(digests(2)), asHash32(bytesToHex(pair)), { leaf: 0, path: shorter })).toBe(false)
  })
})

test("a chain's headers carry the root over all it has sent, over any bridge, and a re-org takes it back", () => {
  const chain = createTestChain(L1)
  const send = () =>
    chain.call('user', {
      kind: 'bridge-out',
      bridge: solid,
      token: rsEthHome,
      amount: 10n ** 16n,
      dstChainId: DESTINATION,
      recipient: address('user'),
    })
  const sent = (): Hash32[] =>
    chain.engine
      .head()
      .receipts.flatMap(({ events }) =>
        events.flatMap((event) => (event.kind === 'message-sent' ? [event.digest] : [])),
      )
  expect(chain.engine.genesisBlock.header.outboxRoot).toBe(EMPTY_OUTBOX_ROOT)
  send()
  const first = sent()
  expect(chain.engine.head().header.outboxRoot).toBe(plainRoot(first))
  send()
  expect(chain.engine.head().header.outboxRoot).toBe(plainRoot([...first, ...sent()]))
  chain.engine.undo()
  expect(chain.engine.head().header.outboxRoot).toBe(plainRoot(first))
  chain.produce(undefined, true)
  expect(chain.engine.head().header.outboxRoot).toBe(plainRoot([...first, ...sent()]))
})
