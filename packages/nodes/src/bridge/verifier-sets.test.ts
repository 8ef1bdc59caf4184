// Who verifies where, as blocks say: rotations in order, their grace to the second, and what a re-org leaves of them.
import { asChainId, asNodeId } from '@solvent/primitives'
import { type Block, type BridgeSpec, contractAddress } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { smallNetwork, strongBridge } from '../testing/small-network.ts'
import { createVerifierSets } from './verifier-sets.ts'

const HERE = asChainId(1)
const ELSEWHERE = asChainId(2)
const UNTIL = 1_000
const bridge: BridgeSpec = {
  ...smallNetwork.bridges.find(({ address }) => address === strongBridge)!,
  verification: {
    kind: 'quorum',
    verifiers: ['a', 'b'].map((name) => ({
      node: asNodeId(name),
      address: contractAddress('account', name),
    })),
    threshold: 2,
    setIndex: 0,
  },
}
const next = (setIndex: number) => ({ setIndex, verifiers: [contractAddress('account', 'c')], threshold: 1 })

/** A block in which a bridge's set becomes the one of this index. */
function rotation(setIndex: number, { graceUntil = UNTIL, of = bridge.address } = {}): Block {
  const event = { kind: 'verifiers-rotated', bridge: of, next: next(setIndex), graceUntil }
  return { header: { chainId: HERE }, receipts: [{ events: [event] }] } as unknown as Block
}

const indexes = (sets: ReturnType<typeof createVerifierSets>, now: number, chainId = HERE) =>
  sets.accepted(chainId, now).map(({ setIndex }) => setIndex)

describe('the sets of a bridge', () => {
  it('change on the chain that rotates, and on no other, and for no other bridge', () => {
    const sets = createVerifierSets(bridge)
    expect(sets.onBlock(rotation(1, { of: contractAddress('bridge', 'other') }))).toBe(false)
    expect(sets.current(HERE).setIndex).toBe(0)
    expect(sets.onBlock(rotation(1))).toBe(true)
    expect([sets.current(HERE).setIndex, sets.current(ELSEWHERE).setIndex]).toEqual([1, 0])
  })

  it('count to the last second of their grace, the current one first', () => {
    const sets = createVerifierSets(bridge)
    sets.onBlock(rotation(1))
    sets.onBlock(rotation(2, { graceUntil: UNTIL + 5 }))
    expect(indexes(sets, UNTIL)).toEqual([2, 1, 0])
    expect(indexes(sets, UNTIL + 1)).toEqual([2, 1])
    expect(indexes(sets, UNTIL + 6)).toEqual([2])
    expect(indexes(sets, UNTIL + 6, ELSEWHERE)).toEqual([0])
  })

  it('are as before when the rotation is orphaned, without an end', () => {
    const sets = createVerifierSets(bridge)
    sets.onBlock(rotation(1))
    sets.onBlock(rotation(2))
    expect(sets.onOrphaned(rotation(2))).toBe(true)
    expect(sets.current(HERE)).toMatchObject({ setIndex: 1, validUntil: null })
    sets.onOrphaned(rotation(1))
    expect(sets.current(HERE)).toMatchObject({ setIndex: 0, threshold: 2, validUntil: null })
    expect(indexes(sets, UNTIL + 1)).toEqual([0])
  })

  it('are nobody where nobody signs', () => {
    const sets = createVerifierSets({ ...bridge, verification: { kind: 'none' } })
    expect(sets.current(HERE).verifiers).toEqual([])
  })
})
