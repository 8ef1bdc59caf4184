// Calls of bridges, rollups' contracts and hash locks that numbers choose among what exists, most of them sound.
import { type ChainId, type Hash32, ZERO_ADDRESS, ZERO_HASH } from '@solvent/primitives'
import type { Block, Call, ChainSpec, NetworkSpec } from '@solvent/protocol'
import { address, L1, ORIGIN, rsEthHome, usdc } from './audited-network.ts'
import { type Command, digestOf, type Elsewhere } from './proof-elsewhere.ts'
import { bridgeOf, clients, opens, people, preimages, states, swap } from './proof-network.ts'

interface Made {
  readonly call: Call
  /** Who makes it, if that is not left to chance. */
  readonly by?: string
}

export class Calls {
  readonly #here: ChainId
  readonly #spec: NetworkSpec
  readonly #elsewhere: Elsewhere
  // What events told; a re-org may have taken it back.
  readonly #taken = new Map<string, Set<string>>()
  readonly #batches = new Map<ChainId, { toBlock: number; tip: Hash32 }[]>()
  readonly #roots: Extract<Call, { kind: 'post-root' | 'post-proof' }>[] = []
  readonly #locks: Hash32[] = []

  constructor(here: ChainId, spec: NetworkSpec, elsewhere: Elsewhere) {
    this.#here = here
    this.#spec = spec
    this.#elsewhere = elsewhere
  }

  /** What a block tells of a call that it has made. */
  note(call: Call, events: Block['receipts'][number]['events']): void {
    if (call.kind === 'submit-headers') {
      const key = `${call.bridge}|${call.source}`
      const taken = this.#taken.get(key) ?? new Set()
      for (const { header } of call.headers) taken.add(digestOf(header))
      this.#taken.set(key, taken)
    }
    if (call.kind === 'post-batch')
      this.#batches.set(call.rollup, [...(this.#batches.get(call.rollup) ?? []), call])
    if (call.kind === 'post-root' || call.kind === 'post-proof') this.#roots.push(call)
    for (const event of events) if (event.kind === 'hash-lock-created') this.#locks.push(event.lock)
  }

  /** Null while what it is about is not there. */
  of(each: Command): Made | null {
    switch (each.kind) {
      case 'submit':
        return this.#headers(each)
      case 'include':
        return this.#inclusion(each)
      case 'batch':
        return this.#batch(each)
      case 'root':
      case 'proof':
        return this.#rootOf(each)
      case 'challenge':
        return this.#dispute(each)
      case 'exit':
        return this.#exit(each)
      default:
        return this.#lock(each)
    }
  }

  #headers({ which, what, how }: Command): Made | null {
    const { chainId: source } = this.#elsewhere.source(which)
    const [name, verification] = clients[what % clients.length]!
    const known = this.#elsewhere.headers.get(source)!
    const tip = known.at(-1 - (how % Math.min(4, known.length || 1)))
    if (tip === undefined || !('form' in verification)) return null
    const taken = this.#taken.get(`${bridgeOf(name)}|${source}`)
    const line = this.#elsewhere.line(tip, (one) => how % 7 !== 0 && taken?.has(one) === true).slice(0, 10)
    const headers = (how % 19 === 0 ? line.slice(0, 1) : line).map(({ signed }) => signed).reverse()
    const form = how % 21 === 0 ? (verification.form === 'zk' ? 'headers' : 'zk') : verification.form
    return { call: { kind: 'submit-headers', bridge: bridgeOf(name), source, form, headers } }
  }

  #inclusion({ which, what, how }: Command): Made | null {
    const { chainId: source } = this.#elsewhere.source(which)
    const i = what % clients.length
    const name = how % 41 === 0 ? 'swap' : clients[i]![0]
    const taken = [...(this.#taken.get(`${bridgeOf(name)}|${source}`) ?? [])]
    const known = how % 11 === 0 ? this.#elsewhere.headers.get(source)!.map((each) => each.hash) : taken
    const under = this.#elsewhere.byHash.get(known.at(-1 - (how % Math.min(5, known.length || 1))) ?? '')
    if (under === undefined) return null
    const leaf = how % 13 === 0 ? (i + 1) % clients.length : i
    const { tree } = under
    const message = { ...tree.messages[i]!, bridge: bridgeOf(name) }
    const path = tree.leaves.path(leaf, tree.messages.length)
    const proof = { kind: 'header-inclusion', header: under.hash, leaf, path } as const
    return { call: { kind: 'deliver', message, proof } }
  }

  #batch({ which, what, how, genuine }: Command): Made | null {
    const rollup = this.#elsewhere.source(which).chainId
    const last = this.#batches.get(rollup)?.at(-1)
    const above = (this.#elsewhere.headers.get(rollup) ?? []).filter(
      ({ signed }) => signed.header.number > (last?.toBlock ?? 0),
    )
    const tip = above[what % (above.length || 1)]
    if (tip === undefined) return null
    const [to, from] = [tip.signed.header.number, (last?.toBlock ?? 0) + 1]
    const call: Call = {
      ...{ kind: 'post-batch', rollup, tip: tip.hash },
      fromBlock: how % 9 === 0 ? Math.max(1, from - 1) : how % 3 === 0 ? to : from,
      toBlock: how % 31 === 0 ? to + 400 : to,
      after: how % 15 === 0 ? null : (last?.tip ?? null),
    }
    return { call, by: genuine ? this.#producerOf(rollup) : 'alice' }
  }

  #rootOf({ kind, which, what, how, genuine }: Command): Made | null {
    const rollup = this.#elsewhere.source(which).chainId
    const batches = this.#batches.get(rollup) ?? []
    const batch = batches.at(-1 - (how % Math.min(2, batches.length || 1)))
    const tip = this.#elsewhere.byHash.get(batch?.tip ?? '')
    if (batch === undefined || tip === undefined) return null
    const { header } = tip.signed
    const lie = [...this.#elsewhere.trees.keys()][what % this.#elsewhere.trees.size] as Hash32
    const roots = {
      stateRoot: what % 4 === 0 ? states[how % 3]! : header.stateRoot,
      outboxRoot: what % 4 === 1 ? lie : header.outboxRoot,
    }
    const wrong = this.#elsewhere.headers.get(rollup)![what % this.#elsewhere.headers.get(rollup)!.length]!
    const shown = how % 8 === 0 ? wrong.signed.header : header
    const block = how % 23 === 0 ? batch.toBlock + 1 : batch.toBlock
    const isZk = (this.#chain(rollup).consensus.kind === 'zk') === (kind === 'proof' || how % 7 > 0)
    const call: Call =
      isZk && how % 29 > 0
        ? { kind: 'post-proof', rollup, block, ...roots, header: shown }
        : { kind: 'post-root', rollup, block, ...roots }
    return { call, by: !genuine ? 'poor' : this.#producerOf(rollup) }
  }

  #dispute({ what, how }: Command): Made | null {
    const disputable = this.#roots.filter((root) => root.kind === 'post-root' || how % 5 === 0)
    const root = disputable.at(-1 - (what % Math.min(3, disputable.length || 1)))
    if (root === undefined) return null
    const { rollup, block, stateRoot, outboxRoot } = root
    const batch = this.#batches.get(rollup)?.find(({ toBlock }) => toBlock === block)
    const known = this.#elsewhere.headers.get(rollup)!
    const tip = how % 9 === 0 ? known[how % known.length] : this.#elsewhere.byHash.get(batch?.tip ?? '')
    if (tip === undefined) return null
    const said = how % 14 === 1 ? { stateRoot: states[what % 3]!, outboxRoot } : { stateRoot, outboxRoot }
    return { call: { kind: 'challenge', rollup, block, ...said, header: tip.signed.header } }
  }

  #exit({ which, what, how }: Command): Made | null {
    const root = this.#roots.at(-1 - (what % Math.min(4, this.#roots.length || 1)))
    const tree = this.#elsewhere.trees.get(root?.outboxRoot ?? '')
    const batches = this.#batches.get(root?.rollup ?? L1) ?? []
    const batch = batches.find(({ toBlock }) => toBlock === root?.block) ?? batches.at(-1)
    if (root === undefined || tree === undefined || batch === undefined) return null
    const own = clients.length - 1
    const i = how % 12 === 0 ? which % clients.length : own
    const other = this.#elsewhere.headers.get(root.rollup)![
      which % this.#elsewhere.headers.get(root.rollup)!.length
    ]!
    const header = how % 11 === 0 ? other.hash : batch.tip
    const block = how % 17 === 0 ? batch.toBlock + 1 : batch.toBlock
    const leaf = how % 13 === 0 ? 0 : i
    const path = tree.leaves.path(leaf, tree.messages.length)
    const message = tree.messages[i]!
    return { call: { kind: 'deliver', message, proof: { kind: 'rollup-root', block, header, leaf, path } } }
  }

  #lock({ kind, which, what, how }: Command): Made | null {
    const bridge = how % 37 === 0 ? bridgeOf('final') : swap
    if (kind === 'lock') {
      const call: Call = {
        ...{ kind: 'hash-lock-create', bridge, leg: what % 2 === 0 ? 'source' : 'destination' },
        token: how % 19 === 0 ? ZERO_ADDRESS : this.#here === L1 ? rsEthHome : usdc,
        amount: BigInt((what % 6) * 400),
        recipient: how % 23 === 0 ? swap : address(people[which % people.length]!),
        hash: opens(preimages[what % 3]!),
      }
      return how % 4 === 0 ? { call } : { call, by: 'alice' }
    }
    const lock = this.#locks.at(-1 - (what % Math.min(3, this.#locks.length || 1))) ?? ZERO_HASH
    if (kind === 'cancel') return { call: { kind: 'hash-lock-cancel', bridge, lock } }
    return { call: { kind: 'hash-lock-withdraw', bridge, lock, preimage: preimages[how % 3]! } }
  }

  #chain(id: ChainId): ChainSpec {
    return this.#spec.chains.find(({ chainId }) => chainId === id)!
  }

  #producerOf(rollup: ChainId): string {
    return rollup === ORIGIN ? 'origin-producer' : 'destination-producer'
  }
}
