/**
 * Names of things: addresses, hashes, nodes, chains, assets, orders, bridges, topics.
 *
 * Every constructor checks the one canonical spelling and returns its argument unchanged; nothing is
 * trimmed, padded or lower-cased, so that equal things are equal strings. All throw `E_BAD_ID`.
 */
import type { Brand } from './brand.ts'
import { SolventError } from './error.ts'

/** `0x` and an even number of lower-case hex digits. */
export type Hex = `0x${string}` & Brand<'Hex'>
/** `0x` and 40 lower-case hex digits: an account, a token or a contract on some chain. */
export type Address = Hex & Brand<'Address'>
/** `0x` and 64 lower-case hex digits: a 32-byte hash. */
export type Hash32 = Hex & Brand<'Hash32'>
/** The EIP-712 digest of an order. */
export type OrderId = Hash32
/** Name of a node in a scenario: 1 to 48 of a-z, 0-9 and `-`. */
export type NodeId = string & Brand<'NodeId'>
/** Name of a bridge in a scenario: 1 to 48 of a-z, 0-9 and `-`. */
export type BridgeId = string & Brand<'BridgeId'>
/** EIP-155 chain id: a positive safe integer. */
export type ChainId = number & Brand<'ChainId'>
/** A token on a chain, `<chainId>:<address>`. */
export type AssetId = `${number}:0x${string}` & Brand<'AssetId'>
/** Name of a gossip topic: 1 to 128 of a-z, 0-9, `.`, `_`, `/` and `-`. */
export type Topic = string & Brand<'Topic'>

const HEX = /^0x(?:[0-9a-f]{2})*$/
const ADDRESS = /^0x[0-9a-f]{40}$/
const HASH32 = /^0x[0-9a-f]{64}$/
const NAME = /^[a-z0-9-]{1,48}$/
const TOPIC = /^[a-z0-9._/-]{1,128}$/
const ASSET = /^([1-9][0-9]{0,15}):(0x[0-9a-f]{40})$/

/**
 * Checks lower-case hex of whole bytes.
 *
 * @example asHex('0x0a') // '0x0a'
 */
export function asHex(text: string): Hex {
  if (!HEX.test(text)) throw badId('hex string', text, '0x and an even number of lower-case hex digits')
  return text as Hex
}

/**
 * Checks an address; a checksummed spelling is refused, lower-case it first.
 *
 * @example asAddress('0x00000000000000000000000000000000000000aa')
 */
export function asAddress(text: string): Address {
  if (!ADDRESS.test(text)) throw badId('address', text, '0x and 40 lower-case hex digits')
  return text as Address
}

/** Checks a 32-byte hash. */
export function asHash32(text: string): Hash32 {
  if (!HASH32.test(text)) throw badId('32-byte hash', text, '0x and 64 lower-case hex digits')
  return text as Hash32
}

/** Checks an order id. */
export function asOrderId(text: string): OrderId {
  if (!HASH32.test(text)) throw badId('order id', text, '0x and 64 lower-case hex digits')
  return text as OrderId
}

/**
 * Checks a node name.
 *
 * @example asNodeId('solver-3') // 'solver-3'
 */
export function asNodeId(text: string): NodeId {
  if (!NAME.test(text)) throw badId('node id', text, '1 to 48 characters of a-z, 0-9 and -')
  return text as NodeId
}

/** Checks a bridge name. */
export function asBridgeId(text: string): BridgeId {
  if (!NAME.test(text)) throw badId('bridge id', text, '1 to 48 characters of a-z, 0-9 and -')
  return text as BridgeId
}

/** Checks a gossip topic name. */
export function asTopic(text: string): Topic {
  if (!TOPIC.test(text)) throw badId('topic', text, '1 to 128 characters of a-z, 0-9, ., _, / and -')
  return text as Topic
}

/**
 * Checks a chain id.
 *
 * @example asChainId(10) // 10
 */
export function asChainId(value: number): ChainId {
  if (!Number.isSafeInteger(value) || value <= 0)
    throw badId('chain id', value, 'an integer from 1 to 2^53 - 1')
  return value as ChainId
}

/**
 * Names a token on a chain.
 *
 * @example assetId(asChainId(1), ZERO_ADDRESS) // '1:0x0000000000000000000000000000000000000000'
 */
export function assetId(chain: ChainId, token: Address): AssetId {
  return `${chain}:${token}` as AssetId
}

/** Checks the text form of an asset. */
export function asAssetId(text: string): AssetId {
  const match = ASSET.exec(text)
  if (match === null || !Number.isSafeInteger(Number(match[1])))
    throw badId('asset id', text, '<chainId>:<address>')
  return text as AssetId
}

/** The chain an asset lives on. */
export function chainOfAsset(asset: AssetId): ChainId {
  return Number(asset.slice(0, asset.indexOf(':'))) as ChainId
}

/** The token address of an asset on its chain. */
export function tokenOfAsset(asset: AssetId): Address {
  return asset.slice(asset.indexOf(':') + 1) as Address
}

/** The address that stands for "nobody" or for a chain's native token. */
export const ZERO_ADDRESS: Address = asAddress(`0x${'0'.repeat(40)}`)

/** The hash of 32 zero bytes' spelling: "no parent", "nothing". */
export const ZERO_HASH: Hash32 = asHash32(`0x${'0'.repeat(64)}`)

function badId(what: string, got: unknown, allowed: string): SolventError {
  return new SolventError({
    code: 'E_BAD_ID',
    message: `This is not a valid ${what}.`,
    details: { got: typeof got === 'string' ? JSON.stringify(got) : got, allowed },
  })
}
