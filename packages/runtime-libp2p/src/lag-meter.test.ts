import { expect, it } from 'vitest'
import { LagMeter } from './lag-meter.ts'

it('says the longest delay since it was last asked, in the time of the node', () => {
  let nowMs = 1_000
  const lag = new LagMeter(() => nowMs)
  lag.note(990)
  lag.note(400)
  nowMs = 2_000
  lag.note(1_900)
  expect(lag.take()).toBe(600)
  expect(lag.take()).toBe(0)
})

it('does not count what fell due while the process stood still', () => {
  let nowMs = 60_000
  const lag = new LagMeter(() => nowMs)
  lag.note(10_000)
  lag.forgive()
  lag.note(20_000)
  expect(lag.take()).toBe(0)
  nowMs = 60_500
  lag.note(60_400)
  expect(lag.take()).toBe(100)
})
