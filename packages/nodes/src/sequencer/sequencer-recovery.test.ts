import type { Ports } from '@solvent/ports'
import { type ChainId, ZERO_ADDRESS } from '@solvent/primitives'
import { type SignedTransaction, type SolventVocabulary, transactionDigest } from '@solvent/protocol'
import { gasOf } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { BlockShelf } from '../parts/block-shelf.ts'
import { ARCHIVE, createRunningNetwork, signerOf } from '../testing/running-network.ts'
import { address, node, ROLLUP } from '../testing/small-network.ts'

const PEER = node('user-1')
const PRODUCER = node('rollup-producer')

function payment(nonce: number): SignedTransaction {
  const transaction = {
    chainId: ROLLUP as ChainId,
    from: address('user-1'),
    nonce,
    gasLimit: gasOf('transfer'),
    maxFeePerGas: 10_000_000_000n,
    maxPriorityFeePerGas: 1n,
    call: { kind: 'transfer', token: ZERO_ADDRESS, to: address('atlas'), amount: 1n } as const,
  }
  return { transaction, signature: signerOf(PEER).sign(transactionDigest(transaction)) }
}

/** A rollup whose only producer has two blocks and loses its disk; `archive` keeps them and answers when it is told to. */
function afterTheLoss() {
  const network = createRunningNetwork()
  let answers = false
  const archive = network.probe(ARCHIVE, {
    onMessage(inbound) {
      if (!answers || inbound.via !== 'request' || inbound.message.type !== 'block-request') return 'ignore'
      const shelf = new BlockShelf(ROLLUP)
      for (const block of kept) shelf.insert(block)
      archive.ports.transport.reply(inbound.replyTo, {
        type: 'blocks',
        body: shelf.range(inbound.message.body),
      })
      return 'accept'
    },
  })
  const peer = network.probe(PEER, {
    onStart: (ports: Ports<SolventVocabulary>) => ports.transport.subscribe('headers'),
  })
  network.start()
  const send = (nonce: number) =>
    void peer.ports.transport.request(PRODUCER, { type: 'transaction', body: payment(nonce) }, 30_000)
  const headers = () =>
    peer.inbox.flatMap((m) =>
      m.via === 'gossip' && m.message.type === 'header' && m.message.body.header.chainId === ROLLUP
        ? [m.message.body.header]
        : [],
    )
  for (const nonce of [0, 1]) {
    send(nonce)
    network.seconds(10)
  }
  const kept = network.blocks(ROLLUP)
  expect(kept).toHaveLength(2)
  network.kill(PRODUCER, 'lost')
  network.seconds(1)
  network.restart(PRODUCER)
  const answer = () => {
    answers = true
  }
  return { network, peer, send, headers, kept, answer }
}

describe('a sole producer that has lost its disk', () => {
  it('makes no block and takes no transaction while nobody tells it what it had', () => {
    const { network, peer, send, headers } = afterTheLoss()
    send(2)
    network.seconds(200)
    expect(headers()).toHaveLength(2)
    expect(peer.inbox.findLast(({ via }) => via === 'reply')).toMatchObject({
      message: { body: { accepted: false, reason: 'unavailable' } },
    })
  })

  it('has its blocks back, says nothing of them anew, and goes on in a slot that had not begun', () => {
    const { network, send, headers, kept, answer } = afterTheLoss()
    network.seconds(100)
    answer()
    network.seconds(120)
    send(2)
    network.seconds(10)
    const all = headers()
    expect(all).toHaveLength(3)
    expect(all[2]?.parentHash).toBe(kept[1]?.hash)
    // 21 s until the restart, 220 s after it, 2 s a slot.
    expect(all[2]?.number).toBe(121)
    expect(
      network
        .blocks(ROLLUP)
        .map(({ hash }) => hash)
        .slice(0, 2),
    ).toEqual(kept.map(({ hash }) => hash))
  })
})
