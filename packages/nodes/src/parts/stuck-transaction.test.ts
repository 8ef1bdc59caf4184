import { asNodeId } from '@solvent/primitives'
import type { Call, NetworkSpec, SignedTransaction } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createRunningNetwork, smallGenesis } from '../testing/running-network.ts'
import { address, node, ROLLUP, smallNetwork, tokens } from '../testing/small-network.ts'
import { createBlockFollower } from './block-follower.ts'
import { createTransactionSender, type TransactionSender } from './transaction-sender.ts'

const SENDER = node('user-1')
const PRODUCER = node('rollup-producer')
const OPERATOR = asNodeId('operator')
const BASE_FEE = 10_000_000n
const pay: Call = { kind: 'transfer', token: tokens.usdcRollup, to: address('atlas'), amount: 1n }

/** The small network whose rollup has Ethereum's fee market. */
const spec: NetworkSpec = {
  ...smallNetwork,
  chains: smallNetwork.chains.map((chain) =>
    chain.chainId === ROLLUP
      ? {
          ...chain,
          feeMarket: { elasticity: 2, denominator: 8, minBaseFee: 0n, equilibriumBaseFee: BASE_FEE },
        }
      : chain,
  ),
}

/** A network in which the others' demand on the rollup is `percent` for so many seconds from second 10 on. */
function inRush(percent: number, forSeconds: number) {
  const network = createRunningNetwork({}, smallGenesis, spec)
  const included: string[] = []
  let sender: TransactionSender | null = null
  let follower: ReturnType<typeof createBlockFollower> | null = null
  network.probe(SENDER, {
    onStart(ports) {
      const live = createTransactionSender(
        { spec, onIncluded: ({ ref, receipt }) => void included.push(`${ref} ${receipt.status}`) },
        ports,
      )
      sender = live
      const onBlock = (block: Parameters<TransactionSender['onBlock']>[0]): void => live.onBlock(block)
      follower = createBlockFollower({ spec, chains: [ROLLUP], onBlock }, ports)
      follower.start()
      live.start()
    },
    onMessage: (inbound) =>
      sender?.onMessage(inbound) === true ? 'accept' : (follower?.onMessage(inbound) ?? 'ignore'),
    onTimer: (timer) => void (sender?.onTimer(timer) === true || follower?.onTimer(timer)),
  })
  const operator = network.probe(OPERATOR)
  network.start()
  network.seconds(10)
  const send = (ref: string) =>
    (sender as unknown as TransactionSender).send({ chainId: ROLLUP, call: pay, ref })
  const untilMs = smallNetwork.genesisMs + (10 + forSeconds) * 1_000
  const demand = { chainId: ROLLUP, resource: 'gas', percent, untilMs } as const
  operator.ports.transport.request(
    PRODUCER,
    { type: 'control', body: { kind: 'market-demand', demand } },
    30_000,
  )
  const offers = (): SignedTransaction['transaction'][] =>
    network.sent.flatMap(({ from, message }) =>
      from === SENDER && message.type === 'transaction' ? [message.body.transaction] : [],
    )
  return { network, included, send, offers }
}

describe('a transaction that a rush has caught', () => {
  it('is raised after a minute to what the market asks by then, and gets in once', () => {
    const { network, included, send, offers } = inRush(4_000, 3_600)
    send('a')
    network.seconds(55)
    expect(included).toEqual([])
    network.seconds(200)
    expect(included).toEqual(['a ok'])
    const late = network.events.flatMap(({ event }) => (event.kind === 'transaction-late' ? [event] : []))
    expect(late).toMatchObject([{ call: 'transfer', outcome: 'included' }])
    expect(late[0]?.raised).toBeGreaterThan(0)
    expect(late[0]?.waitedMs).toBeGreaterThan(60_000)
    const fees = [...new Set(offers().map(({ maxFeePerGas }) => maxFeePerGas))]
    // The first: twice the base fee and a tenth of it. The second is more than 15 % above, as the base fee has risen.
    expect(fees[0]).toBe(2n * BASE_FEE + BASE_FEE / 10n)
    expect(fees.length).toBeGreaterThan(1)
    expect(fees.length).toBeLessThanOrEqual(4)
    for (let i = 1; i < fees.length; i++)
      expect((fees[i] as bigint) * 100n >= (fees[i - 1] as bigint) * 115n).toBe(true)
    expect(new Set(offers().map(({ nonce }) => nonce))).toEqual(new Set([0]))
  })

  it('is not touched in ordinary times, whatever others wait for', () => {
    const { network, included, send, offers } = inRush(100, 60)
    send('a')
    network.seconds(120)
    expect(included).toEqual(['a ok'])
    expect(network.events.some(({ event }) => event.kind === 'transaction-late')).toBe(false)
    expect(new Set(offers().map(({ maxFeePerGas }) => maxFeePerGas)).size).toBe(1)
  })
})
