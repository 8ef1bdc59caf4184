import { expect, it } from 'vitest'
import { chartFile } from '../page/chart.ts'
import { phases, policyRows } from './sweep-charts.ts'

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

it('policies beyond the colours have a row each, with its name and figures', () => {
  const policies = [
    'batch',
    'dutch',
    'first-come',
    'first-price',
    'priority-fee-alone',
    'quotes',
    'sealed',
    'second',
  ]
  const rows = policies.flatMap((policy, place) =>
    [0, 1].map((point) => ({ metric: 'paid', point, policy, mean: 10 * place + point, half: null, n: 1 })),
  )
  const values = new Map([
    [0, ['30']],
    [1, ['60']],
  ])
  const range = { min: 0, max: 71 }
  const svg = chartFile('paid', 330, policyRows(rows, { values, parameters: ['limit'], range }))
  for (const shown of [...policies, '30', '60', '41', '70']) expect(svg).toContain(`>${shown}</text>`)
})
