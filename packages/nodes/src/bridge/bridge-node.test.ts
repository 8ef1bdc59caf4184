import { asNodeId, hashCanonical, type NodeId } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type BridgeMessage,
  type Call,
  type ControlMessage,
  type DomainEvent,
  type FalseFill,
  messageKey,
  type SignedAttestation,
} from '@solvent/protocol'
import { settlementRules } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { createTransactionSender, type TransactionSender } from '../parts/transaction-sender.ts'
import { createRunningNetwork, type RunningNetwork, signerOf } from '../testing/running-network.ts'
import {
  address,
  L1,
  node,
  ROLLUP,
  smallNetwork,
  strongBridge,
  tokens,
  weakBridge,
} from '../testing/small-network.ts'
import { createBridgeNode } from './bridge-node.ts'
import type { BridgeRole } from './bridge-node-init.ts'

const ETHER = 10n ** 18n
const SOURCE = asNodeId('poisoned-rpc')
const OPERATOR = asNodeId('operator')

function addWeakBridge(network: RunningNetwork, rules = settlementRules): void {
  const add = (name: 'weak-verifier' | 'weak-relayer' | 'issuer' | 'guardian', role: BridgeRole) => {
    const init = {
      spec: smallNetwork,
      node: node(name),
      bridge: weakBridge,
      roles: [role],
      trustedSources: [SOURCE],
    }
    network.add(node(name), createBridgeNode(init, rules))
  }
  add('weak-verifier', 'verifier')
  add('weak-relayer', 'relayer')
  add('issuer', 'issuer')
  add('guardian', 'guardian')
}

function setUp(rules = settlementRules) {
  const network = createRunningNetwork()
  addWeakBridge(network, rules)
  const source = network.probe(SOURCE)
  const operator = network.probe(OPERATOR)
  let sender: TransactionSender | null = null
  const holder = network.probe(node('user-1'), {
    onStart: (ports) => {
      ports.transport.subscribe('attestations')
      sender = createTransactionSender({ spec: smallNetwork, onIncluded: () => {} }, ports)
    },
    onMessage: (inbound) => (sender?.onMessage(inbound) === true ? 'accept' : 'ignore'),
    onTimer: (timer) => void sender?.onTimer(timer),
  })
  network.start()
  const act = (call: Call, chainId = ROLLUP) =>
    network.act(node('user-1'), () => void sender?.send({ chainId, call, ref: `test/${network.nowMs}` }))
  const sendHome = (amount: bigint) =>
    act({
      kind: 'bridge-out',
      bridge: weakBridge,
      token: tokens.rsEthRollup,
      amount,
      dstChainId: L1,
      recipient: address('user-1'),
    })
  const control = (to: NodeId, message: ControlMessage) => {
    const before = operator.inbox.length
    operator.ports.transport.request(to, { type: 'control', body: message }, 30_000)
    network.seconds(1)
    const answer = operator.inbox[before]
    return answer?.via === 'reply' && answer.message.type === 'control-reply' ? answer.message.body : answer
  }
  const attestations = () =>
    holder.inbox.flatMap((m) =>
      m.via === 'gossip' && m.message.type === 'attestation' ? [m.message.body] : [],
    )
  const commitments = () =>
    network.events.flatMap(({ event }) =>
      event.kind === 'commitment' ? [event] : ([] as Extract<DomainEvent, { kind: 'commitment' }>[]),
    )
  return { network, source, operator, holder, act, sendHome, control, attestations, commitments }
}

/** A release of rsETH that the rollup never asked for. */
const forged: BridgeMessage = {
  bridge: weakBridge,
  srcChainId: ROLLUP,
  emitter: weakBridge,
  sequence: 1_000_000,
  dstChainId: L1,
  payload: { kind: 'transfer', token: tokens.rsEthL1, amount: 400n * ETHER, recipient: address('borealis') },
}

describe('a bridge node', () => {
  it('attests a message only when its block is as firm as the bridge demands, and has it delivered once', () => {
    const { network, sendHome, attestations } = setUp()
    sendHome(10n * ETHER)
    network.seconds(180)
    // Batched at 60 s, so safe; L1 epochs last 96 s and finalise two epochs later.
    expect(network.chainEvents(L1, 'batch-posted')).toHaveLength(1)
    expect(attestations()).toEqual([])
    network.seconds(300)
    expect(attestations()).toMatchObject([
      { verifier: address('weak-verifier'), attestation: { sequence: 0, dstChainId: L1 } },
    ])
    expect(network.chainEvents(L1, 'message-delivered')).toMatchObject([
      { message: { sequence: 0 }, evidence: { signers: [address('weak-verifier')] } },
    ])
    expect(network.chainEvents(L1, 'bridge-transfer')).toMatchObject([
      { step: 'released', amount: 10n * ETHER },
    ])
    network.seconds(3_600)
    expect(network.receipts(L1).filter(({ status }) => status === 'reverted')).toEqual([])
    expect(network.chainEvents(L1, 'message-delivered')).toHaveLength(1)
  })

  it('says beforehand what a delivery then costs its relayer, to the wei', () => {
    const { network, sendHome, control } = setUp()
    sendHome(10n * ETHER)
    network.seconds(60)
    sendHome(ETHER)
    network.seconds(600)
    const deliveries = network
      .receipts(L1)
      .filter(({ events }) => events.some(({ kind }) => kind === 'message-delivered'))
    const paid = deliveries
      .flatMap(({ entries }) => entries.filter(({ cause }) => cause === 'gas'))
      .flatMap(({ legs }) => legs.filter(({ owner }) => owner === address('weak-relayer')))
      .reduce((sum, { amount }) => sum - amount, 0n)
    expect([deliveries.length, paid > 0n]).toEqual([2, true])
    const status = control(node('weak-relayer'), { kind: 'status' })
    expect(JSON.stringify(status)).toContain(`2 delivered, 0 under way, to cost ${paid} wei, ${paid} at most`)
  })

  it('attests at the head when the finality rule is planted away', () => {
    const { network, sendHome, attestations } = setUp({ ...settlementRules, attestable: () => true })
    sendHome(ETHER)
    network.seconds(10)
    expect(attestations()).toHaveLength(1)
  })

  it('believes a trusted source without seeing the chain: that is the forged packet', () => {
    const { network, source, commitments } = setUp()
    network.act(SOURCE, () =>
      source.ports.transport.send(node('weak-verifier'), {
        type: 'source-report',
        body: { source: SOURCE, message: forged },
      }),
    )
    network.seconds(60)
    expect(network.chainEvents(L1, 'bridge-transfer')).toMatchObject([
      { step: 'released', amount: 400n * ETHER },
    ])
    expect(commitments()).toEqual([
      {
        kind: 'commitment',
        slot: `attestation/${messageKey(forged)}/0`,
        digest: attestationDigest(attestationOf(forged, 0)),
        signer: address('weak-verifier'),
      },
    ])
  })

  it('believes no source that it was not told to trust, and no one who speaks for another', () => {
    const { network, source, holder, attestations } = setUp()
    const report = (body: { source: NodeId; message: BridgeMessage }) =>
      ({ type: 'source-report', body }) as const
    holder.ports.transport.send(node('weak-verifier'), report({ source: node('user-1'), message: forged }))
    holder.ports.transport.send(node('weak-verifier'), report({ source: SOURCE, message: forged }))
    source.ports.transport.send(
      node('weak-verifier'),
      report({ source: SOURCE, message: { ...forged, bridge: strongBridge } }),
    )
    network.seconds(60)
    expect(attestations()).toEqual([])
  })

  it('is told of a fill that there was not only when there is an order to tell it of, and by its sources alone', () => {
    const { network, control, attestations } = setUp()
    const fill: FalseFill = {
      bridge: weakBridge,
      srcChainId: L1,
      settler: smallNetwork.chains.find(({ chainId }) => chainId === L1)!.settler,
      sequence: 7,
      dstChainId: ROLLUP,
      order: { by: 'time', openedFrom: 0 },
      payee: address('borealis'),
    }
    const told = (source: NodeId, change: Partial<FalseFill> = {}) =>
      control(node('weak-verifier'), { kind: 'forge-fill', source, fill: { ...fill, ...change } })
    expect(told(SOURCE)).toEqual({ kind: 'done' })
    expect(told(OPERATOR)).toEqual({ kind: 'refused', reason: 'untrusted-source' })
    expect(told(SOURCE, { bridge: strongBridge })).toEqual({ kind: 'refused', reason: 'wrong-bridge' })
    expect(control(node('weak-relayer'), { kind: 'forge-fill', source: SOURCE, fill })).toEqual({
      kind: 'refused',
      reason: 'not-a-verifier',
    })
    network.seconds(60)
    expect(attestations()).toEqual([])
  })

  it('never attests a second content for one message key, before or after a kill', () => {
    const { network, source, commitments, attestations } = setUp()
    const report = (message: BridgeMessage) =>
      source.ports.transport.send(node('weak-verifier'), {
        type: 'source-report',
        body: { source: SOURCE, message },
      })
    const other: BridgeMessage = {
      ...forged,
      payload: { ...forged.payload, recipient: address('atlas') } as BridgeMessage['payload'],
    }
    report(forged)
    network.seconds(5)
    report(other)
    network.seconds(5)
    network.kill(node('weak-verifier'), 'unsynced-lost')
    network.restart(node('weak-verifier'))
    report(other)
    network.seconds(60)
    const digests = new Set(commitments().map(({ digest }) => digest))
    expect([...digests]).toEqual([attestationDigest(attestationOf(forged, 0))])
    expect(new Set(attestations().map((signed) => hashCanonical(signed))).size).toBe(1)
  })

  it('sends nothing that the store does not have: a verifier killed before the write has promised nothing', () => {
    const network = createRunningNetwork({ storeDelayMs: 500 })
    addWeakBridge(network)
    const source = network.probe(SOURCE)
    network.start()
    source.ports.transport.send(node('weak-verifier'), {
      type: 'source-report',
      body: { source: SOURCE, message: forged },
    })
    network.advance(100)
    network.kill(node('weak-verifier'), 'unsynced-lost')
    network.advance(1_000)
    network.restart(node('weak-verifier'))
    network.seconds(60)
    expect(network.sent.filter(({ message }) => message.type === 'attestation')).toEqual([])
  })

  it('stands still while paused and delivers once afterwards', () => {
    const { network, control, source } = setUp()
    const pause = { kind: 'pause', bridge: weakBridge, authority: 'issuer', until: 0 } as const
    expect(control(node('issuer'), pause)).toEqual({ kind: 'done' })
    network.seconds(30)
    expect(network.chainEvents(L1, 'bridge-paused')).toHaveLength(1)
    expect(network.chainEvents(ROLLUP, 'bridge-paused')).toHaveLength(1)
    source.ports.transport.send(node('weak-verifier'), {
      type: 'source-report',
      body: { source: SOURCE, message: forged },
    })
    network.seconds(600)
    expect(network.receipts(L1).filter(({ status }) => status === 'reverted')).toEqual([])
    expect(network.chainEvents(L1, 'message-delivered')).toEqual([])
    control(node('issuer'), { kind: 'unpause', bridge: weakBridge, authority: 'issuer' })
    network.seconds(120)
    expect(network.chainEvents(L1, 'message-delivered')).toHaveLength(1)
  })

  it('delivers by itself when a pause with a fixed end is over', () => {
    const { network, control, source } = setUp()
    const until = network.nowMs / 1_000 + 300
    control(node('guardian'), { kind: 'pause', bridge: weakBridge, authority: 'guardian', until })
    network.seconds(30)
    source.ports.transport.send(node('weak-verifier'), {
      type: 'source-report',
      body: { source: SOURCE, message: forged },
    })
    network.seconds(240)
    expect(network.chainEvents(L1, 'message-delivered')).toEqual([])
    network.seconds(60)
    expect(network.chainEvents(L1, 'message-delivered')).toHaveLength(1)
    expect(network.receipts(L1).filter(({ status }) => status === 'reverted')).toEqual([])
  })

  it('pauses only in the name that it has, and only for operators', () => {
    const { control, holder, network } = setUp()
    const pause = { kind: 'pause', bridge: weakBridge, authority: 'guardian', until: 0 } as const
    expect(control(node('issuer'), pause)).toEqual({ kind: 'refused', reason: 'not-the-guardian' })
    expect(control(node('guardian'), { ...pause, bridge: strongBridge })).toEqual({
      kind: 'refused',
      reason: 'not-my-bridge',
    })
    holder.ports.transport.request(node('guardian'), { type: 'control', body: pause }, 30_000)
    network.seconds(30)
    expect(holder.inbox.at(-1)).toMatchObject({
      message: { body: { kind: 'refused', reason: 'not-authorised' } },
    })
    expect(network.chainEvents(L1, 'bridge-paused')).toEqual([])
  })

  it('resends what nobody delivered, so that a relayer that was down still delivers', () => {
    const { network, source } = setUp()
    network.kill(node('weak-relayer'), 'kept')
    source.ports.transport.send(node('weak-verifier'), {
      type: 'source-report',
      body: { source: SOURCE, message: forged },
    })
    network.seconds(60)
    network.restart(node('weak-relayer'))
    network.seconds(600)
    expect(network.chainEvents(L1, 'message-delivered')).toHaveLength(1)
  })

  it('does not deliver again after a kill', () => {
    const { network, source } = setUp()
    source.ports.transport.send(node('weak-verifier'), {
      type: 'source-report',
      body: { source: SOURCE, message: forged },
    })
    network.seconds(60)
    const snapshot = network.node(node('weak-relayer')).snapshot()
    network.kill(node('weak-relayer'), 'kept')
    network.restart(node('weak-relayer'), snapshot)
    network.kill(node('weak-verifier'), 'kept')
    network.restart(node('weak-verifier'))
    network.seconds(600)
    expect(network.receipts(L1).filter(({ status }) => status === 'reverted')).toEqual([])
    expect(network.chainEvents(L1, 'message-delivered')).toHaveLength(1)
  })
})

describe('a bridge with a quorum', () => {
  function setUpStrong(relayers: readonly NodeId[] = [node('strong-relayer')]) {
    const bridges = smallNetwork.bridges.map((bridge) =>
      bridge.address === strongBridge
        ? { ...bridge, relayers: relayers.map((id) => ({ node: id, address: signerOf(id).address })) }
        : bridge,
    )
    const spec = { ...smallNetwork, bridges }
    const network = createRunningNetwork()
    const verifiers = [node('strong-verifier-1'), node('strong-verifier-2'), node('strong-verifier-3')]
    for (const id of relayers) {
      network.add(
        id,
        createBridgeNode({ spec, node: id, bridge: strongBridge, roles: ['relayer'], trustedSources: [] }),
      )
    }
    const probes = new Map(verifiers.map((id) => [id, network.probe(id)]))
    network.start()
    const message: BridgeMessage = { ...forged, bridge: strongBridge, emitter: strongBridge }
    const attest = (id: NodeId, body: BridgeMessage = message, verifier = id) => {
      const attestation = attestationOf(body, 0)
      const signed: SignedAttestation = {
        attestation,
        message: body,
        verifier: signerOf(verifier).address,
        signature: signerOf(verifier).sign(attestationDigest(attestation)),
      }
      probes.get(id)?.ports.transport.publish('attestations', { type: 'attestation', body: signed })
      network.seconds(1)
      return signed
    }
    const deliveries = () =>
      network.sent.flatMap(({ message: m, from }) =>
        m.type === 'transaction' && m.body.transaction.call.kind === 'deliver'
          ? [{ from, call: m.body.transaction.call }]
          : [],
      )
    return { network, attest, deliveries, message, verifiers }
  }

  it('waits for the threshold of distinct signers and hands them in by increasing address', () => {
    const { network, attest, deliveries, verifiers } = setUpStrong()
    attest(verifiers[0] as NodeId)
    attest(verifiers[0] as NodeId)
    network.seconds(30)
    expect(deliveries()).toEqual([])
    attest(verifiers[2] as NodeId)
    network.seconds(30)
    const [delivery] = deliveries()
    const signers =
      delivery?.call.kind === 'deliver' && delivery.call.proof.kind === 'quorum'
        ? delivery.call.proof.signatures.map(({ verifier }) => verifier)
        : []
    expect(signers).toEqual(
      [signerOf(verifiers[0] as NodeId).address, signerOf(verifiers[2] as NodeId).address].sort(),
    )
  })

  it('counts signatures under different contents apart, and shows the conflict of one verifier', () => {
    const { network, attest, deliveries, message, verifiers } = setUpStrong()
    const other: BridgeMessage = {
      ...message,
      dstChainId: L1,
      payload: { ...message.payload, amount: 1n } as BridgeMessage['payload'],
    }
    const listener = network.probe(node('user-1'), {
      onStart: (ports) => ports.transport.subscribe('evidence'),
    })
    network.start()
    const first = attest(verifiers[0] as NodeId)
    const second = attest(verifiers[0] as NodeId, other)
    network.seconds(30)
    expect(deliveries()).toEqual([])
    expect(listener.inbox).toMatchObject([
      { message: { type: 'evidence', body: { kind: 'conflicting-attestations', first, second } } },
    ])
  })

  it('rejects an attestation that is not of its message or not by a verifier', () => {
    const { network, attest, message, verifiers } = setUpStrong()
    const id = verifiers[0] as NodeId
    attest(id, message, node('atlas'))
    const attestation = attestationOf(
      { ...message, payload: { ...message.payload, amount: 7n } as BridgeMessage['payload'] },
      0,
    )
    const signed = {
      attestation,
      message,
      verifier: signerOf(id).address,
      signature: signerOf(id).sign(attestationDigest(attestation)),
    }
    const sender = network.probe(node('user-1'))
    network.start()
    sender.ports.transport.publish('attestations', { type: 'attestation', body: signed })
    network.seconds(1)
    expect(network.refusals.map(({ verdict }) => verdict)).toEqual([
      { reject: 'not-a-verifier' },
      { reject: 'attestation-of-another-message' },
    ])
  })

  it('lets the first relayer act and the second only when the first does not', () => {
    const relayers = [node('strong-relayer'), node('issuer')]
    const first = setUpStrong(relayers)
    first.attest(first.verifiers[0] as NodeId)
    first.attest(first.verifiers[1] as NodeId)
    first.network.seconds(50)
    expect(new Set(first.deliveries().map(({ from }) => from))).toEqual(new Set([node('strong-relayer')]))

    const second = setUpStrong(relayers)
    second.network.kill(node('strong-relayer'), 'kept')
    second.attest(second.verifiers[0] as NodeId)
    second.attest(second.verifiers[1] as NodeId)
    second.network.seconds(100)
    expect(new Set(second.deliveries().map(({ from }) => from))).toEqual(new Set([node('issuer')]))
  })
})
