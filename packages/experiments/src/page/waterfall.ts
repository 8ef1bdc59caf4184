// A waterfall: each bar begins where the one before ends, and the last is the sum of all.
import { axis, type Drawing, short } from './chart.ts'

export interface Step {
  readonly name: string
  /** Below zero: downwards. */
  readonly value: number
}

/** @param sumName what the last bar is called */
export function waterfall(steps: readonly Step[], sumName: string): Drawing {
  let reached = 0
  const bars = steps.map(({ name, value }) => {
    const from = reached
    reached += value
    return { name, low: Math.min(from, reached), size: Math.abs(value), value }
  })
  const all = [...bars, { name: sumName, low: Math.min(0, reached), size: Math.abs(reached), value: reached }]
  // Both parts add up whatever their signs: bars may hang below zero.
  const stacked = { type: 'bar', stack: 'steps', stackStrategy: 'all' }
  return (palette) => ({
    grid: { left: 70, right: 20, top: 20, bottom: 60 },
    xAxis: { type: 'category', data: all.map(({ name }) => name), ...axis(palette) },
    yAxis: { type: 'value', ...axis(palette), axisLabel: { color: palette.ink, formatter: short } },
    series: [
      { ...stacked, data: all.map(({ low }) => low), itemStyle: { color: 'transparent' } },
      {
        ...stacked,
        data: all.map(({ size, value }, at) => ({
          value: size,
          itemStyle: { color: palette.series[at === all.length - 1 ? 6 : value < 0 ? 2 : 1] },
          label: { show: true, position: 'top', color: palette.ink, formatter: () => short(value) },
        })),
      },
    ],
  })
}
