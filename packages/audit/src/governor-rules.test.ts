// B-5 of a governor, on blocks and words of verifiers written by hand.
import { asAddress } from '@solvent/primitives'
import { type GovernorVerdict, messageDigest, type TransferGovernor } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import type { Auditor } from './auditor.ts'
import { createAuditor } from './create-auditor.ts'
import { bridgeOut, receive, STEP, transfer } from './testing/bridge-story.ts'
import { type DraftTransaction, Sealer } from './testing/draft.ts'
import {
  bridge,
  GENESIS_SECONDS,
  genesis,
  L1,
  node,
  ROLLUP,
  rsEthL1,
  spec,
  verifier,
} from './testing/network.ts'
import { brokenIds } from './testing/run-story.ts'

/** STEP is worth one unit of the numeraire: two leave in an hour, three in one transfer wait for ten minutes. */
const one = 10n ** 8n
const UNIT = (one * 10n ** 18n) / STEP
const governor: TransferGovernor = {
  windowSeconds: 3_600,
  delaySeconds: 600,
  chains: [{ chainId: ROLLUP, singleE8: 3n * one, windowE8: 2n * one }],
  tokens: [{ chainId: L1, token: rsEthL1, floorE8: UNIT, dynamicE8: 0n }],
  flowCancel: [],
}
const GENESIS_MS = GENESIS_SECONDS * 1_000

function governed(): Auditor {
  const bridges = spec.bridges.map((each) => ({ ...each, governor }))
  return createAuditor({ spec: { ...spec, bridges }, genesis, verifier, applicable: 'sim' })
}

/** Three STEPs leave at once and arrive in this block of the L1, 12 s each. */
function large(block: number, before?: (auditor: Auditor) => void): string[] {
  const auditor = governed()
  const sealer = new Sealer()
  before?.(auditor)
  const sends = bridgeOut({ from: ROLLUP, amount: 3n * STEP, sequence: 0 })
  auditor.block(sealer.seal({ chainId: ROLLUP, number: 1, transactions: [sends] }))
  const arrives = receive(transfer(ROLLUP, 3n * STEP, 0))
  auditor.block(sealer.seal({ chainId: L1, number: block, transactions: [arrives] }))
  auditor.block(sealer.seal({ chainId: ROLLUP, number: 100_000, transactions: [] }))
  return brokenIds(auditor.finish()).filter((id) => id === 'B-5')
}

/** What verifiers say, in seconds after genesis. */
function said(...words: [number, 'v1' | 'v2', GovernorVerdict, bigint, number][]): string[] {
  const auditor = governed()
  for (const [second, who, verdict, steps, sequence] of words) {
    const message = transfer(ROLLUP, steps * STEP, sequence)
    const digest = messageDigest(message)
    const event = { kind: 'transfer-governed', message, digest, priceE8: UNIT, verdict } as const
    auditor.event(GENESIS_MS + second * 1_000, node(who), event)
  }
  return brokenIds(auditor.finish())
}

describe('B-5 of a governor', () => {
  it('lets a large transfer arrive ten minutes after it left, and not a block earlier', () => {
    // It leaves two seconds after genesis: block 50 is at 600 s.
    expect([large(50), large(51)]).toEqual([['B-5'], []])
  })

  it('lets it arrive earlier once operators have let it go, and not for a release of before', () => {
    const released = (second: number) => (auditor: Auditor) =>
      auditor.event(GENESIS_MS, node('v1'), {
        kind: 'release-declared',
        bridge,
        atMs: GENESIS_MS + second * 1_000,
      })
    expect([large(50, released(1)), large(50, released(2))]).toEqual([['B-5'], []])
  })

  it('counts again what each verifier lets pass', () => {
    expect(said([0, 'v1', 'passed', 1n, 0], [1, 'v1', 'passed', 1n, 1])).toEqual([])
    expect(said([0, 'v1', 'passed', 1n, 0], [1, 'v1', 'passed', 2n, 1])).toEqual(['B-5'])
    expect(said([0, 'v1', 'passed', 1n, 0], [1, 'v2', 'passed', 2n, 1])).toEqual([])
    expect(said([0, 'v1', 'passed', 2n, 0], [3_598, 'v1', 'passed', 1n, 1])).toEqual(['B-5'])
    expect(said([0, 'v1', 'passed', 2n, 0], [3_600, 'v1', 'passed', 1n, 1])).toEqual([])
    expect(said([0, 'v1', 'passed', 3n, 0])).toEqual(['B-5'])
  })

  it('measures how long something has waited', () => {
    expect(said([0, 'v1', 'held', 3n, 0], [599, 'v1', 'waited', 3n, 0])).toEqual(['B-5'])
    expect(said([0, 'v1', 'held', 3n, 0], [600, 'v1', 'waited', 3n, 0])).toEqual([])
    expect(said([0, 'v1', 'held', 3n, 0], [1, 'v1', 'voted', 3n, 0])).toEqual([])
  })

  describe('with the price of an oracle', () => {
    const oracle = asAddress(`0x${'0c'.repeat(20)}`)
    const priced = {
      ...governor,
      tokens: [
        {
          ...governor.tokens[0]!,
          dynamicE8: 2n * UNIT,
          source: { chainId: L1, oracle, maxAgeSeconds: 1_200 },
        },
      ],
    }
    /** The oracle answers at seconds after genesis, and a verifier counts by a price. */
    function counts(answers: readonly [number, bigint][], second: number, priceE8: bigint): string[] {
      const bridges = spec.bridges.map((each) => ({ ...each, governor: priced }))
      const auditor = createAuditor({ spec: { ...spec, bridges }, genesis, verifier, applicable: 'sim' })
      const sealer = new Sealer()
      for (const [at, answerE8] of answers) {
        const events = [{ kind: 'price-updated', oracle, round: at, answerE8 } as const]
        const call = { kind: 'post-price', oracle, round: at, answerE8 } as const
        const draft: DraftTransaction = { from: 'borealis', call, entries: [], events }
        for (const block of sealer.blocks({ chainId: L1, number: at / 12, transactions: [draft] }))
          auditor.block(block)
      }
      const message = transfer(ROLLUP, STEP, 0)
      const digest = messageDigest(message)
      const event = { kind: 'transfer-governed', message, digest, priceE8, verdict: 'held' } as const
      auditor.event(GENESIS_MS + second * 1_000, node('v1'), event)
      auditor.block(sealer.seal({ chainId: L1, number: 100_000, transactions: [] }))
      return brokenIds(auditor.finish()).filter((id) => id === 'B-5')
    }

    it('holds for an answer that is not too old, and for the price of the start until then', () => {
      expect(counts([], 600, 2n * UNIT)).toEqual([])
      expect(counts([[600, 3n * UNIT]], 1_500, 3n * UNIT)).toEqual([])
      // A verifier that is behind.
      expect(
        counts(
          [
            [600, 3n * UNIT],
            [1_200, 4n * UNIT],
          ],
          1_500,
          3n * UNIT,
        ),
      ).toEqual([])
    })

    it('is broken by the price of the start when the oracle has said more, and by one that nobody said', () => {
      expect(counts([[600, 3n * UNIT]], 1_500, 2n * UNIT)).toEqual(['B-5'])
      expect(counts([[600, 3n * UNIT]], 1_500, UNIT)).toEqual(['B-5'])
      expect(counts([[600, 3n * UNIT]], 1_500, 5n * UNIT)).toEqual(['B-5'])
      expect(counts([[1_800, 3n * UNIT]], 1_500, 3n * UNIT)).toEqual(['B-5'])
    })

    /** A STEP of twice the single limit by its oracle leaves at 900 s and arrives at 1,020 s. */
    function soon(
      answers: readonly [number, bigint][],
      steps: bigint,
      before?: (auditor: Auditor) => void,
    ): string[] {
      const bridges = spec.bridges.map((each) => ({ ...each, governor: priced }))
      const auditor = createAuditor({ spec: { ...spec, bridges }, genesis, verifier, applicable: 'sim' })
      const sealer = new Sealer()
      before?.(auditor)
      const send = bridgeOut({ from: ROLLUP, amount: steps * STEP, sequence: 0 })
      auditor.block(sealer.seal({ chainId: ROLLUP, number: 450, transactions: [send] }))
      for (const [at, answerE8] of answers) {
        const events = [{ kind: 'price-updated', oracle, round: at, answerE8 } as const]
        const call = { kind: 'post-price', oracle, round: at, answerE8 } as const
        const draft: DraftTransaction = { from: 'borealis', call, entries: [], events }
        for (const block of sealer.blocks({ chainId: L1, number: at / 12, transactions: [draft] }))
          auditor.block(block)
      }
      const arrives = receive(transfer(ROLLUP, steps * STEP, 0))
      for (const block of sealer.blocks({ chainId: L1, number: 1_020 / 12, transactions: [arrives] }))
        auditor.block(block)
      auditor.block(sealer.seal({ chainId: ROLLUP, number: 100_000, transactions: [] }))
      for (const block of sealer.blocks({ chainId: L1, number: 110, transactions: [] })) auditor.block(block)
      return brokenIds(auditor.finish()).filter((id) => id === 'B-5')
    }

    // Three units make a transfer large: one STEP by the answer, by the floor only three.
    it('makes a transfer wait that is large by every answer of the time, and not by its floor', () => {
      expect(soon([[600, 3n * UNIT]], 1n)).toEqual([])
      // Until 1,200 s the price of the start may still count, two units: two STEPs are large by that, too.
      expect(soon([[600, 3n * UNIT]], 2n)).toEqual(['B-5'])
      expect(soon([[600, UNIT]], 2n)).toEqual([])
      expect(soon([], 2n)).toEqual(['B-5'])
      expect(soon([], 1n)).toEqual([])
    })

    it('counts the floor, and no answer, when the newest is too old, or less', () => {
      expect(counts([[600, 3n * UNIT]], 1_900, UNIT)).toEqual([])
      expect(counts([[600, 3n * UNIT]], 1_900, 3n * UNIT)).toEqual(['B-5'])
      expect(counts([[600, UNIT / 2n]], 900, UNIT)).toEqual([])
    })
  })
})
