// ERC-7930 interoperable addresses (2025-02), binary form version 1, for EVM chains (CAIP-350 profile of eip155).
import {
  type Address,
  bytesToHex,
  type ChainId,
  concatBytes,
  type Hex,
  hexToBytes,
} from '@solvent/primitives'

const VERSION_AND_TYPE = Uint8Array.of(0, 1, 0, 0)

/**
 * Version 0001, chain type 0000, the chain id in as few bytes as it needs, the address, each with its length.
 *
 * @example toInteroperableAddress(asChainId(1), asAddress('0xd8da6bf26964af9d7eed9e03e53415d37aa96045'))
 * // '0x00010000010114d8da6bf26964af9d7eed9e03e53415d37aa96045'
 */
export function toInteroperableAddress(chainId: ChainId, address: Address): Hex {
  const digits = chainId.toString(16)
  const reference = hexToBytes(`0x${digits.length % 2 === 0 ? digits : `0${digits}`}`)
  const account = hexToBytes(address)
  return bytesToHex(
    concatBytes(
      VERSION_AND_TYPE,
      Uint8Array.of(reference.length),
      reference,
      Uint8Array.of(account.length),
      account,
    ),
  )
}
