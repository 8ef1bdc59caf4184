// A pool bridge's contract and its reference agree, on random sequences of calls with re-orgs, about every refusal and
// every balance.
import type { Hash32 } from '@solvent/primitives'
import {
  type BridgeMessage,
  type BridgeSpec,
  type Call,
  messageDigest,
  poolShareToken,
} from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type SettlementRules, settlementRules } from '../../settlement-rules.ts'
import { custodyNetwork, depot } from '../../testing/custody-network.ts'
import { PoolReference } from '../../testing/pool-reference.ts'
import {
  address,
  DESTINATION,
  gas,
  genesisOf,
  ORIGIN,
  usdcDestination,
  verifierNames,
} from '../../testing/small-network.ts'
import { createTestChain, delivery, type TestChain } from '../../testing/test-chain.ts'

const USDC = 10n ** 6n
const E8 = 10n ** 8n
const people = ['user', 'other-user', 'solver', 'rival'] as const
const amounts = [0n, 1n, 999n, 50n * USDC, 200n * USDC + 7n, 399n * USDC, 400n * USDC, 900n * USDC]
/** Seconds between two blocks: often the next slot, sometimes as long as a bucket, a delay, a window or a grace period. */
const pauses = [1, 1, 1, 7, 600, 3_599, 3_600, 86_400]
const route = { bridge: depot, token: usdcDestination } as const

const depotSpec: BridgeSpec = {
  ...custodyNetwork.bridges.find(({ name }) => name === 'depot')!,
  limiter: {
    windowSeconds: 3_600,
    delaySeconds: 600,
    chains: [{ chainId: ORIGIN, singleE8: 400n * E8, windowE8: 600n * E8 }],
    tokens: [{ chainId: DESTINATION, token: usdcDestination, floorE8: E8, dynamicE8: E8 / 2n }],
    flowCancel: [{ symbol: 'USDC', from: DESTINATION, to: ORIGIN }],
    forceRelease: 3,
    censor: 3,
  },
  departureLimits: [
    {
      chainId: DESTINATION,
      token: usdcDestination,
      dstChainId: ORIGIN,
      capacity: 450n * USDC,
      refillPerSecond: USDC / 10n,
    },
  ],
}
const spec = {
  ...custodyNetwork,
  bridges: custodyNetwork.bridges.map((each) => (each.name === 'depot' ? depotSpec : each)),
}
const plain = genesisOf(DESTINATION)
const genesis = {
  ...plain,
  balances: [
    ...plain.balances,
    ...verifierNames.map((name) => ({
      kind: 'USER' as const,
      owner: address(name),
      token: gas,
      amount: 10n ** 18n,
    })),
  ],
}
const holders = new Map(people.map((name) => [address(name) as string, 1_000n * USDC]))
const shareToken = poolShareToken(depot, DESTINATION, usdcDestination)

const kinds = [
  'pool-deposit',
  'pool-deposit',
  'pool-withdraw',
  'pool-refill',
  'bridge-out',
  'bridge-out',
  'deliver',
  'deliver',
  'deliver',
  'deliver',
  'release-transfer',
  'rotate-verifiers',
  'rotate-verifiers',
] as const
/** Numbers from which a command chooses among what exists when it runs. */
const command = fc.record({
  kind: fc.constantFrom(...kinds),
  who: fc.nat(people.length - 1),
  amount: fc.nat(amounts.length - 1),
  what: fc.nat(1_000),
  pause: fc.nat(pauses.length - 1),
  /** Blocks that are taken back before it. */
  takenBack: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 2, 4),
})
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never

class Pair {
  readonly #chain: TestChain
  readonly #model: PoolReference
  readonly #messages: BridgeMessage[] = []
  #second = 0
  #setIndex = 1
  readonly outcomes: string[] = []

  constructor(rules: SettlementRules) {
    this.#chain = createTestChain(DESTINATION, { spec, genesis, rules })
    this.#model = new PoolReference(
      depotSpec,
      { chainId: DESTINATION, token: usdcDestination },
      holders,
      messageDigest,
    )
  }

  run(each: Command): void {
    const { engine } = this.#chain
    for (let i = 0; i < each.takenBack; i++) {
      if (engine.undo() === null) break
      this.#model.takeBack()
      this.outcomes.push('taken back')
    }
    const [name, call] = this.#callOf(each)
    expect(engine.submit(this.#chain.sign(name, call)).reason).toBeNull()
    this.#second += pauses[each.pause]!
    // What was taken back is in the pool again and comes first.
    const block = this.#chain.produce(this.#second)!
    const expected = this.#model.append({
      time: block.header.timestamp,
      calls: block.transactions.map(({ transaction }) => ({
        from: transaction.from,
        call: transaction.call,
      })),
    })
    expect(block.receipts.map(({ reason }) => reason)).toEqual(expected)
    expect(this.#state()).toBe(this.#model.state())
    for (const [i, reason] of expected.entries())
      this.outcomes.push(reason ?? block.transactions[i]!.transaction.call.kind)
    for (const { events } of block.receipts)
      for (const event of events) {
        if (event.kind === 'verifiers-rotated') this.#setIndex = event.next.setIndex
        if (event.kind === 'transfer-queued' || event.kind === 'payout-queued') this.outcomes.push(event.kind)
      }
  }

  #callOf({ kind, who, amount, what }: Command): [string, Call] {
    const name = people[who]!
    const units = amounts[amount]!
    switch (kind) {
      case 'pool-deposit':
      case 'pool-refill':
        return [name, { kind, ...route, amount: units }]
      case 'pool-withdraw':
        // A part of what is held, all of it, or more.
        return [name, { kind, ...route, shares: (this.#sharesOf(name) * BigInt(1 + (what % 5))) / 4n }]
      case 'bridge-out':
        return [name, { kind, ...route, amount: units, dstChainId: ORIGIN, recipient: address(name) }]
      case 'deliver':
        return ['relayer', this.#delivery(who, units, what)]
      case 'release-transfer': {
        const message = this.#messages[what % Math.max(1, this.#messages.length)]
        const digest = message === undefined ? (`0x${'00'.repeat(32)}` as Hash32) : messageDigest(message)
        return ['relayer', { kind, bridge: depot, digest }]
      }
      case 'rotate-verifiers': {
        const setIndex = what % 7 === 0 ? 1 : this.#setIndex + 1
        const members = what % 2 === 0 ? verifierNames : verifierNames.slice(0, 2)
        const threshold = what % 11 === 0 ? 0 : 1 + (what % members.length)
        const next = { setIndex, verifiers: members.map(address), threshold }
        return [verifierNames[what % 3]!, { kind, bridge: depot, next }]
      }
    }
  }

  /** Mostly a new message under enough signatures of a set that counts. */
  #delivery(who: number, amount: bigint, what: number): Call {
    const old = what % 6 === 0 ? this.#messages.at(-1) : undefined
    const message: BridgeMessage = {
      bridge: depot,
      srcChainId: ORIGIN,
      emitter: depot,
      sequence: old?.sequence ?? this.#messages.length,
      dstChainId: DESTINATION,
      payload: { kind: 'transfer', token: usdcDestination, amount, recipient: address(people[who]!) },
    }
    const chosen = old !== undefined && what % 12 === 0 ? old : message
    if (old === undefined) this.#messages.push(message)
    const names =
      what % 10 === 3
        ? verifierNames.slice(0, 1)
        : what % 10 === 4
          ? [...verifierNames].reverse()
          : verifierNames
    return delivery(
      chosen,
      what % 4 === 1 ? names.slice(0, 2) : names,
      Math.max(1, this.#setIndex - (what % 3)),
    )
  }

  #sharesOf(name: string): bigint {
    const balances = this.#chain.engine.balances()
    return balances.find((each) => each.owner === address(name) && each.token === shareToken)?.amount ?? 0n
  }

  #state(): string {
    const balances = this.#chain.engine.balances()
    const list = (token: string) =>
      balances
        .filter((each) => each.token === token && (each.kind === 'USER' || each.kind === 'SOLVER'))
        .map(({ owner, amount }) => `${owner}=${amount}`)
        .sort()
    const cash = this.#chain.engine.balance('POOL', depot, usdcDestination)
    return [`cash=${cash}`, ...list(usdcDestination), 'shares', ...list(shareToken)].join('\n')
  }
}

function sequences(rules: SettlementRules, seen = new Map<string, number>()) {
  return fc.property(fc.array(command, { minLength: 10, maxLength: 40 }), (commands) => {
    const pair = new Pair(rules)
    for (const each of commands) pair.run(each)
    for (const outcome of pair.outcomes) seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
  })
}

/** As many as take a second or two; thousands have been run. */
const RUNS = 40

describe('a pool bridge and its reference', () => {
  test('agree on refusals and balances over random sequences with re-orgs', () => {
    const seen = new Map<string, number>()
    fc.assert(sequences(settlementRules, seen), { numRuns: RUNS, seed: 20_260_402 })
    // What was exercised, so that the agreement is about something.
    for (const outcome of [
      'taken back',
      'limited',
      'transfer-queued',
      'payout-queued',
      'release-transfer',
      'rotate-verifiers',
      'set-expired',
      'quorum-missing',
      'already-delivered',
      'payouts-waiting',
      'pool-exhausted',
    ])
      expect([outcome, seen.get(outcome) ?? 0]).toEqual([outcome, expect.toSatisfy((n: number) => n > 0)])
  })

  test.each<[string, Partial<SettlementRules>]>([
    ['a limiter never forgets', { inWindow: () => true }],
    ['a bucket is always full', { refilled: (_level, { capacity }) => capacity }],
    ['a retired set signs for ever', { setAccepted: () => true }],
    ['a quorum is one too few', { quorumMet: (count, threshold) => count >= threshold - 1 }],
  ])('disagree where %s', (_name, altered) => {
    const check = fc.check(sequences({ ...settlementRules, ...altered }), {
      numRuns: 2_000,
      seed: 20_260_402,
      endOnFailure: true,
    })
    expect(check.failed).toBe(true)
  })
})
