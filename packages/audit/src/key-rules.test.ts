// S-9 on blocks written by hand: which key signs for an account that has been given another one.
import { describe, expect, it } from 'vitest'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import { address, GAS, L1, type Name, ROLLUP } from './testing/network.ts'
import { audit, brokenIds, newAuditor } from './testing/run-story.ts'

const pay: DraftTransaction = {
  from: 'atlas',
  call: { kind: 'transfer', token: GAS, to: address('alice'), amount: 1n },
  entries: [],
  events: [],
}
const rotate = (key: Name): DraftTransaction => ({
  from: 'atlas',
  call: { kind: 'rotate-key', key: address(key) },
  entries: [],
  events: [{ kind: 'key-rotated', account: address('atlas'), key: address(key) }],
})
const by = (signer: Name, draft: DraftTransaction = pay): DraftTransaction => ({ ...draft, signer })
const l1 = (number: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  ...{ chainId: L1, number, transactions },
})
const ids = (...drafts: DraftBlock[]) => brokenIds(audit(drafts))

describe('S-9', () => {
  it('holds when the new key signs after the rotation, on that chain alone', () => {
    const report = audit([
      l1(1, pay),
      l1(2, rotate('borealis'), by('borealis')),
      { chainId: ROLLUP, number: 15, transactions: [pay] },
      l1(3, by('borealis', rotate('alice'))),
      l1(5, by('alice')),
    ])
    expect(brokenIds(report)).toEqual([])
    // Two rotations, read as transactions and as events, and two payments.
    expect(report.checked.get('S-9')).toBe(6)
  })

  it.each([
    ['the old key after it', [l1(1, rotate('borealis')), l1(2, pay)]],
    ['the new key before it', [l1(1, by('borealis')), l1(2, rotate('borealis'))]],
    ['the old key in the block of the rotation', [l1(1, rotate('borealis'), pay)]],
    [
      'another hand under the name of the new key',
      [l1(1, rotate('borealis')), l1(2, { ...by('borealis'), hand: 'atlas' })],
    ],
    ['a rotation that says nothing', [l1(1, { ...rotate('borealis'), events: [] })]],
    ['a rotation that nobody asked for', [l1(1, { ...pay, events: rotate('borealis').events })]],
    ['a rotation of somebody else', [l1(1, { ...rotate('borealis'), from: 'alice' })]],
  ])('catches %s', (_name, drafts) => {
    expect(ids(...drafts)).toEqual(['S-9'])
  })

  it('is taken back with its block, whatever other chains have done since', () => {
    const sealer = new Sealer()
    const auditor = newAuditor()
    const root = sealer.seal(l1(1, pay))
    const elsewhere = { chainId: ROLLUP, number: 15, transactions: [rotate('alice')] }
    for (const block of [root, sealer.seal(l1(2, rotate('borealis'))), sealer.seal(elsewhere)])
      auditor.block(block)
    const rest = { number: 3, chainId: L1, parent: root }
    auditor.block(
      sealer.seal({
        ...rest,
        transactions: [rotate('borealis')].map((each) => ({
          ...each,
          reverted: 'out-of-gas' as const,
          events: [],
        })),
      }),
    )
    auditor.block(sealer.seal(l1(4, pay)))
    expect(brokenIds(auditor.finish())).not.toContain('S-9')
  })
})
