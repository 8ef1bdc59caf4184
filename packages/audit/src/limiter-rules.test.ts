// B-5 on blocks written by hand: what a limiter must not let pass, and re-orgs.
import { messageDigest, type TransferLimiter } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import type { Auditor } from './auditor.ts'
import { createAuditor } from './create-auditor.ts'
import { bridgeOut, receive, STEP, transfer } from './testing/bridge-story.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import { bridge, GENESIS_SECONDS, genesis, L1, ROLLUP, rsEthL1, spec, verifier } from './testing/network.ts'
import { brokenIds } from './testing/run-story.ts'

/** STEP is worth one unit of the numeraire: two fit in an hour, five in one transfer wait for ten minutes. */
const one = 10n ** 8n
const limiter: TransferLimiter = {
  windowSeconds: 3_600,
  delaySeconds: 600,
  chains: [{ chainId: ROLLUP, singleE8: 5n * one, windowE8: 2n * one }],
  tokens: [{ chainId: L1, token: rsEthL1, floorE8: (one * 10n ** 18n) / STEP, dynamicE8: 0n }],
  flowCancel: [],
  forceRelease: 2,
  censor: 2,
}

const l1 = (number: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: L1,
  number,
  transactions,
})
const sent = (count: number): DraftBlock => ({
  chainId: ROLLUP,
  number: 1,
  transactions: Array.from({ length: count }, (_, sequence) =>
    bridgeOut({ from: ROLLUP, amount: STEP, sequence }),
  ),
})
const arrives = (sequence: number): DraftTransaction => receive(transfer(ROLLUP, STEP, sequence))

function limited(): Auditor {
  const bridges = spec.bridges.map((each) => ({ ...each, limiter }))
  return createAuditor({ spec: { ...spec, bridges }, genesis, verifier, applicable: 'sim' })
}

function broken(...drafts: DraftBlock[]): string[] {
  const auditor = limited()
  const sealer = new Sealer()
  for (const draft of drafts) auditor.block(sealer.seal(draft))
  // The drafts leave hours without a block: finality is not their subject.
  return brokenIds(auditor.finish()).filter((id) => id !== 'T-3')
}

describe('B-5', () => {
  it('lets two pass in an hour, and not a third', () => {
    expect(broken(sent(3), l1(3, arrives(0), arrives(1)))).toEqual([])
    expect(broken(sent(3), l1(3, arrives(0), arrives(1)), l1(4, arrives(2)))).toEqual(['B-5'])
    // Block 303 is an hour after block 3.
    expect(broken(sent(3), l1(3, arrives(0), arrives(1)), l1(302, arrives(2)))).toEqual(['B-5'])
    expect(broken(sent(3), l1(3, arrives(0), arrives(1)), l1(303, arrives(2)))).toEqual([])
  })

  it('forgets what a re-org took back', () => {
    const auditor = limited()
    const sealer = new Sealer()
    auditor.block(sealer.seal(sent(4)))
    const root = sealer.seal(l1(1))
    auditor.block(root)
    auditor.block(sealer.seal(l1(2, arrives(0), arrives(1))))
    auditor.block(sealer.seal({ ...l1(3, arrives(2), arrives(3)), parent: root }))
    expect(brokenIds(auditor.finish())).toEqual([])
  })

  const message = transfer(ROLLUP, STEP, 0)
  const digest = messageDigest(message)
  const queued = (releaseAt: number): DraftTransaction => {
    const whole = receive(message)
    const delivered = whole.events[0]!
    if (delivered.kind !== 'message-delivered') throw new Error('no delivery')
    const { evidence } = delivered
    const event = { kind: 'transfer-queued', message, digest, evidence, valueE8: one, releaseAt } as const
    return { ...whole, entries: [], events: [event] }
  }
  const released = (cause: 'timeout' | 'votes'): DraftTransaction => {
    const whole = receive(message)
    return {
      ...whole,
      call: { kind: 'release-transfer', bridge, digest },
      events: [{ kind: 'transfer-released', bridge, digest, cause }, ...whole.events],
    }
  }

  it('catches a transfer that waits although it fits, and one that may go too soon', () => {
    const at = GENESIS_SECONDS + 36
    expect(broken(sent(1), l1(3, queued(at + 600)))).toEqual(['B-5'])
    expect(broken(sent(3), l1(2, arrives(1), arrives(2)), l1(3, queued(at + 600)))).toEqual([])
    expect(broken(sent(3), l1(2, arrives(1), arrives(2)), l1(3, queued(at + 599)))).toEqual(['B-5'])
  })

  it('catches a release by a timeout that is none, or by votes that are not there', () => {
    const full = [sent(3), l1(2, arrives(1), arrives(2)), l1(3, queued(GENESIS_SECONDS + 636))]
    expect(broken(...full, l1(53, released('timeout')))).toEqual([])
    expect(broken(...full, l1(52, released('timeout')))).toEqual(['B-5'])
    expect(broken(...full, l1(10, released('votes')))).toEqual(['B-5'])
  })

  it('catches a release of what never waited', () => {
    expect(broken(sent(1), l1(60, released('timeout')))).toEqual(['S-6', 'B-5'])
  })
})
