import { asAddress, asChainId, bytesToHex, type Hex, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type AbiParameter,
  concat,
  decodeFunctionData,
  encodeAbiParameters,
  parseAbi,
  parseAbiParameters,
  stringToHex,
  toFunctionSelector,
} from 'viem'
import { describe, expect, test } from 'vitest'
import { orderDigest } from '../eip712/order-digest.ts'
import type { Order } from '../order/order.ts'
import { sampleOrder } from '../testing/small-network.ts'
import { encodeGaslessOrder, toGaslessOrder } from './erc7683-2025-01.ts'
import { encodeResolverForm, toResolverForm } from './erc7683-2026-05.ts'
import { toInteroperableAddress } from './erc7930.ts'

const raw = (bytes: Uint8Array) => bytesToHex(bytes)
const code = (value: string) => expect.objectContaining({ code: value })

const gaslessParameters = parseAbiParameters([
  'GaslessCrossChainOrder order',
  'struct GaslessCrossChainOrder { address originSettler; address user; uint256 nonce; uint256 originChainId; uint32 openDeadline; uint32 fillDeadline; bytes32 orderDataType; bytes orderData; }',
])
const encode = (parameters: readonly unknown[], value: unknown) =>
  encodeAbiParameters(parameters as readonly AbiParameter[], [value])

describe('the resolver form of ERC-7683, May 2026', () => {
  const stepAbi = parseAbi([
    'function Call(bytes target, bytes4 selector, bytes[] arguments, bytes[] attributes)',
  ])
  const attributeAbi = parseAbi([
    'function SpendsERC20(bytes token, bytes amountFormula, bytes spender, bytes recipient)',
    'function TimingBounds(string field, bytes lowerBound, bytes upperBound)',
    'function NeedsStep(uint256 stepIdx)',
    'function RevertPolicy(string policy, bytes expectedReason)',
  ])
  const variableAbi = parseAbi([
    'function PaymentRecipient()',
    'function Witness(string kind, bytes data, uint256[] variables)',
  ])
  const paymentAbi = parseAbi([
    'function ERC20(bytes token, bytes sender, bytes amountFormula, uint256 recipientVarIdx, uint256 onStepIdx, uint256 estimatedDelaySeconds)',
  ])
  const formulaAbi = parseAbi(['function Constant(uint256 val)', 'function Variable(uint256 varIdx)'])
  const read = (abi: Parameters<typeof decodeFunctionData>[0]['abi'], data: Hex | undefined) => {
    const { functionName, args } = decodeFunctionData({ abi, data: data as Hex })
    return [functionName, ...((args ?? []) as readonly unknown[])]
  }
  const signature = `0x${'11'.repeat(65)}` as const
  const framed = (type: string, value: unknown) =>
    encodeAbiParameters([{ type: 'string' }, { type } as AbiParameter], ['', value] as never)

  const named: Order = {
    ...sampleOrder,
    award: { by: 'user', solver: sampleOrder.user, exclusiveUntil: sampleOrder.openDeadline, overrideBps: 0 },
  }
  const resolved = toResolverForm({ order: named, signature }, { settlementSeconds: 900 })

  test('the open step calls openFor of January 2025 with the signed order, before the opening deadline', () => {
    const [name, target, selector, callArguments, attributes] = read(stepAbi, resolved.steps[0])
    expect([name, target]).toEqual(['Call', toInteroperableAddress(named.originChainId, named.originSettler)])
    expect(selector).toBe(
      toFunctionSelector(
        'openFor((address,address,uint256,uint256,uint32,uint32,bytes32,bytes),bytes,bytes)',
      ),
    )
    const [order, signed, filler] = callArguments as [Hex, Hex, Hex]
    const [parameter] = gaslessParameters
    expect(order).toBe(encodeAbiParameters([{ type: 'string' }, parameter], ['', toGaslessOrder(named)]))
    expect([signed, filler]).toEqual([framed('bytes', signature), framed('bytes', '0x')])
    const [timing, policy] = (attributes as Hex[]).map((attribute) => read(attributeAbi, attribute))
    expect(timing?.slice(0, 3)).toEqual(['TimingBounds', 'block.timestamp', '0x'])
    expect(read(formulaAbi, timing?.[3] as Hex)).toEqual(['Constant', BigInt(named.openDeadline)])
    expect(policy).toEqual(['RevertPolicy', 'ignore', stringToHex('already-open')])
  })

  test('the fill step needs the open step, spends at most the output, and calls fill of January 2025', () => {
    const [, target, selector, callArguments, attributes] = read(stepAbi, resolved.steps[1])
    expect(target).toBe(toInteroperableAddress(named.output.chainId, named.output.settler))
    expect(selector).toBe(toFunctionSelector('fill(bytes32,bytes,bytes)'))
    const [orderId, originData, fillerData] = callArguments as [Hex, Hex, Hex]
    expect(orderId).toBe(framed('bytes32', orderDigest(named)))
    expect(originData).toBe(framed('bytes', raw(encodeGaslessOrder(named))))
    expect(BigInt(fillerData)).toBe(1n)
    const [needs, spends, , policy] = (attributes as Hex[]).map((attribute) => read(attributeAbi, attribute))
    expect(needs).toEqual(['NeedsStep', 0n])
    expect(spends?.[1]).toBe(toInteroperableAddress(named.output.chainId, named.output.token))
    expect(read(formulaAbi, spends?.[2] as Hex)).toEqual(['Constant', 99_000_000n])
    expect(spends?.[4]).toBe(toInteroperableAddress(named.output.chainId, named.output.recipient))
    expect(policy?.slice(0, 2)).toEqual(['RevertPolicy', 'abort'])
  })

  test('the payment is the escrow, to the recipient variable, after the settlement latency of the route', () => {
    const [name, token, sender, amount, recipient, onStep, delay] = read(paymentAbi, resolved.payments[0])
    expect([name, token]).toEqual(['ERC20', toInteroperableAddress(named.originChainId, named.input.token)])
    expect(sender).toBe(toInteroperableAddress(named.originChainId, named.originSettler))
    expect(read(formulaAbi, amount as Hex)).toEqual(['Constant', 100_000_000n])
    expect([recipient, onStep, delay]).toEqual([0n, 1n, 900n])
    expect(read(variableAbi, resolved.variables[0])).toEqual(['PaymentRecipient'])
  })

  test('prover, claim and exclusivity are assumptions that the solver must check', () => {
    expect(resolved.assumptions.map(({ name }) => name)).toEqual([
      'solvent/prover/1',
      'solvent/claim-by-anyone/1',
      'solvent/exclusive-solver/1',
    ])
  })

  test('an auctioned order asks for the award as a witness, and its amount follows the award', () => {
    const auctioned = toResolverForm({ order: sampleOrder, signature }, { settlementSeconds: 900 })
    expect(auctioned.variables.slice(1).map((data) => read(variableAbi, data))).toEqual([
      ['Witness', 'solvent/filler-data/1', orderDigest(sampleOrder), [0n, 3n, 2n]],
      ['Witness', 'solvent/award/1', orderDigest(sampleOrder), []],
      ['Witness', 'solvent/award-amount/1', orderDigest(sampleOrder), [2n]],
    ])
    const [, , , , attributes] = read(stepAbi, auctioned.steps[1])
    const spends = read(attributeAbi, (attributes as Hex[])[1])
    expect(read(formulaAbi, spends[2] as Hex)).toEqual(['Variable', 3n])
  })

  test('its ABI bytes are those of viem', () => {
    const parameters = parseAbiParameters([
      'ResolvedOrder order',
      'struct Assumption { string name; bytes data; }',
      'struct ResolvedOrder { bytes[] steps; bytes[] variables; bytes[] payments; Assumption[] assumptions; }',
    ])
    expect(raw(encodeResolverForm(resolved))).toBe(encode(parameters, resolved))
  })

  test('a gas token has no attribute in the draft', () => {
    const order = { ...named, output: { ...named.output, token: ZERO_ADDRESS } }
    expect(() => toResolverForm({ order, signature }, { settlementSeconds: 1 })).toThrow(
      code('E_UNSUPPORTED_ORDER'),
    )
  })
})

test('interoperable addresses are those of ERC-7930, with the chain id in as few bytes as it needs', () => {
  // The example of ERC-7930: Ethereum mainnet.
  const account = asAddress('0xd8da6bf26964af9d7eed9e03e53415d37aa96045')
  expect(toInteroperableAddress(asChainId(1), account)).toBe(
    '0x00010000010114d8da6bf26964af9d7eed9e03e53415d37aa96045',
  )
  expect(toInteroperableAddress(asChainId(42_161), account)).toBe(concat(['0x0001000002a4b114', account]))
  expect(toInteroperableAddress(asChainId(480), account)).toBe(concat(['0x000100000201e014', account]))
})
