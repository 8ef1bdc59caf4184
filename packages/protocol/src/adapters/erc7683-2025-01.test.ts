import { bytesToHex, type Hex, hexToBytes } from '@solvent/primitives'
import fc from 'fast-check'
import {
  type AbiParameter,
  decodeAbiParameters,
  encodeAbiParameters,
  hashTypedData,
  parseAbiParameters,
} from 'viem'
import { describe, expect, test } from 'vitest'
import { orderDigest } from '../eip712/order-digest.ts'
import type { Order } from '../order/order.ts'
import { encodeOrderData } from '../order/order-data.ts'
import * as arbitrary from '../testing/arbitraries.ts'
import { sampleOrder } from '../testing/small-network.ts'
import {
  decodeGaslessOrder,
  encodeGaslessOrder,
  fromGaslessOrder,
  toGaslessOrder,
} from './erc7683-2025-01.ts'
import { encodeResolvedOrder, toResolvedOrder } from './erc7683-2025-01-resolved.ts'

const raw = (bytes: Uint8Array) => bytesToHex(bytes)
const code = (value: string) => expect.objectContaining({ code: value })

/** The structs as the draft writes them. */
const gaslessParameters = parseAbiParameters([
  'GaslessCrossChainOrder order',
  'struct GaslessCrossChainOrder { address originSettler; address user; uint256 nonce; uint256 originChainId; uint32 openDeadline; uint32 fillDeadline; bytes32 orderDataType; bytes orderData; }',
])
const resolvedParameters = parseAbiParameters([
  'ResolvedCrossChainOrder order',
  'struct Output { bytes32 token; uint256 amount; bytes32 recipient; uint256 chainId; }',
  'struct FillInstruction { uint256 destinationChainId; bytes32 destinationSettler; bytes originData; }',
  'struct ResolvedCrossChainOrder { address user; uint256 originChainId; uint32 openDeadline; uint32 fillDeadline; bytes32 orderId; Output[] maxSpent; Output[] minReceived; FillInstruction[] fillInstructions; }',
])
const encode = (parameters: readonly unknown[], value: unknown) =>
  encodeAbiParameters(parameters as readonly AbiParameter[], [value])

describe('the gasless order of ERC-7683, January 2025', () => {
  test('every order comes back from the struct and from its ABI bytes', () => {
    fc.assert(
      fc.property(arbitrary.order, (order) => {
        expect(fromGaslessOrder(toGaslessOrder(order))).toEqual(order)
        expect(decodeGaslessOrder(encodeGaslessOrder(order))).toEqual(order)
      }),
    )
  })

  test('its ABI bytes are those of viem, and so are those of its orderData', () => {
    const dataParameters = parseAbiParameters(
      'uint32 expires,address inputToken,uint256 inputAmount,uint256 outputChainId,address outputSettler,address outputToken,uint256 minOutputAmount,address recipient,address prover,uint8 pricingRule,uint256 startAmount,uint32 decayStart,uint32 decayEnd,uint8 awardRule,address awardParty,uint8 auctionRule,uint32 closesAt,uint32 exclusiveUntil,uint32 overrideBps',
    )
    const curveParameters = parseAbiParameters([
      'SolventCurveOrderData data',
      'struct SolventOrderData { uint32 expires; address inputToken; uint256 inputAmount; uint256 outputChainId; address outputSettler; address outputToken; uint256 minOutputAmount; address recipient; address prover; uint8 pricingRule; uint256 startAmount; uint32 decayStart; uint32 decayEnd; uint8 awardRule; address awardParty; uint8 auctionRule; uint32 closesAt; uint32 exclusiveUntil; uint32 overrideBps; }',
      'struct SolventCurveOrderData { SolventOrderData order; uint256 relativeBlocks; int256[] relativeAmounts; }',
    ])
    fc.assert(
      fc.property(arbitrary.order, (order) => {
        expect(raw(encodeGaslessOrder(order))).toBe(encode(gaslessParameters, toGaslessOrder(order)))
        if (order.pricing.rule === 'block-dutch') {
          const { curve } = order.pricing
          const [data] = decodeAbiParameters(curveParameters, raw(encodeOrderData(order)))
          expect(data.order.expires).toBe(order.expires)
          expect(data.relativeAmounts).toEqual(curve.map(({ fall }) => fall))
          // UniswapX Uint16Array: the first in the lowest sixteen bits.
          curve.forEach(({ blocks }, index) => {
            expect(Number((data.relativeBlocks >> BigInt(16 * index)) & 0xffffn)).toBe(blocks)
          })
          expect(encodeAbiParameters(curveParameters, [data])).toBe(raw(encodeOrderData(order)))
          return
        }
        const values = decodeAbiParameters(dataParameters, raw(encodeOrderData(order)))
        expect(values[0]).toBe(order.expires)
        expect(values[2]).toBe(order.input.amount)
        expect(encodeAbiParameters(dataParameters, values)).toBe(raw(encodeOrderData(order)))
      }),
    )
  })

  test('what viem signs as typed data of the struct is the order id', () => {
    fc.assert(
      fc.property(arbitrary.order, (order) => {
        const [parameter] = gaslessParameters
        const digest = hashTypedData({
          domain: {
            name: 'Solvent',
            version: '1',
            chainId: order.originChainId,
            verifyingContract: order.originSettler,
          },
          types: { GaslessCrossChainOrder: parameter.components.map(({ name, type }) => ({ name, type })) },
          primaryType: 'GaslessCrossChainOrder',
          message: { ...toGaslessOrder(order) },
        })
        expect(digest).toBe(orderDigest(order))
      }),
    )
  })

  test('an order of another sub-type, with idle fields set, or with a second spelling is refused', () => {
    const gasless = toGaslessOrder(sampleOrder)
    const patch = (at: number, byte: number) => {
      const bytes = hexToBytes(gasless.orderData)
      bytes[at] = byte
      return { ...gasless, orderData: raw(bytes) }
    }
    expect(() =>
      fromGaslessOrder({ ...gasless, orderDataType: gasless.orderDataType.replace('a', 'b') as never }),
    ).toThrow(code('E_UNSUPPORTED_ORDER'))
    expect(() => fromGaslessOrder({ ...gasless, originChainId: 2n ** 60n })).toThrow(
      code('E_UNSUPPORTED_ORDER'),
    )
    expect(() => fromGaslessOrder(patch(10 * 32 + 31, 1))).toThrow(code('E_UNSUPPORTED_ORDER')) // startAmount of a limit order
    expect(() => fromGaslessOrder(patch(13 * 32 + 31, 9))).toThrow(code('E_UNSUPPORTED_ORDER')) // award rule 9
    expect(() => fromGaslessOrder(patch(0, 1))).toThrow(code('E_BAD_ABI')) // expires over uint32
    expect(() => fromGaslessOrder({ ...gasless, orderData: gasless.orderData.slice(0, -2) as Hex })).toThrow(
      code('E_BAD_ABI'),
    )
    expect(() => fromGaslessOrder({ ...gasless, orderData: `${gasless.orderData}00` as Hex })).toThrow(
      code('E_BAD_ABI'),
    )
    const shifted = encodeGaslessOrder(sampleOrder)
    shifted[31] = 0x40
    expect(() => decodeGaslessOrder(shifted)).toThrow(code('E_BAD_ABI'))
  })

  test('random bytes are refused with a code', () => {
    const good = encodeGaslessOrder(sampleOrder)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        (edits) => {
          const bytes = good.slice()
          for (const [at, byte] of edits) bytes[at] = byte
          try {
            expect(raw(encodeGaslessOrder(decodeGaslessOrder(bytes)))).toBe(raw(bytes))
          } catch (error) {
            expect((error as { code?: string }).code).toMatch(/^E_(BAD_ABI|UNSUPPORTED_ORDER)$/)
          }
        },
      ),
      { numRuns: 1_000 },
    )
  })
})

describe('the resolved order of ERC-7683, January 2025', () => {
  test('its ABI bytes are those of viem, and its originData holds the order', () => {
    fc.assert(
      fc.property(arbitrary.order, (order) => {
        const resolved = toResolvedOrder(order)
        expect(raw(encodeResolvedOrder(resolved))).toBe(encode(resolvedParameters, resolved))
        expect(decodeGaslessOrder(hexToBytes(resolved.fillInstructions[0]?.originData as Hex))).toEqual(order)
        expect(resolved.orderId).toBe(orderDigest(order))
      }),
    )
  })

  test('maxSpent caps what any filler may be asked for', () => {
    const spent = (change: Partial<Order>, awarded?: bigint) =>
      toResolvedOrder({ ...sampleOrder, ...change }, awarded).maxSpent[0]?.amount
    const dutch = { rule: 'dutch', startAmount: 101_000_001n, decayStart: 1, decayEnd: 2 } as const
    const named = { by: 'user', solver: sampleOrder.user, exclusiveUntil: 3, overrideBps: 25 } as const
    expect(spent({})).toBe(99_000_000n)
    expect(spent({}, 99_500_000n)).toBe(99_500_000n)
    expect(spent({ pricing: dutch })).toBe(101_000_001n)
    // UniswapX exclusivity: others pay ceil(out · (10000 + bps) / 10000) = ceil(101,252,501.0025).
    expect(spent({ pricing: dutch, award: named })).toBe(101_252_502n)
    expect(toResolvedOrder(sampleOrder).minReceived[0]?.amount).toBe(100_000_000n)
  })
})
