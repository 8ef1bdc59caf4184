import { describe, expect, test } from 'vitest'
import {
  asAddress,
  asAssetId,
  asBridgeId,
  asChainId,
  asHash32,
  asHex,
  asNodeId,
  asOrderId,
  assetId,
  asTopic,
  chainOfAsset,
  tokenOfAsset,
  ZERO_ADDRESS,
  ZERO_HASH,
} from './index.ts'

const TOKEN = `0x${'0a'.repeat(20)}`
const HASH = `0x${'0b'.repeat(32)}`

describe('canonical spellings pass unchanged', () => {
  test.each<[string, (text: string) => string, string]>([
    ['an address', asAddress, TOKEN],
    ['a hash', asHash32, HASH],
    ['an order id', asOrderId, HASH],
    ['empty hex', asHex, '0x'],
    ['hex', asHex, '0x00ff'],
    ['a node id', asNodeId, 'solver-3'],
    ['the longest node id', asNodeId, 'x'.repeat(48)],
    ['a bridge id', asBridgeId, 'kelp-1-of-1'],
    ['a topic', asTopic, '/solvent/orders/1.0_a'],
    ['an asset id', asAssetId, `8453:${TOKEN}`],
  ])('%s', (_name, check, text) => {
    expect(check(text)).toBe(text)
  })
})

describe('other spellings are refused with E_BAD_ID', () => {
  test.each<[string, (text: string) => string, string]>([
    ['a checksummed address', asAddress, `0x${'Ab'.repeat(20)}`],
    ['a short address', asAddress, TOKEN.slice(0, -1)],
    ['a long address', asAddress, `${TOKEN}0`],
    ['an address with a newline', asAddress, `${TOKEN}\n`],
    ['an address without prefix', asAddress, TOKEN.slice(2)],
    ['an upper-case hash', asHash32, HASH.toUpperCase()],
    ['an address as order id', asOrderId, TOKEN],
    ['odd hex', asHex, '0x0'],
    ['an empty node id', asNodeId, ''],
    ['a node id of 49', asNodeId, 'x'.repeat(49)],
    ['a node id with capitals', asNodeId, 'Solver'],
    ['a node id with a newline', asNodeId, 'solver\n'],
    ['a bridge id with a slash', asBridgeId, 'a/b'],
    ['an empty topic', asTopic, ''],
    ['an asset with a zero chain', asAssetId, `0:${TOKEN}`],
    ['an asset with leading zeros', asAssetId, `01:${TOKEN}`],
    ['an asset with an unsafe chain', asAssetId, `9007199254740992:${TOKEN}`],
  ])('%s', (_name, check, text) => {
    expect(() => check(text)).toThrowError(expect.objectContaining({ code: 'E_BAD_ID' }))
  })

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('the chain id %s', (value) => {
    expect(() => asChainId(value)).toThrowError(expect.objectContaining({ code: 'E_BAD_ID' }))
  })
})

test('an asset splits into the chain and the token it was made of', () => {
  const asset = assetId(asChainId(Number.MAX_SAFE_INTEGER), asAddress(TOKEN))
  expect(asset).toBe(`9007199254740991:${TOKEN}`)
  expect(asAssetId(asset)).toBe(asset)
  expect(chainOfAsset(asset)).toBe(Number.MAX_SAFE_INTEGER)
  expect(tokenOfAsset(asset)).toBe(TOKEN)
})

test('the zero address and hash are all zeros', () => {
  expect(BigInt(ZERO_ADDRESS)).toBe(0n)
  expect(ZERO_ADDRESS).toHaveLength(42)
  expect(BigInt(ZERO_HASH)).toBe(0n)
  expect(ZERO_HASH).toHaveLength(66)
})
