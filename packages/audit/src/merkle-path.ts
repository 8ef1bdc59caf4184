// Where a digest leads in a Merkle tree of depth 32 with the siblings on its way: leaf = SHA-256(0 ‖ digest),
// node = SHA-256(1 ‖ left ‖ right). The audit's own code for the trees of outboxes and bundles.
import { bytesToHex, type Hash32, hexToBytes, sha256 } from '@solvent/primitives'

const DEPTH = 32

/** The root, or null when the path has not 32 siblings. */
export function rootOfPath(
  digest: Hash32,
  { leaf, path }: { readonly leaf: number; readonly path: readonly Hash32[] },
): Hash32 | null {
  if (path.length !== DEPTH) return null
  let root = hashNode(0, [digest])
  let place = leaf
  for (const sibling of path) {
    root = hashNode(1, place % 2 === 0 ? [root, sibling] : [sibling, root])
    place = Math.floor(place / 2)
  }
  return root
}

/** SHA-256 over a prefix byte and the parts. */
export function hashNode(prefix: 0 | 1, parts: readonly Hash32[]): Hash32 {
  const bytes = new Uint8Array(1 + 32 * parts.length)
  bytes[0] = prefix
  for (let i = 0; i < parts.length; i++) bytes.set(hexToBytes(parts[i]!), 1 + 32 * i)
  return bytesToHex(sha256(bytes)) as Hash32
}
