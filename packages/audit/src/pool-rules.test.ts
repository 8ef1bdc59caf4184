// B-6 on blocks written by hand: deposits, payouts, the queue, withdrawals and a wrong rate of one pool on the rollup.
import type { NodeId } from '@solvent/primitives'
import {
  type BridgeMessage,
  type Genesis,
  messageDigest,
  type NetworkSpec,
  poolShareToken,
} from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import type { Auditor } from './auditor.ts'
import { createAuditor } from './create-auditor.ts'
import { deliver, STEP, transfer } from './testing/bridge-story.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import {
  address,
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

const WAD = 10n ** 18n
/** No fee but for use: nothing up to half, then up to 100 % a year. */
const pooledSpec: NetworkSpec = {
  ...spec,
  bridges: spec.bridges.map((each) => ({
    ...each,
    custody: { kind: 'pool', fee: { kinkE18: WAD / 2n, r0E18: 0n, r1E18: 0n, r2E18: WAD } },
  })),
}
const share = poolShareToken(bridge, ROLLUP, rsEthRollup)
/** The rollup's pool holds 100 steps of alice at genesis, in shares at a thousandth. */
const CASH = 100n * STEP
const pooled: Genesis[] = genesis.map((chain) => ({
  ...chain,
  balances: [
    ...chain.balances.filter(({ kind }) => kind !== 'BRIDGE_LOCK'),
    ...(chain.chainId === ROLLUP
      ? [
          { kind: 'POOL' as const, owner: bridge, token: rsEthRollup, amount: CASH },
          { kind: 'USER' as const, owner: address('alice'), token: share, amount: CASH * 1_000n },
        ]
      : []),
  ],
}))

function audit(drafts: readonly DraftBlock[], prepare: (auditor: Auditor) => void = () => {}) {
  const auditor = createAuditor({ spec: pooledSpec, genesis: pooled, verifier, applicable: 'sim' })
  prepare(auditor)
  const sealer = new Sealer()
  for (const draft of drafts) auditor.block(sealer.seal(draft))
  const report = auditor.finish()
  return { report, pool: auditor.backing()[0]!.pools.find(({ chainId }) => chainId === ROLLUP)! }
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

function sendIn(amount: bigint, sequence = 0): DraftTransaction {
  const message = transfer(L1, amount, sequence)
  const digest = messageDigest(message)
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
        cause: 'pool-in',
        legs: [
          { kind: 'SOLVER', owner: address('atlas'), token: rsEthL1, amount: -amount },
          { kind: 'POOL', owner: bridge, token: rsEthL1, amount },
        ],
      },
    ],
    events: [
      { kind: 'message-sent', message, digest },
      { kind: 'bridge-transfer', bridge, step: 'pooled', token: rsEthL1, amount, message: digest },
    ],
  }
}

const out = (amount: bigint) => ({
  cause: 'pool-out' as const,
  legs: [
    { kind: 'POOL' as const, owner: bridge, token: rsEthRollup, amount: -amount },
    { kind: 'USER' as const, owner: address('alice'), token: rsEthRollup, amount },
  ],
})

interface PayoutOptions {
  readonly fee?: bigint
  readonly paid?: bigint
  readonly position?: number | null
}

function madeEvent(message: BridgeMessage, { fee = 0n, paid, position = null }: PayoutOptions = {}) {
  const { amount } = message.payload as { amount: bigint }
  return {
    kind: 'payout-made' as const,
    bridge,
    token: rsEthRollup,
    message: messageDigest(message),
    recipient: address('alice'),
    amount,
    fee,
    paid: paid ?? amount - fee,
    position,
  }
}

/** A delivery that is paid at once. */
function paid(message: BridgeMessage, options: PayoutOptions = {}): DraftTransaction {
  const made = madeEvent(message, options)
  return deliver(message, { entries: [out(made.paid)], events: [made] })
}

/** A delivery that has to wait. */
function queued(message: BridgeMessage, fee: bigint, position: number): DraftTransaction {
  const { paid: _paid, ...event } = madeEvent(message, { fee })
  return deliver(message, { entries: [], events: [{ ...event, kind: 'payout-queued', position }] })
}

function refill(amount: bigint, ...made: ReturnType<typeof madeEvent>[]): DraftTransaction {
  const owner = address('alice')
  return {
    from: 'alice',
    call: { kind: 'pool-refill', bridge, token: rsEthRollup, amount },
    entries: [
      {
        cause: 'pool-refill',
        legs: [
          { kind: 'USER', owner, token: rsEthRollup, amount: -amount },
          { kind: 'POOL', owner: bridge, token: rsEthRollup, amount },
        ],
      },
      ...made.map((event) => out(event.paid)),
    ],
    events: [{ kind: 'pool-refilled', bridge, token: rsEthRollup, from: owner, amount }, ...made],
  }
}

function provide(
  kind: 'deposit' | 'withdraw',
  amount: bigint,
  shares: bigint,
  by: Name = 'alice',
): DraftTransaction {
  const sign = kind === 'deposit' ? 1n : -1n
  const holder = { kind: kindOf(by), owner: address(by) }
  return {
    from: by,
    call:
      kind === 'deposit'
        ? { kind: 'pool-deposit', bridge, token: rsEthRollup, amount }
        : { kind: 'pool-withdraw', bridge, token: rsEthRollup, shares },
    entries: [
      {
        cause: kind === 'deposit' ? 'pool-deposit' : 'pool-withdraw',
        legs: [
          { ...holder, token: rsEthRollup, amount: -sign * amount },
          { kind: 'POOL', owner: bridge, token: rsEthRollup, amount: sign * amount },
          { kind: 'SUPPLY', owner: '', token: share, amount: -sign * shares },
          { ...holder, token: share, amount: sign * shares },
        ],
      },
    ],
    events: [
      {
        kind: kind === 'deposit' ? 'pool-deposited' : 'pool-withdrawn',
        bridge,
        token: rsEthRollup,
        provider: address(by),
        amount,
        shares,
      },
    ],
  }
}

const first = transfer(L1, 40n * STEP, 0)
const second = transfer(L1, 70n * STEP, 1)
const third = transfer(L1, STEP, 2)
const sent = l1(1, sendIn(40n * STEP, 0), sendIn(70n * STEP, 1), sendIn(STEP, 2))

describe('B-6', () => {
  it('holds over payouts, a queue, its refill, deposits and withdrawals', () => {
    expect(audit([sent, rollup(8, paid(first))]).pool).toMatchObject({
      cash: 60n * STEP,
      claims: 40n * STEP,
      value: CASH,
      waiting: 0,
    })
    const fee = feeOfSecond
    const rich = 10n * STEP
    const { report, pool } = audit([
      sent,
      rollup(8, paid(first)),
      rollup(9, queued(second, fee, 0)),
      rollup(10, queued(third, feeOfThird, 1)),
      rollup(
        20,
        refill(
          20n * STEP,
          madeEvent(second, { fee, position: 0 }),
          madeEvent(third, { fee: feeOfThird, position: 1 }),
        ),
      ),
      l1(3),
    ])
    expect(report.broken).toEqual([])
    expect(pool).toMatchObject({
      waiting: 0,
      longestWaitSeconds: 22,
      claims: 111n * STEP,
      fees: fee + feeOfThird,
    })
    expect(pool.value).toBe(CASH + 20n * STEP + fee + feeOfThird)
    // 1 : 1000 while nothing was earned, and back.
    expect(
      broken([
        rollup(1, provide('deposit', rich, rich * 1_000n)),
        rollup(2, provide('withdraw', rich, rich * 1_000n)),
      ]),
    ).toEqual([])
  })

  it('catches a payout that overtakes, and one out of order', () => {
    const fee = feeOfSecond
    const waiting = [sent, rollup(8, paid(first)), rollup(9, queued(second, fee, 0))]
    expect(broken([...waiting, rollup(10, paid(third, { fee: feeOfThird })), l1(3)])).toEqual(['B-6'])
    const two = [...waiting, rollup(10, queued(third, feeOfThird, 1))]
    const swapped = refill(STEP, madeEvent(third, { fee: feeOfThird, position: 1 }))
    expect(broken([...two, rollup(20, swapped), l1(3)])).toEqual(['B-6'])
    expect(broken([...waiting, rollup(10, queued(third, feeOfThird, 2)), l1(3)])).toEqual(['B-6'])
  })

  it('catches a payout that waits although there is cash, and a delivery that is neither paid nor queued', () => {
    expect(broken([sent, rollup(8, queued(first, 0n, 0)), l1(3)])).toEqual(['B-6'])
    expect(broken([sent, rollup(8, deliver(first, { entries: [], events: [] })), l1(3)])).toEqual(['B-6'])
  })

  it.each<[string, PayoutOptions]>([
    ['a fee that is not of the curve', { fee: 1n }],
    ['more than is due', { paid: 41n * STEP }],
    ['less than is due', { paid: 39n * STEP }],
  ])('catches a payout at %s', (_what, options) => {
    expect(broken([sent, rollup(8, paid(first, options)), l1(3)])).toEqual(['B-6'])
  })

  it('catches a payout to another than the message names', () => {
    const stolen = paid(first)
    stolen.events = stolen.events.map((event) =>
      event.kind === 'payout-made' ? { ...event, recipient: address('atlas') } : event,
    )
    expect(broken([sent, rollup(8, stolen), l1(3)])).toEqual(['B-6'])
  })

  it('takes a wrong rate of the issuer as the providers\u2019 loss, and catches one that nobody set', () => {
    const rateSet: DraftTransaction = {
      from: 'issuer',
      call: { kind: 'pool-rate', bridge, token: rsEthRollup, rateE18: 2n * WAD },
      entries: [],
      events: [{ kind: 'pool-rate-set', bridge, token: rsEthRollup, rateE18: 2n * WAD }],
    }
    const wrong = paid(first, { paid: 80n * STEP })
    const { report, pool } = audit([sent, rollup(7, rateSet), rollup(8, wrong), l1(3)])
    expect(report.broken).toEqual([])
    expect(pool).toMatchObject({ cash: 20n * STEP, value: 60n * STEP, rateLoss: 40n * STEP })
    expect(broken([sent, rollup(8, wrong), l1(3)])).toEqual(['B-6'])
  })

  it('catches shares that are too many, too few, or taken out while others wait', () => {
    expect(broken([rollup(1, provide('deposit', STEP, STEP * 1_000n + 1n))])).toEqual(['B-6'])
    expect(broken([rollup(1, provide('deposit', STEP, STEP * 1_000n - 1n))])).toEqual(['B-6'])
    expect(broken([rollup(1, provide('withdraw', STEP + 1n, STEP * 1_000n))])).toEqual(['B-6'])
    const fee = feeOfSecond
    const run = [sent, rollup(8, paid(first)), rollup(9, queued(second, fee, 0))]
    expect(broken([...run, rollup(10, provide('withdraw', STEP, STEP * 1_000n)), l1(3)])).toEqual(['B-6'])
  })

  it('catches cash that leaves without an event, and a pool that does not exist', () => {
    const silent = refill(STEP)
    silent.events = []
    expect(broken([rollup(1, silent)])).toEqual(['L-4', 'B-6'])
    const nowhere = refill(STEP)
    nowhere.events = nowhere.events.map((event) => ({ ...event, token: rsEthL1 }) as typeof event)
    expect(broken([rollup(1, nowhere)])).toContain('B-6')
  })

  it('catches a delivery that no chain sent, and books a declared one as claims that nobody will pay', () => {
    const forged = transfer(L1, 40n * STEP, 1_000_000)
    const drafts = [rollup(8, paid(forged)), l1(3)]
    expect(broken(drafts)).toEqual(['B-6', 'B-8'])
    const { report, pool } = audit(drafts, (auditor) =>
      auditor.event(spec.genesisMs, 'watcher' as NodeId, {
        kind: 'exploit-declared',
        message: forged,
        digest: messageDigest(forged),
      }),
    )
    expect(report.broken).toEqual([])
    expect(pool).toMatchObject({ cash: 60n * STEP, value: CASH, forged: 40n * STEP })
  })

  it('takes the events of orphaned blocks back', () => {
    const fee = feeOfSecond
    const auditor = createAuditor({ spec: pooledSpec, genesis: pooled, verifier, applicable: 'sim' })
    const sealer = new Sealer()
    auditor.block(sealer.seal(sent))
    const root = sealer.seal(rollup(8, paid(first)))
    auditor.block(root)
    const before = auditor.backing()[0]!.pools
    const branch = [
      rollup(9, queued(second, fee, 0)),
      rollup(10, refill(20n * STEP, madeEvent(second, { fee, position: 0 }))),
    ]
    for (const draft of branch) auditor.block(sealer.seal(draft))
    auditor.block(sealer.seal({ ...rollup(11, queued(second, fee, 0)), parent: root }))
    auditor.block(sealer.seal({ ...rollup(12), parent: root }))
    expect(auditor.backing()[0]!.pools).toEqual(
      before.map((pool) => (pool.chainId === ROLLUP ? { ...pool, longestWaitSeconds: 2 } : pool)),
    )
    expect(auditor.finish().broken).toEqual([])
  })
})

/** floor((1 + n/d)^(1/52) − 1), times 10^18, for the test's own rates. */
function weekOf(n: bigint, d: bigint): bigint {
  const yearly = (n * WAD) / d
  let x = 0n
  for (let step = 1n << 60n; step > 0n; step >>= 1n)
    if ((WAD + x + step) ** 52n <= (WAD + yearly) * WAD ** 51n) x += step
  return x
}

/**
 * The second wants 70 of the 60 that are left: from 0.4 to full use. Nothing up to 0.5, then a triangle of height 1 and
 * width 1/2, over the width 0.6: 1/4 / 0.6 = 5/12 a year.
 */
const feeOfSecond = (70n * STEP * weekOf(5n, 12n)) / WAD + 1n
/** The third comes when 40 of 100 are used: from 0.4 to 0.41 costs nothing. */
const feeOfThird = 0n
