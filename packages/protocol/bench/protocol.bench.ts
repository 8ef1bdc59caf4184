// What a message costs: digests (beside viem's), signatures of both schemes, encoding and decoding, the door.
import { hashTypedData } from 'viem'
import { orderTypeString } from '../src/eip712/order-digest.ts'
import {
  awardDigest,
  bidDigest,
  createDoor,
  createSecp256k1Signer,
  createSecp256k1Verifier,
  createStandInSigner,
  createStandInVerifier,
  decodeMessage,
  encodeMessage,
  headerDigest,
  orderDigest,
  privateKeyOf,
  type Receipt,
  receiptsHash,
  type Transaction,
  toGaslessOrder,
  transactionDigest,
} from '../src/index.ts'
import {
  account,
  awardMessage,
  GENESIS_SECONDS,
  headerMessage,
  orderMessage,
  SEED,
  sampleAward,
  sampleHeader,
  sampleOrder,
  smallNetwork,
  usdc,
} from '../src/testing/small-network.ts'

export const name = 'protocol: digests, signatures, codec and door, in microseconds'

/** The sample order and award are still open, the sample header is not yet too early. */
const NOW_MS = (GENESIS_SECONDS + 85) * 1_000

export function run(): void {
  digests()
  signatures()
  messages()
}

function digests(): void {
  const fields = /\((.*)\)/.exec(orderTypeString)?.[1] ?? ''
  const types = {
    GaslessCrossChainOrder: fields.split(',').map((field) => {
      const [type, fieldName] = field.split(' ')
      return { type: type as string, name: fieldName as string }
    }),
  }
  const domain = {
    name: 'Solvent',
    version: '1',
    chainId: sampleOrder.originChainId,
    verifyingContract: sampleOrder.originSettler,
  }
  const primaryType = 'GaslessCrossChainOrder'
  const bid = {
    orderId: orderDigest(sampleOrder),
    auctioneer: account('auctioneer'),
    solver: account('solver-1'),
    outputAmount: 5n,
  }
  // A copy for each call: a digest is remembered for its object.
  measure('order digest', 20_000, () => orderDigest({ ...sampleOrder }))
  measure('order digest by viem', 500, () =>
    hashTypedData({ domain, types, primaryType, message: { ...toGaslessOrder(sampleOrder) } }),
  )
  measure('order digest, remembered', 1_000_000, () => orderDigest(sampleOrder))
  measure('bid digest', 20_000, () => bidDigest({ ...bid }))
  measure('award digest, one bid', 20_000, () => awardDigest({ ...sampleAward }))
  measure('header digest', 20_000, () => headerDigest({ ...sampleHeader }))
  measure('receipt hash, two legs', 20_000, () => receiptsHash([{ ...sampleReceipt }]))
  measure('transaction digest', 20_000, () => transactionDigest({ ...sampleTransaction }))
}

const sampleTransaction: Transaction = {
  chainId: sampleHeader.chainId,
  from: account('user'),
  nonce: 3,
  gasLimit: 21_000,
  maxFeePerGas: 30_000_000_000n,
  maxPriorityFeePerGas: 1_000_000_000n,
  call: { kind: 'transfer', token: usdc.l1, to: account('solver-1'), amount: 5_000_000n },
}

const sampleReceipt: Receipt = {
  transactionHash: transactionDigest(sampleTransaction),
  status: 'ok',
  reason: null,
  gasUsed: 21_000,
  entries: [
    {
      index: 4_711,
      cause: 'transfer',
      legs: [
        { kind: 'USER', owner: account('user'), token: usdc.l1, amount: -5_000_000n },
        { kind: 'SOLVER', owner: account('solver-1'), token: usdc.l1, amount: 5_000_000n },
      ],
      rounding: [],
    },
  ],
  events: [],
}

function signatures(): void {
  const digest = orderDigest(sampleOrder)
  const real = createSecp256k1Signer(privateKeyOf(SEED, 'user'))
  const standIn = createStandInSigner({ seed: SEED, address: account('user') })
  const schemes = [
    { label: 'stand-in', signer: standIn, verifier: createStandInVerifier({ seed: SEED }), runs: 100_000 },
    { label: 'secp256k1', signer: real, verifier: createSecp256k1Verifier(), runs: 100 },
  ]
  for (const { label, signer, verifier, runs } of schemes) {
    const signature = signer.sign(digest)
    measure(`sign, ${label}`, runs, () => signer.sign(digest))
    measure(`verify, ${label}`, runs, () => verifier.verify(digest, signature, signer.address))
  }
}

function messages(): void {
  const door = createDoor({ spec: smallNetwork, verifier: createStandInVerifier({ seed: SEED }) })
  const samples = { order: orderMessage(), award: awardMessage(), header: headerMessage() }
  for (const [label, message] of Object.entries(samples)) {
    const bytes = encodeMessage(smallNetwork.networkId, message)
    measure(`encode ${label} (${bytes.length} bytes)`, 20_000, () =>
      encodeMessage(smallNetwork.networkId, message),
    )
    measure(`decode ${label}`, 20_000, () => decodeMessage(smallNetwork.networkId, bytes))
    measure(`door, ${label}, digest remembered, stand-in`, 100_000, () => door.check(message, NOW_MS))
  }
}

/** The best of five rounds, after one to warm up: what is left of noise only adds. */
function measure(label: string, runs: number, work: () => unknown): void {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 6; round++) {
    const start = performance.now()
    for (let i = 0; i < runs; i++) work()
    if (round > 0) best = Math.min(best, performance.now() - start)
  }
  console.log(`${label.padEnd(48)} ${((1_000 * best) / runs).toFixed(2).padStart(10)} µs`)
}
