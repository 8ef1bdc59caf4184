import { expect, test } from 'vitest'
import { type DraftTransaction, Sealer } from './testing/draft.ts'
import { address, GAS, L1 } from './testing/network.ts'
import { brokenIds, newAuditor } from './testing/run-story.ts'

const empty = (number: number) => ({ chainId: L1, number, transactions: [] })
const pay: DraftTransaction = {
  from: 'atlas',
  call: { kind: 'transfer', token: GAS, to: address('alice'), amount: 1n },
  entries: [],
  events: [],
}

const pays = (number: number, nonce?: number) => ({
  chainId: L1,
  number,
  transactions: [nonce === undefined ? pay : { ...pay, nonce }],
})

test.each([
  ['at its nonce', undefined, false],
  ['not after a nonce that was taken back with it', 1, true],
])('T-4: an orphaned transaction stands in the new branch once, %s', (_name, nonce, breaks) => {
  const auditor = newAuditor()
  const sealer = new Sealer()
  auditor.block(sealer.seal(pays(1)))
  const root = sealer.seal(empty(2))
  auditor.block(root)
  auditor.block(sealer.seal(pays(3)))
  auditor.block(sealer.seal({ ...pays(3 + 2, nonce === undefined ? undefined : nonce + 1), parent: root }))
  expect(brokenIds(auditor.finish()).includes('T-4')).toBe(breaks)
})

test('T-4: the same transaction twice on one branch', () => {
  const auditor = newAuditor()
  const sealer = new Sealer()
  for (const draft of [pays(1), pays(2), pays(3, 1)]) auditor.block(sealer.seal(draft))
  expect(brokenIds(auditor.finish())).toContain('T-4')
})
