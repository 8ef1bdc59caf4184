// What attackers can do to a node below its protocol: take the places of others' connections, and fill its port with connections that
// never become any.
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { createProbe, type Probe } from '@solvent/ports/testing'
import { portManners } from '@solvent/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { besiege, eclipse } from './siege.ts'
import { openStrangers } from './strangers.ts'
import { eventually, nodeNames, WordNetwork } from './testing/word-network.ts'
import { type Words, wordTopics } from './testing/words.ts'

const LIMIT_MS = 120_000
/** The node dials lost neighbours within half a second; the rest is for a busy machine. */
const RECOVERY_MS = 40_000
const STRANGERS = 40
/** As many as an eclipse brings. */
const ATTACKERS = 6
const names = nodeNames(6)
const [victim, other] = [names[0]!, names[1]!]

let network: WordNetwork
const bans = new Set<string>()
let probes: readonly Probe<Words>[]

beforeEach(async () => {
  probes = names.map(() => createProbe<Words>({ onStart: (ports) => ports.transport.subscribe('news') }))
  bans.clear()
  network = await WordNetwork.start(
    names.map((id, index) => ({ id, create: probes[index]!.create })),
    {
      onEvent: (node, { kind, detail }) => {
        if (node === victim && kind === 'penalty-ban') bans.add(detail ?? '')
      },
    },
  )
}, LIMIT_MS)

afterEach(() => network.stop())

const heard = (n: number) =>
  probes[0]!.inbox.some((inbound) => inbound.via === 'gossip' && inbound.message.n === n)
const port = () =>
  Number(
    network.peers
      .find(({ id }) => id === victim)!
      .address!.split('/')
      .at(-1),
  )

/** Publishes again and again, as each message is new, until the victim hears one. */
async function hearsOthers(first: number): Promise<void> {
  let n = first
  await eventually(
    'the victim hears another node',
    () => {
      n++
      network.runtime(other).transport.publish('news', { type: 'gossip', n })
      return Array.from({ length: n - first + 1 }, (_, index) => first + index).some(heard)
    },
    RECOVERY_MS,
  )
}

/** Whether the node answers the greeting of somebody who connects, before it hangs up. */
function isGreeted(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: port() }, () =>
      socket.write('\u0013/multistream/1.0.0\n'),
    )
    socket.on('data', () => {
      resolve(true)
      socket.destroy()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(false))
  })
}

it('a node whose places for others are taken keeps to those that it dials itself', {
  timeout: LIMIT_MS,
}, async () => {
  expect(network.runtime(victim).connections).toBe(5)
  expect(await isGreeted()).toBe(true)
  const free = network.runtime(victim).takeInboundPlaces()
  expect(await isGreeted()).toBe(false)
  await eventually('five honest connections', () => network.runtime(victim).connections === 5, RECOVERY_MS)
  await hearsOthers(1_000)
  free()
  free()
  expect(await isGreeted()).toBe(true)
})

it('a node whose dials end at attackers too keeps to those who are named', {
  timeout: LIMIT_MS,
}, async () => {
  const runtime = network.runtime(victim)
  const at = { host: '127.0.0.1', port: port(), topics: wordTopics }
  const end = eclipse(at, runtime, [network.runtime(other).peerId])
  const isTaken = () => runtime.connections === ATTACKERS + 1 && runtime.transport.gossip.meshSize('news') > 1
  await eventually('attackers and one honest peer are left', isTaken, RECOVERY_MS)
  const asked = probes[0]!.ports.transport.request(names[2]!, { type: 'request', n: 1 }, 60_000)
  const failure = () => probes[0]!.inbox.find((each) => each.via === 'failure' && each.request === asked)
  await eventually('the others are out of reach', () => failure() !== undefined, 10_000)
  await hearsOthers(4_000)
  end()
  await eventually('five honest connections', () => runtime.connections === 5, RECOVERY_MS)
})

it('peers that are refused are unreachable, and come back', { timeout: LIMIT_MS }, async () => {
  const peerIdOf = (id: (typeof names)[number]) => network.runtime(id).peerId
  const admit = [
    network.runtime(victim).refusePeers([peerIdOf(other)]),
    network.runtime(other).refusePeers([peerIdOf(victim)]),
  ]
  await eventually('one peer is gone', () => network.runtime(victim).connections === 4, RECOVERY_MS)
  const asked = probes[0]!.ports.transport.request(other, { type: 'request', n: 1 }, 60_000)
  const failure = () =>
    probes[0]!.inbox.find((inbound) => inbound.via === 'failure' && inbound.request === asked)
  // Long before its time is over: it is told, and not left waiting.
  await eventually('the request is refused', () => failure() !== undefined, 10_000)
  expect(failure()).toMatchObject({ reason: 'unreachable' })
  // Others pass on what the two do not tell each other.
  await hearsOthers(2_000)
  expect(network.runtime(victim).connections).toBe(4)
  for (const end of admit) end()
  await eventually('both are connected', () => network.runtime(victim).connections === 5, RECOVERY_MS)
})

it('a connection that is torn inside a frame is made anew, and costs nobody a point', {
  timeout: LIMIT_MS,
}, async () => {
  const before = descriptors()
  const lost = new Promise<void>((resolve) => {
    const look = setInterval(() => {
      if (network.runtime(other).connections < 5) {
        clearInterval(look)
        resolve()
      }
    }, 1)
  })
  network.runtime(victim).tear([network.runtime(other).peerId])
  await lost
  await eventually('both are connected', () => network.runtime(other).connections === 5, RECOVERY_MS)
  await hearsOthers(3_000)
  expect(network.runtime(other).ledger.balance(network.runtime(victim).peerId)).toBe(0)
  await eventually('no descriptor is left', () => descriptors() <= before + 2, RECOVERY_MS)
})

/** Of this process; empty where the system does not tell. */
function descriptors(): number {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return 0
  }
}

describe('strangers at the port', () => {
  it.each(portManners)(
    'that %s cost no descriptor and silence nobody',
    { timeout: LIMIT_MS },
    async (manner) => {
      const before = descriptors()
      const close = openStrangers({ host: '127.0.0.1', port: port(), connections: STRANGERS, manner })
      await hearsOthers(1)
      expect(network.runtime(victim).connections).toBe(5)
      close()
      await eventually('all their descriptors are free', () => descriptors() <= before + 2, RECOVERY_MS)
    },
  )

  it('that send what nobody can read are banned one after the other', { timeout: LIMIT_MS }, async () => {
    const runtime = network.runtime(victim)
    const end = besiege(
      { host: '127.0.0.1', port: port(), topics: wordTopics },
      { manner: 'garbage', connections: 2 },
    )
    await eventually('both are banned', () => bans.size === 2, RECOVERY_MS)
    expect(runtime.connections).toBe(5)
    await hearsOthers(6_000)
    end()
  })
})
