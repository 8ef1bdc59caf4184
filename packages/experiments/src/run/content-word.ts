// 32 bits of what a message says, for the trace digest: from its signature or block hash where it has one, which
// bind the content, so that a large body is not walked for every hop.
import { hash32OfString, hash32OfValue, mix32 } from '@solvent/primitives'
import type { Message } from '@solvent/protocol'

export function contentWord(message: Message): number {
  switch (message.type) {
    case 'order':
    case 'award':
    case 'header':
    case 'attestation':
    case 'bid':
    case 'transaction':
    case 'quote':
      return mix32(hash32OfString(message.type), hash32OfString(message.body.signature))
    case 'blocks':
      return message.body.blocks.reduce(
        (word, block) => mix32(mix32(word, hash32OfString(block.hash)), block.transactions.length),
        hash32OfString(message.type),
      )
    case 'block-request': {
      const { chainId, from, to, skip } = message.body
      return mix32(mix32(mix32(mix32(hash32OfString(message.type), chainId), from), to), skip)
    }
    case 'receipt': {
      const { accepted, reason } = message.body
      return mix32(mix32(hash32OfString(message.type), accepted ? 1 : 0), hash32OfString(reason ?? ''))
    }
    default:
      return hash32OfValue(message)
  }
}
