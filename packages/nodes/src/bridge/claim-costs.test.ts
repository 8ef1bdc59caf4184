// Whatever makes a bridge's messages believed: what its relayer says that claims cost is what the claims then cost it.
import { asNodeId } from '@solvent/primitives'
import type { Call, NetworkSpec, Party, Verification } from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTransactionSender, type TransactionSender } from '../parts/transaction-sender.ts'
import { createRunningNetwork, smallGenesis } from '../testing/running-network.ts'
import {
  address,
  L1,
  node,
  parties,
  ROLLUP,
  smallNetwork,
  tokens,
  weakBridge,
} from '../testing/small-network.ts'
import { createBridgeNode } from './bridge-node.ts'
import type { BridgeRole } from './bridge-node-init.ts'

const headers = { form: 'headers', provingMs: 0, trustingPeriodMs: 1_209_600_000 } as const
const proven = { form: 'zk', provingMs: 60_000, trustingPeriodMs: 1_209_600_000 } as const

interface Case {
  /** Null: the quorum that the small network has. */
  readonly verification: Verification | null
  readonly roles: readonly (readonly [keyof typeof parties, BridgeRole])[]
  /** After which everything that was sent has come. */
  readonly seconds: number
}

const cases: Readonly<Record<string, Case>> = {
  quorum: { verification: null, roles: [['weak-verifier', 'verifier']], seconds: 700 },
  headers: { verification: { kind: 'light-client', ...headers }, roles: [], seconds: 900 },
  'validity proofs': { verification: { kind: 'light-client', ...proven }, roles: [], seconds: 900 },
  'a root of the rollup': { verification: { kind: 'canonical', ...headers }, roles: [], seconds: 6_000 },
  'optimistic bundles': {
    verification: {
      kind: 'optimistic',
      proposers: [parties['weak-verifier']],
      disputers: [],
      arbiter: parties.guardian as Party,
      bond: 10n ** 17n,
      livenessSeconds: 600,
      arbitrationSeconds: 600,
      bundleIntervalSeconds: 0,
    },
    roles: [['weak-verifier', 'proposer']],
    seconds: 1_900,
  },
}

/** Blocks half full at 2 gwei, which is what the L1 begins with: EIP-1559 with Ethereum's numbers. */
const feeMarket = { elasticity: 2, denominator: 8, minBaseFee: 0n, equilibriumBaseFee: 2_000_000_000n }
/** How other people's demand moves while claims come in, percent of the ordinary, and in which minute. */
type Rush = readonly (readonly [percent: number, minute: number])[]

function specOf(verification: Verification | null, rush: Rush | null): NetworkSpec {
  const chains = smallNetwork.chains.map((chain) =>
    chain.chainId === L1 && rush !== null ? { ...chain, feeMarket } : chain,
  )
  const bridges = smallNetwork.bridges.map((bridge) =>
    bridge.address === weakBridge && verification !== null ? { ...bridge, verification } : bridge,
  )
  return { ...smallNetwork, chains, bridges }
}

/** Sends so many transfers home with so many seconds between them; what the relayer says that it spent, and what it paid. */
function play({ verification, roles, seconds }: Case, gaps: readonly number[], rush: Rush | null = null) {
  const spec = specOf(verification, rush)
  const network = createRunningNetwork({}, smallGenesis, spec)
  for (const [name, role] of [...roles, ['weak-relayer', 'relayer'] as const]) {
    const init = { spec, node: node(name), bridge: weakBridge, roles: [role], trustedSources: [] }
    network.add(node(name), createBridgeNode(init))
  }
  let sender: TransactionSender | null = null
  network.probe(node('user-1'), {
    onStart: (ports) => {
      sender = createTransactionSender({ spec, onIncluded: () => {} }, ports)
    },
    onMessage: (inbound) => (sender?.onMessage(inbound) === true ? 'accept' : 'ignore'),
    onTimer: (timer) => void sender?.onTimer(timer),
  })
  const operator = network.probe(asNodeId('operator'))
  network.start()
  for (const [i, gap] of gaps.entries()) {
    network.seconds(gap)
    const call: Call = {
      kind: 'bridge-out',
      bridge: weakBridge,
      token: tokens.rsEthRollup,
      amount: 10n ** 17n,
      dstChainId: L1,
      recipient: address('user-1'),
    }
    network.act(node('user-1'), () => void sender?.send({ chainId: ROLLUP, call, ref: `home/${i}` }))
  }
  let minute = 0
  for (const [percent, at] of rush ?? []) {
    network.seconds((at - minute) * 60)
    minute = at
    const demand = { chainId: L1, resource: 'gas', percent, untilMs: spec.genesisMs + 86_400_000 } as const
    operator.ports.transport.request(
      parties['l1-producer'].node,
      { type: 'control', body: { kind: 'market-demand', demand } },
      30_000,
    )
  }
  network.seconds(seconds)
  operator.ports.transport.request(
    node('weak-relayer'),
    { type: 'control', body: { kind: 'status' } },
    30_000,
  )
  network.seconds(1)
  const receipts = network.receipts(L1)
  const paid = receipts
    .flatMap(({ entries }) => entries.filter(({ cause }) => cause === 'gas'))
    .flatMap(({ legs }) => legs.filter(({ owner }) => owner === address('weak-relayer')))
    .reduce((sum, { amount }) => sum - amount, 0n)
  return { said: JSON.stringify(operator.inbox), paid, network }
}

/** What the relayer's status says: how many claims, and wei. */
function saidOf(status: string) {
  const [, delivered, fee, maxFee] =
    /(\d+) delivered, 0 under way, to cost (\d+) wei, (\d+) at most/.exec(status) ?? []
  return { delivered: Number(delivered), fee: BigInt(fee ?? -1), maxFee: BigInt(maxFee ?? -1) }
}

const anyGaps = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 5 })
const anyRush = fc
  .array(fc.tuple(fc.integer({ min: 10, max: 4_000 }), fc.integer({ min: 1, max: 30 })), { maxLength: 5 })
  .map((moves) => [...moves].sort(([, a], [, b]) => a - b))

describe.each(Object.entries(cases))('claims by %s', (_name, each) => {
  it('cost what is said, to the wei, however many share what was handed in for them', () => {
    fc.assert(
      fc.property(anyGaps, (gaps) => {
        const { said, paid, network } = play(each, gaps)
        expect(network.chainEvents(L1, 'message-delivered')).toHaveLength(gaps.length)
        expect(network.receipts(L1).filter(({ status }) => status === 'reverted')).toEqual([])
        expect(saidOf(said)).toEqual({ delivered: gaps.length, fee: paid, maxFee: paid })
      }),
      { numRuns: 2, examples: [[[30, 1, 1]]] },
    )
  })

  it('never cost more than is said, wherever base fees go', () => {
    fc.assert(
      fc.property(anyGaps, anyRush, (gaps, rush) => {
        const { said, paid } = play(each, gaps, rush)
        const { fee, maxFee } = saidOf(said)
        expect(paid <= maxFee && fee <= maxFee).toBe(true)
      }),
      {
        numRuns: 1,
        examples: [
          [
            [30, 1],
            [
              [4_000, 2],
              [20, 14],
            ],
          ],
        ],
      },
    )
  })
})
