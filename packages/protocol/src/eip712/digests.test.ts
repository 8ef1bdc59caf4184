import { asAddress, asHash32, encodeCanonical } from '@solvent/primitives'
import fc from 'fast-check'
import { hashTypedData, keccak256, stringToHex, type TypedDataDomain, type TypedDataParameter } from 'viem'
import { describe, expect, test } from 'vitest'
import type { Order } from '../order/order.ts'
import {
  curveOrderDataType,
  curveOrderDataTypeString,
  encodeOrderData,
  orderDataType,
  orderDataTypeString,
} from '../order/order-data.ts'
import * as arbitrary from '../testing/arbitraries.ts'
import { attestationDigest, attestationTypeString } from './attestation-digest.ts'
import { awardDigest, awardTypeString } from './award-digest.ts'
import { bidDigest, bidTypeString } from './bid-digest.ts'
import { earlyOpeningDigest, earlyOpeningTypeString } from './early-opening-digest.ts'
import { headerDigest, headerTypeString } from './header-digest.ts'
import { orderDigest, orderTypeString } from './order-digest.ts'
import { quoteDigest, quoteTypeString } from './quote-digest.ts'
import { sealedBidDigest, sealedBidTypeString } from './sealed-bid-digest.ts'
import { solutionDigest, solutionTypeString } from './solution-digest.ts'

/** `A(uint256 x,B b)B(uint8 y)` as viem's types: the encoder under test and viem share the type string and nothing else. */
function typesOf(typeString: string): { primaryType: string; types: Record<string, TypedDataParameter[]> } {
  const structs = [...typeString.matchAll(/(\w+)\(([^)]*)\)/g)]
  const types = Object.fromEntries(
    structs.map(([, name, fields]) => [
      name as string,
      (fields as string).split(',').map((field) => {
        const [type, fieldName] = field.split(' ')
        return { type: type as string, name: fieldName as string }
      }),
    ]),
  )
  return { primaryType: structs[0]?.[1] as string, types }
}

function viemDigest(typeString: string, domain: TypedDataDomain, message: object): string {
  return hashTypedData({
    domain: { version: '1', ...domain },
    ...typesOf(typeString),
    message: { ...message },
  })
}

const bytes = (raw: Uint8Array) => `0x${Buffer.from(raw).toString('hex')}` as const

describe('digests agree with viem', () => {
  test('orders', () => {
    fc.assert(
      fc.property(arbitrary.order, (order) => {
        const message = {
          ...order,
          orderDataType: order.pricing.rule === 'block-dutch' ? curveOrderDataType : orderDataType,
          orderData: bytes(encodeOrderData(order)),
        }
        const domain = {
          name: 'Solvent',
          chainId: order.originChainId,
          verifyingContract: order.originSettler,
        }
        expect(orderDigest(order)).toBe(viemDigest(orderTypeString, domain, message))
      }),
    )
  })

  test('bids', () => {
    fc.assert(
      fc.property(arbitrary.bid, (bid) => {
        const domain = { name: 'Solvent Auction', verifyingContract: bid.auctioneer }
        expect(bidDigest(bid)).toBe(viemDigest(bidTypeString, domain, bid))
      }),
    )
  })

  test('bids that are sealed until the close', () => {
    fc.assert(
      fc.property(arbitrary.sealedBid, (sealed) => {
        const domain = { name: 'Solvent Auction', verifyingContract: sealed.auctioneer }
        expect(sealedBidDigest(sealed)).toBe(viemDigest(sealedBidTypeString, domain, sealed))
      }),
    )
  })

  test('what is testified of an early opening', () => {
    fc.assert(
      fc.property(arbitrary.earlyOpening, (opening) => {
        const domain = { name: 'Solvent Auction', verifyingContract: opening.auctioneer }
        expect(earlyOpeningDigest(opening)).toBe(viemDigest(earlyOpeningTypeString, domain, opening))
      }),
    )
  })

  test('solutions with any number of orders', () => {
    fc.assert(
      fc.property(arbitrary.solution, (solution) => {
        const domain = { name: 'Solvent Auction', verifyingContract: solution.auctioneer }
        expect(solutionDigest(solution)).toBe(viemDigest(solutionTypeString, domain, solution))
      }),
    )
  })

  test('quotes', () => {
    fc.assert(
      fc.property(arbitrary.quote, (quote) => {
        const domain = { name: 'Solvent Auction', verifyingContract: quote.solver }
        expect(quoteDigest(quote)).toBe(viemDigest(quoteTypeString, domain, quote))
      }),
    )
  })

  test('awards with any number of revealed bids', () => {
    fc.assert(
      fc.property(arbitrary.award, (award) => {
        const domain = { name: 'Solvent Auction', verifyingContract: award.auctioneer }
        expect(awardDigest(award)).toBe(viemDigest(awardTypeString, domain, award))
      }),
    )
  })

  test('headers, with -1 as int256 where a chain has no finality of its own', () => {
    fc.assert(
      fc.property(arbitrary.header, (header) => {
        const domain = { name: 'Solvent Chain', chainId: header.chainId }
        expect(headerDigest(header)).toBe(viemDigest(headerTypeString, domain, header))
      }),
    )
  })

  test('attestations', () => {
    fc.assert(
      fc.property(arbitrary.attestation, (attestation) => {
        const domain = {
          name: 'Solvent Bridge',
          chainId: attestation.dstChainId,
          verifyingContract: attestation.bridge,
        }
        expect(attestationDigest(attestation)).toBe(viemDigest(attestationTypeString, domain, attestation))
      }),
    )
  })
})

test('the order data type is the keccak256 of its type string', () => {
  expect(orderDataType).toBe(keccak256(stringToHex(orderDataTypeString)))
  expect(curveOrderDataType).toBe(keccak256(stringToHex(curveOrderDataTypeString)))
})

describe('what a digest binds', () => {
  test('an order with any one field changed has another id', () => {
    fc.assert(
      fc.property(arbitrary.order, arbitrary.order, (order, other) => {
        for (const field of Object.keys(order) as (keyof Order)[]) {
          const changed = { ...order, [field]: other[field] }
          const isSame = Buffer.compare(encodeCanonical(changed), encodeCanonical(order)) === 0
          expect(orderDigest(changed) === orderDigest(order), field).toBe(isSame)
        }
      }),
    )
  })

  test('a bid is no quote, though the same solver signs the same bytes in the same domain', () => {
    const same = asHash32(`0x${'11'.repeat(32)}`)
    const solver = asAddress(`0x${'22'.repeat(20)}`)
    const bid = bidDigest({ orderId: same, auctioneer: solver, solver, outputAmount: 7n })
    expect(quoteDigest({ quoteId: same, solver, outputAmount: 7n, validUntil: 0 })).not.toBe(bid)
  })

  test('a value that does not fit its word is refused, not truncated', () => {
    const solver = asAddress(`0x${'22'.repeat(20)}`)
    const bid = { orderId: asHash32(`0x${'11'.repeat(32)}`), auctioneer: solver, solver }
    expect(() => bidDigest({ ...bid, outputAmount: 2n ** 256n })).toThrow(
      expect.objectContaining({ code: 'E_RANGE' }),
    )
    expect(() => bidDigest({ ...bid, outputAmount: -1n })).toThrow(
      expect.objectContaining({ code: 'E_RANGE' }),
    )
  })
})
