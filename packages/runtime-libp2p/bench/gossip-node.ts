// One process of the gossip benchmark: a host whose node notes when each order arrived. Driven over IPC.
import { enableCompileCache } from 'node:module'

enableCompileCache()
const importedMs = performance.now()
const {
  createDoor,
  createSecp256k1Signer,
  createSecp256k1Verifier,
  decodeMessage,
  encodeMessage,
  privateKeyOf,
  topics,
} = await import('@solvent/protocol')
const { asNodeId } = await import('@solvent/primitives')
const { createHost } = await import('../src/index.ts')
const { GENESIS_MS, orderNetwork, SEED, signedOrder } = await import('../src/testing/order-network.ts')
const loadedMs = performance.now() - importedMs

export interface NodeConfig {
  readonly node: string
  readonly port: number
  readonly peers: readonly import('../src/index.ts').PeerEntry[]
  readonly directory: string
  readonly degree: number
}

export type ToNode =
  | { readonly kind: 'config'; readonly config: NodeConfig }
  | { readonly kind: 'publish'; readonly n: number }
  | { readonly kind: 'report' }
  | { readonly kind: 'stop' }
export type FromNode =
  | { readonly kind: 'loaded'; readonly loadedMs: number }
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'report'
      readonly sent: [string, number][]
      readonly arrived: [string, number][]
      readonly rssMiB: number
      readonly cpuMs: number
    }

const wallMs = (): number => performance.timeOrigin + performance.now()
const sent = new Map<string, number>()
const arrived = new Map<string, number>()

type Transport = import('@solvent/ports').Transport<import('@solvent/protocol').SolventVocabulary>

async function run(config: NodeConfig): Promise<void> {
  let transport: Transport | null = null
  const nodeId = asNodeId(config.node)
  const { networkId } = orderNetwork
  const verifier = createSecp256k1Verifier()
  const host = await createHost({
    nodeId,
    seed: SEED,
    spec: orderNetwork,
    clock: { genesisMs: GENESIS_MS, startedAtWallMs: Date.now(), acceleration: 1 },
    listenPort: config.port,
    peers: config.peers,
    door: createDoor({ spec: orderNetwork, verifier }),
    codec: {
      encode: (message) => encodeMessage(networkId, message),
      decode: (bytes) => decodeMessage(networkId, bytes),
    },
    verifier,
    signer: createSecp256k1Signer(privateKeyOf(SEED, nodeId)),
    rng: {
      stream: () => {
        throw new Error('The benchmark draws nothing.')
      },
    },
    engines: [],
    directory: config.directory,
    create: (ports) => {
      transport = ports.transport
      return {
        start: () => {
          for (const topic of topics) ports.transport.subscribe(topic)
        },
        stop: () => undefined,
        onMessage: (inbound) => {
          if (inbound.via === 'gossip' && inbound.message.type === 'order') {
            const { user, nonce } = inbound.message.body.order
            arrived.set(`${user}/${nonce}`, wallMs())
          }
          return 'accept'
        },
        onTimer: () => undefined,
        snapshot: () => new Uint8Array(0),
        restore: () => undefined,
      }
    },
    role: 'bench',
    faults: [],
    onFatal: (error) => {
      console.error(error)
      process.exit(70)
    },
    gossipDegree: config.degree,
  })
  await host.start()
  await host.ready(30_000)
  tell({ kind: 'ready' })
  process.on('message', (message: ToNode) => {
    if (message.kind === 'publish') {
      const order = signedOrder(nodeId, message.n)
      if (order.type === 'order') sent.set(`${order.body.order.user}/${order.body.order.nonce}`, wallMs())
      transport?.publish('orders', order)
    } else if (message.kind === 'report') {
      const { user, system } = process.cpuUsage()
      const rssMiB = process.memoryUsage.rss() / 2 ** 20
      tell({ kind: 'report', sent: [...sent], arrived: [...arrived], rssMiB, cpuMs: (user + system) / 1_000 })
    } else if (message.kind === 'stop') {
      void host.stop(3_000).then(() => process.exit(0))
    }
  })
}

function tell(message: FromNode): void {
  process.send?.(message)
}

process.once('message', (message: ToNode) => {
  if (message.kind === 'config') void run(message.config)
})
process.on('disconnect', () => process.exit(1))
tell({ kind: 'loaded', loadedMs })
