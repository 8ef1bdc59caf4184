// B-4 on blocks written by hand: what a far chain may export.
import type { NodeId } from '@solvent/primitives'
import { type BridgeMessage, type BridgeSpec, messageDigest } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import type { Auditor } from './auditor.ts'
import { createAuditor } from './create-auditor.ts'
import { receive, STEP, transfer } from './testing/bridge-story.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import { BACKED, genesis, L1, ROLLUP, rsEthRollup, spec, verifier } from './testing/network.ts'
import { audit, brokenIds, newAuditor } from './testing/run-story.ts'

const l1 = (number: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: L1,
  number,
  transactions,
})
const rollup = (number: number): DraftBlock => ({ chainId: ROLLUP, number, transactions: [] })

const declared =
  (...messages: BridgeMessage[]) =>
  (auditor: Auditor): void => {
    for (const message of messages)
      auditor.event(spec.genesisMs, 'watcher' as NodeId, {
        kind: 'exploit-declared',
        message,
        digest: messageDigest(message),
      })
  }

// The rollup holds BACKED at genesis.
const all = transfer(ROLLUP, BACKED, 7)
const more = transfer(ROLLUP, STEP, 8)
const accountant = { accountant: { balances: [{ chainId: ROLLUP, token: rsEthRollup, amount: BACKED }] } }

/** The report on these releases, all of them declared exploits; the last moves no more than its message says. */
function exploited(controls: Pick<BridgeSpec, 'accountant'> = {}, releases = [all, more]) {
  const bridges = spec.bridges.map((bridge) => ({ ...bridge, ...controls }))
  const auditor = createAuditor({ spec: { ...spec, bridges }, genesis, verifier, applicable: 'sim' })
  declared(...releases)(auditor)
  const transactions = releases.map((message) =>
    message === all
      ? receive(all)
      : { ...receive(message), entries: [], events: receive(message).events.slice(0, 1) },
  )
  const sealer = new Sealer()
  for (const draft of [l1(3, ...transactions), rollup(30), l1(6)])
    for (const block of sealer.blocks(draft)) auditor.block(block)
  return auditor.finish()
}

describe('B-4', () => {
  it('lets a chain export all that it had, and no step more', () => {
    const drain = [l1(3, receive(all)), rollup(30), l1(6)]
    // Never sent: B-2 says so. Within what the chain had: B-4 does not.
    expect(brokenIds(audit(drain))).toEqual(['B-2', 'B-8'])
    const beyond = { ...receive(more), entries: [], events: receive(more).events.slice(0, 1) }
    expect(brokenIds(audit([l1(3, receive(all), beyond), rollup(30), l1(6)]))).toContain('B-4')
  })

  it('judges a chain that makes no more blocks when others have gone on for ten minutes, and not before', () => {
    const beyond = { ...receive(more), entries: [], events: receive(more).events.slice(0, 1) }
    // The rollup's last block begins at 40 s, the releases' at 48 s, L1 block 54 at 648 s: ten minutes later.
    const drafts = (last: number) => [rollup(20), l1(4, receive(all), beyond), l1(last)]
    expect(brokenIds(audit(drafts(54)))).not.toContain('B-4')
    expect(brokenIds(audit(drafts(55)))).toContain('B-4')
  })

  it('counts what such a chain had received: that much it may have sent before it fell silent', () => {
    const drafts = [rollup(20), l1(4, receive(all)), l1(55)]
    // B-2 and B-8: nobody saw it leave. B-4 says only how much could have.
    expect(brokenIds(audit(drafts))).toEqual(['B-2', 'B-8'])
  })

  it('excuses what a declared exploit has exported, where no accountant had to refuse it', () => {
    expect(brokenIds(exploited())).not.toContain('B-4')
  })

  it('excuses nothing where verifiers keep an accountant: not a step beyond what the chain had', () => {
    expect(brokenIds(exploited(accountant))).toContain('B-4')
    // Within what the chain had the accountant covers it, and the declared loss is a loss.
    expect(brokenIds(exploited(accountant, [all]))).not.toContain('B-4')
  })

  it('forgets deliveries of a branch that is gone', () => {
    const auditor = newAuditor()
    const sealer = new Sealer()
    const root = sealer.seal(l1(1))
    auditor.block(root)
    auditor.block(sealer.seal(l1(2, receive(all))))
    const again = receive(transfer(ROLLUP, BACKED, 9))
    auditor.block(sealer.seal({ ...l1(3, again), parent: root }))
    for (const draft of [rollup(30), l1(6)]) auditor.block(sealer.seal(draft))
    expect(brokenIds(auditor.finish())).not.toContain('B-4')
  })
})
