// Accounts of a run: one secp256k1 key for each node, derived from the seed, with the same address on every chain.
// Test keys: anyone who knows the seed knows them.
import {
  type Address,
  bytesToHex,
  type Hash32,
  hexToBytes,
  keccak256,
  SolventError,
  sha256,
} from '@solvent/primitives'
import { isPrivate, pointFromScalar } from 'tiny-secp256k1'

/** 32 bytes, between 1 and the order of secp256k1 less one. */
export type PrivateKey = Hash32

/**
 * The private key of a node in a run: sha256 of `solvent test key/<seed>/<nodeId>`, and of that with `/1`, `/2`, … in
 * the one case in 2^128 that a hash is no key.
 *
 * @example addressOf(privateKeyOf('1', 'solver-1')) // '0x…', the same in every run of seed 1
 */
export function privateKeyOf(seed: string, nodeId: string): PrivateKey {
  const text = `solvent test key/${seed}/${nodeId}`
  let key = sha256(utf8(text))
  for (let attempt = 1; !isPrivate(key); attempt++) key = sha256(utf8(`${text}/${attempt}`))
  return bytesToHex(key) as PrivateKey
}

/**
 * The Ethereum address of a private key: the last 20 bytes of keccak256 of the public point.
 *
 * @throws E_BAD_KEY when this is no secp256k1 key
 */
export function addressOf(privateKey: PrivateKey): Address {
  // A valid key has a point; null would be the point at infinity.
  return addressOfPoint(pointFromScalar(keyBytes(privateKey), false)!)
}

/** The address of an uncompressed public key of 65 bytes. */
export function addressOfPoint(publicKey: Uint8Array): Address {
  return bytesToHex(keccak256(publicKey.subarray(1)).subarray(12)) as Address
}

/**
 * The address of a contract, by what it is and what it is called: the last 20 bytes of keccak256 of
 * `solvent/<kind>/<name>`. Used when a network is assembled; nodes read addresses from the network's spec.
 *
 * @example contractAddress('settler', 'ethereum')
 */
export function contractAddress(kind: string, name: string): Address {
  return bytesToHex(keccak256(utf8(`solvent/${kind}/${name}`)).subarray(12)) as Address
}

/** @throws E_BAD_KEY when this is no secp256k1 key; the message does not repeat it */
export function keyBytes(privateKey: PrivateKey): Uint8Array {
  const bytes = hexToBytes(privateKey)
  if (isPrivate(bytes)) return bytes
  throw new SolventError({
    code: 'E_BAD_KEY',
    message: 'This is not a secp256k1 private key.',
    details: { gotBytes: bytes.length, allowed: '32 bytes, from 1 to the group order less one' },
  })
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
