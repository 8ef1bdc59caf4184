import { expect, test } from 'vitest'
import { forgetObjects, hashCanonical, remembered } from './index.ts'

interface Artefact {
  readonly id: number
}

/** A memory of so many objects that notes what it had to compute. */
function counted(most: number) {
  const computed: number[] = []
  const digest = remembered((artefact: Artefact) => {
    computed.push(artefact.id)
    return hashCanonical(artefact)
  }, most)
  return { computed, digest }
}

test('an object is computed once while it is remembered, and a copy is another object', () => {
  const { computed, digest } = counted(4)
  const artefact = { id: 1 }
  expect(digest(artefact)).toBe(hashCanonical({ id: 1 }))
  expect(digest(artefact)).toBe(hashCanonical({ id: 1 }))
  expect(digest({ ...artefact, id: 2 })).toBe(hashCanonical({ id: 2 }))
  expect(computed).toEqual([1, 2])
})

test('what was forgotten is computed again, to the same digest', () => {
  const { computed, digest } = counted(2)
  const artefacts = Array.from({ length: 6 }, (_, id) => ({ id }))
  const first = artefacts.map(digest)
  expect(artefacts.map(digest)).toEqual(first)
  expect(computed.length).toBeGreaterThan(6)
  expect(computed.length).toBeLessThanOrEqual(12)
})

test('a program that begins anew has every object forgotten, in every memory, and remembers again from then on', () => {
  const [one, other] = [counted(4), counted(4)]
  const artefact = { id: 1 }
  const first = one.digest(artefact)
  other.digest(artefact)
  forgetObjects()
  expect(one.digest(artefact)).toBe(first)
  one.digest(artefact)
  other.digest(artefact)
  expect(one.computed).toEqual([1, 1])
  expect(other.computed).toEqual([1, 1])
})
