import { expect, it } from 'vitest'
import { fallSummaries } from './cascade-summary.ts'

it('a fall says what is missing, what was lost and because of whom, to the cent', () => {
  const causes = [
    { id: 'hub', amount: 20.004 },
    { id: 'itself', amount: 1.5 },
  ]
  const fall = {
    id: 'atlas',
    kind: 'solver',
    atMs: 61_500,
    round: 2,
    shortfall: 12.345,
    loss: 21.504,
    causes,
  }
  expect(fallSummaries([{ ...fall, kind: 'solver' }])).toEqual([
    {
      ...{ id: 'atlas', kind: 'solver', atSeconds: 61.5, round: 2, shortfall: '12.35', loss: '21.50' },
      because: [
        { id: 'hub', amount: '20.00' },
        { id: 'itself', amount: '1.50' },
      ],
    },
  ])
})
