// Requests that the dashboard must not answer, sent as bytes: browsers and libraries would tidy them up.
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadScenario, runScenario, writeResults } from '@solvent/experiments'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openRun } from './read-frame.ts'
import type { RunFrame } from './run-frame.ts'
import { type Dashboard, serveDashboard } from './server.ts'

const SCENARIO = join(import.meta.dirname, '../../../configs/scenarios/quick.yaml')
const directory = mkdtempSync(join(tmpdir(), 'solvent-dashboard-'))
let dashboard: Dashboard

beforeAll(async () => {
  const loaded = loadScenario('quick.yaml', readFileSync(SCENARIO))
  for (const [name, seed] of [
    ['a', 1],
    ['b', 2],
  ] as const) {
    const run = await runScenario({ loaded, seed, runtime: 'sim', nodeProgram: '', samples: 10 })
    await writeResults(join(directory, name), loaded, [run])
  }
  const runs = [await openRun(join(directory, 'a')), await openRun(join(directory, 'b'))]
  dashboard = await serveDashboard({ runs, sweep: null, network: null }, 0)
})
afterAll(async () => {
  await dashboard.close()
  rmSync(directory, { recursive: true })
})

/** The status of the answer to these lines, `0` when the connection ends without one. */
function sent(lines: readonly string[], body = ''): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const socket = connect(dashboard.port, '127.0.0.1')
    let text = ''
    const end = () => resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text })
    socket.setEncoding('utf8').on('data', (part) => {
      text += part
    })
    socket.on('error', end).on('close', end)
    socket.write(`${[...lines, 'Connection: close', '', ''].join('\r\n')}${body}`)
  })
}

const host = () => `Host: 127.0.0.1:${dashboard.port}`
const withToken = () => `X-Solvent-Token: ${dashboard.token}`
const json = async <T>(path: string): Promise<T> => {
  const answer = await fetch(`http://127.0.0.1:${dashboard.port}/api/${path}`, {
    headers: { 'X-Solvent-Token': dashboard.token },
  })
  return (await answer.json()) as T
}

describe('the dashboard answers its own page', () => {
  it('with the page, its script and style, and headers that keep others out', async () => {
    for (const [path, type] of [
      ['/', 'text/html'],
      ['/app.js', 'text/javascript'],
      ['/app.css', 'text/css'],
    ] as const) {
      const { status, text } = await sent([`GET ${path} HTTP/1.1`, host()])
      expect([path, status]).toEqual([path, 200])
      const head = text.slice(0, text.indexOf('\r\n\r\n')).toLowerCase()
      expect(head).toContain(`content-type: ${type}`)
      expect(head).toContain("frame-ancestors 'none'")
      expect(head).toContain('x-content-type-options: nosniff')
      expect(head).not.toContain('access-control-allow')
    }
  })

  it.each(['localhost', '[::1]'])('under the name %s as well', async (name) => {
    expect((await sent(['GET / HTTP/1.1', `Host: ${name}:${dashboard.port}`])).status).toBe(200)
  })

  it('with a frame that holds the run', async () => {
    const frame = await json<RunFrame>('runs/0')
    expect(frame).toMatchObject({ scenario: 'quick', seed: 1, durationMs: 900_000 })
    expect(frame.orders).toHaveLength(12)
    expect(frame.nodes.map(({ role }) => role)).toContain('solver')
    expect(frame.exposures.length).toBeGreaterThan(1)
    expect(frame.series.find(({ measure }) => measure === 'chain.head')?.points).toHaveLength(10)
    expect(frame.truth.map(({ node, conduct, ring }) => [node, conduct, ring])).toEqual(
      frame.competition.map(({ solver }) => [solver, 'competitive', null]),
    )
    expect(frame.competition.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
    for (const { signed_ms, deadline_ms } of frame.orders) expect(deadline_ms).toBeGreaterThan(signed_ms!)
    const events = readFileSync(join(directory, 'a/events.jsonl'), 'utf8').trim().split('\n')
    const told = events.filter((line) => !line.includes('"kind":"commitment"'))
    expect(frame.events).toHaveLength(told.length)
  })

  it('with the story of an order, and with where two runs differ', async () => {
    const { orders } = await json<RunFrame>('runs/0')
    const story = await json<{ end: string; answer: string }>(
      `runs/0/orders/${encodeURIComponent(orders[0]!.label)}`,
    )
    expect(story.end).toBe(orders[0]!.end)
    expect(story.answer).toContain('filled it')
    const differences = await json<{ path: string; left: string; right: string }[]>('compare/0/1')
    expect(differences).toContainEqual({ path: 'seed', left: '1', right: '2' })
    expect(await json('compare/0/0')).toEqual([])
  })
})

describe('the dashboard refuses', () => {
  const refused = async (wanted: number, ...lines: readonly string[]) => {
    const { status, text } = await sent(lines)
    expect([lines.join(' | '), status]).toEqual([lines.join(' | '), wanted])
    expect(text).not.toContain('order_id')
  }

  it('data without its token, or with another', async () => {
    await refused(401, 'GET /api/runs HTTP/1.1', host())
    await refused(401, 'GET /api/runs/0 HTTP/1.1', host(), 'X-Solvent-Token: ')
    await refused(401, 'GET /api/runs/0 HTTP/1.1', host(), `X-Solvent-Token: ${'A'.repeat(32)}`)
    await refused(401, 'GET /api/runs/0 HTTP/1.1', host(), `${withToken()}x`)
    await refused(401, `GET /api/runs/0?token=${dashboard.token} HTTP/1.1`, host())
    await refused(401, 'GET /api/runs/0 HTTP/1.1', host(), `Cookie: token=${dashboard.token}`)
    await refused(401, 'GET /api/runs/0 HTTP/1.1', host(), `Authorization: Bearer ${dashboard.token}`)
  })

  it('other names, as after a rebinding of one', async () => {
    for (const name of [
      'evil.example',
      `evil.example:${dashboard.port}`,
      '127.0.0.1',
      'localhost',
      `localhost.:${dashboard.port}`,
      `LOCALHOST:${dashboard.port}`,
      `127.0.0.1.:${dashboard.port}`,
      `127.1:${dashboard.port}`,
      `0.0.0.0:${dashboard.port}`,
      `2130706433:${dashboard.port}`,
      `[::ffff:127.0.0.1]:${dashboard.port}`,
      `[0:0:0:0:0:0:0:1]:${dashboard.port}`,
      `127.0.0.1:${dashboard.port + 1}`,
      `user@127.0.0.1:${dashboard.port}`,
      `127.0.0.1:${dashboard.port}, evil.example`,
    ]) {
      const { status, text } = await sent(['GET /api/runs/0 HTTP/1.1', `Host: ${name}`, withToken()])
      expect([name, status >= 400 && status < 500]).toEqual([name, true])
      expect(text).not.toContain('order_id')
    }
    expect((await sent(['GET /api/runs HTTP/1.1', withToken()])).status).toBe(400)
    for (const target of [
      'http://evil.example/api/runs/0',
      `http://127.0.0.1:${dashboard.port}/api/runs/0`,
      '//evil.example/api',
    ])
      expect([target, (await sent([`GET ${target} HTTP/1.1`, host(), withToken()])).status]).toEqual([
        target,
        target.startsWith('//') ? 404 : 421,
      ])
  })

  it('pages from elsewhere', async () => {
    for (const origin of [
      'null',
      'http://evil.example',
      `https://127.0.0.1:${dashboard.port}`,
      'file://',
      '',
    ])
      await refused(403, 'GET /api/runs/0 HTTP/1.1', host(), withToken(), `Origin: ${origin}`)
    for (const site of ['cross-site', 'same-site', 'anything'])
      await refused(403, 'GET /api/runs/0 HTTP/1.1', host(), withToken(), `Sec-Fetch-Site: ${site}`)
    await refused(
      403,
      'GET /api/runs HTTP/1.1',
      host(),
      withToken(),
      'Origin: http://evil.example',
      'Upgrade: websocket',
    )
  })

  it('every method but GET', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])
      expect([
        method,
        (await sent([`${method} /api/runs/0 HTTP/1.1`, host(), withToken(), 'Content-Length: 0'])).status,
      ]).toEqual([method, 405])
    const form = [
      'POST / HTTP/1.1',
      host(),
      'Content-Type: application/x-www-form-urlencoded',
      'Content-Length: 3',
    ]
    expect((await sent(form, 'a=b')).status).toBe(405)
  })

  it('what is not one of its runs', async () => {
    for (const path of [
      '/api/runs/2',
      '/api/runs/-1',
      '/api/runs/00001',
      '/api/runs/0x0',
      '/api/runs/..',
      '/api/runs/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
      '/api/runs/0/orders/..%2f..%2fetc%2fpasswd',
      "/api/runs/0/orders/'%20OR%201=1%20--",
      '/../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/app.js/../../package.json',
      '/api/compare/0/9',
      '/api/nothing',
    ]) {
      const { status, text } = await sent([`GET ${path} HTTP/1.1`, host(), withToken()])
      expect([path, status]).toEqual([path, 404])
      expect(text).not.toMatch(/root:|"dependencies"/)
    }
  })

  it('a head that does not come to its end in time', async () => {
    const impatient = await serveDashboard({ runs: [], sweep: null, network: null }, 0, {
      headersMs: 100,
      requestMs: 200,
    })
    onTestFinished(() => impatient.close())
    const socket = connect(impatient.port, '127.0.0.1')
    let text = ''
    socket.setEncoding('utf8').on('data', (part) => {
      text += part
    })
    const ended = once(socket, 'close')
    socket.write('GET / HTTP/1.1\r\nX-Slow: ')
    await ended
    expect(text).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('a head that is too large, and a request that is none', async () => {
    expect((await sent(['GET / HTTP/1.1', host(), `X-Long: ${'a'.repeat(100_000)}`])).status).toBe(431)
    expect((await sent(['HELLO'])).status).toBe(400)
  })
})

it('what is not the result of a run is named', async () => {
  await expect(openRun(directory)).rejects.toMatchObject({ code: 'E_RESULTS' })
})
