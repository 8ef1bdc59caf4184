// EIP-712 domains (ethereum/EIPs EIP-712): what an artefact's signature is good for. A field that an artefact has no
// use for is left out of its domain, as the standard asks.
import { type Address, type ChainId, keccak256 } from '@solvent/primitives'
import { putHex, putInteger, wordBuffer } from './word.ts'

/** The names in Solvent's domains; the version of all of them is `1`. */
export const domainNames = {
  order: 'Solvent',
  auction: 'Solvent Auction',
  chain: 'Solvent Chain',
  bridge: 'Solvent Bridge',
} as const

export const domainVersion = '1'

/** Separators are few (chains times contracts); what a flood of invented ones adds is dropped as a whole. */
const MAX_CACHED = 4096
/** By name and contract, then by chain. */
const cache = new Map<string, Map<ChainId | null, Uint8Array>>()
let cached = 0

/** keccak256 of the encoded domain, computed once for each domain. */
export function domainSeparator(name: string, chainId: ChainId | null, contract: Address | null): Uint8Array {
  // Without a contract nothing has to be put together to ask.
  const key = contract === null ? name : `${name}/${contract}`
  const known = cache.get(key)?.get(chainId)
  if (known !== undefined) return known
  const separator = hashDomain(name, chainId, contract)
  if (cached++ >= MAX_CACHED) {
    cache.clear()
    cached = 1
  }
  const byChain = cache.get(key) ?? new Map<ChainId | null, Uint8Array>()
  byChain.set(chainId, separator)
  cache.set(key, byChain)
  return separator
}

/** keccak256 of UTF-8 text: type hashes, names. */
export function keccakOfText(text: string): Uint8Array {
  return keccak256(new TextEncoder().encode(text))
}

function hashDomain(name: string, chainId: ChainId | null, contract: Address | null): Uint8Array {
  const fields = ['string name', 'string version']
  if (chainId !== null) fields.push('uint256 chainId')
  if (contract !== null) fields.push('address verifyingContract')
  const buffer = wordBuffer(1 + fields.length)
  buffer.set(keccakOfText(`EIP712Domain(${fields.join(',')})`), 0)
  buffer.set(keccakOfText(name), 32)
  buffer.set(keccakOfText(domainVersion), 64)
  let word = 3
  if (chainId !== null) putInteger(buffer, word++, chainId)
  if (contract !== null) putHex(buffer, word, contract)
  return keccak256(buffer)
}
