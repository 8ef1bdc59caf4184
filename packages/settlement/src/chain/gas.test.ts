import { asAddress, asChainId, asHash32, type Hash32 } from '@solvent/primitives'
import type { BridgeMessage, MessageProof } from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gasOf, gasOfCall } from './gas.ts'

const bridge = asAddress(`0x${'b1'.repeat(20)}`)
const sibling = asHash32(`0x${'5b'.repeat(32)}`)
const message: BridgeMessage = {
  bridge,
  srcChainId: asChainId(10),
  emitter: bridge,
  sequence: 0,
  dstChainId: asChainId(1),
  payload: { kind: 'transfer', token: bridge, amount: 1n, recipient: bridge },
}
const gas = (proof: MessageProof): number => gasOfCall({ kind: 'deliver', message, proof })
const withBranch = (
  kind: 'bundle' | 'header-inclusion' | 'rollup-root',
  path: readonly Hash32[],
): MessageProof =>
  kind === 'bundle'
    ? { kind, bundle: 0, leaf: 0, path }
    : kind === 'header-inclusion'
      ? { kind, header: sibling, leaf: 0, path }
      : { kind, block: 1, header: sibling, leaf: 0, path }

describe('gas of a delivery', () => {
  // A hash of n words as SHA-256: 60 + 12 n (yellow paper, appendix E) and 100 for the call (EIP-2929). Leaf: 32 bytes, node: 64.
  it('counts the hashes from the leaf to the root, 33 of them, when the branch has no siblings', () => {
    expect(gas(withBranch('header-inclusion', [])) - gasOf('deliver')).toBe(172 + 32 * 184)
  })

  it('counts the bytes of the siblings that it carries, at 16 gas each (EIP-2028), whatever proves', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('bundle' as const, 'header-inclusion' as const, 'rollup-root' as const),
        fc.nat(32),
        (kind, length) => {
          const branch = Array.from({ length }, () => sibling)
          expect(gas(withBranch(kind, branch)) - gas(withBranch(kind, []))).toBe(length * 32 * 16)
        },
      ),
    )
  })

  it('is its own for signatures, which have no branch', () => {
    expect(gas({ kind: 'quorum', setIndex: 0, signatures: [] })).toBe(gasOf('deliver'))
  })
})
