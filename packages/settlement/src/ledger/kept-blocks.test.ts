import { asHash32 } from '@solvent/primitives'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KeptBlocks } from './kept-blocks.ts'
import { UndoableCell, UndoableMap, UndoLog } from './undo-log.ts'

const hash = (number: number) => asHash32(`0x${number.toString(16).padStart(64, '0')}`)

it('takes back what the newest blocks wrote, one after the other, past those that wrote nothing', () => {
  const log = new UndoLog()
  const cell = new UndoableCell(log, 0)
  const kept = new KeptBlocks(log)
  for (const number of [1, 2, 3]) {
    if (number !== 2) cell.set(number)
    kept.followed(hash(number), null)
  }
  kept.orphaned(hash(1))
  expect(cell.get()).toBe(3)
  kept.orphaned(hash(3))
  kept.orphaned(hash(2))
  expect(cell.get()).toBe(1)
  kept.orphaned(hash(1))
  expect(cell.get()).toBe(0)
})

it('forgets what is thousands of blocks old', () => {
  const log = new UndoLog()
  const cell = new UndoableCell(log, 0)
  const kept = new KeptBlocks(log)
  for (let number = 1; number <= 10_000; number++) {
    cell.set(number)
    kept.followed(hash(number), null)
  }
  for (let number = 10_000; number > 0; number--) kept.orphaned(hash(number))
  expect(cell.get()).toBeGreaterThan(5_000)
  expect(cell.get()).toBeLessThan(8_000)
})

it('goes back to the state before each block, however often a block has written the same, and says what was noted of it', () => {
  const write = fc.tuple(fc.nat(3), fc.option(fc.nat(9), { nil: null }))
  fc.assert(
    fc.property(fc.array(fc.array(write, { maxLength: 12 }), { maxLength: 6 }), (blocks) => {
      const log = new UndoLog()
      const maps = [new UndoableMap<number, number>(log), new UndoableMap<number, number>(log)] as const
      const state = () => maps.map((map) => [...map.entries()].sort(([a], [b]) => a - b))
      const kept = new KeptBlocks<number>(log)
      const before: unknown[] = []
      blocks.forEach((writes, number) => {
        before.push(state())
        for (const [key, value] of writes) {
          const map = maps[key & 1]!
          if (value === null) map.delete(key)
          else map.set(key, value)
        }
        kept.followed(hash(number), number)
      })
      for (let number = blocks.length - 1; number >= 0; number--) {
        expect([number, null]).toContain(kept.orphaned(hash(number)))
        expect(state()).toEqual(before[number])
      }
    }),
  )
})
