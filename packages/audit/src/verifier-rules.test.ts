// S-6 over rotations: whose votes make a set the next one, which sets may be, and how long the one before counts; each
// broken once on blocks written by hand. A day of grace: Wormhole core bridge, `expireGuardianSet`.
import { asHash32, type ChainId, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type BridgeMessage,
  type ContractFlaw,
  type QuorumVerification,
  rotationDigest,
  type VerifierSetTerms,
} from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createAuditor } from './create-auditor.ts'
import { bridgeOut, deliver, receive, STEP, transfer } from './testing/bridge-story.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import {
  address,
  bridge,
  GENESIS_SECONDS,
  genesis,
  L1,
  type Name,
  ROLLUP,
  settlerL1,
  sortedVerifiers,
  spec,
  verifier,
} from './testing/network.ts'
import { audit, brokenIds, newAuditor } from './testing/run-story.ts'

const DAY = 86_400
const SLOT = 12
const [first, second, third] = sortedVerifiers as [Name, Name, Name]

const l1 = (number: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: L1,
  number,
  transactions,
})
const next = (change: Partial<VerifierSetTerms> = {}): VerifierSetTerms => ({
  setIndex: 1,
  verifiers: [address('challenger')],
  threshold: 1,
  ...change,
})

/** A vote; with `at`, the number of its block, it is the one that makes the set the next. */
function vote(by: Name, terms = next(), at: number | null = null, grace = DAY): DraftTransaction {
  const voted = {
    kind: 'rotation-voted',
    bridge,
    proposal: rotationDigest(terms),
    voter: address(by),
  } as const
  return {
    from: by,
    call: { kind: 'rotate-verifiers', bridge, next: terms },
    entries: [],
    events:
      at === null
        ? [voted]
        : [
            voted,
            {
              kind: 'verifiers-rotated',
              bridge,
              next: terms,
              graceUntil: GENESIS_SECONDS + at * SLOT + grace,
            },
          ],
  }
}

const rotated = (terms = next()) => [l1(1, vote(first, terms)), l1(2, vote(second, terms, 2))]
const sent = bridgeOut({ from: ROLLUP, amount: STEP, sequence: 0 })
const rollup: DraftBlock = { chainId: ROLLUP, number: 1, transactions: [sent] }
const message = transfer(ROLLUP, STEP, 0)
const byNew = { setIndex: 1, signers: ['challenger'] as Name[] }
const idsOf = (...drafts: DraftBlock[]) =>
  brokenIds(audit([...drafts, { ...rollup, number: 99, transactions: [] }]))

describe('a rotation', () => {
  it('breaks nothing, and the next set is believed', () => {
    expect(idsOf(rollup, ...rotated(), l1(4, receive(message, byNew)))).toEqual([])
  })

  it('leaves the set before its grace, and no second more', () => {
    const minutes = 600
    const bridges = spec.bridges.map((each) => ({
      ...each,
      verification: { ...(each.verification as QuorumVerification), graceSeconds: minutes },
    }))
    const delivered = (slot: number) => {
      const auditor = createAuditor({ spec: { ...spec, bridges }, genesis, verifier, applicable: 'sim' })
      const sealer = new Sealer()
      const rotation = [l1(1, vote(first)), l1(2, vote(second, next(), 2, minutes))]
      for (const draft of [rollup, ...rotation, l1(slot, receive(message))])
        for (const block of sealer.blocks(draft)) auditor.block(block)
      return brokenIds(auditor.finish())
    }
    expect(delivered(2 + minutes / SLOT)).toEqual([])
    expect(delivered(3 + minutes / SLOT)).toEqual(['S-6'])
  })

  it('is taken back with its block', () => {
    const auditor = newAuditor()
    const sealer = new Sealer()
    const [votes, over] = rotated()
    const parent = sealer.seal(votes!)
    auditor.block(sealer.seal(rollup))
    for (const block of [parent, sealer.seal(over!)]) auditor.block(block)
    const branch = [sealer.seal({ ...l1(3, receive(message)), parent })]
    branch.push(sealer.seal({ ...l1(4, vote(third, next(), 4)), parent: branch[0]! }))
    branch.push(sealer.seal({ ...l1(5), parent: branch[1]! }))
    for (const block of branch) auditor.block(block)
    expect(brokenIds(auditor.finish())).toEqual([])
  })
})

describe('S-6', () => {
  it('catches the word of a set that is none yet', () => {
    expect(idsOf(rollup, l1(1, vote(first)), l1(4, receive(message, byNew)))).toEqual(['S-6'])
  })

  it.each<[string, DraftBlock[]]>([
    ['a set that takes over with too few votes', [l1(1, vote(first, next(), 1))]],
    ['a vote of a stranger', [l1(1, vote('issuer'))]],
    ['a vote counted twice', [l1(1, vote(first)), l1(2, vote(first))]],
    ['an empty set', rotated(next({ verifiers: [], threshold: 0 }))],
    ['the zero address', rotated(next({ verifiers: [ZERO_ADDRESS] }))],
    ['a verifier named twice', rotated(next({ verifiers: [address('v1'), address('v1')] }))],
    ['a threshold of none', rotated(next({ threshold: 0 }))],
    ['a threshold that cannot be met', rotated(next({ threshold: 2 }))],
    ['an index that leaves one out', rotated(next({ setIndex: 2 }))],
    ['a longer grace', [l1(1, vote(first)), l1(2, vote(second, next(), 2, DAY + 1))]],
    ['no grace', [l1(1, vote(first)), l1(2, vote(second, next(), 2, 0))]],
  ])('catches %s', (_what, drafts) => {
    expect(idsOf(...drafts)).toEqual(['S-6'])
  })

  it('catches votes for another set than the one that takes over', () => {
    const other = vote(first)
    other.events = [
      { kind: 'rotation-voted', bridge, proposal: asHash32(`0x${'77'.repeat(32)}`), voter: address(first) },
    ]
    expect(idsOf(l1(1, other), l1(2, vote(second, next(), 2)))).toEqual(['S-6'])
  })

  it('catches a vote that somebody else has cast', () => {
    expect(idsOf(l1(1, { ...vote(first), from: 'issuer' }))).toEqual(['S-6'])
  })
})

describe('S-8', () => {
  const call = (target = bridge): BridgeMessage => ({
    ...message,
    emitter: address('alice'),
    payload: { kind: 'set-verifiers', target, verifiers: [address('challenger')], threshold: 1 },
  })
  /** The message has arrived at block 2, and done what it asks. */
  const obeyed = (called: BridgeMessage): DraftTransaction =>
    deliver(called, {
      entries: [],
      events: [
        { kind: 'verifiers-rotated', bridge, next: next(), graceUntil: GENESIS_SECONDS + 2 * SLOT + DAY },
      ],
    })
  const idsUnder = (flaw: ContractFlaw | null, on: ChainId, ...drafts: DraftBlock[]) => {
    const upgrade: DraftTransaction = {
      from: 'issuer',
      call: { kind: 'upgrade', contract: bridge, flaw: flaw ?? 'replay-unchecked', change: 'introduced' },
      entries: [],
      events: [
        {
          kind: 'contract-upgraded',
          contract: bridge,
          flaw: flaw ?? 'replay-unchecked',
          change: 'introduced',
        },
      ],
    }
    return idsOf({ chainId: on, number: 1, transactions: [upgrade] }, ...drafts)
  }

  it('catches a message that puts its sender among the verifiers', () => {
    expect(idsUnder(null, L1, l1(2, obeyed(call())))).toEqual(['S-8'])
  })

  it('excuses it by the declared flaw on the same chain, and by no other', () => {
    expect(idsUnder('admin-unprotected', L1, l1(2, obeyed(call())))).toEqual([])
    expect(idsUnder('set-check-skipped', L1, l1(2, obeyed(call())))).toEqual(['S-8'])
    expect(idsUnder('admin-unprotected', ROLLUP, l1(2, obeyed(call())))).toEqual(['S-8'])
  })

  it('catches a call of another contract, flaw or not', () => {
    expect(
      idsUnder('admin-unprotected', L1, l1(2, deliver(call(settlerL1), { entries: [], events: [] }))),
    ).toEqual(['S-8'])
  })

  it('judges what the new set signs by the new set', () => {
    const release = receive(transfer(ROLLUP, STEP, 0), byNew)
    const stolen = [l1(2, obeyed({ ...call(), sequence: 9 })), l1(3, release)]
    expect(idsUnder('admin-unprotected', L1, rollup, ...stolen).filter((id) => id === 'S-6')).toEqual([])
  })

  it('takes no message for the votes of a rotation that it did not ask for', () => {
    const other = receive(message)
    other.events.push(obeyed(call()).events.at(-1)!)
    expect(idsUnder('admin-unprotected', L1, rollup, l1(2, other))).toContain('S-6')
  })
})
