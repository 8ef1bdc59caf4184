// What the dashboard answers of a sweep.
import { isSolventError } from '@solvent/primitives'
import type { Hono } from 'hono'
import { changeStream } from './change-stream.ts'
import type { RunShelf } from './run-shelf.ts'
import type { WatchedSweep } from './watched-sweep.ts'

const MOST_METRIC_CHARACTERS = 500

export function addSweepRoutes(app: Hono, sweep: WatchedSweep, shelf: RunShelf): void {
  const metricOf = (text: string | undefined) => (text ?? '').slice(0, MOST_METRIC_CHARACTERS)
  app.get('/api/sweep', (context) => context.json(sweep.frame))
  app.get('/api/sweep/changes', (context) => changeStream(context, sweep))
  app.get('/api/sweep/arms', (context) => context.json(sweep.arms(metricOf(context.req.query('metric')))))
  app.get('/api/sweep/points/:point', (context) => {
    const point = numberOf(context.req.param('point'), sweep.plan.points.length)
    if (point === null) return context.json({ error: 'There is no such point.' }, 404)
    return context.json(sweep.runsOf(point, metricOf(context.req.query('metric'))))
  })
  app.get('/api/sweep/runs/:index', async (context) => {
    const index = numberOf(context.req.param('index'), Number.POSITIVE_INFINITY)
    if (index === null || sweep.record(index) === undefined)
      return context.json({ error: 'Nothing is recorded of this run.' }, 404)
    try {
      return context.json({ run: await shelf.place(sweep, index) })
    } catch (error) {
      if (!isSolventError(error)) throw error
      return context.json({ error: error.message }, 409)
    }
  })
}

function numberOf(text: string, below: number): number | null {
  return /^(0|[1-9]\d{0,6})$/.test(text) && Number(text) < below ? Number(text) : null
}
