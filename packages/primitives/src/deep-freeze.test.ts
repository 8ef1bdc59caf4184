import { expect, test } from 'vitest'
import { deepFreeze } from './index.ts'

test('everything below is frozen, bytes excepted', () => {
  const order = deepFreeze({ legs: [{ amount: 1n }], raw: new Uint8Array(2), note: null as string | null })
  expect(() => Object.assign(order, { note: 'x' })).toThrow(TypeError)
  expect(() => order.legs.push({ amount: 2n })).toThrow(TypeError)
  expect(() => Object.assign(order.legs[0] as object, { amount: 2n })).toThrow(TypeError)
  order.raw[0] = 1
  expect(order.raw[0]).toBe(1)
})

test('a value that contains itself is frozen once', () => {
  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  expect(Object.isFrozen(deepFreeze(cycle))).toBe(true)
})
