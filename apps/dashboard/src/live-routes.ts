// What the dashboard answers of a network that runs.
import type { Hono } from 'hono'
import { changeStream } from './change-stream.ts'
import type { WatchedNetwork } from './watched-network.ts'

export function addLiveRoutes(app: Hono, network: WatchedNetwork): void {
  app.get('/api/live/changes', (context) => changeStream(context, network))
  app.get('/api/live/orders/:order', (context) => {
    const story = network.story(context.req.param('order'))
    return story === null ? context.json({ error: 'Nobody knows this order.' }, 404) : context.json(story)
  })
}
