// What is marked of faults while a network runs, and how moments are found in lists.
import { expect, it } from 'vitest'
import { countUpTo } from '../page/views/moments.ts'
import { FaultMarks } from './fault-marks.ts'

const planned = [
  { label: 'pause lone', kind: 'control', at_ms: 480_000 },
  { label: 'forge lone', kind: 'control', at_ms: 420_000 },
  { label: 'forge lone', kind: 'source-report', at_ms: 420_000 },
]
const felt = (fault: string, target: string, control?: string) => ({
  kind: 'fault',
  payload: { fault, control, target, phase: 'begin' },
})

it('marks a planned fault once, whoever feels it, and one that an operator asks for as well', () => {
  const marks = new FaultMarks(planned)
  expect(marks.all.map(({ label }) => label)).toEqual(['forge lone', 'pause lone'])
  marks.take(420_300, 'watcher', felt('control', 'watcher'))
  marks.take(421_000, 'watcher', { kind: 'exploit-declared', payload: {} })
  expect(marks.all).toHaveLength(2)
  marks.take(100_000, 'atlas', felt('partition', 'atlas'))
  marks.take(100_200, 'cygnus', felt('partition', 'cygnus'))
  marks.take(160_300, 'atlas', {
    kind: 'fault',
    payload: { fault: 'partition', target: 'atlas', phase: 'end' },
  })
  marks.take(700_000, 'watcher', { kind: 'exploit-declared', payload: {} })
  marks.take(800_000, 'lone-relayer-1', felt('control', 'lone-relayer-1', 'pause'))
  expect(marks.all.map(({ at_ms, label }) => [at_ms, label])).toEqual([
    [100_000, 'partition of atlas'],
    [420_000, 'forge lone'],
    [480_000, 'pause lone'],
    [700_000, 'exploit, says watcher'],
    [800_000, 'pause of lone-relayer-1'],
  ])
})

it('does not mark without end', () => {
  const marks = new FaultMarks([])
  for (let at = 0; at < 1_000; at++) marks.take(at * 100_000, 'atlas', felt('loss', 'atlas'))
  expect(marks.all).toHaveLength(200)
})

it('counts what is at or before a moment', () => {
  const items = [1, 3, 3, 7].map((at) => ({ at }))
  const counts = [0, 1, 2, 3, 7, 9].map((atMs) => countUpTo(items, atMs, ({ at }) => at))
  expect(counts).toEqual([0, 1, 1, 3, 4, 4])
  expect(countUpTo([], 5, () => 0)).toBe(0)
})
