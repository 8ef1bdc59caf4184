// What faults and operators do to a running host, with real orders' network and the host's own protocol.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Inbound, Node, Ports } from '@solvent/ports'
import { createSeededRng } from '@solvent/ports/testing'
import { asNodeId, type NodeId } from '@solvent/primitives'
import {
  type BridgeMessage,
  contractAddress,
  createDoor,
  createSecp256k1Signer,
  createSecp256k1Verifier,
  type DomainEvent,
  decodeMessage,
  encodeMessage,
  type LinkTrouble,
  privateKeyOf,
  type ScheduledFault,
  type SolventVocabulary,
} from '@solvent/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { createHost } from './host.ts'
import type { Host } from './host-options.ts'
import { createOperatorClient, type OperatorClient } from './operator-client.ts'
import { type PeerEntry, peerEntryOf } from './peer-table.ts'
import { GENESIS_MS, orderNetwork, SEED, signedOrder } from './testing/order-network.ts'
import { eventually, freePorts } from './testing/word-network.ts'

const OPERATOR = asNodeId('operator')
const { networkId } = orderNetwork
const codec = {
  encode: (message: SolventVocabulary['message']) => encodeMessage(networkId, message),
  decode: (bytes: Uint8Array) => decodeMessage(networkId, bytes),
}
const verifier = createSecp256k1Verifier()

interface Member {
  readonly host: Host
  readonly ports: Ports<SolventVocabulary>
  readonly inbox: Inbound<SolventVocabulary>[]
  readonly events: DomainEvent[]
  readonly fatal: unknown[]
}

let directory = ''
let members: Map<string, Member> = new Map()
let clients: OperatorClient[] = []
let peers: PeerEntry[] = []
let shutdowns: string[] = []

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()))
  await Promise.all([...members.values()].map(({ host }) => host.stop(3_000)))
  rmSync(directory, { recursive: true, force: true })
  clients = []
  members = new Map()
  shutdowns = []
})

async function start(
  names: readonly string[],
  faults: readonly ScheduledFault[] = [],
  onMessage?: (inbound: Inbound<SolventVocabulary>) => void,
): Promise<void> {
  directory = mkdtempSync(join(tmpdir(), 'solvent-faults-'))
  const ports = await freePorts(names.length)
  peers = await Promise.all([
    ...names.map((name, i) => peerEntryOf(SEED, asNodeId(name), ports[i] as number)),
    peerEntryOf(SEED, OPERATOR, null),
  ])
  const startedAtWallMs = Date.now()
  for (const [i, name] of names.entries())
    await startMember(asNodeId(name), ports[i] as number, startedAtWallMs, faults, onMessage)
  await Promise.all([...members.values()].map(({ host }) => host.ready(10_000)))
}

async function startMember(
  nodeId: NodeId,
  listenPort: number,
  startedAtWallMs: number,
  faults: readonly ScheduledFault[],
  onMessage?: (inbound: Inbound<SolventVocabulary>) => void,
): Promise<void> {
  const inbox: Inbound<SolventVocabulary>[] = []
  const events: DomainEvent[] = []
  const fatal: unknown[] = []
  let live: Ports<SolventVocabulary> | null = null
  const host = await createHost({
    nodeId,
    seed: SEED,
    spec: orderNetwork,
    clock: { genesisMs: GENESIS_MS, startedAtWallMs, acceleration: 10 },
    listenPort,
    peers,
    door: createDoor({ spec: orderNetwork, verifier }),
    codec,
    verifier,
    signer: createSecp256k1Signer(privateKeyOf(SEED, nodeId)),
    rng: createSeededRng(nodeId),
    engines: [],
    directory: join(directory, nodeId),
    role: 'test',
    faults,
    onEvent: (_atMs, event) => events.push(event),
    onFatal: (error) => fatal.push(error),
    onShutdown: () => shutdowns.push(nodeId),
    create: (ports) => {
      live = ports
      return testNode(ports, nodeId, inbox, onMessage)
    },
  })
  await host.start()
  members.set(nodeId, { host, inbox, events, fatal, ports: live as unknown as Ports<SolventVocabulary> })
}

function testNode(
  ports: Ports<SolventVocabulary>,
  node: NodeId,
  inbox: Inbound<SolventVocabulary>[],
  onMessage: ((inbound: Inbound<SolventVocabulary>) => void) | undefined,
): Node<SolventVocabulary> {
  return {
    start: () => ports.transport.subscribe('orders'),
    stop: () => undefined,
    onMessage: (inbound) => {
      inbox.push(inbound)
      onMessage?.(inbound)
      if (inbound.via !== 'request') return 'accept'
      if (inbound.message.type === 'control' && inbound.message.body.kind === 'status') {
        const status = {
          node,
          role: 'test',
          nowMs: ports.clock.nowMs(),
          peers: 0,
          heads: [],
          summary: 'fine',
        }
        ports.transport.reply(inbound.replyTo, { type: 'control-reply', body: { kind: 'status', status } })
      } else {
        ports.transport.reply(inbound.replyTo, { type: 'receipt', body: { accepted: true, reason: null } })
      }
      return 'accept'
    },
    onTimer: () => undefined,
    snapshot: () => new Uint8Array(0),
    restore: () => undefined,
  }
}

const member = (name: string): Member => members.get(name) as Member
const orders = (name: string): bigint[] =>
  member(name).inbox.flatMap((m) =>
    m.via === 'gossip' && m.message.type === 'order' ? [m.message.body.order.nonce] : [],
  )
const publish = (name: string, n: number): void =>
  member(name).ports.transport.publish('orders', signedOrder(asNodeId(name), n))
const failures = (name: string): string[] =>
  member(name).inbox.flatMap((m) => (m.via === 'failure' ? [m.reason] : []))

async function operator(name: NodeId = OPERATOR): Promise<OperatorClient> {
  const client = await createOperatorClient({ operator: name, seed: SEED, peers, codec })
  clients.push(client)
  return client
}

const lie: BridgeMessage = {
  bridge: contractAddress('bridge', 'hub'),
  srcChainId: orderNetwork.chains[1]?.chainId as BridgeMessage['srcChainId'],
  emitter: contractAddress('bridge', 'hub'),
  sequence: 0,
  dstChainId: orderNetwork.chains[0]?.chainId as BridgeMessage['dstChainId'],
  payload: {
    kind: 'transfer',
    token: contractAddress('token', 'ethereum/USDC'),
    amount: 1n,
    recipient: contractAddress('token', 'ethereum/USDC'),
  },
}

/** What a node was told to break. */
function breakages(name: string): string[] {
  return member(name).events.flatMap((event) =>
    event.kind === 'fault' ? [event.control ?? event.fault] : [],
  )
}

describe('operators', () => {
  it('are answered by the node, with the peers that only the runtime knows', async () => {
    await start(['a', 'b', 'c'])
    const answers = await (await operator()).askAll({ kind: 'status' }, 3_000)
    expect([...answers.keys()].sort()).toEqual(['a', 'b', 'c'])
    // Two neighbours and the operator itself.
    for (const answer of answers.values())
      expect(answer).toMatchObject({ kind: 'status', status: { peers: 3, summary: 'fine' } })
  })

  it('are told which nodes cannot be reached', async () => {
    await start(['a', 'b'])
    await member('b').host.stop(3_000)
    const client = await operator()
    await expect(client.ask(asNodeId('b'), { kind: 'status' }, 2_000)).rejects.toMatchObject({
      code: 'E_OPERATOR_UNREACHABLE',
    })
    expect([...(await client.askAll({ kind: 'status' }, 2_000)).keys()]).toEqual(['a'])
  })

  it('cut a node off and heal it again', async () => {
    await start(['a', 'b', 'c'])
    const client = await operator()
    expect(
      await client.ask(asNodeId('a'), { kind: 'partition', from: [asNodeId('b'), asNodeId('c')] }, 3_000),
    ).toEqual({ kind: 'done' })
    publish('b', 1)
    publish('a', 2)
    member('a').ports.transport.request(
      asNodeId('b'),
      { type: 'order-request', body: { orderIds: [] } },
      5_000,
    )
    await eventually('the request times out', () => failures('a').includes('timeout'))
    await eventually('the others still hear each other', () => orders('c').includes(1n))
    expect([orders('a'), orders('b'), orders('c')]).toEqual([[], [], [1n]])
    expect(await client.ask(asNodeId('a'), { kind: 'heal' }, 3_000)).toEqual({ kind: 'done' })
    publish('b', 3)
    publish('a', 4)
    await eventually('both directions pass again', () => orders('a').includes(3n) && orders('b').includes(4n))
    expect(breakages('a')).toEqual(['partition'])
    expect(breakages('b')).toEqual([])
  })

  it('make a data source lie to the node, and shut the node down', async () => {
    await start(['a', 'b'])
    const client = await operator()
    await client.ask(asNodeId('a'), { kind: 'forge', source: asNodeId('b'), message: lie }, 3_000)
    await eventually('the report arrives', () =>
      member('a').inbox.some(
        (m) => m.via === 'direct' && m.from === 'b' && m.message.type === 'source-report',
      ),
    )
    expect(await client.ask(asNodeId('a'), { kind: 'shutdown' }, 3_000)).toEqual({ kind: 'done' })
    await eventually('shutdown is asked for', () => shutdowns.includes('a'))
    expect(breakages('a')).toEqual(['forge'])
  })

  it('are only those of the network: anyone else is refused and blamed', async () => {
    await start(['a', 'b'])
    const impostor = await operator(asNodeId('impostor'))
    expect(await impostor.ask(asNodeId('a'), { kind: 'shutdown' }, 3_000)).toEqual({
      kind: 'refused',
      reason: 'not-authorised',
    })
    await eventually('blamed', () =>
      member('a').events.some(
        (event) => event.kind === 'peer-penalised' && event.reason === 'not-an-operator',
      ),
    )
    expect(shutdowns).toEqual([])
  })
})

describe('scheduled faults', () => {
  it('cut one direction only when a partition is not symmetric, for its duration', async () => {
    const cut: ScheduledFault = {
      atMs: 0,
      label: 'one way',
      fault: {
        kind: 'partition',
        from: [asNodeId('a')],
        to: [asNodeId('b')],
        symmetric: false,
        durationMs: 40_000,
      },
    }
    await start(['a', 'b'], [cut])
    publish('a', 1)
    publish('b', 2)
    await eventually('b is heard', () => orders('a').includes(2n))
    expect(orders('b')).toEqual([])
    await eventually(
      'the cut ends',
      () => member('b').events.some((event) => event.kind === 'fault' && event.phase === 'end'),
      6_000,
    )
    publish('a', 3)
    await eventually('a is heard', () => orders('b').includes(3n))
  })

  it('delay what arrives over a bad link', async () => {
    const slow: ScheduledFault = {
      atMs: 0,
      label: 'slow link',
      fault: {
        kind: 'link',
        from: [asNodeId('a')],
        to: [asNodeId('b')],
        loss: 0,
        duplicate: 0,
        delayMs: 4_000,
        jitterMs: 0,
        durationMs: 3_600_000,
      },
    }
    await start(['a', 'b'], [slow])
    const before = Date.now()
    publish('a', 1)
    await eventually('it arrives', () => orders('b').includes(1n))
    // 4,000 virtual ms at ten times the wall.
    expect(Date.now() - before).toBeGreaterThanOrEqual(390)
  })

  const onLink = (trouble: Partial<LinkTrouble>, durationMs = 3_600_000): ScheduledFault => ({
    atMs: 0,
    label: 'bad link',
    fault: {
      kind: 'link',
      from: [asNodeId('a')],
      to: [asNodeId('b')],
      loss: 0,
      duplicate: 0,
      delayMs: 0,
      jitterMs: 0,
      durationMs,
      ...trouble,
    },
  })

  it('hold everything back on a jammed link until its end', async () => {
    await start(['a', 'b'], [onLink({ jam: 'until-end' }, 50_000)])
    publish('a', 1)
    await sleep(200)
    const isOver = member('b').events.some((event) => event.kind === 'fault' && event.phase === 'end')
    if (!isOver) expect(orders('b')).toEqual([])
    await eventually('it is let through', () => orders('b').includes(1n), 10_000)
  })

  it('drop what arrives with a wrong byte, and blame its sender', async () => {
    await start(['a', 'b'], [onLink({ corrupt: 1 })])
    const request = { type: 'order-request', body: { orderIds: [] } } as const
    member('a').ports.transport.request(asNodeId('b'), request, 3_000)
    await eventually('the request times out', () => failures('a').includes('timeout'))
    expect(member('b').events.some(({ kind }) => kind === 'peer-penalised')).toBe(true)
    expect(member('b').inbox.some(({ via }) => via === 'request')).toBe(false)
  })

  it('break connections, which are made anew', async () => {
    const reset: ScheduledFault = {
      atMs: 3_000,
      label: 'reset',
      fault: { kind: 'reset', from: [asNodeId('a')], to: [asNodeId('b')] },
    }
    await start(['a', 'b', 'c'], [reset])
    await eventually('the reset comes', () =>
      member('a').events.some((event) => event.kind === 'fault' && event.fault === 'reset'),
    )
    publish('a', 1)
    await eventually('b hears a again', () => orders('b').includes(1n), 10_000)
  })

  it('keep the disk from saying what is safe, until the stall ends', async () => {
    const stall: ScheduledFault = {
      atMs: 0,
      label: 'stall',
      fault: { kind: 'disk-stall', node: asNodeId('a'), durationMs: 20_000 },
    }
    await start(['a', 'b'], [stall])
    const isOver = () => member('a').events.some((event) => event.kind === 'fault' && event.phase === 'end')
    member('a').ports.store.put('key', Uint8Array.of(1))
    const answers = () => member('a').inbox.filter(({ via }) => via === 'store').length
    if (!isOver()) expect(answers()).toBe(0)
    await eventually('the write is safe', () => answers() > 0)
    expect(isOver()).toBe(true)
  })

  it('end the node whose disk is full, by its next write', async () => {
    const full: ScheduledFault = {
      atMs: 0,
      label: 'full',
      fault: { kind: 'disk-full', node: asNodeId('a'), restartAfterMs: null },
    }
    await start(['a', 'b'], [full])
    await eventually('the disk is full', () => member('a').events.some(({ kind }) => kind === 'fault'))
    member('a').ports.store.put('key', Uint8Array.of(1))
    await eventually('the node ends', () => member('a').fatal.length > 0)
    expect(String(member('a').fatal[0])).toContain('ENOSPC')
  })

  it('lose everything over a dead link', async () => {
    const dead: ScheduledFault = {
      atMs: 0,
      label: 'dead link',
      fault: {
        kind: 'link',
        from: [asNodeId('a')],
        to: [asNodeId('b')],
        loss: 1,
        duplicate: 0,
        delayMs: 0,
        jitterMs: 0,
        durationMs: 3_600_000,
      },
    }
    await start(['a', 'b', 'c'], [dead])
    publish('a', 1)
    await eventually('it comes round by c', () => orders('b').includes(1n))
    member('a').ports.transport.request(
      asNodeId('b'),
      { type: 'order-request', body: { orderIds: [] } },
      3_000,
    )
    await eventually('the direct way times out', () => failures('a').includes('timeout'))
  })

  it("put a clock off, deliver operators' orders and lying sources", async () => {
    const a = asNodeId('a')
    await start(
      ['a', 'b'],
      [
        { atMs: 1_000, label: 'skew', fault: { kind: 'clock-skew', node: a, skewMs: 600_000 } },
        {
          atMs: 1_500,
          label: 'lie',
          fault: { kind: 'source-report', to: a, from: asNodeId('b'), message: lie },
        },
        { atMs: 2_000, label: 'ask', fault: { kind: 'control', to: a, message: { kind: 'status' } } },
      ],
    )
    await eventually('all have happened', () => member('a').inbox.length >= 2)
    expect(member('a').ports.clock.nowMs() - member('b').ports.clock.nowMs()).toBeGreaterThan(590_000)
    expect(
      member('a').inbox.map((m) => ('message' in m ? `${m.via} ${m.from} ${m.message.type}` : m.via)),
    ).toEqual(['direct b source-report', 'request operator control'])
    expect(member('b').inbox).toEqual([])
    expect(
      member('a').events.flatMap((event) =>
        event.kind === 'fault' ? [`${event.control ?? event.fault} ${event.phase}`] : [],
      ),
    ).toEqual(['clock-skew begin', 'source-report begin', 'status begin'])
  })
})

describe('a handler that throws', () => {
  it('closes the node and is reported once; the others go on', async () => {
    await start(['a', 'b', 'c'], [], (inbound) => {
      if (inbound.via === 'request') throw new Error('a bug')
    })
    for (let i = 0; i < 3; i++)
      member('a').ports.transport.request(
        asNodeId('b'),
        { type: 'order-request', body: { orderIds: [] } },
        2_000,
      )
    await eventually('reported', () => member('b').fatal.length > 0)
    await sleep(200)
    expect(member('b').fatal).toHaveLength(1)
    publish('a', 1)
    await eventually('the others go on', () => orders('c').includes(1n))
    expect(orders('b')).toEqual([])
  })
})
