import type { Probe } from '@solvent/ports/testing'
import { asHash32, asNodeId, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type ControlMessage,
  type Message,
  rollupContract,
  type SolventVocabulary,
  transactionDigest,
} from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createRunningNetwork, type RunningNetwork, signerOf } from '../testing/running-network.ts'
import { address, L1, node, ROLLUP, smallNetwork, tokens } from '../testing/small-network.ts'
import { createChallenger } from './challenger.ts'

const WRONG = asHash32(`0x${'bb'.repeat(32)}`)
const CHALLENGER = node('challenger')

interface Staged {
  readonly network: RunningNetwork
  readonly operator: Probe<SolventVocabulary>
  /** The operator has the rollup's producer do this. */
  tell(message: ControlMessage): void
}

/** The small network with or without its challenger; the rollup has one block, batched before the first root at 600 s. */
function setUp({ withChallenger = true } = {}): Staged {
  const network = createRunningNetwork()
  if (withChallenger)
    network.add(CHALLENGER, createChallenger({ spec: smallNetwork, node: CHALLENGER, rollup: ROLLUP }))
  const operator = network.probe(asNodeId('operator'))
  network.start()
  const transaction = {
    chainId: ROLLUP,
    from: address('user-1'),
    nonce: 0,
    gasLimit: 21_000,
    maxFeePerGas: 10n ** 10n,
    maxPriorityFeePerGas: 1n,
    call: { kind: 'transfer', token: tokens.usdcRollup, to: address('atlas'), amount: 1n },
  } as const
  const signature = signerOf(node('user-1')).sign(transactionDigest(transaction))
  const ask = (body: Extract<Message, { type: 'transaction' | 'control' }>): void =>
    void operator.ports.transport.request(node('rollup-producer'), body, 30_000)
  ask({ type: 'transaction', body: { transaction, signature } })
  return { network, operator, tell: (body) => ask({ type: 'control', body }) }
}

const bonds = ({ network }: Staged): bigint =>
  network.engines.get(L1)!.balance('BOND', rollupContract({ name: 'rollup' }), ZERO_ADDRESS)

describe('a challenger', () => {
  it('leaves a right root alone', () => {
    const staged = setUp()
    staged.network.seconds(1_000)
    expect(staged.network.chainEvents(L1, 'root-posted')).toHaveLength(1)
    expect(staged.network.chainEvents(L1, 'roots-deleted')).toEqual([])
    expect(bonds(staged)).toBe(10n ** 17n)
  })

  it('disproves a wrong one after its delay, and the right one follows at the next tick', () => {
    const staged = setUp()
    staged.tell({ kind: 'invalid-root', rollup: ROLLUP, stateRoot: WRONG, outboxRoot: WRONG })
    staged.network.seconds(640)
    expect(staged.network.chainEvents(L1, 'root-posted')).toMatchObject([{ block: 1, stateRoot: WRONG }])
    expect(staged.network.chainEvents(L1, 'roots-deleted')).toEqual([])
    staged.network.seconds(100)
    expect(staged.network.chainEvents(L1, 'roots-deleted')).toEqual([
      { kind: 'roots-deleted', rollup: ROLLUP, fromBlock: 1, challenger: address('challenger') },
    ])
    expect(bonds(staged)).toBe(0n)
    staged.network.seconds(600)
    const right = staged.network.engines.get(ROLLUP)!.head().header.stateRoot
    expect(staged.network.chainEvents(L1, 'root-posted').slice(1)).toMatchObject([
      { block: 1, stateRoot: right },
    ])
  })

  it('disproves it also after a crash, once', () => {
    const staged = setUp()
    staged.tell({ kind: 'invalid-root', rollup: ROLLUP, stateRoot: WRONG, outboxRoot: WRONG })
    staged.network.seconds(640)
    staged.network.kill(CHALLENGER, 'unsynced-lost')
    staged.network.seconds(60)
    staged.network.restart(CHALLENGER)
    staged.network.seconds(200)
    expect(staged.network.chainEvents(L1, 'roots-deleted')).toHaveLength(1)
    expect(staged.network.receipts(L1).filter(({ status }) => status === 'reverted')).toEqual([])
  })

  it('cannot disprove what it cannot derive: the blocks are withheld', () => {
    const staged = setUp()
    staged.tell({ kind: 'withhold-data', rollup: ROLLUP, untilMs: smallNetwork.genesisMs + 1_200_000 })
    staged.tell({ kind: 'invalid-root', rollup: ROLLUP, stateRoot: WRONG, outboxRoot: WRONG })
    staged.network.seconds(1_100)
    expect(staged.network.chainEvents(L1, 'root-posted')).toHaveLength(1)
    expect(staged.network.chainEvents(L1, 'roots-deleted')).toEqual([])
    staged.network.seconds(400)
    expect(staged.network.chainEvents(L1, 'roots-deleted')).toHaveLength(1)
  })

  it('is needed: without one the wrong root stands', () => {
    const staged = setUp({ withChallenger: false })
    staged.tell({ kind: 'invalid-root', rollup: ROLLUP, stateRoot: WRONG, outboxRoot: WRONG })
    staged.network.seconds(1_100)
    expect(staged.network.chainEvents(L1, 'roots-deleted')).toEqual([])
  })

  it('tells an operator how it stands', () => {
    const { network, operator } = setUp()
    network.seconds(20)
    operator.ports.transport.request(CHALLENGER, { type: 'control', body: { kind: 'status' } }, 30_000)
    network.seconds(1)
    expect(operator.inbox.at(-1)).toMatchObject({
      message: {
        body: {
          kind: 'status',
          status: { role: 'challenger', summary: '0 wrong roots found, 0 challenges on their way' },
        },
      },
    })
  })

  it('is made only for an optimistic rollup that names it', () => {
    const network = createRunningNetwork()
    network.add(node('atlas'), createChallenger({ spec: smallNetwork, node: node('atlas'), rollup: ROLLUP }))
    expect(() => network.start()).toThrow('The node atlas is no challenger of chain 10.')
  })
})
