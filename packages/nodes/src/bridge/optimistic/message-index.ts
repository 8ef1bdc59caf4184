// The messages of a bridge as a node has read them on their source chains, by lane and number, and those that its data
// source reported. What a bundle may claim is made from it, by proposers, disputers and the arbiter alike.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import {
  type Block,
  type BridgeMessage,
  type BridgeSpec,
  type MessageLane,
  messageDigest,
} from '@solvent/protocol'
import { type ChainView, OutboxLeaves, type SettlementRules } from '@solvent/settlement'

/** What a bundle says of the messages in its lanes. */
export interface BundleClaim {
  readonly root: Hash32
  readonly count: number
}

interface Entry {
  readonly message: BridgeMessage
  /** The block that sent it; null for a message that only a data source has told of. */
  readonly block: { readonly number: number; readonly hash: Hash32 } | null
}

/** Messages remembered at most; of the longest lane the oldest go first. */
const MAX_MESSAGES = 100_000

export class MessageIndex {
  readonly #bridge: BridgeSpec
  readonly #view: ChainView
  readonly #rules: SettlementRules
  readonly #lanes = new Map<string, Map<number, Entry>>()
  #size = 0

  constructor(bridge: BridgeSpec, view: ChainView, rules: SettlementRules) {
    this.#bridge = bridge
    this.#view = view
    this.#rules = rules
  }

  onBlock({ header, hash, receipts }: Block): void {
    for (const { events } of receipts) {
      for (const event of events) {
        if (event.kind !== 'message-sent' || event.message.bridge !== this.#bridge.address) continue
        this.#put({ message: event.message, block: { number: header.number, hash } })
      }
    }
  }

  /** A block is no longer followed: what it sent was not sent. */
  onOrphaned({ hash, receipts }: Block): void {
    for (const { events } of receipts) {
      for (const event of events) {
        if (event.kind !== 'message-sent') continue
        const { message } = event
        if (this.#find(message)?.block?.hash === hash) this.#remove(message)
      }
    }
  }

  /** A data source tells of a message; a chain's own word stands above it. */
  report(message: BridgeMessage): void {
    if (this.#find(message) === undefined) this.#put({ message, block: null })
  }

  /** Forgets what only a data source has told of. */
  doubt(message: BridgeMessage): void {
    if (this.#find(message)?.block === null) this.#remove(message)
  }

  isReported(message: BridgeMessage): boolean {
    return this.#find(message)?.block === null
  }

  /** Messages to a chain that may be claimed, lane by lane in the order of their numbers. */
  *claimable(dstChainId: ChainId): IterableIterator<BridgeMessage> {
    for (const lane of this.#lanes.values()) {
      const numbers = [...lane.keys()].sort((a, b) => a - b)
      for (const number of numbers) {
        const entry = lane.get(number) as Entry
        if (entry.message.dstChainId === dstChainId && this.#isFirm(entry)) yield entry.message
      }
    }
  }

  /** The claimable messages to a chain in the lanes, in the order of a bundle. */
  inLanes(dstChainId: ChainId, lanes: readonly MessageLane[]): BridgeMessage[] {
    return lanes.flatMap(({ srcChainId, emitter, from, to }) => {
      const lane = this.#lanes.get(laneKey(srcChainId, emitter))
      if (lane === undefined) return []
      return [...lane.entries()]
        .filter(
          ([number, entry]) =>
            number >= from && number <= to && entry.message.dstChainId === dstChainId && this.#isFirm(entry),
        )
        .sort(([a], [b]) => a - b)
        .map(([, { message }]) => message)
    })
  }

  /** Whether every lane is known to its end: its last message is firm, so nothing in it is still to come. */
  knowsLanes(lanes: readonly MessageLane[]): boolean {
    return lanes.every(({ srcChainId, emitter, to }) => {
      const lane = this.#lanes.get(laneKey(srcChainId, emitter))
      const last = lane?.get(to)
      return last !== undefined && this.#isFirm(last)
    })
  }

  #isFirm({ message, block }: Entry): boolean {
    if (block === null) return true
    return this.#rules.attestable(this.#view.level(message.srcChainId, block.number), this.#bridge.finality)
  }

  #find({ srcChainId, emitter, sequence }: BridgeMessage): Entry | undefined {
    return this.#lanes.get(laneKey(srcChainId, emitter))?.get(sequence)
  }

  #put(entry: Entry): void {
    const { srcChainId, emitter, sequence } = entry.message
    const key = laneKey(srcChainId, emitter)
    const lane = this.#lanes.get(key) ?? new Map<number, Entry>()
    this.#lanes.set(key, lane)
    if (!lane.has(sequence)) this.#size++
    lane.set(sequence, entry)
    if (this.#size > MAX_MESSAGES) this.#forgetOldest()
  }

  #remove({ srcChainId, emitter, sequence }: BridgeMessage): void {
    if (this.#lanes.get(laneKey(srcChainId, emitter))?.delete(sequence) === true) this.#size--
  }

  #forgetOldest(): void {
    let longest = new Map<number, Entry>()
    for (const lane of this.#lanes.values()) if (lane.size > longest.size) longest = lane
    longest.delete(longest.keys().next().value as number)
    this.#size--
  }
}

/** The tree of a bundle over these messages, in this order. */
export function bundleTree(messages: readonly BridgeMessage[]): OutboxLeaves {
  const leaves = new OutboxLeaves()
  for (const message of messages) leaves.append(messageDigest(message))
  return leaves
}

export function claimOver(messages: readonly BridgeMessage[]): BundleClaim {
  return { root: bundleTree(messages).root(messages.length), count: messages.length }
}

/** The lanes that just hold these messages, which come lane by lane in the order of their numbers. */
export function lanesOver(messages: readonly BridgeMessage[]): MessageLane[] {
  const lanes: MessageLane[] = []
  for (const { srcChainId, emitter, sequence } of messages) {
    const last = lanes.at(-1)
    if (last?.srcChainId === srcChainId && last.emitter === emitter) {
      lanes[lanes.length - 1] = { ...last, to: sequence }
    } else lanes.push({ srcChainId, emitter, from: sequence, to: sequence })
  }
  return lanes
}

function laneKey(srcChainId: ChainId, emitter: Address): string {
  return `${srcChainId}/${emitter}`
}
