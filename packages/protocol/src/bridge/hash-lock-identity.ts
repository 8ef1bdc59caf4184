// How a hash lock is named: by everything that it was made of, so that a lock cannot be passed off as another.
import {
  type Address,
  type ChainId,
  type Hash32,
  hashCanonical,
  hexToBytes,
  sha256Hex,
} from '@solvent/primitives'
import type { HashLockCall } from './hash-lock-call.ts'

type Creation = Extract<HashLockCall, { kind: 'hash-lock-create' }>

/** The lock that this account makes by this call on this chain. */
export function hashLockId(chainId: ChainId, depositor: Address, creation: Creation): Hash32 {
  const { bridge, leg, token, amount, recipient, hash } = creation
  return hashCanonical({ bridge, chainId, leg, token, amount, depositor, recipient, hash })
}

/** SHA-256 of the 32 bytes of a preimage, as chains check it. */
export function hashLockOf(preimage: Hash32): Hash32 {
  return sha256Hex(hexToBytes(preimage))
}
