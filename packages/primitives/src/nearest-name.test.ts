import { expect, test } from 'vitest'
import { nearestName } from './index.ts'

const fields = ['latencyMs', 'lossRate', 'seed', 'solvers', 'id']

test.each([
  ['latencyMS', 'latencyMs'],
  ['latnecyMs', 'latencyMs'],
  ['solver', 'solvers'],
  ['lossrates', 'lossRate'],
  ['sede', 'seed'],
  ['seed', 'seed'],
  ['ids', 'id'],
])('%s means %s', (got, want) => {
  expect(nearestName(got, fields)).toBe(want)
})

test.each(['bandwidth', 'xx', '', 'a'.repeat(1_000_000)])('nothing is near to %.12s', (got) => {
  expect(nearestName(got, fields)).toBeUndefined()
})

test('of two equally near names the first listed is meant', () => {
  expect(nearestName('ac', ['ab', 'aa'])).toBe('ab')
})
