// A process of two connected hosts that stops them and then does nothing more: when it ends by itself, nothing was
// left open. Prints the milliseconds of the stop.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSeededRng } from '@solvent/ports/testing'
import { asNodeId } from '@solvent/primitives'
import {
  createDoor,
  createSecp256k1Signer,
  createSecp256k1Verifier,
  decodeMessage,
  encodeMessage,
  privateKeyOf,
} from '@solvent/protocol'
import { createHost } from '../host.ts'
import { peerEntryOf } from '../peer-table.ts'
import { GENESIS_MS, orderNetwork, SEED } from './order-network.ts'

const directory = mkdtempSync(join(tmpdir(), 'solvent-lone-'))
const { networkId } = orderNetwork
const verifier = createSecp256k1Verifier()
const names = ['a', 'b'].map(asNodeId)
const ports = process.argv.slice(2).map(Number)
const peers = await Promise.all(names.map((id, i) => peerEntryOf(SEED, id, ports[i] as number)))
const hosts = await Promise.all(
  names.map((nodeId, i) =>
    createHost({
      nodeId,
      seed: SEED,
      spec: orderNetwork,
      clock: { genesisMs: GENESIS_MS, startedAtWallMs: Date.now(), acceleration: 100 },
      listenPort: ports[i] as number,
      peers,
      door: createDoor({ spec: orderNetwork, verifier }),
      codec: {
        encode: (message) => encodeMessage(networkId, message),
        decode: (bytes) => decodeMessage(networkId, bytes),
      },
      signer: createSecp256k1Signer(privateKeyOf(SEED, nodeId)),
      rng: createSeededRng(nodeId),
      engines: [],
      directory: join(directory, nodeId),
      role: 'test',
      faults: [],
      onFatal: (error) => {
        throw error
      },
      create: (ports) => ({
        start: () => {
          ports.transport.subscribe('orders')
          ports.timers.set(3_600_000)
          ports.transport.request(
            names[1 - i] as (typeof names)[number],
            { type: 'order-request', body: { orderIds: [] } },
            3_600_000,
          )
          ports.store.put('k', new Uint8Array(10))
        },
        stop: () => undefined,
        onMessage: () => 'accept',
        onTimer: () => undefined,
        snapshot: () => new Uint8Array(0),
        restore: () => undefined,
      }),
    }),
  ),
)
await Promise.all(hosts.map((host) => host.start()))
await Promise.all(hosts.map((host) => host.ready(10_000)))
const before = performance.now()
await Promise.all(hosts.map((host) => host.stop(5_000)))
rmSync(directory, { recursive: true })
process.stdout.write(`${Math.round(performance.now() - before)}\n`)
