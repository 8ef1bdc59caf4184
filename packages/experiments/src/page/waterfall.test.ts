import { expect, it } from 'vitest'
import type { Palette } from './chart.ts'
import { waterfall } from './waterfall.ts'

const PALETTE: Palette = { ink: 'ink', faint: 'faint', series: ['0', '1', '2', '3', '4', '5', '6'] }

interface Bars {
  readonly xAxis: { readonly data: readonly string[] }
  readonly series: readonly [
    { readonly data: readonly number[] },
    {
      readonly data: readonly {
        readonly value: number
        readonly itemStyle: { readonly color: string }
        readonly label: { readonly formatter: () => string }
      }[]
    },
  ]
}

it('each bar begins where the one before ends, below zero too, and the last is the sum from zero', () => {
  const steps = [
    { name: 'atlas', value: 5_000 },
    { name: 'borealis', value: -2_000 },
    { name: 'users', value: -4_500 },
  ]
  const { xAxis, series } = waterfall(steps, 'sum')(PALETTE) as unknown as Bars
  const [below, bars] = series
  expect(xAxis.data).toEqual(['atlas', 'borealis', 'users', 'sum'])
  // From 0 to 5,000, to 3,000, to -1,500; the sum from there to 0.
  expect(below.data).toEqual([0, 3_000, -1_500, -1_500])
  expect(bars.data.map(({ value }) => value)).toEqual([5_000, 2_000, 4_500, 1_500])
  expect(bars.data.map(({ label }) => label.formatter())).toEqual(['5k', '-2k', '-4.5k', '-1.5k'])
  expect(bars.data.map(({ itemStyle }) => itemStyle.color)).toEqual(['1', '2', '2', '6'])
})

it('of nothing is a sum of nothing', () => {
  const { series } = waterfall([], 'sum')(PALETTE) as unknown as Bars
  expect(series[1].data.map(({ value }) => value)).toEqual([0])
})
