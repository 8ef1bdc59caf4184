import { type Address, asHash32, type Hash32, ZERO_ADDRESS } from '@solvent/primitives'
import fc from 'fast-check'
import { recoverAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, test } from 'vitest'
import type { Signature } from '../signature.ts'
import * as arbitrary from '../testing/arbitraries.ts'
import { addressOf, privateKeyOf } from './account.ts'
import { isCanonicalSignature } from './canonical-signature.ts'
import { createSecp256k1Signer, createSecp256k1Verifier } from './secp256k1.ts'
import { createStandInSigner, createStandInVerifier } from './stand-in.ts'

/** Order of secp256k1 (SEC 2, §2.4.1). */
const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const SEED = 'signatures'
const key = privateKeyOf(SEED, 'alice')
const otherKey = privateKeyOf(SEED, 'bob')
const digest = asHash32(`0x${'5a'.repeat(32)}`)

const word = (value: bigint) => value.toString(16).padStart(64, '0')
const r = (signature: string) => signature.slice(2, 66)
const s = (signature: string) => signature.slice(66, 130)
const twinOf = (signature: string) =>
  `0x${r(signature)}${word(N - BigInt(`0x${s(signature)}`))}${signature.endsWith('1b') ? '1c' : '1b'}`

/** What both schemes must refuse, given a good signature over `digest` by `key`. */
const refusals: readonly (readonly [string, (good: string) => string])[] = [
  ['the high-s twin', twinOf],
  ['the high-s twin with v unchanged', (good) => `${twinOf(good).slice(0, 130)}${good.slice(130)}`],
  ['v 0 or 1', (good) => `${good.slice(0, 130)}${good.endsWith('1b') ? '00' : '01'}`],
  ['v 29', (good) => `${good.slice(0, 130)}1d`],
  ['the other v', (good) => `${good.slice(0, 130)}${good.endsWith('1b') ? '1c' : '1b'}`],
  ['64 bytes', (good) => good.slice(0, 130)],
  ['66 bytes', (good) => `${good}00`],
  ['upper-case digits', (good) => `0x${good.slice(2).toUpperCase()}`],
  ['an upper-case prefix', (good) => `0X${good.slice(2)}`],
  ['no prefix', (good) => good.slice(2)],
  ['nothing', () => ''],
  ['r zero', (good) => `0x${word(0n)}${good.slice(66)}`],
  ['s zero', (good) => `0x${r(good)}${word(0n)}${good.slice(130)}`],
  ['r at the group order', (good) => `0x${word(N)}${good.slice(66)}`],
  ['one bit of r flipped', (good) => `0x${word(BigInt(`0x${r(good)}`) ^ 1n)}${good.slice(66)}`],
  ['one bit of s flipped', (good) => `0x${r(good)}${word(BigInt(`0x${s(good)}`) ^ 1n)}${good.slice(130)}`],
]

const schemes = [
  {
    name: 'secp256k1',
    signer: createSecp256k1Signer(key),
    other: createSecp256k1Signer(otherKey),
    verifier: createSecp256k1Verifier(),
  },
  {
    name: 'stand-in',
    signer: createStandInSigner({ seed: SEED, address: addressOf(key) }),
    other: createStandInSigner({ seed: SEED, address: addressOf(otherKey) }),
    verifier: createStandInVerifier({ seed: SEED }),
  },
] as const

describe.each(schemes)('$name', ({ signer, other, verifier, name }) => {
  test('a signature is canonical, repeatable and verifies', () => {
    fc.assert(
      fc.property(arbitrary.hash32, (any: Hash32) => {
        const signature = signer.sign(any)
        expect(isCanonicalSignature(signature)).toBe(true)
        expect(signer.sign(any)).toBe(signature)
        expect(verifier.verify(any, signature, signer.address)).toBe(true)
      }),
      { numRuns: name === 'secp256k1' ? 20 : 500 },
    )
  })

  test.each(refusals)('refuses %s', (_what, spoil) => {
    const good = signer.sign(digest)
    expect(verifier.verify(digest, good, signer.address)).toBe(true)
    expect(verifier.verify(digest, spoil(good) as Signature, signer.address)).toBe(false)
  })

  test('refuses another key, another digest, and the zero address', () => {
    const good = signer.sign(digest)
    expect(verifier.verify(digest, good, other.address)).toBe(false)
    expect(verifier.verify(digest, other.sign(digest), signer.address)).toBe(false)
    expect(verifier.verify(asHash32(`0x${'5b'.repeat(32)}`), good, signer.address)).toBe(false)
    expect(verifier.verify(digest, good, ZERO_ADDRESS)).toBe(false)
  })

  test('names its scheme', () => {
    expect(verifier.scheme).toBe(name)
  })
})

test('viem accepts what must be refused: the high-s twin, v as 0 or 1, upper case', async () => {
  const good = createSecp256k1Signer(key).sign(digest)
  const account = addressOf(key)
  const recovered = async (signature: string) =>
    (await recoverAddress({ hash: digest, signature: signature as Signature })).toLowerCase()
  for (const name of ['the high-s twin', 'v 0 or 1', 'upper-case digits']) {
    const spoil = refusals.find(([what]) => what === name)?.[1] as (good: string) => string
    expect(await recovered(spoil(good)), name).toBe(account)
    expect(createSecp256k1Verifier().verify(digest, spoil(good) as Signature, account), name).toBe(false)
  }
})

test('a real signature and address are those of viem', async () => {
  const account = privateKeyToAccount(key)
  const signer = createSecp256k1Signer(key)
  expect(signer.address).toBe(account.address.toLowerCase())
  expect(signer.sign(digest)).toBe(await account.sign({ hash: digest }))
})

test('the stand-in has one signature for each seed, signer and digest', () => {
  const seen = new Set<string>()
  const signers: Address[] = [addressOf(key), addressOf(otherKey)]
  for (const seed of ['1', '2']) {
    for (const address of signers) {
      for (let i = 0; i < 1_000; i++) {
        seen.add(createStandInSigner({ seed, address }).sign(asHash32(`0x${word(BigInt(i))}`)))
      }
    }
  }
  expect(seen.size).toBe(4_000)
})

test('a change of one bit of the digest changes about half of the bits of a stand-in signature', () => {
  const signer = createStandInSigner({ seed: SEED, address: addressOf(key) })
  const base = BigInt(signer.sign(digest))
  let flipped = 0
  for (let bit = 0; bit < 256; bit++) {
    const changed = asHash32(`0x${word(BigInt(digest) ^ (1n << BigInt(bit)))}`)
    flipped += (BigInt(signer.sign(changed)) ^ base).toString(2).replaceAll('0', '').length
  }
  // 508 free bits: r has 254 (top and lowest fixed), s 253, v 1. Binomial mean 254 · 256, s.d. of the sum about 180.
  expect(Math.abs(flipped / 256 - 254)).toBeLessThan(6)
})
