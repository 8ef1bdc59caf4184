// B-9 on blocks written by hand: locks, their endings, and what each must be refused for.
import { asHash32, type Hash32 } from '@solvent/primitives'
import { type Genesis, hashLockId, hashLockOf, type NetworkSpec } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createAuditor } from './create-auditor.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import {
  address,
  bridge,
  GAS,
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

const WINDOWS = { withdrawAfter: 10, publicWithdrawAfter: 40, cancelAfter: 80, publicCancelAfter: 120 }
const DEPOSIT = 50n
const swapSpec: NetworkSpec = {
  ...spec,
  bridges: spec.bridges.map((each) => ({
    ...each,
    custody: { kind: 'hash-lock', source: WINDOWS, destination: WINDOWS, safetyDeposit: DEPOSIT },
    verification: { kind: 'none' },
  })),
}
const unlocked: Genesis[] = genesis.map((chain) => ({
  ...chain,
  balances: chain.balances.filter(({ kind }) => kind !== 'BRIDGE_LOCK'),
}))
const PREIMAGE = asHash32(`0x${'22'.repeat(32)}`)
const hash = hashLockOf(PREIMAGE)

function audit(drafts: readonly DraftBlock[]) {
  const auditor = createAuditor({ spec: swapSpec, genesis: unlocked, verifier, applicable: 'sim' })
  const sealer = new Sealer()
  for (const draft of drafts) auditor.block(sealer.seal(draft))
  return { broken: brokenIds(auditor.finish()), swaps: auditor.backing()[0]!.swaps }
}
/** Rollup blocks are two seconds apart. */
const rollup = (second: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: ROLLUP,
  number: second / 2,
  transactions,
})
const l1 = (second: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: L1,
  number: second / 12,
  transactions,
})

interface Made {
  readonly by?: Name
  readonly amount?: bigint
  readonly deposit?: bigint
  readonly on?: typeof L1
}

function terms({ by = 'alice', amount = 9n, on = ROLLUP }: Made) {
  const token = on === L1 ? rsEthL1 : rsEthRollup
  const call = {
    kind: 'hash-lock-create' as const,
    bridge,
    leg: on === L1 ? ('destination' as const) : ('source' as const),
    token,
    amount,
    recipient: address(by === 'alice' ? 'atlas' : 'alice'),
    hash,
  }
  return { call, lock: hashLockId(on, address(by), call), depositor: address(by), token, amount }
}

function make(made: Made = {}): DraftTransaction {
  const { by = 'alice', deposit = DEPOSIT } = made
  const { call, lock, depositor, token, amount } = terms(made)
  const holder = { kind: kindOf(by), owner: depositor }
  return {
    from: by,
    call,
    entries: [
      {
        cause: 'hash-lock-create',
        legs: [
          { ...holder, token, amount: -amount },
          { kind: 'BRIDGE_LOCK', owner: bridge, token, amount },
          { ...holder, token: GAS, amount: -deposit },
          { kind: 'BRIDGE_LOCK', owner: bridge, token: GAS, amount: deposit },
        ],
      },
    ],
    events: [{ ...call, kind: 'hash-lock-created', lock, depositor, safetyDeposit: deposit }],
  }
}

function end(
  kind: 'withdraw' | 'cancel',
  by: Name,
  made: Made & { readonly preimage?: Hash32; readonly payee?: Name } = {},
): DraftTransaction {
  const { lock, token, amount } = terms(made)
  const owner: Name = made.by ?? 'alice'
  const due: Name = kind === 'cancel' ? owner : owner === 'alice' ? 'atlas' : 'alice'
  const payee = made.payee ?? due
  const preimage = made.preimage ?? PREIMAGE
  return {
    from: by,
    call:
      kind === 'withdraw'
        ? { kind: 'hash-lock-withdraw', bridge, lock, preimage }
        : { kind: 'hash-lock-cancel', bridge, lock },
    entries: [
      {
        cause: kind === 'withdraw' ? 'hash-lock-withdraw' : 'hash-lock-cancel',
        legs: [
          { kind: 'BRIDGE_LOCK', owner: bridge, token, amount: -amount },
          { kind: kindOf(payee), owner: address(payee), token, amount },
          { kind: 'BRIDGE_LOCK', owner: bridge, token: GAS, amount: -DEPOSIT },
          { kind: kindOf(by), owner: address(by), token: GAS, amount: DEPOSIT },
        ],
      },
    ],
    events: [
      kind === 'withdraw'
        ? { kind: 'hash-lock-withdrawn', bridge, lock, preimage, by: address(by) }
        : { kind: 'hash-lock-cancelled', bridge, lock, by: address(by) },
    ],
  }
}

const answer = { by: 'atlas', on: L1 } as const

describe('a swap', () => {
  it('is completed when both legs are taken, open before, and nothing breaks', () => {
    const both = [rollup(2, make()), l1(12, make(answer))]
    expect(audit(both)).toEqual({ broken: [], swaps: { completed: 0, cancelled: 0, oneSided: 0, open: 1 } })
    const taken = [...both, l1(24, end('withdraw', 'alice', answer)), rollup(30, end('withdraw', 'atlas'))]
    expect(audit(taken)).toEqual({ broken: [], swaps: { completed: 1, cancelled: 0, oneSided: 0, open: 0 } })
  })

  it('is cancelled when nothing was taken, and one-sided when one leg was', () => {
    expect(audit([rollup(2, make()), rollup(82, end('cancel', 'alice'))]).swaps.cancelled).toBe(1)
    const lost = [
      rollup(2, make()),
      l1(12, make(answer)),
      l1(24, end('withdraw', 'alice', answer)),
      rollup(90, end('cancel', 'alice')),
    ]
    expect(audit(lost)).toEqual({ broken: [], swaps: { completed: 0, cancelled: 0, oneSided: 1, open: 0 } })
  })
})

describe('B-9', () => {
  const made = rollup(2, make())
  it.each<[string, readonly DraftBlock[]]>([
    ['a preimage of another hash', [made, rollup(20, end('withdraw', 'atlas', { preimage: hash }))]],
    ['a withdrawal during the finality lock', [made, rollup(10, end('withdraw', 'atlas'))]],
    ['a withdrawal when the cancellation has begun', [made, rollup(82, end('withdraw', 'atlas'))]],
    ['a stranger in the private phase', [made, rollup(40, end('withdraw', 'relayer'))]],
    ['a cancellation too early', [made, rollup(80, end('cancel', 'alice'))]],
    ['a cancellation by a stranger in the private phase', [made, rollup(120, end('cancel', 'relayer'))]],
    ['a lock that pays another', [made, rollup(20, end('withdraw', 'atlas', { payee: 'borealis' }))]],
    ['a lock that was never made', [rollup(20, end('withdraw', 'atlas'))]],
    ['a lock that is made twice', [made, rollup(4, make())]],
    ['another deposit than the network has', [rollup(2, make({ deposit: DEPOSIT + 1n }))]],
  ])('catches %s', (_what, drafts) => {
    expect(audit(drafts).broken).toContain('B-9')
  })

  it('allows each ending from its second on', () => {
    for (const [second, ending] of [
      [12, end('withdraw', 'atlas')],
      [42, end('withdraw', 'relayer')],
      [80, end('withdraw', 'atlas')],
      [82, end('cancel', 'atlas')],
      [122, end('cancel', 'relayer')],
    ] as const)
      expect(audit([made, rollup(second, ending)]).broken).toEqual([])
  })

  it('catches a second ending, and a lock that is emptied without one', () => {
    const twice = [made, rollup(20, end('withdraw', 'atlas')), rollup(90, end('cancel', 'alice'))]
    expect(audit(twice).broken).toContain('B-9')
    const silent = end('withdraw', 'atlas')
    silent.events = []
    expect(audit([made, rollup(20, silent)]).broken).toEqual(['L-4', 'B-9'])
  })

  it('takes locks and endings of orphaned blocks back', () => {
    const auditor = createAuditor({ spec: swapSpec, genesis: unlocked, verifier, applicable: 'sim' })
    const sealer = new Sealer()
    const root = sealer.seal(made)
    for (const block of [
      root,
      sealer.seal(rollup(20, end('withdraw', 'atlas'))),
      sealer.seal(rollup(22, make({ amount: 5n }))),
    ])
      auditor.block(block)
    auditor.block(sealer.seal({ ...rollup(90, end('cancel', 'alice')), parent: root }))
    expect(auditor.finish().broken).toEqual([])
    expect(auditor.backing()[0]!.swaps).toEqual({ completed: 0, cancelled: 1, oneSided: 0, open: 0 })
  })
})
