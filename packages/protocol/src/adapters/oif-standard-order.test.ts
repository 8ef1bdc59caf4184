import { asAddress, bytesToHex, type Hex } from '@solvent/primitives'
import fc from 'fast-check'
import { type AbiParameter, encodeAbiParameters, encodePacked, keccak256, parseAbiParameters } from 'viem'
import { describe, expect, test } from 'vitest'
import type { Order } from '../order/order.ts'
import * as arbitrary from '../testing/arbitraries.ts'
import { sampleOrder } from '../testing/small-network.ts'
import {
  decodeStandardOrder,
  encodeStandardOrder,
  fromStandardOrder,
  type StandardOrder,
  standardOrderId,
  toStandardOrder,
} from './oif-standard-order.ts'

const raw = (bytes: Uint8Array) => bytesToHex(bytes)

/** The structs as the OIF contracts write them. */
const mandateOutput =
  'struct MandateOutput { bytes32 oracle; bytes32 settler; uint256 chainId; bytes32 token; uint256 amount; bytes32 recipient; bytes callbackData; bytes context; }'
const standardParameters = parseAbiParameters([
  'StandardOrder order',
  mandateOutput,
  'struct StandardOrder { address user; uint256 nonce; uint256 originChainId; uint32 expires; uint32 fillDeadline; address inputOracle; uint256[2][] inputs; MandateOutput[] outputs; }',
])
const encode = (parameters: readonly unknown[], value: unknown) =>
  encodeAbiParameters(parameters as readonly AbiParameter[], [value])

describe('the StandardOrder of OIF', () => {
  test('every order comes back from the struct and from its ABI bytes', () => {
    fc.assert(
      fc.property(arbitrary.order, (order) => {
        const standard = toStandardOrder(order)
        expect(fromStandardOrder(standard, order.originSettler)).toEqual(order)
        expect(decodeStandardOrder(encodeStandardOrder(standard))).toEqual(standard)
        expect(raw(encodeStandardOrder(standard))).toBe(encode(standardParameters, standard))
      }),
    )
  })

  /** The context layouts of FulfilmentLib.sol. */
  const opensToTheEnd = { ...sampleOrder, openDeadline: sampleOrder.fillDeadline - 1 }
  const end = 1_776_471_000
  const solver = asAddress(`0x${'77'.repeat(20)}`)
  const dutch = {
    rule: 'dutch',
    startAmount: 99_000_000n + 10n * 60n,
    decayStart: end - 60,
    decayEnd: end,
  } as const
  const named = { by: 'user', solver, exclusiveUntil: end - 61, overrideBps: 0 } as const
  const hex32 = (value: number | bigint) => value.toString(16).padStart(64, '0')
  const u32 = (value: number) => value.toString(16).padStart(8, '0')
  test.each<[string, Partial<Order>, string]>([
    ['limit', { award: { by: 'chain' } }, '0x'],
    ['Dutch', { award: { by: 'chain' }, pricing: dutch }, `0x01${u32(end - 60)}${u32(end)}${hex32(10)}`],
    ['exclusive limit', { award: named }, `0xe0${'0'.repeat(24)}${'77'.repeat(20)}${u32(end - 60)}`],
    [
      'exclusive Dutch',
      { award: named, pricing: dutch },
      `0xe1${'0'.repeat(24)}${'77'.repeat(20)}${u32(end - 60)}${u32(end)}${hex32(10)}`,
    ],
  ])('%s orders are in words of OIF and come back', (_what, change, context) => {
    const order = { ...opensToTheEnd, ...change }
    expect(toStandardOrder(order).outputs[0]?.context).toBe(context)
    expect(fromStandardOrder(toStandardOrder(order), order.originSettler)).toEqual(order)
  })

  test.each<[string, Partial<Order>]>([
    ['an auction', {}],
    ['an own opening deadline', { award: { by: 'chain' }, openDeadline: sampleOrder.openDeadline }],
    ['an override', { award: { ...named, overrideBps: 25 } }],
    [
      'a slope that is no whole number',
      { award: { by: 'chain' }, pricing: { ...dutch, startAmount: dutch.startAmount + 1n } },
    ],
  ])('%s travels in a context of its own', (_what, change) => {
    const order = { ...opensToTheEnd, ...change }
    expect(toStandardOrder(order).outputs[0]?.context).toMatch(/^0x5e/)
    expect(fromStandardOrder(toStandardOrder(order), order.originSettler)).toEqual(order)
  })

  const plain = toStandardOrder({ ...opensToTheEnd, award: { by: 'chain' } })
  const [output] = plain.outputs as [StandardOrder['outputs'][0]]
  const withOutput = (change: Partial<typeof output>): StandardOrder => ({
    ...plain,
    outputs: [{ ...output, ...change }],
  })
  test.each<[string, StandardOrder, string]>([
    ['no input', { ...plain, inputs: [] }, 'inputs'],
    ['two inputs', { ...plain, inputs: [...plain.inputs, ...plain.inputs] }, 'inputs'],
    ['two outputs', { ...plain, outputs: [output, output] }, 'outputs'],
    ['an input that is no address', { ...plain, inputs: [[2n ** 160n, 1n]] }, 'inputs'],
    ['a callback', withOutput({ callbackData: '0x01' as Hex }), 'callbackData'],
    ['a second oracle', withOutput({ oracle: output.settler }), 'oracle'],
    [
      'a recipient that is no address',
      withOutput({ recipient: `0x${'11'.repeat(32)}` as never }),
      'recipient',
    ],
    ['an unknown context', withOutput({ context: '0x02' as Hex }), 'context'],
    ['a context that is cut', withOutput({ context: '0x0100' as Hex }), 'context'],
    [
      'a decay backwards',
      withOutput({ context: `0x01${u32(end)}${u32(end - 1)}${hex32(10)}` as Hex }),
      'context',
    ],
    ['a chain id of 2^64', withOutput({ chainId: 2n ** 64n }), 'chainId'],
    [
      'a context with other terms than its output',
      { ...toStandardOrder(sampleOrder), expires: 1 },
      'context',
    ],
  ])('%s is refused and named', (_what, standard, what) => {
    expect(() => fromStandardOrder(standard, sampleOrder.originSettler)).toThrow(
      expect.objectContaining({ code: 'E_UNSUPPORTED_ORDER', details: expect.objectContaining({ what }) }),
    )
  })

  test('a limit order may say so in one byte', () => {
    expect(
      fromStandardOrder(withOutput({ context: '0x00' as Hex }), sampleOrder.originSettler).pricing.rule,
    ).toBe('limit')
  })

  test('its id is keccak256 of the packed fields, by viem', () => {
    const outputParameters = parseAbiParameters(['MandateOutput[] outputs', mandateOutput])
    fc.assert(
      fc.property(arbitrary.order, arbitrary.address, (order, settler) => {
        const standard = toStandardOrder(order)
        const inputs = keccak256(encodePacked(['uint256[]'], [standard.inputs.flat()]))
        const packed = encodePacked(
          ['uint256', 'address', 'address', 'uint256', 'uint32', 'uint32', 'address', 'bytes32', 'bytes'],
          [
            standard.originChainId,
            settler,
            standard.user,
            standard.nonce,
            standard.expires,
            standard.fillDeadline,
            standard.inputOracle,
            inputs,
            encode(outputParameters, standard.outputs),
          ],
        )
        expect(standardOrderId(standard, settler)).toBe(keccak256(packed))
      }),
    )
  })
})
