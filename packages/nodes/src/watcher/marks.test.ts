import type { PoolBacking, RouteBacking } from '@solvent/audit'
import { type Custody, poolShareToken } from '@solvent/protocol'
import { backing } from '@solvent/settlement'
import { assert, bigInt, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { L1, prices, ROLLUP, smallNetwork, tokens, weakBridge } from '../testing/small-network.ts'
import { keepOf, Marks } from './marks.ts'

const HOME_BEFORE = 517_222n
const LOCKED = 130_000n

describe('a haircut', () => {
  it('is U/(S+U) for all and U/locked for the far, with the figures of April 2026', () => {
    // 116,500 released against a supply of 647,222: 15.25 % for everyone (incidents of the reference, §2.1).
    const claims = { deficit: 116_500n, far: LOCKED, home: HOME_BEFORE + 116_500n }
    const all = keepOf(claims, 'all-holders')
    expect(1 - Number(all.home.numerator) / Number(all.home.denominator)).toBeCloseTo(0.1525, 4)
    expect(all.far).toEqual(all.home)
    const far = keepOf(claims, 'far-holders')
    expect(far.home).toEqual({ numerator: 1n, denominator: 1n })
    expect(far.far).toEqual({ numerator: LOCKED - 116_500n, denominator: LOCKED })
  })

  it('is the one that the settlement core computes, under both rules', () => {
    const amount = bigInt({ min: 1n, max: 10n ** 30n })
    assert(
      property(amount, amount, bigInt({ min: 0n, max: 10_000n }), (locked, home, share) => {
        const drained = (locked * share) / 10_000n
        const core = backing({
          claimsByChain: [locked],
          lockedBefore: locked,
          drained,
          unbackedMinted: 0n,
          homeCirculating: home,
        })
        const claims = { deficit: core.shortfall, far: locked, home: home + drained }
        for (const [ours, theirs] of [
          ['all-holders', 'all-holders'],
          ['far-holders', 'far-chain-holders'],
        ] as const) {
          const { numerator, denominator } = keepOf(claims, ours).far
          const haircut = core.haircutUnder[theirs]
          expect((denominator - numerator) * haircut.denominator).toBe(haircut.numerator * denominator)
        }
      }),
    )
  })
})

describe('marks by custody', () => {
  const line: RouteBacking = {
    bridge: weakBridge,
    symbol: 'rsETH',
    locked: 0n,
    issued: 0n,
    minted: 0n,
    inTransit: 0n,
    deficit: 0n,
    arrived: 0,
    asked: 0n,
    paid: 0n,
    queued: 0,
    releasedByTimeout: 0,
    censored: 0,
    recovered: 0n,
    borne: 0n,
    pools: [],
    swaps: { completed: 0, cancelled: 0, oneSided: 0, open: 0 },
  }
  const marksOf = (custody: Custody, backed: RouteBacking) => {
    const bridges = smallNetwork.bridges.map((bridge) =>
      bridge.address === weakBridge ? { ...bridge, custody } : bridge,
    )
    const spec = { ...smallNetwork, bridges }
    return new Marks({ spec, prices, rule: 'far-holders', backing: [backed], circulating: () => 10n ** 24n })
  }
  const ETHER = 10n ** 18n

  it('dilute an issued coin alike on every chain: U/(S+U)', () => {
    // 3,000 issued and 500 forged: one seventh of every coin is gone, and the settlement core says the same.
    const marks = marksOf(
      { kind: 'burn-mint', feeBps: 0 },
      { ...line, issued: 3_000n, minted: 3_500n, deficit: 500n },
    )
    for (const [chainId, token] of [
      [L1, tokens.rsEthL1],
      [ROLLUP, tokens.rsEthRollup],
    ] as const) {
      const face = marks.faceValueE8(chainId, token, 7n * ETHER)
      expect(marks.valueE8(chainId, token, 7n * ETHER)).toBe((face * 6n) / 7n)
    }
    const core = backing({
      claimsByChain: [3_000n],
      lockedBefore: 3_000n,
      drained: 0n,
      unbackedMinted: 500n,
      homeCirculating: 0n,
    })
    expect(core.proRataHaircut).toMatchObject({ numerator: 500n, denominator: 3_500n })
  })

  it("leave a pool's asset whole, and give its shares what is not forged", () => {
    const fee = { kinkE18: 5n * 10n ** 17n, r0E18: 0n, r1E18: 0n, r2E18: 0n }
    const shareToken = poolShareToken(weakBridge, L1, tokens.rsEthL1)
    const pool: PoolBacking = {
      chainId: L1,
      token: tokens.rsEthL1,
      shareToken,
      cash: 40n * ETHER,
      claims: 70n * ETHER,
      value: 110n * ETHER,
      shares: 100_000n * ETHER,
      forged: 60n * ETHER,
      waiting: 0,
      queued: 0n,
      oldestSince: null,
      longestWaitSeconds: 0,
      fees: 10n * ETHER,
      rateLoss: 0n,
    }
    const marks = marksOf({ kind: 'pool', fee }, { ...line, deficit: 60n * ETHER, pools: [pool] })
    const face = marks.faceValueE8(L1, tokens.rsEthL1, ETHER)
    expect(marks.valueE8(L1, tokens.rsEthL1, ETHER)).toBe(face)
    // All shares are worth 110 − 60 = 50, half a unit for a thousand.
    expect(marks.valueE8(L1, shareToken, 1_000n * ETHER)).toBe(face / 2n)
    const lost = marksOf({ kind: 'pool', fee }, { ...line, pools: [{ ...pool, forged: 111n * ETHER }] })
    expect(lost.valueE8(L1, shareToken, 1_000n * ETHER)).toBe(0n)
  })
})
