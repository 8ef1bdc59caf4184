import { asHash32, type NodeId, ZERO_ADDRESS } from '@solvent/primitives'
import { type BridgeMessage, type ContractFlaw, messageDigest } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import type { Auditor } from './auditor.ts'
import { createAuditor } from './create-auditor.ts'
import { bridgeOut, deliver, receive, STEP, transfer } from './testing/bridge-story.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import {
  address,
  BACKED,
  bridge,
  GENESIS_SECONDS,
  genesis,
  L1,
  type Name,
  node,
  ROLLUP,
  sortedVerifiers,
  spec,
  verifier,
} from './testing/network.ts'
import { audit, brokenIds, newAuditor } from './testing/run-story.ts'

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
const out = (amount = STEP, sequence = 0): DraftTransaction => bridgeOut({ from: L1, amount, sequence })
const mint = (amount = STEP, sequence = 0): DraftTransaction => receive(transfer(L1, amount, sequence))
const declared =
  (message: BridgeMessage) =>
  (auditor: Auditor): void =>
    auditor.event(spec.genesisMs, 'watcher' as NodeId, {
      kind: 'exploit-declared',
      message,
      digest: messageDigest(message),
    })

function pause(by: Name, authority: 'issuer' | 'guardian', until: number): DraftTransaction {
  return {
    from: by,
    call: { kind: 'pause', bridge, authority, until },
    entries: [],
    events: [{ kind: 'bridge-paused', bridge, authority, until }],
  }
}

function unpause(by: Name, authority: 'issuer' | 'guardian'): DraftTransaction {
  return {
    from: by,
    call: { kind: 'unpause', bridge, authority },
    entries: [],
    events: [{ kind: 'bridge-unpaused', bridge, authority }],
  }
}

describe('a transfer', () => {
  it('breaks nothing in either direction and in either order of arrival', () => {
    expect(audit([l1(1, out()), rollup(8, mint()), l1(3)]).broken).toEqual([])
    expect(audit([rollup(8, mint()), l1(1, out()), l1(3)]).broken).toEqual([])
    const back = [
      rollup(1, bridgeOut({ from: ROLLUP, amount: STEP, sequence: 0 })),
      l1(3, receive(transfer(ROLLUP, STEP, 0))),
      rollup(20),
    ]
    expect(audit(back).broken).toEqual([])
  })
})

describe('B-1', () => {
  it('catches custody that moves without a message of its amount', () => {
    const sent = out()
    sent.events = sent.events.filter(({ kind }) => kind !== 'message-sent')
    expect(brokenIds(audit([l1(1, sent)]))).toEqual(['B-1', 'B-2'])
  })

  it('catches a mint of another amount than its message carries', () => {
    const minted = receive(transfer(L1, STEP, 0))
    minted.entries[0]!.legs = minted.entries[0]!.legs.map((leg) => ({ ...leg, amount: 2n * leg.amount }))
    minted.events = minted.events.map((event) =>
      event.kind === 'bridge-transfer' ? { ...event, amount: 2n * STEP } : event,
    )
    expect(brokenIds(audit([l1(1, out()), rollup(8, minted)]))).toEqual(['B-1', 'B-2'])
  })
})

describe('B-2', () => {
  it('catches a message that was sent without a lock', () => {
    const sent = out()
    sent.entries = []
    expect(brokenIds(audit([l1(1, sent)]))).toEqual(['B-2'])
  })

  it('catches a mint that no chain ever sent, once the source is known beyond it', () => {
    expect(brokenIds(audit([rollup(8, mint())]))).toEqual([])
    expect(brokenIds(audit([rollup(8, mint()), l1(2)]))).toEqual(['B-2', 'B-8'])
  })

  it('accepts exactly the declared exploit, as a deficit', () => {
    const forged = transfer(ROLLUP, 100n * STEP, 1_000_000)
    const auditors: Auditor[] = []
    const report = audit([l1(3, receive(forged)), rollup(30), l1(5)], (auditor) => {
      auditors.push(auditor)
      declared(forged)(auditor)
    })
    expect(report.broken).toEqual([])
    expect(auditors[0]!.backing()).toEqual([
      {
        bridge,
        symbol: 'rsETH',
        locked: BACKED - 100n * STEP,
        issued: 0n,
        minted: BACKED,
        inTransit: 0n,
        deficit: 100n * STEP,
        arrived: 1,
        asked: 0n,
        paid: 0n,
        queued: 0,
        releasedByTimeout: 0,
        censored: 0,
        recovered: 0n,
        borne: 0n,
        pools: [],
        swaps: { completed: 0, cancelled: 0, oneSided: 0, open: 0 },
      },
    ])
  })

  it('accepts a declaration that arrives after the delivery and before the judgement', () => {
    const forged = transfer(ROLLUP, STEP, 1_000_000)
    const auditor = newAuditor()
    const sealer = new Sealer()
    auditor.block(sealer.seal(l1(3, receive(forged))))
    declared(forged)(auditor)
    for (const draft of [rollup(30), l1(5)]) auditor.block(sealer.seal(draft))
    expect(auditor.finish().broken).toEqual([])
  })

  it('catches a second forgery beside the declared one', () => {
    const forged = transfer(ROLLUP, STEP, 1_000_000)
    const second = transfer(ROLLUP, STEP, 1_000_001)
    const drafts = [l1(3, receive(forged)), l1(4, receive(second)), rollup(30), l1(5)]
    // The first deficit was the declared one: B-8 holds.
    expect(brokenIds(audit(drafts, declared(forged)))).toEqual(['B-2'])
  })

  it('catches a genesis that mints more than it locks', () => {
    const short = genesis.map((chain) => ({
      ...chain,
      balances: chain.balances.map((line) =>
        line.kind === 'BRIDGE_LOCK' ? { ...line, amount: line.amount - 1n } : line,
      ),
    }))
    expect(
      brokenIds(createAuditor({ spec, genesis: short, verifier, applicable: 'sim' }).finish()),
    ).toContain('B-2')
  })
})

describe('keys whose scheme is broken', () => {
  const broken =
    (keys: readonly Name[], of = bridge) =>
    (auditor: Auditor): void =>
      auditor.event(spec.genesisMs, node('relayer'), {
        kind: 'scheme-break-declared',
        bridge: of,
        keys: keys.map(address),
      })
  const forged = transfer(ROLLUP, 100n * STEP, 1_000_000)
  const forgery = [l1(3, receive(forged)), rollup(30), l1(5)]
  const [first, second, third] = sortedVerifiers as [Name, Name, Name]

  it('explain what they alone vouch for, and the amount is a deficit', () => {
    const auditors: Auditor[] = []
    const report = audit(forgery, (auditor) => {
      auditors.push(auditor)
      broken([first, second])(auditor)
    })
    expect(report.broken).toEqual([])
    expect(auditors[0]!.backing()[0]).toMatchObject({ deficit: 100n * STEP, inTransit: 0n })
  })

  it('explain nothing that a sound key has signed as well, nothing of other bridges, and nothing of before', () => {
    expect(brokenIds(audit(forgery, broken([first, third])))).toEqual(['B-2', 'B-8'])
    expect(brokenIds(audit(forgery, broken([first, second], address('alice'))))).toEqual(['B-2', 'B-8'])
    const auditor = newAuditor()
    const sealer = new Sealer()
    auditor.block(sealer.seal(forgery[0]!))
    broken([first, second])(auditor)
    for (const draft of forgery.slice(1)) auditor.block(sealer.seal(draft))
    expect(brokenIds(auditor.finish())).toEqual(['B-2', 'B-8'])
  })

  it('make no loss of a message that was sent, whichever chain is seen first', () => {
    for (const drafts of [
      [l1(1, out()), rollup(8, mint()), l1(3)],
      [rollup(8, mint()), l1(1, out()), l1(3)],
    ]) {
      const auditors: Auditor[] = []
      const report = audit(drafts, (auditor) => {
        auditors.push(auditor)
        broken([first, second])(auditor)
      })
      expect(report.broken).toEqual([])
      expect(auditors[0]!.backing()[0]).toMatchObject({ deficit: 0n, inTransit: 0n })
    }
  })

  it('leave no loss when a re-org takes the forged delivery back', () => {
    const auditor = newAuditor()
    broken([first, second])(auditor)
    const sealer = new Sealer()
    const base = sealer.seal(l1(1))
    for (const block of [base, sealer.seal(l1(2, receive(forged)))]) auditor.block(block)
    auditor.block(sealer.seal({ ...l1(2), parent: base }))
    auditor.block(sealer.seal(l1(3)))
    expect(auditor.backing()[0]).toMatchObject({ deficit: 0n, locked: BACKED })
  })
})

describe('a sending that a re-org takes back after its delivery', () => {
  /** Sent in block 1 of the L1, delivered in block 8 of the rollup, and then the L1 goes on from block 0 without it. */
  function orphaned(...after: DraftBlock[]) {
    const auditor = newAuditor()
    const sealer = new Sealer()
    const first = sealer.seal(l1(1))
    for (const block of [first, sealer.seal(l1(2, out())), sealer.seal(rollup(14, mint()))])
      auditor.block(block)
    const [second, ...rest] = after
    auditor.block(sealer.seal({ ...second!, parent: first }))
    for (const draft of rest) auditor.block(sealer.seal(draft))
    return auditor
  }

  it('breaks nothing when it is sent again', () => {
    const auditor = orphaned(l1(2, out()), l1(3))
    expect(brokenIds(auditor.finish())).toEqual([])
    expect(auditor.backing()[0]).toMatchObject({ inTransit: 0n, arrived: 1 })
  })

  it('is a mint that no chain sent when it is not', () => {
    expect(brokenIds(orphaned(l1(3), l1(4)).finish())).toEqual(['B-2', 'B-8'])
  })
})

describe('a forgery in the name of a chain that makes no more blocks', () => {
  const forged = transfer(ROLLUP, STEP, 1_000_001)
  // The rollup's last block begins at 40 s, the release's at 48 s, L1 block 54 at 648 s: ten minutes later.
  const drafts = (last: number) => [l1(1, out()), rollup(20, mint()), l1(4, receive(forged)), l1(last)]

  it('is judged when others have gone on for ten minutes, and not before', () => {
    expect(brokenIds(audit(drafts(55)))).toEqual(['B-2', 'B-8'])
    expect(brokenIds(audit(drafts(54)))).toEqual([])
    expect(brokenIds(audit(drafts(55), declared(forged)))).toEqual([])
  })

  it('is not judged by who has not listened for so long: blocks of hours may come in at once, one chain after the other', () => {
    const judged = (seenAfterSeconds: (slot: number) => number): string[] => {
      const auditor = newAuditor()
      const sealer = new Sealer()
      for (const draft of [...drafts(55), ...[56, 57, 58].map((slot) => l1(slot))])
        for (const block of sealer.blocks(draft))
          auditor.block(block, (GENESIS_SECONDS + seenAfterSeconds(block.header.number)) * 1_000)
      return brokenIds(auditor.finish()).filter((id) => id === 'B-2')
    }
    // The sealer fills the slots between; each is seen when it is made, or all of them within a second, long after.
    expect(judged((number) => number * 12)).toEqual(['B-2'])
    expect(judged(() => 10_000)).toEqual([])
  })

  it('leaves the books even when its sending is seen after all', () => {
    const sent = bridgeOut({ from: ROLLUP, amount: STEP, sequence: 1_000_001 })
    const report = audit([...drafts(55), rollup(400, sent), l1(80)])
    expect(brokenIds(report)).toEqual(['B-2', 'B-8'])
    expect(report.broken.filter(({ id }) => id === 'B-2')).toHaveLength(1)
  })
})

describe('B-8', () => {
  it('catches a deficit that came before the declared one', () => {
    const undeclared = transfer(ROLLUP, STEP, 1_000_000)
    const forged = transfer(ROLLUP, STEP, 1_000_001)
    const drafts = [l1(3, receive(undeclared)), l1(4, receive(forged)), rollup(30), l1(5)]
    expect(brokenIds(audit(drafts, declared(forged)))).toEqual(['B-2', 'B-8'])
  })
})

describe('B-7', () => {
  const sent = l1(1, out())

  it('catches a mint while the bridge is paused, up to the last second of the pause', () => {
    // Rollup block 10 begins at 20 s.
    const drafts = (until: number) => [
      sent,
      rollup(5, pause('issuer', 'issuer', until)),
      rollup(10, mint()),
      l1(3),
    ]
    expect(brokenIds(audit(drafts(GENESIS_SECONDS + 20)))).toEqual(['B-7'])
    expect(brokenIds(audit(drafts(GENESIS_SECONDS + 19)))).toEqual([])
    expect(brokenIds(audit(drafts(0)))).toEqual(['B-7'])
  })

  it('catches a mint that a lesser pause has let through under a greater one', () => {
    const shortened = [
      sent,
      rollup(5, pause('guardian', 'guardian', 0)),
      rollup(6, pause('issuer', 'issuer', GENESIS_SECONDS + 13)),
      rollup(10, mint()),
      l1(3),
    ]
    expect(brokenIds(audit(shortened))).toEqual(['B-7'])
    const lifted = [sent, rollup(5, pause('guardian', 'guardian', 0)), rollup(6, unpause('issuer', 'issuer'))]
    expect(brokenIds(audit(lifted))).toEqual(['B-7'])
  })

  it('allows delivering once after the guardian has lifted the pause', () => {
    const drafts = [
      sent,
      rollup(5, pause('issuer', 'issuer', 0)),
      rollup(6, unpause('guardian', 'guardian')),
      rollup(10, mint()),
      l1(3),
    ]
    expect(brokenIds(audit(drafts))).toEqual([])
  })

  it('is about one chain at a time', () => {
    expect(brokenIds(audit([sent, l1(2, pause('issuer', 'issuer', 0)), rollup(20, mint()), l1(5)]))).toEqual(
      [],
    )
  })
})

describe('S-5', () => {
  it('catches a second delivery, on the same chain or on another', () => {
    expect(
      brokenIds(
        audit([
          l1(1, out()),
          rollup(8, mint()),
          rollup(9, { ...mint(), entries: [], events: mint().events.slice(0, 1) }),
          l1(3),
        ]),
      ),
    ).toContain('S-5')
    const elsewhere = deliver(transfer(L1, STEP, 0), { entries: [], events: [] })
    expect(brokenIds(audit([l1(1, out()), rollup(8, mint()), l1(3, elsewhere), l1(5)]))).toContain('S-5')
  })

  it('catches another content under the key of a sent message', () => {
    expect(brokenIds(audit([l1(1, out()), rollup(8, mint(2n * STEP)), l1(3)]))).toContain('S-5')
    expect(brokenIds(audit([rollup(8, mint(2n * STEP)), l1(1, out()), l1(3)]))).toContain('S-5')
  })

  it('catches a digest that is not that of the fields', () => {
    const minted = mint()
    minted.events = minted.events.map((event) =>
      event.kind === 'message-delivered' ? { ...event, digest: asHash32(`0x${'56'.repeat(32)}`) } : event,
    )
    expect(brokenIds(audit([l1(1, out()), rollup(8, minted)]))).toContain('S-5')
  })

  it('accepts a conflict that is one, and catches one that is none', () => {
    const other = transfer(L1, 2n * STEP, 0)
    const known = messageDigest(transfer(L1, STEP, 0))
    const accused = (digest: typeof known): DraftTransaction => ({
      ...mint(2n * STEP),
      entries: [],
      events: [{ kind: 'message-conflict', message: other, digest, known }],
    })
    expect(
      brokenIds(audit([l1(1, out()), rollup(8, mint()), rollup(9, accused(messageDigest(other)))])),
    ).toEqual([])
    expect(brokenIds(audit([l1(1, out()), rollup(8, mint()), rollup(9, accused(known))]))).toEqual(['S-5'])
  })
})

describe('S-6', () => {
  const quorumOf = (...signers: Name[]) => {
    const minted = mint()
    minted.events = minted.events.map((event) =>
      event.kind === 'message-delivered'
        ? { ...event, evidence: { ...event.evidence, signers: signers.map(address) } }
        : event,
    )
    return brokenIds(audit([l1(1, out()), rollup(8, minted), l1(3)]))
  }
  const [first, second, third] = sortedVerifiers as [Name, Name, Name]

  it('accepts a quorum in ascending order', () => {
    expect(quorumOf(first, second)).toEqual([])
  })

  it.each<[string, Name[]]>([
    ['one signer counted twice', [first, first]],
    ['signers out of order', [second, first]],
    ['fewer than the threshold', [first]],
    ['nobody', []],
    [
      'a stranger',
      [first, 'relayer'].sort((a, b) => (address(a as Name) < address(b as Name) ? -1 : 1)) as Name[],
    ],
    ['a verifier that did not sign', [first, third]],
  ])('catches %s', (_what, signers) => {
    expect(quorumOf(...signers)).toEqual(['S-6'])
  })

  it('catches a set that does not count', () => {
    const minted = mint()
    minted.events = minted.events.map((event) =>
      event.kind === 'message-delivered' ? { ...event, evidence: { ...event.evidence, setIndex: 7 } } : event,
    )
    expect(brokenIds(audit([l1(1, out()), rollup(8, minted), l1(3)]))).toEqual(['S-6'])
  })
})

describe('a declared flaw', () => {
  const upgrade = (flaw: ContractFlaw, change: 'introduced' | 'fixed' = 'introduced'): DraftTransaction => ({
    from: 'issuer',
    call: { kind: 'upgrade', contract: bridge, flaw, change },
    entries: [],
    events: [{ kind: 'contract-upgraded', contract: bridge, flaw, change }],
  })
  const forged = transfer(ROLLUP, STEP, 1_000_000)
  const signersOf = (message: BridgeMessage, ...signers: Name[]): DraftTransaction => {
    const received = receive(message)
    received.events = received.events.map((event) =>
      event.kind === 'message-delivered'
        ? { ...event, evidence: { ...event.evidence, signers: signers.map(address) } }
        : event,
    )
    return received
  }
  const [first] = sortedVerifiers as [Name]
  const after = [rollup(30), l1(8)]

  it.each<[ContractFlaw, Name[]]>([
    ['zero-root-accepted', []],
    ['threshold-zero', []],
    ['threshold-misread', [first]],
  ])('%s explains a delivery that S-6 refuses, and nothing else', (flaw, signers) => {
    const exploit = l1(3, signersOf(forged, ...signers))
    const withFlaw = [l1(2, upgrade(flaw)), exploit, ...after]
    expect(brokenIds(audit([exploit, ...after], declared(forged)))).toEqual(['S-6'])
    expect(brokenIds(audit(withFlaw, declared(forged)))).toEqual([])
    // What it takes has to be declared all the same.
    expect(brokenIds(audit(withFlaw))).toEqual(['B-2', 'B-8'])
    const other = flaw === 'threshold-misread' ? 'zero-root-accepted' : 'threshold-misread'
    expect(brokenIds(audit([l1(2, upgrade(other)), exploit, ...after], declared(forged)))).toEqual(['S-6'])
    const mended = [l1(1, upgrade(flaw)), l1(2, upgrade(flaw, 'fixed')), exploit, ...after]
    expect(brokenIds(audit(mended, declared(forged)))).toEqual(['S-6'])
  })

  it('is forgotten with the block that introduced it', () => {
    const sealer = new Sealer()
    const auditor = newAuditor()
    declared(forged)(auditor)
    const root = sealer.seal(l1(1))
    auditor.block(root)
    auditor.block(sealer.seal(l1(2, upgrade('threshold-zero'))))
    const fork = { ...l1(3, signersOf(forged)), parent: root }
    for (const draft of [fork, ...after]) for (const block of sealer.blocks(draft)) auditor.block(block)
    expect(brokenIds(auditor.finish())).toEqual(['S-6'])
  })

  it('lets a message be delivered twice: the second time is the loss', () => {
    const twice = [
      l1(1, out()),
      rollup(2, upgrade('replay-unchecked')),
      rollup(8, mint()),
      rollup(9, mint()),
      l1(4),
    ]
    const auditors: Auditor[] = []
    const report = audit(twice, (auditor) => {
      auditors.push(auditor)
      declared(transfer(L1, STEP, 0))(auditor)
    })
    expect(report.broken).toEqual([])
    expect(auditors[0]!.backing()[0]).toMatchObject({ minted: BACKED + 2n * STEP, deficit: STEP })
    expect(brokenIds(audit(twice))).toContain('B-2')
    expect(
      brokenIds(
        audit(
          twice.filter((_, i) => i !== 1),
          declared(transfer(L1, STEP, 0)),
        ),
      ),
    ).toEqual(['S-5'])
  })
})

describe('S-8', () => {
  it.each([
    ['the bridge itself', bridge],
    ['nobody', ZERO_ADDRESS],
  ])('catches a message that pays %s', (_who, recipient) => {
    const message = transfer(L1, STEP, 0)
    const payload = { ...message.payload, recipient } as BridgeMessage['payload']
    expect(brokenIds(audit([rollup(8, receive({ ...message, payload }))]))).toContain('S-8')
  })
})
