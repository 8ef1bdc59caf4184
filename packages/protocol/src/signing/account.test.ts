import { createHash } from 'node:crypto'
import { asHash32 } from '@solvent/primitives'
import { getAddress, keccak256, stringToHex } from 'viem'
import { expect, test } from 'vitest'
import { addressOf, contractAddress, privateKeyOf } from './account.ts'

test('a node key is the SHA-256 of its name in the run', () => {
  const expected = createHash('sha256').update('solvent test key/42/solver-1').digest('hex')
  expect(privateKeyOf('42', 'solver-1')).toBe(`0x${expected}`)
  expect(privateKeyOf('42', 'solver-2')).not.toBe(privateKeyOf('42', 'solver-1'))
  expect(privateKeyOf('43', 'solver-1')).not.toBe(privateKeyOf('42', 'solver-1'))
})

test('an address is that of Ethereum', () => {
  // The first account of the well-known development mnemonic "test test test test test test test test test test test junk".
  const key = asHash32('0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80')
  expect(getAddress(addressOf(key))).toBe('0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266')
})

test('a contract address is the end of the hash of what it is and what it is called', () => {
  expect(contractAddress('settler', 'ethereum')).toBe(
    `0x${keccak256(stringToHex('solvent/settler/ethereum')).slice(26)}`,
  )
})

test('zero and the group order are no keys, and the error does not repeat them', () => {
  for (const key of ['00'.repeat(32), 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141']) {
    expect(() => addressOf(asHash32(`0x${key}`))).toThrow(expect.objectContaining({ code: 'E_BAD_KEY' }))
    expect(() => addressOf(asHash32(`0x${key}`))).not.toThrow(key)
  }
})
