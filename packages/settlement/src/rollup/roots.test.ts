// Disputes over state roots: who wins, what becomes of bonds, what a re-org takes back.
import { asHash32, type Hash32, ZERO_ADDRESS } from '@solvent/primitives'
import { type Block, type ContractFlaw, type NetworkSpec, rollupContract } from '@solvent/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { address, L1, network, ORIGIN } from '../testing/small-network.ts'
import { createTestChain, type TestChain } from '../testing/test-chain.ts'

/** An odd bond, so that halving it leaves a residue. */
const BOND = 1_001n
const WRONG = asHash32(`0x${'bb'.repeat(32)}`)
const contract = rollupContract({ name: 'origin' })
/** Its window is the small network's 600 s. */
const bonded: NetworkSpec = {
  ...network,
  chains: network.chains.map((chain) =>
    chain.consensus.kind === 'optimistic'
      ? { ...chain, consensus: { ...chain.consensus, proposers: 'anyone', rootBond: BOND } }
      : chain,
  ),
}

const ofProducers: NetworkSpec = {
  ...bonded,
  chains: bonded.chains.map((chain) =>
    chain.consensus.kind === 'optimistic'
      ? { ...chain, consensus: { ...chain.consensus, proposers: 'producers' } }
      : chain,
  ),
}

let l1: TestChain
let tips: Block[]
beforeEach(() => {
  l1 = createTestChain(L1, { spec: bonded })
  const rollup = createTestChain(ORIGIN, { spec: bonded })
  tips = [10, 20, 30].map((second) => rollup.produce(second, true) as Block)
  tips.forEach(({ hash, header }, i) => {
    const call = {
      kind: 'post-batch',
      rollup: ORIGIN,
      fromBlock: header.number - 9,
      toBlock: header.number,
      after: tips[i - 1]?.hash ?? null,
      tip: hash,
    } as const
    expect(l1.call('origin-producer', call, 48 + header.number * 12).status).toBe('ok')
  })
})

const tip = (i: number): Block => tips[i] as Block
/** The state root that was proposed last for each batch. */
const proposed = new Map<number, Hash32>()
const propose = (i: number, stateRoot = tip(i).header.stateRoot, by = 'solver', second?: number) => {
  const { number: block, outboxRoot } = tip(i).header
  proposed.set(i, stateRoot)
  return l1.call(by, { kind: 'post-root', rollup: ORIGIN, block, stateRoot, outboxRoot }, second)
}
const challenge = (i: number, header = tip(i).header, second?: number, by = 'rival') => {
  const { number: block, outboxRoot } = tip(i).header
  const stateRoot = proposed.get(i) ?? WRONG
  return l1.call(by, { kind: 'challenge', rollup: ORIGIN, block, stateRoot, outboxRoot, header }, second)
}
const held = () => l1.engine.balance('BOND', contract, ZERO_ADDRESS)
/** What a receipt's entries of a cause move to an account, in wei. */
const moved = (receipt: ReturnType<typeof propose>, cause: string, owner: string) =>
  receipt.entries
    .filter((entry) => entry.cause === cause)
    .flatMap(({ legs }) => legs)
    .filter((leg) => leg.owner === owner)
    .reduce((sum, { amount }) => sum + amount, 0n)

describe('a disputed root', () => {
  test('goes when the header of the batch says otherwise: half the bond to the challenger, the rest burned', () => {
    propose(0, WRONG)
    expect(held()).toBe(BOND)
    const receipt = challenge(0)
    expect(receipt.events).toEqual([
      { kind: 'roots-deleted', rollup: ORIGIN, fromBlock: 10, challenger: address('rival') },
    ])
    expect([moved(receipt, 'bond-forfeit', address('rival')), moved(receipt, 'bond-forfeit', '')]).toEqual([
      500n,
      501n,
    ])
    expect(receipt.entries.at(-1)?.rounding).toEqual([
      { token: ZERO_ADDRESS, direction: 'floor', residue: 1n, divisor: 2n },
    ])
    expect(held()).toBe(0n)
    expect(challenge(0).reason).toBe('unknown-root')
    expect(propose(0).status).toBe('ok')
  })

  test('takes all later ones with it, whose bonds go back', () => {
    propose(0)
    propose(1, WRONG)
    propose(2)
    const receipt = challenge(1)
    expect(moved(receipt, 'bond-return', address('solver'))).toBe(BOND)
    expect(held()).toBe(BOND)
    expect(challenge(2).reason).toBe('unknown-root')
    expect(propose(2).status).toBe('ok')
  })

  test('stands against a header that is not the one of its batch, and when it is right', () => {
    propose(0, WRONG)
    expect(challenge(0, tip(1).header).reason).toBe('bad-header')
    expect(challenge(0, { ...tip(0).header, stateRoot: tip(1).header.transactionsHash }).reason).toBe(
      'bad-header',
    )
    expect(challenge(1).reason).toBe('unknown-root')
  })

  test('that is right costs the challenger as much as its proposer has put up, and stands', () => {
    propose(0)
    const receipt = challenge(0)
    expect(receipt.events).toEqual([
      { kind: 'challenge-lost', rollup: ORIGIN, block: 10, challenger: address('rival') },
    ])
    expect(moved(receipt, 'bond-post', address('rival'))).toBe(-BOND)
    expect([moved(receipt, 'bond-forfeit', address('solver')), moved(receipt, 'bond-forfeit', '')]).toEqual([
      500n,
      501n,
    ])
    expect(held()).toBe(BOND)
    expect(propose(1).status).toBe('ok')
  })

  test('is the one that the challenge names: another that stands there by then is left alone', () => {
    propose(0, WRONG)
    challenge(0)
    propose(0)
    proposed.set(0, WRONG)
    expect(challenge(0, tip(0).header, undefined, 'other-user').reason).toBe('unknown-root')
  })

  test('can be disputed until its window ends and not from then on', () => {
    propose(0, WRONG, 'solver', 600)
    // Posted at 600 s with a window of 600 s.
    const before = challenge(0, tip(0).header, 1_188)
    expect(before.status).toBe('ok')
    propose(0, WRONG, 'solver', 1_200)
    expect(challenge(0, tip(0).header, 1_800).reason).toBe('window-closed')
  })

  test('comes back with the L1 block that deleted it', () => {
    propose(0, WRONG)
    propose(1)
    challenge(0)
    expect(held()).toBe(0n)
    l1.engine.undo()
    expect(held()).toBe(2n * BOND)
    // The challenge is in the pool again, and in the next block.
    expect(l1.produce()?.receipts.map(({ status }) => status)).toEqual(['ok'])
    expect(held()).toBe(0n)
  })
})

describe('an upgrade of the contract', () => {
  const upgrade = (flaw: ContractFlaw, change: 'introduced' | 'fixed' = 'introduced') =>
    l1.call('origin-producer', { kind: 'upgrade', contract, flaw, change })

  test('without a challenge window hears no challenge, until it is mended', () => {
    propose(0, WRONG)
    upgrade('challenge-window-zero')
    expect(challenge(0).reason).toBe('window-closed')
    upgrade('challenge-window-zero', 'fixed')
    expect(challenge(0).status).toBe('ok')
  })

  test('without the check of proposers takes roots of anybody', () => {
    l1 = createTestChain(L1, { spec: ofProducers })
    const call = {
      kind: 'post-batch',
      rollup: ORIGIN,
      fromBlock: 1,
      toBlock: 10,
      after: null,
      tip: tip(0).hash,
    } as const
    l1.call('origin-producer', call, 60)
    expect(propose(0, WRONG, 'rival').reason).toBe('not-authorised')
    upgrade('proposer-unchecked')
    expect(propose(0, WRONG, 'rival').status).toBe('ok')
  })

  test('that forgets pending roots leaves what has stood, gives the others’ bonds back, and is taken back with its block', () => {
    propose(0, undefined, 'solver', 600)
    propose(1, undefined, 'solver', 1_188)
    propose(2, undefined, 'rival', 1_200)
    const receipt = upgrade('pending-roots-reset')
    expect(receipt.events).toMatchObject([
      { kind: 'contract-upgraded' },
      { kind: 'roots-reset', rollup: ORIGIN, fromBlock: tip(1).header.number },
    ])
    expect(held()).toBe(0n)
    l1.engine.undo()
    expect(held()).toBe(2n * BOND)
  })
})

describe('bonds', () => {
  test('of roots that can no longer be disputed go back with the next proposal', () => {
    propose(0, undefined, 'solver', 600)
    const receipt = propose(1, undefined, 'rival', 1_200)
    expect(moved(receipt, 'bond-return', address('solver'))).toBe(BOND)
    expect(held()).toBe(BOND)
  })

  test('that cannot be paid stop the proposal', () => {
    const dear: NetworkSpec = {
      ...bonded,
      chains: bonded.chains.map((chain) =>
        chain.consensus.kind === 'optimistic'
          ? { ...chain, consensus: { ...chain.consensus, rootBond: 10n ** 30n } }
          : chain,
      ),
    }
    l1 = createTestChain(L1, { spec: dear })
    const call = {
      kind: 'post-batch',
      rollup: ORIGIN,
      fromBlock: 1,
      toBlock: 10,
      after: null,
      tip: tip(0).hash,
    } as const
    l1.call('origin-producer', call, 60)
    expect(propose(0).reason).toBe('insufficient-balance')
  })
})
