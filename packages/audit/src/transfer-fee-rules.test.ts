// A token that burns a hundredth of every transfer, on blocks written by hand: L-7 and L-8 by the audit's own arithmetic, and
// what a lock that credits too much is short of.
import type { ContractFlaw } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createAuditor } from './create-auditor.ts'
import { bridgeOut, receive, STEP, transfer } from './testing/bridge-story.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import { address, bridge, genesis, L1, ROLLUP, rsEthL1, spec, verifier } from './testing/network.ts'
import { brokenIds } from './testing/run-story.ts'

const SENT = 1_000n * STEP
const KEPT = 10n * STEP

/** Locks what arrives of SENT; the message carries `carried`, the token burns `burned`. */
function lock({ carried = SENT - KEPT, burned = KEPT } = {}): DraftTransaction {
  const draft = bridgeOut({ from: L1, amount: SENT, sequence: 0 })
  const sent = bridgeOut({ from: L1, amount: carried, sequence: 0 })
  const [message, moved] = sent.events
  draft.entries[0]!.legs = [
    { kind: 'SOLVER', owner: address('atlas'), token: rsEthL1, amount: -SENT },
    { kind: 'BRIDGE_LOCK', owner: bridge, token: rsEthL1, amount: SENT - burned },
    { kind: 'BURN', owner: '', token: rsEthL1, amount: burned },
  ]
  if (moved?.kind !== 'bridge-transfer') throw new Error('A sending moves custody.')
  draft.events = [message!, { ...moved, amount: SENT - burned }]
  return draft
}

function reportOn(transactions: DraftTransaction[], flaws: readonly ContractFlaw[] = [], minted?: bigint) {
  const tokens = spec.tokens.map((token) =>
    token.address === rsEthL1 ? { ...token, transferFeeBps: 100 } : token,
  )
  const bridges = spec.bridges.map((each) => ({ ...each, flaws }))
  const auditor = createAuditor({ spec: { ...spec, tokens, bridges }, genesis, verifier, applicable: 'sim' })
  const sealer = new Sealer()
  const drafts: DraftBlock[] = [{ chainId: L1, number: 1, transactions }]
  if (minted !== undefined)
    drafts.push({ chainId: ROLLUP, number: 8, transactions: [receive(transfer(L1, minted, 0))] })
  for (const draft of [...drafts, { chainId: L1, number: 3, transactions: [] }])
    for (const block of sealer.blocks(draft)) auditor.block(block)
  return { ids: brokenIds(auditor.finish()), deficit: auditor.backing()[0]!.deficit }
}

describe('a token with a fee on transfers', () => {
  it('breaks nothing where what arrives is locked and minted', () => {
    expect(reportOn([lock()], [], SENT - KEPT)).toEqual({ ids: [], deficit: 0n })
  })

  it('breaks L-7 when it burns another amount than its fee, and L-8 when the lock takes another', () => {
    const burned = KEPT - STEP
    expect(reportOn([lock({ burned, carried: SENT - burned })]).ids).toEqual(['L-7', 'L-8'])
  })

  it('breaks B-1 and B-2 when its message carries what was sent', () => {
    expect(reportOn([lock({ carried: SENT })], [], SENT).ids).toEqual(['B-1', 'B-2'])
    expect(reportOn([lock({ carried: SENT })], ['replay-unchecked'], SENT).ids).toEqual(['B-1', 'B-2'])
  })

  it('has the fee for a deficit, to the unit, where that is the declared flaw', () => {
    expect(reportOn([lock({ carried: SENT })], ['nominal-credited'], SENT)).toEqual({
      ids: [],
      deficit: KEPT,
    })
  })

  it('has no deficit any more when the lock is orphaned', () => {
    const tokens = spec.tokens.map((token) =>
      token.address === rsEthL1 ? { ...token, transferFeeBps: 100 } : token,
    )
    const bridges = spec.bridges.map((each) => ({ ...each, flaws: ['nominal-credited'] as const }))
    const auditor = createAuditor({
      spec: { ...spec, tokens, bridges },
      genesis,
      verifier,
      applicable: 'sim',
    })
    const sealer = new Sealer()
    const parent = sealer.seal({ chainId: L1, number: 1, transactions: [] })
    auditor.block(parent)
    auditor.block(sealer.seal({ chainId: L1, number: 2, transactions: [lock({ carried: SENT })] }))
    expect(auditor.backing()[0]!.deficit).toBe(KEPT)
    auditor.block(sealer.seal({ chainId: L1, number: 3, transactions: [], parent }))
    expect(auditor.backing()[0]!.deficit).toBe(0n)
    expect(brokenIds(auditor.finish())).toEqual([])
  })
})
