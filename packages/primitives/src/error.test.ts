import { expect, test } from 'vitest'
import { asAddress, isSolventError, SolventError } from './index.ts'

test('the message is a sentence, a blank line and key: value lines', () => {
  const error = new SolventError({
    code: 'E_RANGE',
    message: 'The fee is too high.',
    details: {
      feeBps: 12_000,
      limitBps: 10_000n,
      path: 'solvers[0].fee',
      unset: undefined,
      allowed: ['a', 'b'],
    },
    hint: 'Fees are in basis points.',
  })
  expect(error.message).toMatchInlineSnapshot(`
    "The fee is too high.

    feeBps: 12000
    limitBps: 10000
    path: solvers[0].fee
    allowed: a, b
    hint: Fees are in basis points."
  `)
  expect(error.shortMessage).toBe('The fee is too high.')
})

test('a sentence without details stands alone', () => {
  expect(new SolventError({ code: 'E_X', message: 'No.' }).message).toBe('No.')
})

test('long values, nested bigints, errors and cycles are rendered without failing', () => {
  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  const { message } = new SolventError({
    code: 'E_X',
    message: 'No.',
    details: { long: 'x'.repeat(500), nested: { amount: 5n }, cycle, inner: new Error('inner words') },
  })
  expect(message).toContain(`long: ${'x'.repeat(200)}… (500 characters)`)
  expect(message).toContain('nested: {"amount":"5"}')
  expect(message).toContain('cycle: [object Object]')
  expect(message).toContain('inner: inner words')
})

test('the cause is kept, and absent when there is none', () => {
  const cause = new Error('disk')
  expect(new SolventError({ code: 'E_X', message: 'No.', cause }).cause).toBe(cause)
  expect('cause' in new SolventError({ code: 'E_X', message: 'No.' })).toBe(false)
})

test('an error is recognised by its mark and code, also from another copy of the class', () => {
  const foreign = Object.assign(new Error('x'), { [Symbol.for('solvent.error')]: true, code: 'E_BAD_ID' })
  expect(isSolventError(foreign)).toBe(true)
  expect(isSolventError(foreign, 'E_BAD_ID')).toBe(true)
  expect(isSolventError(foreign, 'E_RANGE')).toBe(false)
  expect(isSolventError(new Error('x'))).toBe(false)
  expect(isSolventError(null)).toBe(false)
  try {
    asAddress('nope')
    expect.unreachable()
  } catch (error) {
    expect(isSolventError(error, 'E_BAD_ID')).toBe(true)
  }
})
