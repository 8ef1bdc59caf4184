// A proof of several messages of an outbox at once, against the proofs of each.
import { asHash32, bytesToHex, type Hash32 } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinPaths, leadTogether } from './batch-proof.ts'
import { OutboxLeaves } from './outbox-leaves.ts'
import { leadsTo } from './outbox-proof.ts'
import { emptySubtree } from './outbox-tree.ts'

const digestOf = (i: number): Hash32 => asHash32(`0x${(i + 1).toString(16).padStart(4, '0').repeat(16)}`)
const STRANGER = asHash32(`0x${'5a'.repeat(32)}`)

function treeOf(count: number): { all: Hash32[]; tree: OutboxLeaves; root: Hash32 } {
  const all = Array.from({ length: count }, (_, i) => digestOf(i))
  const tree = new OutboxLeaves()
  for (const digest of all) tree.append(digest)
  return { all, tree, root: tree.root(count) }
}

/** A tree and some of its places, in order. */
const taken = fc.integer({ min: 1, max: 80 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    places: fc
      .uniqueArray(fc.nat(count - 1), { minLength: 1, maxLength: 20 })
      .map((all) => all.sort((a, b) => a - b)),
  }),
)

describe('a proof of a batch', () => {
  test('leads to the root from all of its messages in their places, and from nothing else', () => {
    fc.assert(
      fc.property(taken, fc.nat(), ({ count, places }, which) => {
        const { all, tree, root } = treeOf(count)
        const digests = places.map((place) => all[place] as Hash32)
        const proof = joinPaths(places.map((leaf) => ({ leaf, path: tree.path(leaf, count) })))
        const leads = (changed: Partial<typeof proof>, of: readonly Hash32[] = digests): boolean =>
          leadTogether(root, of, { ...proof, ...changed })
        expect(leads({})).toBe(true)
        const { leaves, siblings } = proof
        expect(leads({}, digests.with(which % digests.length, STRANGER))).toBe(false)
        if (siblings.length > 0) {
          expect(leads({ siblings: siblings.with(which % siblings.length, STRANGER) })).toBe(false)
          expect(leads({ siblings: siblings.slice(1) })).toBe(false)
        }
        expect(leads({ siblings: [...siblings, STRANGER] })).toBe(false)
        expect(leads({ siblings: [...siblings, bytesToHex(emptySubtree(7)) as Hash32] })).toBe(false)
        expect(leads({ leaves: leaves.map((leaf) => leaf + 1) })).toBe(false)
        expect(leads({ leaves: leaves.slice(1) })).toBe(false)
        if (digests.length > 1) {
          expect(leads({ leaves: [...leaves].reverse() }, [...digests].reverse())).toBe(false)
          expect(leads({}, [...digests].reverse())).toBe(false)
        }
        // Whatever came before it, a single proof under the same root is judged by itself.
        const leaf = which % count
        expect(leadsTo(root, all[leaf] as Hash32, { leaf, path: tree.path(leaf, count) })).toBe(true)
        expect(leadsTo(root, STRANGER, { leaf, path: tree.path(leaf, count) })).toBe(false)
        expect(leads({})).toBe(true)
      }),
    )
  })

  test('of one message is its path, of all that there are it needs the empty siblings alone', () => {
    const { all, tree, root } = treeOf(5)
    const path = tree.path(2, 5)
    expect(joinPaths([{ leaf: 2, path }])).toEqual({ leaves: [2], siblings: path })
    const whole = joinPaths(all.map((_, leaf) => ({ leaf, path: tree.path(leaf, 5) })))
    expect(whole.siblings).toEqual([0, 1].map((height) => bytesToHex(emptySubtree(height))))
    expect(leadTogether(root, all, whole)).toBe(true)
  })

  test.each([
    ['of nothing', [], []],
    ['below the first place', [digestOf(0)], [-1]],
    ['of a place twice', [digestOf(0), digestOf(0)], [0, 0]],
    ['beyond the last place of any tree', [digestOf(0), digestOf(1)], [2 ** 33, 2 ** 33 + 1]],
    ['of places that never meet', [digestOf(0), digestOf(1)], [0, 2 ** 40]],
  ])('%s leads nowhere', (_what, digests, leaves) => {
    const { root } = treeOf(2)
    expect(
      leadTogether(root, digests, { leaves, siblings: Array.from({ length: 90 }, () => STRANGER) }),
    ).toBe(false)
  })
})
