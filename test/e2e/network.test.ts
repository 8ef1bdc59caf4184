// A network that somebody brings up and works on from another terminal. Its launcher is killed as soon as it runs:
// everything here happens between the nodes, and between them and the commands that ask them.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { Command, type Ended, ROOT, solvent } from './command-line.ts'
import { isAlive, pidOf, pidsOf, survivors, sweep, until } from './node-processes.ts'

const START_LIMIT_MS = 240_000
const TEST_LIMIT_MS = 180_000
/** For what the network does by itself: a block, a finality, a transaction by the relayer. */
const PATIENCE_MS = 90_000
/** Where there is none, dashboard.test.ts says so. */
const BROWSER = process.env.SOLVENT_CHROMIUM ?? '/usr/bin/chromium'
/** A live watcher keeps a moment a second of the wall, ten virtual seconds here. */
const TWO_MOMENTS_SECONDS = 20
const SCREENSHOTS = join(ROOT, 'runs/screenshots')

interface Status {
  readonly nodes: readonly {
    readonly id: string
    readonly role: string
    readonly status: { readonly peers: number; readonly summary: string } | null
  }[]
  readonly chains: readonly { readonly name: string; readonly head: number; readonly finalized: number }[]
  readonly bridges: readonly {
    readonly id: string
    readonly asset: string
    readonly backingRatio: number
    readonly paused: boolean
  }[]
  readonly orders: Readonly<Record<string, number>> | null
}

const base = mkdtempSync(join(tmpdir(), 'solvent-e2e-'))
const directory = join(base, 'network')
const env = { SOLVENT_NETWORK: directory }

const ask = (...args: string[]): Promise<Ended> => solvent(args, { env, timeoutMs: TEST_LIMIT_MS })
const status = async (): Promise<Status> => JSON.parse((await ask('status', '--json')).stdout) as Status
/** Of a time as the page writes it, h:mm:ss. */
const secondsOf = (clock: string): number =>
  clock.split(':').reduce((total, part) => 60 * total + Number(part), 0)
const answers = async (node: string): Promise<boolean> =>
  (await status()).nodes.find(({ id }) => id === node)?.status !== null
const lone = async () => (await status()).bridges.find(({ id }) => id === 'lone')!

beforeAll(async () => {
  const launcher = new Command(['up', 'configs/networks/devnet.yaml'], { env })
  try {
    await launcher.says('stdout', /16 nodes are up/, START_LIMIT_MS)
  } finally {
    launcher.kill('SIGKILL')
  }
  await launcher.end()
}, START_LIMIT_MS)

afterAll(() => {
  sweep(base)
  rmSync(base, { recursive: true, force: true })
})

describe('a network without its launcher', { timeout: TEST_LIMIT_MS }, () => {
  test('has all its nodes, with peers, chains and backing', async () => {
    const { nodes, chains, bridges } = await status()
    expect(nodes).toHaveLength(16)
    for (const node of nodes) {
      expect(node.status, node.id).not.toBeNull()
      expect(node.status!.peers, node.id).toBeGreaterThanOrEqual(4)
    }
    expect(chains.map(({ name }) => name)).toEqual(['ethereum', 'arbitrum', 'linea'])
    expect(bridges.map(({ id, asset, backingRatio }) => [id, asset, backingRatio])).toEqual([
      ['lone', 'rsETH', 1],
    ])
    const { code, stdout } = await ask('status')
    expect(code).toBe(0)
    for (const title of ['Nodes', 'Chains', 'Backing', 'Orders'])
      expect(stdout).toMatch(new RegExp(`^${title}$`, 'm'))
  })

  test('settles an order that is sent to it, and says so step by step', async () => {
    const { code, stdout, stderr } = await ask('send', '--timeout', '150')
    const id = /^alice signed order (0x[0-9a-f]{64})$/m.exec(stderr)?.[1]
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${id} settled\n` })
    expect(stderr).toMatch(/^settled /m)
    const events = (await ask('logs', 'alice', '--events', '--lines', '200')).stdout.trim().split('\n')
    const signed = events.map((line) => JSON.parse(line)).find(({ kind }) => kind === 'order-signed')
    expect(signed).toMatchObject({ node: 'alice', kind: 'order-signed', orderId: id })
  })

  test('refuses a wish that it cannot fulfil, with the nearest name', async () => {
    const { code, stdout, stderr } = await ask('send', '--from', 'arbitrun')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('Did you mean arbitrum?')
  })

  test('shows what a node records, and goes on as it grows', async () => {
    const { code, stdout } = await ask('logs', 'auctioneer-1', '--lines', '3')
    expect(code).toBe(0)
    expect(stdout.trim().split('\n').length).toBeLessThanOrEqual(3)
    const unknown = await ask('logs', 'auctioneer')
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toContain('Did you mean auctioneer-1?')
    const following = new Command(['logs', 'watcher', '--events', '--follow', '--lines', '1'], { env })
    try {
      const node = new Command(['send', '--timeout', '1'], { env })
      await following.says('stdout', /"atMs"/, PATIENCE_MS)
      await node.end()
    } finally {
      following.kill('SIGINT')
    }
    expect((await following.end()).code).toBe(130)
  })

  test('lacks a node that is stopped, and has it again when it goes on', async () => {
    expect(await ask('fault', 'stop', 'borealis')).toMatchObject({ code: 0 })
    expect(await answers('borealis')).toBe(false)
    expect(isAlive(pidOf(directory, 'borealis'))).toBe(true)
    expect(await ask('fault', 'cont', 'borealis')).toMatchObject({ code: 0 })
    expect(await until(() => answers('borealis'), PATIENCE_MS)).toBe(true)
  })

  test('does without a node that was killed', async () => {
    const pid = pidOf(directory, 'atlas')
    expect(await ask('fault', 'kill', 'atlas')).toMatchObject({ code: 0 })
    expect(await survivors([pid], PATIENCE_MS)).toEqual([])
    expect(await answers('atlas')).toBe(false)
    const again = await ask('fault', 'kill', 'atlas')
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('The node does not run.') })
  })

  test('pays no order while its solvers are cut off, and does again when that has healed', async () => {
    // The killed one is not there to be told; the others cut themselves off from it all the same.
    expect(await ask('fault', 'partition', 'atlas', 'borealis', 'cygnus')).toMatchObject({
      code: 0,
      stdout: 'cut off from the rest: atlas, borealis, cygnus\n',
      stderr: 'no answer from atlas\n',
    })
    // The auction lasts 3 s of the wall, and an award is followed by the opening within the next.
    const unpaid = await ask('send', '--timeout', '8')
    expect(unpaid).toMatchObject({ code: 1, stdout: expect.stringMatching(/ signed\n$/) })
    expect(await ask('fault', 'heal')).toMatchObject({ code: 0, stdout: 'healed 15 nodes\n' })
    const paid = await ask('send', '--timeout', '150')
    expect(paid).toMatchObject({ code: 0, stdout: expect.stringMatching(/ settled\n$/) })
  })

  test('has a bridge that can be paused, let go on, and robbed', async () => {
    const pausedIs = (wanted: boolean) => until(async () => (await lone()).paused === wanted, PATIENCE_MS)
    expect(await ask('fault', 'pause', 'lone')).toMatchObject({ code: 0 })
    expect(await pausedIs(true)).toBe(true)
    expect(await ask('fault', 'unpause', 'lone')).toMatchObject({ code: 0 })
    expect(await pausedIs(false)).toBe(true)
    const unknown = await ask('fault', 'pause', 'alone')
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('hub, lone') })

    // 3,000 of the 30,000 that are locked behind the claims of both rollups.
    expect(await ask('fault', 'forge', '--bridge', 'lone', '--amount', '3000')).toMatchObject({ code: 0 })
    expect(await until(async () => (await lone()).backingRatio < 1, PATIENCE_MS)).toBe(true)
    expect((await lone()).backingRatio).toBeCloseTo(0.9, 6)
  })

  test.skipIf(!existsSync(BROWSER))(
    'is seen in the browser while it runs, by the keyboard alone',
    async () => {
      const server = new Command(['view'], { env })
      onTestFinished(() => void server.kill('SIGINT'))
      await server.says('stdout', /http:\S+/, PATIENCE_MS)
      const browser = await chromium.launch({
        executablePath: BROWSER,
        args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
      })
      onTestFinished(() => browser.close())
      const page = await browser.newPage({ viewport: { width: 1_300, height: 1_000 } })
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(error.message))
      const address = /http:\S+/.exec(server.stdout)![0]
      await page.goto(address)
      await page.focus('#tab-network', { timeout: PATIENCE_MS })
      expect(await page.locator('#title').textContent()).toBe('devnet, seed 1 (libp2p, live)')
      const rowOf = async (text: string) => {
        const row = page.locator('tr', { hasText: text }).first()
        await row.waitFor({ timeout: PATIENCE_MS })
        return (await row.locator('td').allTextContents()).slice(1)
      }
      mkdirSync(SCREENSHOTS, { recursive: true })
      const shoot = (name: string) =>
        page.screenshot({ path: join(SCREENSHOTS, `live-${name}.png`), fullPage: true })
      await shoot('network')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      expect(await page.locator('#tab-solvers').getAttribute('aria-selected')).toBe('true')
      expect((await rowOf('borealis'))[0]).toMatch(/^[\d,]+(\.\d+)?$/)
      await shoot('solvers')
      await page.keyboard.press('ArrowRight')
      const backed = async () => Number((await rowOf('lone/rsETH'))[0]!.replace(' %', ''))
      // The row is there before its figure.
      await expect.poll(backed, { timeout: PATIENCE_MS }).toBeGreaterThan(0)
      const before = await backed()
      expect(await ask('fault', 'forge', '--bridge', 'lone', '--amount', '1500')).toMatchObject({ code: 0 })
      // 1,500 of the 30,000 claims.
      await expect.poll(backed, { timeout: PATIENCE_MS }).toBeCloseTo(before - 5, 1)
      await page.locator('.hint', { hasText: 'exploit, says watcher' }).waitFor({ timeout: PATIENCE_MS })
      await shoot('chains')
      // What is owed by the bridge that was robbed: the watcher is asked again and again.
      await page.focus('#tab-chains')
      await page.keyboard.press('ArrowRight')
      const fallen = page.locator('table', { hasText: 'Who has fallen by now' })
      await fallen.locator('tr', { hasText: 'lone/rsETH' }).waitFor({ timeout: PATIENCE_MS })
      await page.locator('tr', { hasText: 'lone/rsETH (fallen)' }).first().waitFor({ timeout: PATIENCE_MS })
      // Whoever opens the page after the fall is told of it, as of the time before.
      const fellAt = async () =>
        secondsOf(
          (await fallen.locator('tr', { hasText: 'lone/rsETH' }).locator('td').first().textContent())!,
        )
      const now = async () => secondsOf((await page.locator('#now').textContent())!.split(' of ').at(-1)!)
      await expect.poll(now, { timeout: PATIENCE_MS }).toBeGreaterThan((await fellAt()) + TWO_MOMENTS_SECONDS)
      await page.goto('about:blank')
      await page.goto(address)
      await page.focus('#tab-network', { timeout: PATIENCE_MS })
      await expect.poll(now, { timeout: PATIENCE_MS }).toBeGreaterThan(0)
      const openedAt = await now()
      for (const _ of ['orders', 'solvers', 'chains', 'contagion']) await page.keyboard.press('ArrowRight')
      await fallen.locator('tr', { hasText: 'lone/rsETH' }).waitFor({ timeout: PATIENCE_MS })
      expect(await fellAt()).toBeLessThan(openedAt)
      expect(await page.locator('#view [role=img] canvas').count()).toBe(1)
      await shoot('contagion')
      expect(complaints).toEqual([])
    },
  )

  test('ends when it is told to, with the stopped among its nodes', async () => {
    const pids = pidsOf(directory)
    expect(pids).toHaveLength(16)
    expect(await ask('fault', 'stop', 'cygnus')).toMatchObject({ code: 0 })
    expect(await ask('down')).toMatchObject({ code: 0, stdout: 'all processes have ended\n' })
    expect(pids.filter(isAlive)).toEqual([])
  })
})
