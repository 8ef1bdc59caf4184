// Planted bug 14 and what else a limiter may do wrong (B-5), on real chains under audit.
import type { InvariantId } from '@solvent/audit'
import type { Receipt, TransferLimiter } from '@solvent/protocol'
import type { SettlementRules } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import {
  AuditedNetwork,
  address,
  bridge,
  DESTINATION,
  delivery,
  L1,
  ORIGIN,
  rsEthFar,
  rsEthHome,
  sentMessage,
  verifierNames,
} from './audited-network.ts'

const ETHER = 10n ** 18n
const E8 = 10n ** 8n

/** rsETH at 2,000: a window of 40,000 (20 rsETH), single transfers of 30,000 (15 rsETH) wait for an hour. */
const limiter: TransferLimiter = {
  windowSeconds: 86_400,
  delaySeconds: 3_600,
  chains: [{ chainId: ORIGIN, singleE8: 30_000n * E8, windowE8: 40_000n * E8 }],
  tokens: [{ chainId: L1, token: rsEthHome, floorE8: 2_000n * E8, dynamicE8: 1_500n * E8 }],
  flowCancel: [{ symbol: 'rsETH', from: L1, to: ORIGIN }],
  forceRelease: 3,
  censor: 2,
}

/** What a transfer from the origin does on the L1 at a second: `delivered`, `queued`, or why it reverts. */
function arrive(network: AuditedNetwork, amount: bigint, second: number, from = ORIGIN): Receipt {
  const out = {
    kind: 'bridge-out',
    bridge,
    token: rsEthFar,
    amount,
    dstChainId: L1,
    recipient: address('alice'),
  } as const
  const sent = network.done(from, 'alice', out, second - 12)
  return network.call(L1, 'relayer', delivery(sentMessage(sent)), second)
}

const outcome = ({ events, reason }: Receipt): string =>
  events.some(({ kind }) => kind === 'transfer-queued')
    ? 'queued'
    : events.some(({ kind }) => kind === 'message-delivered')
      ? 'delivered'
      : String(reason)

const digestOf = ({ events }: Receipt) => {
  const queued = events.find(({ kind }) => kind === 'transfer-queued')
  if (queued?.kind !== 'transfer-queued') throw new Error('nothing was queued')
  return queued.digest
}

const limited = (rules: Partial<SettlementRules> = {}, change: Partial<TransferLimiter> = {}) =>
  new AuditedNetwork({ rules, bridge: { limiter: { ...limiter, ...change } } })

/** Breaches once the rollups are known beyond what was delivered. */
function broken(network: AuditedNetwork, second: number): InvariantId[] {
  for (const rollup of [ORIGIN, DESTINATION]) network.produce(rollup, second, true)
  network.heartbeats(second + 12, second + 24)
  return network.broken()
}

// 1,700,000,000 is 22:13:20 UTC: midnight is 6,400 s after genesis.
describe('14: a window that resets at midnight', () => {
  const run = (rules: Partial<SettlementRules>) => {
    const network = limited(rules)
    const outcomes = [arrive(network, 14n * ETHER, 6_300), arrive(network, 14n * ETHER, 6_504)].map(outcome)
    return { outcomes, broken: broken(network, 6_600) }
  }
  it('is caught, and the honest window queues the second transfer', () => {
    expect(run({})).toEqual({ outcomes: ['delivered', 'queued'], broken: [] })
    const day = (second: number) => Math.floor(second / 86_400)
    expect(run({ inWindow: (at, now) => day(at) === day(now) })).toEqual({
      outcomes: ['delivered', 'delivered'],
      broken: ['B-5'],
    })
  })
})

describe('a limiter', () => {
  it('fits to the last unit, by the floor price, and frees what is a window old', () => {
    const network = limited()
    expect(outcome(arrive(network, 14n * ETHER, 36))).toBe('delivered')
    expect(outcome(arrive(network, 6n * ETHER, 60))).toBe('delivered')
    expect(outcome(arrive(network, 10n ** 14n, 84))).toBe('queued')
    expect(outcome(arrive(network, 10n ** 14n, 36 + 86_400 - 12))).toBe('queued')
    expect(outcome(arrive(network, 14n * ETHER, 36 + 86_400))).toBe('delivered')
    expect(broken(network, 87_000)).toEqual([])
  })

  it('makes a large one wait, uncounted, and pays it after the delay, once, and not before', () => {
    const network = limited()
    const digest = digestOf(arrive(network, 15n * ETHER, 36))
    const release = (second: number) =>
      network.call(L1, 'relayer', { kind: 'release-transfer', bridge, digest }, second)
    expect(outcome(arrive(network, 14n * ETHER, 60))).toBe('delivered')
    expect(release(36 + 3_600 - 12).reason).toBe('limited')
    expect(outcome(release(36 + 3_600))).toBe('delivered')
    expect(release(3_700).reason).toBe('not-queued')
    // The large one took none of the 6 that were left.
    expect(outcome(arrive(network, 6n * ETHER, 3_720))).toBe('delivered')
    expect(broken(network, 3_800)).toEqual([])
  })

  it('pays a small one early once it fits, and then it counts', () => {
    const network = limited({}, { windowSeconds: 600 })
    arrive(network, 14n * ETHER, 36)
    const digest = digestOf(arrive(network, 10n * ETHER, 60))
    const call = { kind: 'release-transfer', bridge, digest } as const
    expect(network.call(L1, 'relayer', call, 84).reason).toBe('limited')
    expect(outcome(network.call(L1, 'relayer', call, 636))).toBe('delivered')
    expect(outcome(arrive(network, 11n * ETHER, 660))).toBe('queued')
    expect(broken(network, 700)).toEqual([])
  })

  it('is relieved by flow the other way, never beyond its limit', () => {
    const network = limited()
    const out = (amount: bigint, second: number) =>
      network.done(
        L1,
        'alice',
        {
          kind: 'bridge-out',
          bridge,
          token: rsEthHome,
          amount,
          dstChainId: ORIGIN,
          recipient: address('alice'),
        },
        second,
      )
    // Nothing is used yet: 10 the other way do not make room for more than 20.
    out(5n * ETHER, 12)
    expect(outcome(arrive(network, 14n * ETHER, 36))).toBe('delivered')
    expect(outcome(arrive(network, 11n * ETHER, 60))).toBe('delivered')
    expect(outcome(arrive(network, 10n ** 14n, 84))).toBe('queued')
    out(5n * ETHER, 96)
    expect(outcome(arrive(network, 5n * ETHER, 120))).toBe('delivered')
    expect(broken(network, 200)).toEqual([])
  })

  it('pays at once or deletes on enough votes of distinct verifiers', () => {
    const network = limited()
    const [paid, deleted] = [
      digestOf(arrive(network, 15n * ETHER, 36)),
      digestOf(arrive(network, 16n * ETHER, 60)),
    ]
    const vote = (name: string, digest: typeof paid, wish: 'release' | 'censor', second: number) =>
      network.call(L1, name, { kind: 'vote-transfer', bridge, digest, vote: wish }, second)
    const [first, second, third] = verifierNames as [string, string, string]
    expect(outcome(vote(first, paid, 'release', 84))).toBe('null')
    expect(vote(first, paid, 'release', 96).reason).toBe('not-authorised')
    expect(vote('alice', paid, 'release', 108).reason).toBe('not-authorised')
    expect(outcome(vote(second, paid, 'release', 120))).toBe('null')
    expect(outcome(vote(third, paid, 'release', 132))).toBe('delivered')
    vote(first, deleted, 'censor', 144)
    expect(vote(second, deleted, 'censor', 156).events.at(-1)?.kind).toBe('transfer-censored')
    expect(
      network.call(L1, 'relayer', { kind: 'release-transfer', bridge, digest: deleted }, 4_000).reason,
    ).toBe('not-queued')
    expect(broken(network, 4_100)).toEqual([])
  })

  it('neither queues nor releases while the bridge is paused; the queue survives', () => {
    const network = limited()
    const digest = digestOf(arrive(network, 15n * ETHER, 36))
    network.done(L1, 'guardian', { kind: 'pause', bridge, authority: 'guardian', until: 0 }, 48)
    expect(outcome(arrive(network, 16n * ETHER, 72))).toBe('paused')
    const release = (second: number) =>
      network.call(L1, 'relayer', { kind: 'release-transfer', bridge, digest }, second)
    expect(release(3_700).reason).toBe('paused')
    network.done(L1, 'guardian', { kind: 'unpause', bridge, authority: 'guardian' }, 3_720)
    expect(outcome(release(3_732))).toBe('delivered')
    expect(broken(network, 3_800)).toEqual([])
  })

  it("counts at the guardian's price when that is above the floor", () => {
    const network = limited()
    const price = { kind: 'price-token', bridge, token: rsEthHome, priceE8: 4_000n * E8 } as const
    expect(network.call(L1, 'issuer', price, 12).reason).toBe('not-authorised')
    network.done(L1, 'guardian', price, 24)
    expect(outcome(arrive(network, 7n * ETHER, 48))).toBe('delivered')
    expect(outcome(arrive(network, 4n * ETHER, 72))).toBe('queued')
    expect(broken(network, 100)).toEqual([])
  })

  it('does not see other source chains', () => {
    const network = limited()
    expect(outcome(arrive(network, 30n * ETHER, 36, DESTINATION))).toBe('delivered')
    expect(broken(network, 100)).toEqual([])
  })
})

describe('a cap on withdrawals', () => {
  const capped = () =>
    new AuditedNetwork({ bridge: { withdrawalCaps: [{ symbol: 'rsETH', amount: 4n * ETHER }] } })

  it('lets the cap itself pass, and refuses more before it leaves its chain', () => {
    const network = capped()
    expect(outcome(arrive(network, 4n * ETHER, 36))).toBe('delivered')
    expect(() => arrive(network, 4n * ETHER + 10n ** 10n, 60)).toThrow('above-cap')
    expect(broken(network, 100)).toEqual([])
  })

  it('refuses a forged release above it, whoever signed', () => {
    const forged = {
      bridge,
      srcChainId: ORIGIN,
      emitter: bridge,
      sequence: 1_000_000,
      dstChainId: L1,
      payload: { kind: 'transfer', token: rsEthHome, amount: 5n * ETHER, recipient: address('borealis') },
    } as const
    expect(capped().call(L1, 'relayer', delivery(forged), 12).reason).toBe('above-cap')
  })
})
