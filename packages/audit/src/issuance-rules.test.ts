// B-3 on blocks written by hand: a burn-and-mint asset, its issuer and forged messages.
import type { NodeId } from '@solvent/primitives'
import { type BridgeMessage, messageDigest, type NetworkSpec } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import type { AuditReport } from './audit-report.ts'
import type { Auditor } from './auditor.ts'
import { createAuditor } from './create-auditor.ts'
import { deliver, STEP, transfer } from './testing/bridge-story.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import {
  address,
  BACKED,
  bridge,
  genesis,
  kindOf,
  L1,
  type Name,
  ROLLUP,
  rsEthL1,
  rsEthRollup,
  spec,
  verifier,
} from './testing/network.ts'
import { brokenIds } from './testing/run-story.ts'

/** The same network with an issuer's bridge instead of a lock; the fee is one percent. */
const issuedSpec: NetworkSpec = {
  ...spec,
  bridges: spec.bridges.map((each) => ({ ...each, custody: { kind: 'burn-mint', feeBps: 100 } })),
}
const unlocked = genesis.map((chain) => ({
  ...chain,
  balances: chain.balances.filter(({ kind }) => kind !== 'BRIDGE_LOCK'),
}))
/** What genesis gives out of the asset: 10 whole units on the L1, `BACKED` on the rollup. */
const ISSUED = 10n ** 19n + BACKED

function audit(drafts: readonly DraftBlock[], prepare: (auditor: Auditor) => void = () => {}) {
  const auditor = createAuditor({ spec: issuedSpec, genesis: unlocked, verifier, applicable: 'sim' })
  prepare(auditor)
  const sealer = new Sealer()
  for (const draft of drafts) auditor.block(sealer.seal(draft))
  return { report: auditor.finish() as AuditReport, backing: auditor.backing()[0]! }
}
const broken = (drafts: readonly DraftBlock[], prepare?: (auditor: Auditor) => void) =>
  brokenIds(audit(drafts, prepare).report)

const l1 = (number: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: L1,
  number,
  transactions,
})
const rollup = (number: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: ROLLUP,
  number,
  transactions,
})

function burn(amount = STEP): DraftTransaction {
  const message = transfer(L1, amount, 0)
  const digest = messageDigest(message)
  const { token } = message.payload as { token: typeof rsEthRollup }
  expect(token).toBe(rsEthRollup)
  return {
    from: 'atlas',
    call: {
      kind: 'bridge-out',
      bridge,
      token: rsEthL1,
      amount,
      dstChainId: ROLLUP,
      recipient: address('alice'),
    },
    entries: [
      {
        cause: 'bridge-burn',
        legs: [
          { kind: 'SOLVER', owner: address('atlas'), token: rsEthL1, amount: -amount },
          { kind: 'SUPPLY', owner: '', token: rsEthL1, amount },
        ],
      },
    ],
    events: [
      { kind: 'message-sent', message, digest },
      { kind: 'bridge-transfer', bridge, step: 'burned', token: rsEthL1, amount, message: digest },
    ],
  }
}

function mint(message: BridgeMessage, fee = STEP / 100n): DraftTransaction {
  const { token, amount } = message.payload as { token: typeof rsEthRollup; amount: bigint }
  return deliver(message, {
    entries: [
      {
        cause: 'bridge-mint',
        legs: [
          { kind: 'SUPPLY', owner: '', token, amount: -amount },
          { kind: 'USER', owner: address('alice'), token, amount: amount - fee },
          { kind: 'USER', owner: address('issuer'), token, amount: fee },
        ],
      },
    ],
    events: [
      { kind: 'bridge-transfer', bridge, step: 'minted', token, amount, message: messageDigest(message) },
    ],
  })
}

function issue(by: Name = 'issuer', amount = 7n): DraftTransaction {
  return {
    from: by,
    call: { kind: 'issue', bridge, token: rsEthL1, amount, recipient: address('alice') },
    entries: [
      {
        cause: 'bridge-issue',
        legs: [
          { kind: 'SUPPLY', owner: '', token: rsEthL1, amount: -amount },
          { kind: 'USER', owner: address('alice'), token: rsEthL1, amount },
        ],
      },
    ],
    events: [{ kind: 'asset-issued', bridge, token: rsEthL1, amount, recipient: address('alice') }],
  }
}

function redeem(by: Name = 'atlas', amount = 3n): DraftTransaction {
  return {
    from: by,
    call: { kind: 'redeem', bridge, token: rsEthL1, amount },
    entries: [
      {
        cause: 'bridge-redeem',
        legs: [
          { kind: kindOf(by), owner: address(by), token: rsEthL1, amount: -amount },
          { kind: 'SUPPLY', owner: '', token: rsEthL1, amount },
        ],
      },
    ],
    events: [{ kind: 'asset-redeemed', bridge, token: rsEthL1, amount, holder: address(by) }],
  }
}

describe('B-3', () => {
  it('holds over issue, burn, mint and redemption, in either order of arrival', () => {
    const { report, backing } = audit([
      l1(1, issue(), burn()),
      rollup(8, mint(transfer(L1, STEP, 0))),
      l1(3, redeem()),
    ])
    expect(report.broken).toEqual([])
    expect(backing).toMatchObject({ issued: ISSUED + 4n, minted: ISSUED + 4n, inTransit: 0n, arrived: 1 })
    expect(broken([rollup(8, mint(transfer(L1, STEP, 0))), l1(1, burn()), l1(3)])).toEqual([])
  })

  it('catches a mint that no chain ever sent, and accepts exactly the declared one', () => {
    const forged = transfer(L1, STEP, 1_000_000)
    const drafts = [rollup(8, mint(forged)), l1(2)]
    expect(broken(drafts)).toEqual(['B-3', 'B-8'])
    const declare = (auditor: Auditor): void =>
      auditor.event(spec.genesisMs, 'watcher' as NodeId, {
        kind: 'exploit-declared',
        message: forged,
        digest: messageDigest(forged),
      })
    const { report, backing } = audit(drafts, declare)
    expect(report.broken).toEqual([])
    expect(backing).toMatchObject({ issued: ISSUED, minted: ISSUED + STEP, deficit: STEP })
  })

  it('catches a message without a burn', () => {
    const sent = burn()
    sent.entries = []
    expect(broken([l1(1, sent)])).toEqual(['B-3'])
  })

  it('catches supply that grows by an issue without its event, or by one of another amount', () => {
    const silent = issue()
    silent.events = []
    expect(broken([l1(1, silent, burn())])).toEqual(['L-4', 'B-3'])
    const wrong = issue()
    wrong.events = wrong.events.map((event) => ({ ...event, amount: 8n }) as typeof event)
    expect(broken([l1(1, wrong)])).toEqual(['B-3'])
  })

  it('catches an issue by another than the issuer, and one of a token that the bridge does not carry', () => {
    expect(broken([l1(1, issue('atlas'))])).toEqual(['B-3'])
    const foreign = issue()
    foreign.events = foreign.events.map((event) => ({ ...event, token: rsEthRollup }) as typeof event)
    expect(broken([l1(1, foreign)])).toContain('B-3')
  })

  it('takes issues and redemptions of orphaned blocks back', () => {
    const sealer = new Sealer()
    const auditor = createAuditor({ spec: issuedSpec, genesis: unlocked, verifier, applicable: 'sim' })
    const root = sealer.seal(l1(1))
    for (const block of [root, sealer.seal(l1(2, issue(), redeem()))]) auditor.block(block)
    expect(auditor.backing()[0]).toMatchObject({ issued: ISSUED + 4n })
    auditor.block(sealer.seal({ ...l1(3), parent: root }))
    expect(auditor.backing()[0]).toMatchObject({ issued: ISSUED, minted: ISSUED })
    expect(auditor.finish().broken).toEqual([])
  })
})

describe('L-7', () => {
  it('catches an issuer that keeps more or less than its fee', () => {
    const sent = l1(1, burn())
    const arrival = (fee: bigint) => rollup(8, mint(transfer(L1, STEP, 0), fee))
    expect(broken([sent, arrival(STEP / 100n), l1(3)])).toEqual([])
    expect(broken([sent, arrival(STEP / 100n + 1n), l1(3)])).toEqual(['L-7'])
    expect(broken([sent, arrival(STEP / 100n - 1n), l1(3)])).toEqual(['L-7'])
  })
})
