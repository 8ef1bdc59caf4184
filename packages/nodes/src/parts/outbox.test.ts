import { createLoopback, createProbe } from '@solvent/ports/testing'
import { asNodeId, type Hash32, sha256Hex } from '@solvent/primitives'
import type { SolventVocabulary } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { signerOf } from '../testing/running-network.ts'
import { createOutbox, type Outbox } from './outbox.ts'

const NODE = asNodeId('atlas')
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const digestOf = (text: string): Hash32 => sha256Hex(bytes(text))

function setUp() {
  const left: string[] = []
  let outbox: Outbox | null = null
  const network = createLoopback<SolventVocabulary>({
    seed: 'outbox',
    startMs: 0,
    signer: signerOf,
    storeDelayMs: 100,
  })
  const probe = createProbe<SolventVocabulary>({
    onStart: (ports) => {
      outbox = createOutbox(ports)
    },
    onMessage: (inbound) =>
      inbound.via === 'store' && outbox?.onStore(inbound.ticket) === true ? 'accept' : 'ignore',
  })
  network.add(NODE, probe.create)
  network.start()
  const current = (): Outbox => outbox as unknown as Outbox
  const commit = (slot: string, text: string) =>
    current().commit(
      { slot, digest: digestOf(text), value: { text } },
      ({ value }) => void left.push(`${slot}=${value.text}`),
    )
  const commitments = () =>
    network.events.flatMap(({ event }) => (event.kind === 'commitment' ? [event.digest] : []))
  return { network, left, commit, current, commitments }
}

describe('an outbox', () => {
  it('lets a promise leave when the store has it, and says so', () => {
    const { network, left, commit, commitments } = setUp()
    expect(commit('bid/1', 'ten')).toEqual({ status: 'committed' })
    network.advance(99)
    expect([left, commitments()]).toEqual([[], []])
    network.advance(1)
    expect([left, commitments()]).toEqual([['bid/1=ten'], [digestOf('ten')]])
  })

  it('refuses another promise in the same slot, before the store has answered, after it, and after a kill', () => {
    const { network, left, commit } = setUp()
    commit('bid/1', 'ten')
    const refused = { status: 'refused', held: digestOf('ten') }
    expect(commit('bid/1', 'eleven')).toEqual(refused)
    network.advance(200)
    expect(commit('bid/1', 'eleven')).toEqual(refused)
    network.kill(NODE, 'unsynced-lost')
    network.restart(NODE)
    expect(commit('bid/1', 'eleven')).toEqual(refused)
    network.advance(200)
    expect(left).toEqual(['bid/1=ten'])
  })

  it('lets the same promise leave again as it was stored', () => {
    const { network, left, commit } = setUp()
    commit('bid/1', 'ten')
    expect(commit('bid/1', 'ten')).toEqual({ status: 'repeated' })
    network.advance(200)
    expect(commit('bid/1', 'ten')).toEqual({ status: 'repeated' })
    expect(left).toEqual(['bid/1=ten', 'bid/1=ten', 'bid/1=ten'])
  })

  it('has promised nothing when it was killed before the store answered', () => {
    const { network, left, commit } = setUp()
    commit('bid/1', 'ten')
    network.advance(50)
    network.kill(NODE, 'unsynced-lost')
    network.advance(500)
    network.restart(NODE)
    expect(commit('bid/1', 'eleven')).toEqual({ status: 'committed' })
    network.advance(200)
    expect(left).toEqual(['bid/1=eleven'])
  })

  it('resumes what it promised before a kill, in the order of slots, and only with the prefix', () => {
    const { network, left, commit, current } = setUp()
    for (const slot of ['bid/2', 'bid/1', 'fill/1']) commit(slot, slot)
    network.advance(200)
    network.kill(NODE, 'unsynced-lost')
    network.restart(NODE)
    left.length = 0
    current().resume<{ text: string }>('bid/', ({ slot, value }) => void left.push(`${slot}=${value.text}`))
    expect(left).toEqual(['bid/1=bid/1', 'bid/2=bid/2'])
    expect(['bid/1', 'bid/3'].map((slot) => current().has(slot))).toEqual([true, false])
  })

  it('forgets a slot, also one that has not left', () => {
    const { network, left, commit, current } = setUp()
    commit('bid/1', 'ten')
    current().forget('bid/1')
    network.advance(200)
    expect(left).toEqual([])
    expect(current().find('bid/1')).toBeUndefined()
    expect(current().has('bid/1')).toBe(false)
    expect(commit('bid/1', 'eleven')).toEqual({ status: 'committed' })
  })
})
