// What a solver signs when it quotes. The quote id names the asker's request; the domain binds the solver that promises.
import { type Hash32, remembered } from '@solvent/primitives'
import type { Quote } from '../auction/quote.ts'
import { domainNames, domainSeparator } from './domain.ts'
import { structBuffer, typedDigest } from './typed-digest.ts'
import { putHex, putInteger, putUint256 } from './word.ts'

export const quoteTypeString = 'Quote(bytes32 quoteId,address solver,uint256 outputAmount,uint32 validUntil)'

const struct = structBuffer(quoteTypeString, 4)

/** EIP-712 digest of a quote, in the domain of its solver. Remembered for a while. */
export const quoteDigest: (quote: Quote) => Hash32 = remembered((quote: Quote) => {
  putHex(struct, 1, quote.quoteId)
  putHex(struct, 2, quote.solver)
  putUint256(struct, 3, quote.outputAmount)
  putInteger(struct, 4, quote.validUntil)
  return typedDigest(domainSeparator(domainNames.auction, null, quote.solver), struct)
})
