import { asAddress } from '@solvent/primitives'
import type { Leg } from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Ledger } from './ledger.ts'
import { legsBalance, mayBeNegative } from './legs.ts'
import { UndoLog, undoSegment } from './undo-log.ts'

const token = asAddress(`0x${'aa'.repeat(20)}`)
const other = asAddress(`0x${'bb'.repeat(20)}`)
const rules = { legsBalance, mayBeNegative }
const user = (owner: string, amount: bigint, of = token): Leg => ({ kind: 'USER', owner, token: of, amount })
const supply = (amount: bigint): Leg => ({ kind: 'SUPPLY', owner: '', token, amount })

function fresh(): { log: UndoLog; ledger: Ledger } {
  const log = new UndoLog()
  const ledger = new Ledger(log, rules)
  ledger.post('genesis', [supply(-1_000n), user('a', 600n), user('b', 400n)])
  return { log, ledger }
}

describe('the ledger', () => {
  test('numbers its entries from zero on, without gaps, and freezes them', () => {
    const { ledger } = fresh()
    ledger.post('transfer', [user('a', -1n), user('b', 1n)])
    const [first, second] = ledger.takePosted()
    expect(first).toMatchObject({ index: 0, cause: 'genesis' })
    expect(second).toMatchObject({ index: 1, cause: 'transfer' })
    expect([first, first?.legs, first?.legs[0]].every(Object.isFrozen)).toBe(true)
  })

  test('refuses a debit below zero and changes nothing, except for SUPPLY', () => {
    const { ledger } = fresh()
    const before = ledger.balances()
    expect(
      ledger.post('transfer', [user('b', 401n), user('b', -1n), user('a', -601n), user('a', 201n)]),
    ).toBe(false)
    expect(ledger.balances()).toEqual(before)
    expect(ledger.post('bridge-mint', [supply(-1n), user('c', 1n)])).toBe(true)
  })

  test.each<[string, Leg[]]>([
    ['with one leg', [user('a', 1n)]],
    ['with a leg of nothing', [user('a', 0n), user('b', 0n)]],
    ['that do not sum to zero', [user('a', -2n), user('b', 1n)]],
    ['that sum to zero only across tokens', [user('a', -1n), user('b', 1n, other)]],
  ])('stops at legs %s', (_name, legs) => {
    expect(() => fresh().ledger.post('transfer', legs)).toThrow(/do not sum to zero/)
  })

  test('keeps the sum of every token at zero and can always be taken back', () => {
    const owner = fc.constantFrom('a', 'b', 'c')
    const step = fc.tuple(owner, owner, fc.bigInt({ min: 1n, max: 700n }))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.nat(20), (steps, sealAfter) => {
        const { log, ledger } = fresh()
        const start = ledger.balances()
        const segments = [log.seal()]
        steps.forEach(([from, to, amount], i) => {
          ledger.post('transfer', [user(from, -amount), user(to, amount)])
          if (i % (sealAfter + 1) === 0) segments.push(log.seal())
        })
        expect(ledger.balances().reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n)
        for (const { kind, amount } of ledger.balances())
          if (kind !== 'SUPPLY') expect(amount > 0n).toBe(true)
        log.rollback(0)
        for (const segment of segments.slice(1).reverse()) undoSegment(segment)
        expect(ledger.balances()).toEqual(start)
        ledger.takePosted()
        ledger.post('transfer', [user('a', -1n), user('b', 1n)])
        expect(ledger.takePosted()[0]?.index).toBe(1)
      }),
    )
  })
})
