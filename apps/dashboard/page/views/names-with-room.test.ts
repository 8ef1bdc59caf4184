import { expect, it } from 'vitest'
import { namesWithRoom } from './names-with-room.ts'

const name = (x: number, y: number, isPointed = false) => ({ name: `${x}/${y}`, x, y, width: 60, isPointed })
const written = (names: ReturnType<typeof name>[]) => namesWithRoom(names).map((each) => each.name)

it('a name that would run into another is not written, unless it is the one pointed at', () => {
  const row = [name(0, 0), name(40, 0), name(80, 0), name(40, 20)]
  expect(written(row)).toEqual(['0/0', '80/0', '40/20'])
  expect(written(row.map((each) => ({ ...each, isPointed: each.x === 40 && each.y === 0 })))).toEqual([
    '40/0',
    '40/20',
  ])
})
