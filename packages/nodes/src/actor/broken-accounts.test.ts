import { asAddress, asNodeId } from '@solvent/primitives'
import type { ControlMessage, Party } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createRunningNetwork } from '../testing/running-network.ts'
import { address, node, parties, ROLLUP, SEED, smallNetwork, tokens } from '../testing/small-network.ts'
import { createActor } from './actor.ts'
import type { ActorAction, ActorStep } from './actor-step.ts'

const THIEF = node('user-1')
const OWNER = node('atlas')

const step = (label: string, atSeconds: number, action: ActorAction): ActorStep => ({
  label,
  atMs: atSeconds * 1_000,
  waits: [],
  delayMs: 0,
  chainId: ROLLUP,
  action,
  priorityFeePerGas: null,
  gasLimit: null,
  skipNonces: 0,
})
const call = (amount: bigint, to: 'user-1' | 'borealis') =>
  ({ kind: 'transfer', token: tokens.usdcRollup, to: address(to), amount }) as const
const keys = { scheme: 'stand-in', seed: SEED } as const
/** To which the owner may rotate its account. */
const successor = { node: 'atlas/ml-dsa', address: asAddress(`0x${'a7'.repeat(20)}`) }
const drain = (amount: bigint): ActorAction => ({
  ...{ kind: 'drain', victim: parties.atlas, successors: [successor], keys },
  call: call(amount, 'user-1'),
})

/** The owner pays somebody twice, and may rotate its key; the thief's steps are its own. */
function theft(steps: readonly ActorStep[], rotatesAtSeconds: number | null = null) {
  const network = createRunningNetwork()
  const own = [
    ...(rotatesAtSeconds === null
      ? []
      : [step('rotate', rotatesAtSeconds, { kind: 'rotate-key', key: successor, keys })]),
    step('rent', 5, { kind: 'call', call: call(1n, 'borealis') }),
    step('food', 20, { kind: 'call', call: call(2n, 'borealis') }),
  ]
  network.add(OWNER, createActor({ spec: smallNetwork, node: OWNER, steps: own }))
  network.add(THIEF, createActor({ spec: smallNetwork, node: THIEF, steps }))
  const operator = network.probe(asNodeId('operator'))
  network.start()
  return {
    network,
    tell(accounts: readonly Party[]) {
      const body: ControlMessage = { kind: 'accounts-broken', accounts, by: address('user-1') }
      void operator.ports.transport.request(THIEF, { type: 'control', body }, 30_000)
    },
    answers: () => operator.inbox.flatMap((m) => (m.via === 'reply' ? [m.message.body] : [])),
    /** What the owner's account has paid, with the nonces. */
    paid: () =>
      network
        .blocks(ROLLUP)
        .flatMap(({ transactions }) =>
          transactions.flatMap(({ transaction: { from, nonce, call: paid } }) =>
            from === address('atlas') && paid.kind === 'transfer' ? [{ nonce, amount: paid.amount }] : [],
          ),
        ),
  }
}

describe('an actor who can sign for an account', () => {
  it('pays itself from it once the scheme is broken, not before', () => {
    const { network, tell, paid, answers } = theft([step('take', 10, drain(100n))])
    network.seconds(15)
    expect(paid()).toEqual([{ nonce: 0, amount: 1n }])
    tell([parties.borealis])
    tell([parties.atlas])
    network.seconds(60)
    expect(answers()).toEqual([{ kind: 'refused', reason: 'no-such-step' }, { kind: 'done' }])
    expect(paid()).toEqual([
      { nonce: 0, amount: 1n },
      { nonce: 1, amount: 100n },
      { nonce: 2, amount: 2n },
    ])
  })

  it('takes the next nonce when the owner was faster with one, and so does the owner', () => {
    const { network, tell, paid } = theft([step('take', 20, drain(100n)), step('more', 20, drain(200n))])
    network.seconds(1)
    tell([parties.atlas])
    network.seconds(300)
    expect(paid().map(({ nonce }) => nonce)).toEqual([0, 1, 2, 3])
    const amounts = paid().map(({ amount }) => amount)
    for (const amount of [1n, 2n, 100n, 200n]) expect(amounts).toContain(amount)
  })

  it.each([8, 12, 16])('takes once what it takes, though it is killed after %i seconds', (seconds) => {
    const { network, tell, paid } = theft([step('take', 10, drain(100n))])
    network.seconds(2)
    tell([parties.atlas])
    network.seconds(seconds - 2)
    network.kill(THIEF, 'unsynced-lost')
    network.seconds(2)
    network.restart(THIEF)
    tell([parties.atlas])
    network.seconds(200)
    expect(paid().filter(({ amount }) => amount === 100n)).toHaveLength(1)
  })

  it('takes nothing any more once the owner has rotated the key, who goes on under the new one', () => {
    const { network, tell, paid } = theft([step('take', 10, drain(100n))], 8)
    network.seconds(15)
    tell([parties.atlas])
    network.seconds(200)
    expect(paid()).toEqual([
      { nonce: 0, amount: 1n },
      { nonce: 2, amount: 2n },
    ])
  })

  it('takes again when the new key is broken too', () => {
    const { network, tell, paid } = theft([step('take', 10, drain(100n))], 8)
    network.seconds(30)
    tell([{ node: OWNER, address: successor.address }])
    network.seconds(200)
    expect(paid().at(-1)).toEqual({ nonce: 3, amount: 100n })
  })

  it.each([9, 14, 19])('is no match for an owner who rotates and is killed after %i seconds', (seconds) => {
    const { network, tell, paid } = theft([step('take', 10, drain(100n))], 8)
    network.seconds(seconds)
    network.kill(OWNER, 'unsynced-lost')
    network.seconds(2)
    network.restart(OWNER)
    network.seconds(20)
    tell([parties.atlas])
    network.seconds(300)
    expect(paid().map(({ amount }) => amount)).toEqual([1n, 2n])
  })
})
