// Metrics against the events that they count, the dashboard and the page that name them, and who is answered.
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { asNodeId } from '@solvent/primitives'
import { expect, it, onTestFinished } from 'vitest'
import { assemble } from '../../assembly/assemble.ts'
import { runScenario } from '../../run/run-scenario.ts'
import { seriesAt } from '../../run/time-series.ts'
import { loadScenario } from '../../scenario/load-scenario.ts'
import { loggedEvents } from '../../store/logged-events.ts'
import { LiveMetrics } from './live-metrics.ts'
import { listenForScrapes } from './scrape-endpoint.ts'

const ROOT = join(import.meta.dirname, '../../../../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

it('counts what happened, and is answered to this machine under its own name', async () => {
  const loaded = loadScenario('quick.yaml', readFileSync(join(ROOT, 'configs/scenarios/quick.yaml')))
  const { plan, report, events } = await runScenario({ loaded, seed: 1, runtime: 'sim', nodeProgram: '' })
  const metrics = new LiveMetrics(plan)
  for (const event of loggedEvents(events)) metrics.takeEvent(event)
  const head = { chainId: plan.spec.chains[0]!.chainId, head: 9, safe: 8, finalized: 7 }
  const [first] = plan.nodes
  const status = { node: first!.id, role: 'sequencer', nowMs: plan.spec.genesisMs + 90_000, peers: 4 }
  metrics.takeStatuses(new Map([[asNodeId(first!.id), { ...status, heads: [head], summary: '' }]]))
  metrics.takeMeasures(seriesAt(plan.durationMs, report))
  const endpoint = await listenForScrapes(metrics.registry, 0)
  onTestFinished(() => endpoint.close())

  const { status: code, text } = await get(endpoint.port, `127.0.0.1:${endpoint.port}`, '/metrics')
  expect(code).toBe(200)
  const value = (sample: string) => {
    const line = text.split('\n').find((each) => each.startsWith(`${sample} `))
    return Number(line?.split(' ').at(-1))
  }
  const { counts, solvers, bridges } = report
  expect(value('solvent_orders_total')).toBe(counts.signed)
  expect(value('solvent_latency_per_fill_seconds_count')).toBe(counts.filled)
  for (const { node, fills } of solvers.filter(({ fills }) => fills > 0))
    expect(value(`solvent_driver_settlements_total{solver="${node}"}`)).toBe(fills)
  expect(value('solvent_autopilot_runloop_matched_unsettled')).toBe(0)
  expect(value('solvent_autopilot_runloop_settled_total')).toBe(counts.settled)
  const [{ node, equityE8 }, bridge] = [solvers[0]!, bridges[0]!]
  expect(value(`solvent_solver_equity{subject="${node}"}`)).toBeCloseTo(Number(equityE8) / 1e8)
  expect(bridge.backingRatio).toBeLessThan(1)
  expect(value(`solvent_bridge_backing_ratio{subject="${bridge.id}/${bridge.asset}"}`)).toBe(
    bridge.backingRatio,
  )
  const { competition } = report
  expect(competition.awarded).toBeGreaterThan(0)
  expect(value('solvent_competition_hhi{subject="all"}')).toBe(competition.hhi)
  expect(value('solvent_competition_overcharge_bps{subject="all"}')).toBe(competition.overchargeBps)
  const [leader] = competition.shares
  expect(value(`solvent_competition_share{subject="${leader!.node}"}`)).toBe(leader!.share)
  const chain = plan.spec.chains[0]!.name
  expect(value(`solvent_solver_processor_status_offset{chain="${chain}",status="safe"}`)).toBe(8)
  expect(value(`solvent_node_up{node="${first!.id}",role="sequencer"}`)).toBe(1)
  expect(value('solvent_virtual_time_seconds')).toBe(90)

  expect((await get(endpoint.port, `evil.example:${endpoint.port}`, '/metrics')).status).toBe(421)
  expect((await get(endpoint.port, `localhost:${endpoint.port}`, '/metrics', 'POST')).status).toBe(405)
  expect((await get(endpoint.port, `localhost:${endpoint.port}`, '/../etc/passwd')).status).toBe(404)
  await expect(listenForScrapes(metrics.registry, endpoint.port)).rejects.toMatchObject({ code: 'E_PORT' })

  // What the dashboard for Grafana asks for is there, and so is what the page lists; the page lists all.
  const known = metrics.registry.getMetricsAsArray().map(({ name }) => name)
  const asked = JSON.parse(read('configs/deploy/grafana-dashboard.json')) as {
    panels: { targets: { expr: string }[] }[]
  }
  const names = asked.panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => [...expr.matchAll(/solvent_[a-z_]+/g)].map(([name]) => name)),
  )
  expect(names.length).toBeGreaterThan(asked.panels.length)
  for (const name of names) expect(known).toContain(name.replace(/_bucket$/, ''))
  const rows = [...read('docs/how-to/watch-a-network.md').matchAll(/^\| (`solvent_[^|]*) \|/gm)]
  const listed = rows.flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name))
  expect(listed.sort()).toEqual(known.sort())
})

it('counts faults by what a node is told to do, not those that a watcher hears of, and not their ends', async () => {
  const { scenario, hash } = loadScenario(
    'quick.yaml',
    readFileSync(join(ROOT, 'configs/scenarios/quick.yaml')),
  )
  const metrics = new LiveMetrics(assemble({ scenario, hash, seed: 1, signatures: 'stand-in' }))
  const told = [
    { fault: 'control', control: 'pause', phase: 'begin' },
    { fault: 'control', control: 'pause', phase: 'begin' },
    { fault: 'control', control: 'declare-exploit', phase: 'begin' },
    { fault: 'partition', phase: 'begin' },
    { fault: 'partition', phase: 'end' },
  ]
  for (const payload of told)
    metrics.takeEvent({ atMs: 0, node: 'lone-relayer-1', kind: 'fault', orderId: null, payload })
  const text = await metrics.registry.getSingleMetricAsString('solvent_faults_total')
  expect(text.split('\n').slice(2)).toEqual([
    'solvent_faults_total{fault="pause"} 2',
    'solvent_faults_total{fault="partition"} 1',
  ])
})

it('tells no more reasons apart than it has room for', async () => {
  const { scenario, hash } = loadScenario(
    'quick.yaml',
    readFileSync(join(ROOT, 'configs/scenarios/quick.yaml')),
  )
  const plan = assemble({ scenario, hash, seed: 1, signatures: 'stand-in' })
  const metrics = new LiveMetrics(plan)
  for (let at = 0; at < 200; at++)
    metrics.takeEvent({
      atMs: plan.spec.genesisMs,
      node: plan.nodes[0]!.id,
      kind: 'message-refused',
      orderId: null,
      payload: { reason: `reason-${at}` },
    })
  const text = await metrics.registry.getSingleMetricAsString('solvent_node_messages_refused_total')
  expect(text.match(/reason="/g)).toHaveLength(65)
  expect(text).toMatch(/reason="other"\} 136/)
})

function get(
  port: number,
  host: string,
  path: string,
  method = 'GET',
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers: { Host: host } }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    asked.on('error', reject).end()
  })
}
