import { asNodeId } from '@solvent/primitives'
import type { ControlMessage } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createBridgeNode } from '../bridge/bridge-node.ts'
import { createRunningNetwork } from '../testing/running-network.ts'
import { address, L1, node, ROLLUP, smallNetwork, tokens, weakBridge } from '../testing/small-network.ts'
import { createActor } from './actor.ts'
import type { ActorAction, ActorStep } from './actor-step.ts'

const ACTOR = node('user-1')
const GWEI = 10n ** 9n

function step(
  label: string,
  atSeconds: number,
  action: ActorAction,
  change: Partial<ActorStep> = {},
): ActorStep {
  return {
    label,
    atMs: atSeconds * 1_000,
    waits: [],
    delayMs: 0,
    chainId: ROLLUP,
    action,
    priorityFeePerGas: null,
    gasLimit: null,
    skipNonces: 0,
    ...change,
  }
}

const pay = (amount: bigint): ActorAction => ({
  kind: 'call',
  call: { kind: 'transfer', token: tokens.gas, to: address('atlas'), amount },
})

/** The small network with an actor of these steps; the bridge's nodes when it is to carry something. */
function networkWith(steps: readonly ActorStep[], carries: 'nothing' | 'messages' = 'nothing') {
  const network = createRunningNetwork()
  network.add(ACTOR, createActor({ spec: smallNetwork, node: ACTOR, steps }))
  if (carries === 'messages') {
    const shared = { spec: smallNetwork, bridge: weakBridge, trustedSources: [] }
    for (const [id, role] of [
      [node('weak-verifier'), 'verifier'],
      [node('weak-relayer'), 'relayer'],
    ] as const)
      network.add(id, createBridgeNode({ ...shared, node: id, roles: [role] }))
  }
  network.start()
  return network
}

/** Amounts that the actor has paid, with the seconds of their blocks after genesis. */
function payments(network: ReturnType<typeof networkWith>) {
  return network
    .blocks(ROLLUP)
    .flatMap(({ header, transactions }) =>
      transactions.flatMap(({ transaction: { from, call } }) =>
        from === address('user-1') && call.kind === 'transfer'
          ? [{ amount: call.amount, atSeconds: header.timestamp - smallNetwork.genesisMs / 1_000 }]
          : [],
      ),
    )
}

describe('an actor', () => {
  it('has under way again what an orphaned block held, until another block has it, once', () => {
    const network = createRunningNetwork()
    const steps = [step('pay', 10, pay(7n), { chainId: L1 })]
    network.add(ACTOR, createActor({ spec: smallNetwork, node: ACTOR, steps }))
    const operator = network.probe(asNodeId('operator'))
    network.start()
    const control = (to: typeof ACTOR, body: ControlMessage) =>
      void operator.ports.transport.request(to, { type: 'control', body }, 30_000)
    network.seconds(25)
    control(node('l1-producer'), { kind: 'reorg', chainId: L1, depth: 1 })
    for (let slot = 0; slot < 20; slot++) {
      network.seconds(3)
      control(ACTOR, { kind: 'status' })
    }
    network.seconds(1)
    const told = operator.inbox.flatMap((each) =>
      each.via === 'reply' && each.message.type === 'control-reply' && each.message.body.kind === 'status'
        ? [each.message.body.status.summary]
        : [],
    )
    expect([...new Set(told)]).toEqual([
      '0 steps to come, 0 under way, 1 in blocks, 0 reverted',
      '0 steps to come, 1 under way, 0 in blocks, 0 reverted',
    ])
    expect(told.at(-1)).toContain('1 in blocks')
    const paid = network.blocks(L1).flatMap(({ transactions }) => transactions)
    expect(paid.filter(({ transaction }) => transaction.from === address('user-1'))).toHaveLength(1)
  })

  it('plays a step that waits to be called each time that it is called, and says when there is none', () => {
    const network = createRunningNetwork()
    const steps = [step('deed', 0, pay(7n), { atMs: null }), step('timed', 20, pay(1n))]
    network.add(ACTOR, createActor({ spec: smallNetwork, node: ACTOR, steps }))
    const operator = network.probe(asNodeId('operator'))
    network.start()
    const call = (label: string) =>
      void operator.ports.transport.request(
        ACTOR,
        { type: 'control', body: { kind: 'act', step: label } },
        30_000,
      )
    network.seconds(60)
    expect(payments(network).map(({ amount }) => amount)).toEqual([1n])
    for (const label of ['deed', 'timed', 'deed']) {
      call(label)
      network.seconds(10)
    }
    expect(payments(network).map(({ amount }) => amount)).toEqual([1n, 7n, 7n])
    expect(operator.inbox.flatMap((m) => (m.via === 'reply' ? [m.message.body] : []))).toEqual([
      { kind: 'done' },
      { kind: 'refused', reason: 'no-such-step' },
      { kind: 'done' },
    ])
  })

  it('sends its steps at their times, in the order of time', () => {
    const network = networkWith([step('late', 60, pay(2n)), step('early', 20, pay(1n))])
    network.seconds(120)
    const [first, second] = payments(network)
    expect(payments(network).map(({ amount }) => amount)).toEqual([1n, 2n])
    // A slot of two seconds, and the way to the producer.
    expect(first!.atSeconds).toBeGreaterThanOrEqual(20)
    expect(first!.atSeconds).toBeLessThan(26)
    expect(second!.atSeconds).toBeGreaterThanOrEqual(60)
    expect(second!.atSeconds).toBeLessThan(66)
  })

  it('waits for the block of an earlier step to be safe, and its delay from then on', () => {
    const after = step('second', 0, pay(2n), {
      waits: [{ kind: 'step', label: 'first', level: 'safe' }],
      delayMs: 10_000,
    })
    const network = networkWith([step('first', 10, pay(1n)), after])
    network.seconds(300)
    const posted = network.chainEvents(L1, 'batch-posted').length
    expect(posted).toBeGreaterThan(0)
    const [, second] = payments(network)
    // Batches are posted each minute (small network), and the delay is ten seconds.
    expect(second!.atSeconds).toBeGreaterThanOrEqual(70)
  })

  it('waits for an event of another chain', () => {
    const network = networkWith([
      step('only', 0, pay(1n), {
        waits: [{ kind: 'event', chainId: L1, event: 'batch-posted', count: 2, level: 'unsafe' }],
      }),
      step('never', 0, pay(9n), {
        waits: [{ kind: 'event', chainId: L1, event: 'order-filled', count: 1, level: 'unsafe' }],
      }),
      // Something for the batches to hold.
      step('a', 5, pay(3n)),
      step('b', 65, pay(4n)),
    ])
    network.seconds(400)
    const paid = payments(network)
    expect(paid.map(({ amount }) => amount)).toEqual([3n, 4n, 1n])
  })

  it('tries a stolen and a repeated delivery, which the bridge refuses', () => {
    const send: ActorAction = {
      kind: 'call',
      call: {
        kind: 'bridge-out',
        bridge: weakBridge,
        token: tokens.rsEthRollup,
        amount: 5n * GWEI * GWEI,
        dstChainId: L1,
        recipient: address('user-1'),
      },
    }
    const message = {
      bridge: weakBridge,
      srcChainId: ROLLUP,
      emitter: weakBridge,
      sequence: 77,
      dstChainId: L1,
      payload: { kind: 'transfer', token: tokens.rsEthL1, amount: 1n, recipient: address('user-1') },
    } as const
    const network = networkWith(
      [
        step('out', 5, send),
        step('steal', 10, { kind: 'deliver-stolen', bridge: weakBridge, message }, { chainId: L1 }),
        step('again', 10, { kind: 'deliver-again', label: 'out' }, { chainId: L1 }),
      ],
      'messages',
    )
    network.seconds(1_200)
    expect(network.chainEvents(L1, 'message-delivered')).toHaveLength(1)
    const mine = network
      .blocks(L1)
      .flatMap(({ transactions, receipts }) =>
        transactions.flatMap(({ transaction }, index) =>
          transaction.from === address('user-1') ? [receipts[index]!.reason] : [],
        ),
      )
    expect(mine).toEqual(['quorum-missing', 'already-delivered'])
  })

  it.each([3, 9, 15, 21, 27])('sends each step once when it is killed after %i seconds', (seconds) => {
    const network = networkWith([step('a', 4, pay(1n)), step('b', 14, pay(2n)), step('c', 24, pay(3n))])
    network.seconds(seconds)
    network.kill(ACTOR, 'unsynced-lost')
    network.seconds(2)
    network.restart(ACTOR)
    network.seconds(200)
    expect(payments(network).map(({ amount }) => amount)).toEqual([1n, 2n, 3n])
  })
})
