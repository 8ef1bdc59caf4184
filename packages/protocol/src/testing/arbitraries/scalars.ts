// Random ids, amounts, counts and signatures.

import type { Address, ChainId, Hash32, NodeId } from '@solvent/primitives'
import fc from 'fast-check'
import type { Signature } from '../../signature.ts'
import { createStandInSigner } from '../../signing/stand-in.ts'

const hexOf = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((raw) => `0x${[...raw].map((b) => b.toString(16).padStart(2, '0')).join('')}`)

export const address = hexOf(20) as fc.Arbitrary<Address>

export const hash32 = hexOf(32) as fc.Arbitrary<Hash32>

export const uint256 = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
  fc.bigInt({ min: 0n, max: 2n ** 64n }),
  fc.constantFrom(0n, 1n, 2n ** 64n - 1n, 2n ** 64n, 2n ** 128n, 2n ** 256n - 1n),
)

export const int256 = uint256.map((value) => BigInt.asIntN(256, value))

export const uint32 = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fc.constantFrom(0, 2 ** 31, 2 ** 32 - 1),
)

export const count = fc.oneof(fc.nat(), fc.constantFrom(0, 2 ** 32, Number.MAX_SAFE_INTEGER))

export const chainId = fc.oneof(
  fc.integer({ min: 1, max: 100_000 }),
  fc.constantFrom(1, Number.MAX_SAFE_INTEGER),
) as fc.Arbitrary<ChainId>

export const nodeId = fc.stringMatching(/^[a-z0-9-]{1,48}$/) as fc.Arbitrary<NodeId>

/** What a decision on an account rested on. */
export const usedPrices = fc.array(
  fc.record({ token: address, oracle: address, priceE8: uint256, updatedAt: count }),
  { maxLength: 2 },
)

export const text = fc
  .string({ maxLength: 60, unit: 'grapheme' })
  .filter((value) => new TextEncoder().encode(value).length <= 256)

export const signature: fc.Arbitrary<Signature> = fc
  .tuple(
    hash32,
    address.filter((a) => BigInt(a) !== 0n),
  )
  .map(([digest, signer]) => createStandInSigner({ seed: 'any', address: signer }).sign(digest))

export const type = <const T extends string>(name: T) => fc.constant(name)
