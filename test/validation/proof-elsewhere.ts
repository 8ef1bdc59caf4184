// What other chains say, for a chain that follows them: headers made by hand in all directions, and outboxes under them.
import { type ChainId, type Hash32, ZERO_HASH } from '@solvent/primitives'
import {
  type BlockHeader,
  type BridgeMessage,
  type ChainSpec,
  headerDigest,
  messageDigest,
  type NetworkSpec,
  type SignedHeader,
} from '@solvent/protocol'
import { OutboxLeaves } from '@solvent/settlement'
import fc from 'fast-check'
import { address, at, L1, rsEthHome, signer, usdc } from './audited-network.ts'
import { bridgeOf, clients, people, states, swap, wrappedOf } from './proof-network.ts'

const kinds = [
  ...[
    'grow',
    'grow',
    'grow',
    'grow',
    'submit',
    'submit',
    'submit',
    'submit',
    'include',
    'include',
    'include',
  ],
  ...['batch', 'batch', 'batch', 'root', 'root', 'challenge', 'challenge', 'proof', 'exit', 'exit'],
  ...['lock', 'open', 'open', 'cancel'],
] as const
/** Numbers from which a command chooses among what exists when it runs. */
export const command = fc.record({
  kind: fc.constantFrom(...kinds),
  who: fc.nat(people.length - 1),
  which: fc.nat(1_000),
  what: fc.nat(1_000),
  how: fc.nat(1_000),
  /** Slots of the L1 until its block, and a second more or less where slots are shorter. */
  after: fc.constantFrom(0, 0, 0, 0, 0, 1, 1, 2, 4, 10),
  off: fc.constantFrom(0, 0, 0, -1, 1),
  genuine: fc.integer({ min: 0, max: 11 }).map((n) => n > 0),
  lowGas: fc.integer({ min: 0, max: 24 }).map((n) => n === 0),
})
export type Command = typeof command extends fc.Arbitrary<infer C> ? C : never
export const commands = (minLength: number, maxLength: number) => fc.array(command, { minLength, maxLength })

export interface Grown {
  readonly signed: SignedHeader
  readonly hash: Hash32
  readonly tree: Tree
}
export interface Tree {
  readonly root: Hash32
  readonly leaves: OutboxLeaves
  readonly messages: readonly BridgeMessage[]
}

/** Made once: trees are hashed level by level, headers whole. */
const treesMade = new Map<string, Tree>()
const digests = new WeakMap<BlockHeader, Hash32>()
export function digestOf(header: BlockHeader): Hash32 {
  const digest = digests.get(header) ?? headerDigest(header)
  digests.set(header, digest)
  return digest
}

/** Headers of other chains and what is in their outboxes, made by hand: nobody on this chain sees anything else of them. */
export class Elsewhere {
  readonly #here: ChainId
  readonly #spec: NetworkSpec
  readonly headers = new Map<ChainId, Grown[]>()
  readonly trees = new Map<string, Tree>()
  readonly byHash = new Map<string, Grown>()
  readonly #template: BlockHeader

  constructor(here: ChainId, spec: NetworkSpec, template: BlockHeader) {
    this.#here = here
    this.#spec = spec
    this.#template = template
    for (const { chainId } of spec.chains) if (chainId !== here) this.headers.set(chainId, [])
  }

  /** A child of one of the newest headers of a chain, or another first one. */
  grow({ which, what, how, genuine }: Command, now: number): void {
    const source = this.source(which)
    const known = this.headers.get(source.chainId)!
    const parent = how % 17 === 0 ? undefined : known.at(-1 - (how % Math.min(5, known.length || 1)))
    const lowest = (parent?.signed.header.number ?? 0) + 1
    // As far as its slots have begun, or not far from there.
    const begun = Math.floor((now * 1_000) / source.slotMs)
    const number = how % 3 === 0 ? lowest : Math.max(lowest, begun - (what % 40))
    const said = [0, number, lowest - 1, lowest - 2]
    const producers = source.producers.map(({ node }) => String(node))
    const producer = what % 23 === 0 ? 'alice' : producers[(what + how) % producers.length]!
    const tree = this.#tree(source.chainId, what)
    const header: BlockHeader = {
      ...this.#template,
      chainId: source.chainId,
      number,
      timestamp: at(now - 20 + (how % 30)),
      parentHash: parent?.hash ?? ZERO_HASH,
      producer: address(producer),
      justified: Math.max(0, said[how % 4]!),
      finalized: Math.max(0, said[what % 4]!),
      outboxRoot: tree.root,
      stateRoot: states[what % 3]!,
    }
    const digest = digestOf(header)
    const grown = {
      signed: { header, signature: signer(genuine ? producer : 'alice').sign(digest) },
      hash: digest,
      tree,
    }
    known.push(grown)
    this.byHash.set(digest, grown)
  }

  source(which: number): ChainSpec {
    const others = this.#spec.chains.filter(({ chainId }) => chainId !== this.#here)
    return others[which % others.length]!
  }

  /** From a header down to its oldest ancestor here, or to one that stops it. */
  line(tip: Grown, stops: (hash: string) => boolean): Grown[] {
    const line = [tip]
    for (let up = tip; ; ) {
      const parent = this.byHash.get(up.signed.header.parentHash)
      if (parent === undefined || stops(parent.hash)) return line
      line.push(parent)
      up = parent
    }
  }

  leadsTo(root: string, { leaf, path }: { leaf: number; path: readonly string[] }): BridgeMessage | null {
    const tree = this.trees.get(root)
    if (tree === undefined || leaf >= tree.messages.length) return null
    const isPath = tree.leaves.path(leaf, tree.messages.length).join() === path.join()
    return isPath ? tree.messages[leaf]! : null
  }

  #tree(srcChainId: ChainId, like: number): Tree {
    const what = like % 200
    const key = `${this.#here}/${srcChainId}/${what}`
    const made = treesMade.get(key) ?? this.#newTree(srcChainId, what)
    treesMade.set(key, made)
    this.trees.set(made.root, made)
    return made
  }

  #newTree(srcChainId: ChainId, what: number): Tree {
    const leaves = new OutboxLeaves()
    const messages = clients.map(([name], i): BridgeMessage => {
      const emitter = what % 29 === 1 ? address('alice') : bridgeOf(name)
      const recipient = what % 31 === 1 ? swap : address(people[what % people.length]!)
      const [own, amount] = [this.#here === L1 ? rsEthHome : wrappedOf(name), BigInt((what % 7) * 331)]
      return {
        ...{ bridge: bridgeOf(name), srcChainId, emitter, dstChainId: this.#here },
        sequence: (what + i) % 3,
        payload: { kind: 'transfer', token: what % 37 === 1 ? usdc : own, amount, recipient },
      }
    })
    for (const message of messages) leaves.append(messageDigest(message))
    return { root: leaves.root(messages.length), leaves, messages }
  }
}
