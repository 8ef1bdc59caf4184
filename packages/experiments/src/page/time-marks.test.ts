import { expect, it } from 'vitest'
import { momentsText, timeMarks } from './time-marks.ts'

const moment = (atSeconds: number) => ({ atSeconds, what: `fault of ${atSeconds}` })

it('moments that are too close for two numbers share one', () => {
  expect(timeMarks([0, 10, 39, 40, 500, 500, 980].map(moment), 1_000)).toEqual([
    { xAxis: 0, name: '1–3' },
    { xAxis: 40, name: '4' },
    { xAxis: 500, name: '5–6' },
    { xAxis: 980, name: '7' },
  ])
  // As many as there may be: none is closer to the next than 4 % of the axis.
  const xs = timeMarks(
    Array.from({ length: 200 }, (_, second) => moment(second)),
    199,
  ).map(({ xAxis }) => xAxis)
  expect(xs.slice(1).every((x, place) => x - xs[place]! >= 0.04 * 199)).toBe(true)
})

it('every moment is told in words', () => {
  expect(momentsText([10, 10.6].map(moment))).toBe('1 fault of 10 (second 10); 2 fault of 10.6 (second 11)')
})
