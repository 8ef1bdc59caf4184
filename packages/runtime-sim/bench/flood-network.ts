/** A network whose nodes accept every message: gossip passes each on the first time a node sees it. */
import type { Inbound, Node, Ports, Verdict, Vocabulary } from '@solvent/ports'
import { asNodeId } from '@solvent/primitives'
import { createSimulation, type SimulationOptions } from '@solvent/runtime-sim'

interface Words extends Vocabulary {
  readonly message: { readonly number: number }
  readonly topic: 'news'
  readonly event: string
  readonly signer: null
}

const GENESIS_MS = 1_776_470_400_000
/** Longer than any flood takes. */
const FLOOD_MS = 60_000

/** Counts what it is shown. */
class FloodNode implements Node<Words> {
  received = 0
  readonly #ports: Ports<Words>

  constructor(ports: Ports<Words>) {
    this.#ports = ports
  }

  start(): void {
    this.#ports.transport.subscribe('news')
  }

  stop(): void {}

  onMessage(inbound: Inbound<Words>): Verdict {
    if (inbound.via === 'gossip') this.received++
    return 'accept'
  }

  onTimer(): void {}

  snapshot(): Uint8Array {
    return new Uint8Array(0)
  }

  restore(): void {}

  publish(number: number): void {
    this.#ports.transport.publish('news', { number })
  }
}

export interface FloodNetwork {
  /** Floods once from each of the publishers, all at the same moment; returns the copies that arrived. */
  flood(publishers: readonly number[]): number
  /** Messages shown to nodes so far. */
  received(): number
}

/** Builds the network and its mesh; what is measured begins afterwards. */
export function createFloodNetwork(
  nodes: number,
  options: Partial<SimulationOptions<Words>> = {},
): FloodNetwork {
  const members: FloodNode[] = []
  const simulation = createSimulation<Words>({
    seed: 'flood',
    genesisMs: GENESIS_MS,
    nodes: Array.from({ length: nodes }, (_, index) => ({
      id: asNodeId(`node-${index}`),
      signer: null,
      create: (ports) => {
        const node = new FloodNode(ports)
        members.push(node)
        return node
      },
    })),
    contentWord: ({ number }) => number,
    ...options,
  })
  let arrived = simulation.run(GENESIS_MS).messages
  let published = 0
  return {
    flood(publishers) {
      for (const publisher of publishers) members[publisher]!.publish(published++)
      const { messages } = simulation.run(simulation.nowMs + FLOOD_MS)
      const copies = messages - arrived
      arrived = messages
      return copies
    },
    received: () => members.reduce((sum, { received }) => sum + received, 0),
  }
}
