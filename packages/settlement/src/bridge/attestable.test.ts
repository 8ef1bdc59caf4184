import { finalityLevels } from '@solvent/protocol'
import { expect, test } from 'vitest'
import { attestable } from './attestable.ts'

test('a verifier signs at the required finality or above, never below', () => {
  const allowed = finalityLevels.map((required) =>
    finalityLevels.filter((level) => attestable(level, required)),
  )
  expect(allowed).toEqual([
    ['unsafe', 'safe', 'finalized', 'exitable'],
    ['safe', 'finalized', 'exitable'],
    ['finalized', 'exitable'],
    ['exitable'],
  ])
})
