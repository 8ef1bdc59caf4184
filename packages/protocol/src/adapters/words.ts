// Values as other formats write them: addresses in 32 bytes, chain ids as uint256.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import { unsupportedOrder } from './unsupported-order.ts'

const PADDING = '0'.repeat(24)

/** An address as a left-padded bytes32, the cross-chain form of 2025-01 and OIF. */
export function addressToBytes32(address: Address): Hash32 {
  return `0x${PADDING}${address.slice(2)}` as Hash32
}

/** @throws E_UNSUPPORTED_ORDER when the word is no EVM address */
export function bytes32ToAddress(draft: string, what: string, word: string): Address {
  if (!word.startsWith(`0x${PADDING}`))
    throw unsupportedOrder(draft, what, word, 'an EVM address in 32 bytes')
  return `0x${word.slice(26)}` as Address
}

/** @throws E_UNSUPPORTED_ORDER for 0 and from 2^53 */
export function uintToChainId(draft: string, what: string, value: bigint): ChainId {
  const number = Number(value)
  if (!Number.isSafeInteger(number) || number <= 0)
    throw unsupportedOrder(draft, what, value, '1 to 2^53 - 1')
  return number as ChainId
}
