import { expect, it } from 'vitest'
import { chartFile } from '../page/chart.ts'
import { phases } from './sweep-charts.ts'

// Drawn, the engine leaves out names that would touch: of eight kinds of conduct it named four.
it('a phase diagram names each of its columns, long names too', () => {
  const kinds = ['competitive', 'cover', 'division', 'incomplete-cover', 'noisy-rotation', 'rotation']
  kinds.push('suppression', 'sybil')
  const points = kinds.flatMap((kind) => ['10', '20'].map((tenders) => [kind, tenders] as const))
  const drawn = phases(
    points.map((_, point) => ({
      metric: 'power',
      point,
      policy: 'base',
      mean: point / 16,
      half: null,
      n: 1,
    })),
    { values: new Map(points.entries()), parameters: ['conduct', 'tenders'], range: { min: 0, max: 1 } },
  )
  const svg = chartFile('power', 300, drawn)
  for (const kind of kinds) expect(svg).toContain(`>${kind}</text>`)
})
