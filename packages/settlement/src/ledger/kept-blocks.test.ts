import { asHash32 } from '@solvent/primitives'
import { expect, it } from 'vitest'
import { KeptBlocks } from './kept-blocks.ts'
import { UndoableCell, UndoLog } from './undo-log.ts'

const hash = (number: number) => asHash32(`0x${number.toString(16).padStart(64, '0')}`)

it('takes back what the newest blocks wrote, one after the other, past those that wrote nothing', () => {
  const log = new UndoLog()
  const cell = new UndoableCell(log, 0)
  const kept = new KeptBlocks(log)
  for (const number of [1, 2, 3]) {
    if (number !== 2) cell.set(number)
    kept.followed(hash(number))
  }
  kept.orphaned(hash(1))
  expect(cell.get()).toBe(3)
  kept.orphaned(hash(3))
  kept.orphaned(hash(2))
  expect(cell.get()).toBe(1)
  kept.orphaned(hash(1))
  expect(cell.get()).toBe(0)
})

it('forgets what is a thousand blocks old and more', () => {
  const log = new UndoLog()
  const cell = new UndoableCell(log, 0)
  const kept = new KeptBlocks(log)
  for (let number = 1; number <= 5_000; number++) {
    cell.set(number)
    kept.followed(hash(number))
  }
  for (let number = 5_000; number > 0; number--) kept.orphaned(hash(number))
  expect(cell.get()).toBeGreaterThan(2_500)
  expect(cell.get()).toBeLessThan(4_000)
})
