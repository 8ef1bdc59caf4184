// Digests that forget part of their domain: what an order id must not be (S-4). Encoded here from the fields of the
// EIP-712 draft and not with the protocol's encoder. Only computed for an order whose id is not its digest.
import {
  type Address,
  type ChainId,
  concatBytes,
  type Hash32,
  hexToBytes,
  keccak256,
  keccakHex,
} from '@solvent/primitives'
import {
  domainNames,
  domainVersion,
  type GaslessCrossChainOrder,
  type Order,
  toGaslessOrder,
} from '@solvent/protocol'

const ORDER_TYPE =
  'GaslessCrossChainOrder(address originSettler,address user,uint256 nonce,uint256 originChainId,uint32 openDeadline,' +
  'uint32 fillDeadline,bytes32 orderDataType,bytes orderData)'

/** The fields that a domain names. */
interface DomainFields {
  readonly version: string | null
  readonly chainId: ChainId | null
  readonly contract: Address | null
}

/**
 * Whether `id` is the digest that the order would have if its domain left out the chain, the settler, the version, or
 * any of them together.
 */
export function isWeakDigest(id: Hash32, order: Order): boolean {
  const struct = structHash(toGaslessOrder(order))
  for (const version of [domainVersion, null]) {
    for (const chainId of [order.originChainId, null]) {
      for (const contract of [order.originSettler, null]) {
        if (version !== null && chainId !== null && contract !== null) continue
        const domain = domainHash({ version, chainId, contract })
        if (keccakHex(concatBytes(Uint8Array.of(0x19, 0x01), domain, struct)) === id) return true
      }
    }
  }
  return false
}

function structHash(order: GaslessCrossChainOrder): Uint8Array {
  return keccak256(
    concatBytes(
      textHash(ORDER_TYPE),
      word(order.originSettler),
      word(order.user),
      number(order.nonce),
      number(order.originChainId),
      number(BigInt(order.openDeadline)),
      number(BigInt(order.fillDeadline)),
      word(order.orderDataType),
      keccak256(hexToBytes(order.orderData)),
    ),
  )
}

function domainHash({ version, chainId, contract }: DomainFields): Uint8Array {
  const fields = ['string name']
  const words = [textHash(domainNames.order)]
  if (version !== null) {
    fields.push('string version')
    words.push(textHash(version))
  }
  if (chainId !== null) {
    fields.push('uint256 chainId')
    words.push(number(BigInt(chainId)))
  }
  if (contract !== null) {
    fields.push('address verifyingContract')
    words.push(word(contract))
  }
  return keccak256(concatBytes(textHash(`EIP712Domain(${fields.join(',')})`), ...words))
}

function textHash(text: string): Uint8Array {
  return keccak256(new TextEncoder().encode(text))
}

function word(hex: string): Uint8Array {
  return hexToBytes(`0x${hex.slice(2).padStart(64, '0')}`)
}

function number(value: bigint): Uint8Array {
  return word(`0x${value.toString(16)}`)
}
