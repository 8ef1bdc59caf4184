// What the audit makes of recoveries that are not as they should be, on blocks written by hand.
import { describe, expect, it } from 'vitest'
import { bridgeOut, receive, STEP, transfer } from './testing/bridge-story.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import { address, BACKED, bridge, L1, ROLLUP, rsEthL1 } from './testing/network.ts'
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

/** A redemption of one step that pays half of it. */
function halved(): DraftTransaction {
  const message = transfer(ROLLUP, STEP, 0)
  const whole = receive(message)
  const paid = STEP / 2n
  const delivered = whole.events[0]!
  if (delivered.kind !== 'message-delivered') throw new Error('no delivery')
  return {
    ...whole,
    entries: whole.entries.map((entry) => ({
      ...entry,
      legs: entry.legs.map((leg) => ({ ...leg, amount: leg.amount / 2n })),
    })),
    events: [
      delivered,
      { kind: 'redemption-reduced', bridge, token: rsEthL1, message: delivered.digest, claimed: STEP, paid },
      ...whole.events
        .slice(1)
        .map((event) => (event.kind === 'bridge-transfer' ? { ...event, amount: paid } : event)),
    ],
  }
}

const refill = (amount: bigint): DraftTransaction => ({
  from: 'atlas',
  call: { kind: 'refill', bridge, token: rsEthL1, amount },
  entries: [
    {
      cause: 'bridge-refill',
      legs: [
        { kind: 'SOLVER', owner: address('atlas'), token: rsEthL1, amount: -amount },
        { kind: 'BRIDGE_LOCK', owner: bridge, token: rsEthL1, amount },
      ],
    },
  ],
  events: [{ kind: 'bridge-refilled', bridge, token: rsEthL1, amount, benefactor: address('atlas') }],
})

describe('a redemption', () => {
  it('that pays less than its claim without a shared loss breaks B-2', () => {
    const sent = rollup(1, bridgeOut({ from: ROLLUP, amount: STEP, sequence: 0 }))
    expect(brokenIds(audit([sent, l1(3, halved()), rollup(20)]))).toEqual(['B-2'])
  })
})

describe('a shared loss', () => {
  const shared = (from: 'issuer' | 'guardian', backing: bigint): DraftTransaction => ({
    from,
    call: { kind: 'share-loss', bridge, token: rsEthL1, claims: 2n * BACKED },
    entries: [],
    events: [{ kind: 'loss-shared', bridge, token: rsEthL1, backing, claims: 2n * BACKED }],
  })

  it('where losses are not socialised, or not of the lock, breaks B-2', () => {
    expect(brokenIds(audit([l1(1, shared('issuer', BACKED))]))).toEqual(['B-2'])
    expect(brokenIds(audit([l1(1, shared('guardian', BACKED - 1n))]))).toEqual(['B-2'])
  })
})

describe('a refill', () => {
  it('without a loss is surplus, and a re-org takes it back', () => {
    const auditor = newAuditor()
    const sealer = new Sealer()
    const root = sealer.seal(l1(1))
    auditor.block(root)
    auditor.block(sealer.seal(l1(2, refill(STEP))))
    expect(auditor.backing()[0]).toMatchObject({ locked: BACKED + STEP, deficit: 0n, recovered: 0n })
    auditor.block(sealer.seal({ ...l1(3), parent: root }))
    expect(auditor.backing()[0]).toMatchObject({ locked: BACKED })
    expect(brokenIds(auditor.finish())).toEqual([])
  })

  it('that moves another amount than it says breaks B-2', () => {
    const wrong = refill(STEP)
    wrong.events = wrong.events.map((event) =>
      event.kind === 'bridge-refilled' ? { ...event, amount: 2n * STEP } : event,
    )
    expect(brokenIds(audit([l1(1, wrong)]))).toContain('B-2')
  })
})
