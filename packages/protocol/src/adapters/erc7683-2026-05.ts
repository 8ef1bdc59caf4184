// ERC-7683, draft of May 2026 (ethereum/ERCs 96d110fbb): no order struct, only what a resolver says of an order. Each
// element is ABI calldata of a function of the draft's interfaces; addresses are ERC-7930. An order becomes two steps
// (open on the origin, fill on the destination) and one payment, the escrow, some time after the fill.
import { bytesToHex, concatBytes, type Hex, type OrderId, ZERO_ADDRESS } from '@solvent/primitives'
import { keccakOfText } from '../eip712/domain.ts'
import { orderDigest } from '../eip712/order-digest.ts'
import type { AwardRule, Order, SignedOrder } from '../order/order.ts'
import { type AbiType, encodeAbi } from './abi.ts'
import { encodeGaslessOrder, gaslessOrderType, toGaslessOrder } from './erc7683-2025-01.ts'
import { mostSpent } from './erc7683-2025-01-resolved.ts'
import { toInteroperableAddress } from './erc7930.ts'
import { unsupportedOrder } from './unsupported-order.ts'

/** What `IResolver.resolve` returns: the names of 2025-01 mean other things. */
export interface ResolvedOrder {
  readonly steps: readonly Hex[]
  readonly variables: readonly Hex[]
  readonly payments: readonly Hex[]
  readonly assumptions: readonly Assumption[]
}

/** What a resolver cannot check for itself, so that the solver must. */
export interface Assumption {
  readonly name: string
  readonly data: Hex
}

/** Names of off-chain procedures and assumptions, explained in docs/protocol.md. */
export const resolverNames = {
  /** Witness: bid for the order, wait for the award; canonical bytes of the signed award. */
  award: 'solvent/award/1',
  /** Witness: the `outputAmount` of that award. */
  awardAmount: 'solvent/award-amount/1',
  /** Witness: `abi.encode(address payee, uint256 amount, bytes award)`. */
  fillerData: 'solvent/filler-data/1',
  /** Assumption: the verifiers of this bridge prove the fill before the order expires. */
  prover: 'solvent/prover/1',
  /** Assumption: someone calls claim once the fill is proven; anyone may. */
  claim: 'solvent/claim-by-anyone/1',
  /** Assumption: `abi.encode(address solver, uint32 until, uint32 overrideBps)` binds all other solvers. */
  exclusive: 'solvent/exclusive-solver/1',
} as const

const OPEN_STEP = 0n
const FILL_STEP = 1n
const RECIPIENT = 0n
const FILLER_DATA = 1n
const AWARD = 2n
const AWARD_AMOUNT = 3n

const openSelector = selectorOf(
  'openFor((address,address,uint256,uint256,uint32,uint32,bytes32,bytes),bytes,bytes)',
)
const fillSelector = selectorOf('fill(bytes32,bytes,bytes)')

/**
 * What a resolver for Solvent's orders returns.
 *
 * @param settlementSeconds from fill to payment on this route: finality, proof and claim
 * @throws E_UNSUPPORTED_ORDER when the output is a gas token, for which the draft has no attribute
 */
export function toResolverForm(
  signed: SignedOrder,
  { settlementSeconds }: { settlementSeconds: number },
): ResolvedOrder {
  const { order } = signed
  if (order.output.token === ZERO_ADDRESS || order.input.token === ZERO_ADDRESS) {
    throw unsupportedOrder('ERC-7683 2026-05', 'token', 'the gas token', 'an ERC-20')
  }
  const orderId = orderDigest(order)
  return {
    steps: [openStep(signed), fillStep(order, orderId)],
    variables: variablesOf(order.award, orderId),
    payments: [payment(order, settlementSeconds)],
    assumptions: assumptionsOf(order),
  }
}

/** `abi.encode` of what `resolve` returns. */
export function encodeResolverForm(resolved: ResolvedOrder): Uint8Array {
  return encodeAbi([resolvedOrderType], [resolved])
}

const resolvedOrderType: AbiType = {
  tuple: [
    ['steps', { list: 'bytes' }],
    ['variables', { list: 'bytes' }],
    ['payments', { list: 'bytes' }],
    [
      'assumptions',
      {
        list: {
          tuple: [
            ['name', 'string'],
            ['data', 'bytes'],
          ],
        },
      },
    ],
  ],
}

/** Another may have opened the order: then there is nothing left to do in this step. */
function openStep({ order, signature }: SignedOrder): Hex {
  const filler = order.award.by === 'auctioneer' ? variable(AWARD) : constant('bytes', '0x')
  return step(
    toInteroperableAddress(order.originChainId, order.originSettler),
    openSelector,
    [constant(gaslessOrderType, toGaslessOrder(order)), constant('bytes', signature), filler],
    [notAfter(order.openDeadline), revertPolicy('ignore', 'already-open')],
  )
}

/** Another may have filled the order first: then the order is over for this solver. */
function fillStep(order: Order, orderId: OrderId): Hex {
  const { output, award } = order
  const amount =
    award.by === 'auctioneer' ? formula('Variable', AWARD_AMOUNT) : formula('Constant', mostSpent(order, 0n))
  const settler = toInteroperableAddress(output.chainId, output.settler)
  return step(
    settler,
    fillSelector,
    [
      constant('bytes32', orderId),
      constant('bytes', bytesToHex(encodeGaslessOrder(order))),
      variable(FILLER_DATA),
    ],
    [
      calldata('NeedsStep(uint256)', ['uint256'], [OPEN_STEP]),
      calldata(
        'SpendsERC20(bytes,bytes,bytes,bytes)',
        ['bytes', 'bytes', 'bytes', 'bytes'],
        [
          toInteroperableAddress(output.chainId, output.token),
          amount,
          settler,
          toInteroperableAddress(output.chainId, output.recipient),
        ],
      ),
      notAfter(order.fillDeadline),
      revertPolicy('abort', 'already-filled'),
    ],
  )
}

function variablesOf(award: AwardRule, orderId: OrderId): readonly Hex[] {
  const recipient = calldata('PaymentRecipient()', [], [])
  if (award.by !== 'auctioneer') return [recipient, witness(resolverNames.fillerData, orderId, [RECIPIENT])]
  return [
    recipient,
    witness(resolverNames.fillerData, orderId, [RECIPIENT, AWARD_AMOUNT, AWARD]),
    witness(resolverNames.award, orderId, []),
    witness(resolverNames.awardAmount, orderId, [AWARD]),
  ]
}

function payment({ originChainId, originSettler, input }: Order, settlementSeconds: number): Hex {
  return calldata(
    'ERC20(bytes,bytes,bytes,uint256,uint256,uint256)',
    ['bytes', 'bytes', 'bytes', 'uint256', 'uint256', 'uint256'],
    [
      toInteroperableAddress(originChainId, input.token),
      toInteroperableAddress(originChainId, originSettler),
      formula('Constant', input.amount),
      RECIPIENT,
      FILL_STEP,
      BigInt(settlementSeconds),
    ],
  )
}

function assumptionsOf({ originChainId, prover, expires, award }: Order): readonly Assumption[] {
  const proof = encodeAbi(['bytes', 'uint32'], [toInteroperableAddress(originChainId, prover), expires])
  const always = [
    { name: resolverNames.prover, data: bytesToHex(proof) },
    { name: resolverNames.claim, data: '0x' as Hex },
  ]
  if (award.by !== 'user') return always
  const { solver, exclusiveUntil, overrideBps } = award
  const terms = encodeAbi(['address', 'uint32', 'uint32'], [solver, exclusiveUntil, overrideBps])
  return [...always, { name: resolverNames.exclusive, data: bytesToHex(terms) }]
}

function step(target: Hex, selector: Hex, argumentList: readonly Hex[], attributes: readonly Hex[]): Hex {
  return calldata(
    'Call(bytes,bytes4,bytes[],bytes[])',
    ['bytes', 'bytes4', { list: 'bytes' }, { list: 'bytes' }],
    [target, selector, argumentList, attributes],
  )
}

function witness(kind: string, data: Hex, variables: readonly bigint[]): Hex {
  return calldata(
    'Witness(string,bytes,uint256[])',
    ['string', 'bytes', { list: 'uint256' }],
    [kind, data, variables],
  )
}

function notAfter(seconds: number): Hex {
  return calldata(
    'TimingBounds(string,bytes,bytes)',
    ['string', 'bytes', 'bytes'],
    ['block.timestamp', '0x', formula('Constant', BigInt(seconds))],
  )
}

function revertPolicy(policy: 'ignore' | 'abort', expectedReason: string): Hex {
  const reason = bytesToHex(new TextEncoder().encode(expectedReason))
  return calldata('RevertPolicy(string,bytes)', ['string', 'bytes'], [policy, reason])
}

function formula(kind: 'Constant' | 'Variable', value: bigint): Hex {
  return calldata(`${kind}(uint256)`, ['uint256'], [value])
}

/** An argument that is known: the draft's framed encoding, `abi.encode("", value)`. */
function constant(type: AbiType, value: unknown): Hex {
  return bytesToHex(encodeAbi(['string', type], ['', value]))
}

/** An argument that the solver decides: the index of its variable. */
function variable(index: bigint): Hex {
  return bytesToHex(encodeAbi(['uint256'], [index]))
}

function calldata(signature: string, types: readonly AbiType[], values: readonly unknown[]): Hex {
  return bytesToHex(concatBytes(keccakOfText(signature).subarray(0, 4), encodeAbi(types, values)))
}

function selectorOf(signature: string): Hex {
  return bytesToHex(keccakOfText(signature).subarray(0, 4))
}
