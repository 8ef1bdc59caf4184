// The metrics of a live network, kept by looking on at it: from what its nodes write down, from what they answer to the question
// of `status`, and from the report of its watcher.
import type { NetworkPlan } from '../../assembly/network-plan.ts'
import { NetworkObserver } from '../observe/network-observer.ts'
import { LiveMetrics } from './live-metrics.ts'
import { listenForScrapes } from './scrape-endpoint.ts'

const EVENTS_EVERY_MS = 1_000
const STATUS_EVERY_MS = 2_000

export interface MetricsService {
  readonly url: string
  /** Begins to look on at the network that runs from a directory. @throws SolventError E_NO_NETWORK */
  follow(directory: string): Promise<void>
  close(): Promise<void>
}

/**
 * Serves the metrics of a network on loopback; until one is followed, its nodes do not answer.
 *
 * @param port 0: any that is free
 * @throws SolventError E_PORT when the port cannot be had
 */
export async function serveMetrics(plan: NetworkPlan, port: number): Promise<MetricsService> {
  const metrics = new LiveMetrics(plan)
  const endpoint = await listenForScrapes(metrics.registry, port)
  const stops: (() => Promise<void>)[] = []
  return {
    url: `http://127.0.0.1:${endpoint.port}/metrics`,
    follow: async (directory) => {
      const observer = await NetworkObserver.open(directory)
      const looks = [
        every(EVENTS_EVERY_MS, async () => {
          for (const event of await observer.takeEvents()) metrics.takeEvent(event)
        }),
        every(STATUS_EVERY_MS, async () => {
          metrics.takeStatuses(await observer.statuses())
          metrics.takeMeasures((await observer.measures()).points)
        }),
      ]
      stops.push(async () => {
        for (const stop of looks) stop()
        await observer.close()
      })
    },
    close: async () => {
      await endpoint.close()
      for (const stop of stops) await stop()
    },
  }
}

/** At once, and then with a pause after each; what fails is tried again. */
function every(pauseMs: number, work: () => Promise<void>): () => void {
  let isStopped = false
  let timer: NodeJS.Timeout | null = null
  const next = () => {
    work()
      .catch(() => undefined)
      .finally(() => {
        if (isStopped) return
        timer = setTimeout(next, pauseMs)
        timer.unref()
      })
  }
  next()
  return () => {
    isStopped = true
    if (timer !== null) clearTimeout(timer)
  }
}
