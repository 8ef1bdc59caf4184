// B-5 of a governor, on blocks and words of verifiers written by hand.
import { type GovernorVerdict, messageDigest, type TransferGovernor } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import type { Auditor } from './auditor.ts'
import { createAuditor } from './create-auditor.ts'
import { bridgeOut, receive, STEP, transfer } from './testing/bridge-story.ts'
import { Sealer } from './testing/draft.ts'
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
const governor: TransferGovernor = {
  windowSeconds: 3_600,
  delaySeconds: 600,
  chains: [{ chainId: ROLLUP, singleE8: 3n * one, windowE8: 2n * one }],
  tokens: [{ chainId: L1, token: rsEthL1, floorE8: (one * 10n ** 18n) / STEP, dynamicE8: 0n }],
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
    const event = { kind: 'transfer-governed', message, digest, verdict } as const
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
})
