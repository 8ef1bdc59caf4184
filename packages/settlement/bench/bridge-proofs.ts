// What makes the messages of a bridge of the benchmark believed, and what has to happen first.
import type { Address, ChainId } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type Block,
  type MessageProof,
  messageDigest,
} from '@solvent/protocol'
import { OutboxLeaves } from '@solvent/settlement'
import { type Chain, type Sent, signerOf } from './bridge-chain.ts'
import { account, type Crossing, L1, producerOf, WINDOW_SECONDS } from './bridge-network.ts'

/** Messages of a bundle. */
const IN_BUNDLE = 4_000

/** How a bridge's messages are proven, after what has to happen first: a proof of the message in a place. */
export function prepare(
  { spec: bridge, from, to }: Crossing,
  sent: readonly Sent[],
  chainOf: (chainId: ChainId) => Chain,
): (i: number) => MessageProof {
  const { verification, address } = bridge
  const source = chainOf(from)
  const destination = chainOf(to)
  const relayer = bridge.relayers[0]?.address as Address
  if (verification.kind === 'quorum') {
    const { threshold, setIndex } = verification
    const signers = verification.verifiers.slice(0, threshold).map((each) => signerOf(each.address))
    return (i) => {
      const { message } = sent[i] as Sent
      const digest = attestationDigest(attestationOf(message, setIndex))
      const signatures = signers.map((signer) => ({
        verifier: signer.address,
        signature: signer.sign(digest),
      }))
      return { kind: 'quorum', setIndex, signatures }
    }
  }
  if (verification.kind === 'optimistic') {
    const trees: OutboxLeaves[] = []
    for (let first = 0; first < sent.length; first += IN_BUNDLE) {
      const bundled = sent.slice(first, first + IN_BUNDLE)
      const tree = new OutboxLeaves()
      for (const { message } of bundled) tree.append(messageDigest(message))
      const lanes = [{ srcChainId: from, emitter: address, from: first, to: first + bundled.length - 1 }]
      const { count } = tree
      destination.call(account('proposer'), {
        ...{ kind: 'propose-bundle', bridge: address, lanes, count, root: tree.root(count) },
      })
      trees.push(tree)
    }
    destination.produce()
    destination.pass(WINDOW_SECONDS + 1)
    return (i) => {
      const bundle = Math.floor(i / IN_BUNDLE)
      const leaf = i % IN_BUNDLE
      const tree = trees[bundle] as OutboxLeaves
      return { kind: 'bundle', bundle, leaf, path: tree.path(leaf, tree.count) }
    }
  }
  const { count } = source.outbox
  const pathOf = (i: number) => {
    const { leaf } = sent[i] as Sent
    return { leaf, path: source.outbox.path(leaf, count) }
  }
  // The first block with all messages in its outbox.
  const tip = source.blocks.find(({ header }) => header.outboxRoot === source.outbox.root(count)) as Block
  if (from !== L1) {
    const { number, stateRoot, outboxRoot } = tip.header
    const producer = account(producerOf(from))
    destination.call(producer, {
      kind: 'post-batch',
      rollup: from,
      fromBlock: 1,
      toBlock: number,
      after: null,
      tip: tip.hash,
    })
    destination.call(producer, { kind: 'post-root', rollup: from, block: number, stateRoot, outboxRoot })
    destination.produce()
    destination.pass(WINDOW_SECONDS + 1)
    return (i) => ({ kind: 'rollup-root', block: number, header: tip.hash, ...pathOf(i) })
  }
  const form = 'form' in verification ? verification.form : 'headers'
  for (let first = 0; first < source.blocks.length; first += 32) {
    const headers = source.blocks
      .slice(first, first + 32)
      .map(({ header, signature }) => ({ header, signature }))
    destination.call(relayer, { kind: 'submit-headers', bridge: address, source: from, form, headers })
  }
  destination.produce()
  return (i) => ({ kind: 'header-inclusion', header: tip.hash, ...pathOf(i) })
}
