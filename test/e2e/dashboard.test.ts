// The dashboard in a real browser: every view of a run that is played, with a keyboard, and of two that are compared.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { Command, ROOT, solvent } from './command-line.ts'

const BROWSER = process.env.SOLVENT_CHROMIUM ?? '/usr/bin/chromium'
const isThere = existsSync(BROWSER)
if (!isThere)
  process.stderr.write(
    `skipped: no browser at ${BROWSER} to test the dashboard in. Debian: apt-get install chromium; elsewhere name one with SOLVENT_CHROMIUM.\n`,
  )

const LIMIT_MS = 60_000
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/#\S+/
/** Pictures of the views stay here for whoever wants to look. */
const SCREENSHOTS = join(ROOT, 'runs/screenshots')

describe.skipIf(!isThere)('the dashboard', { timeout: LIMIT_MS }, () => {
  const base = mkdtempSync(join(tmpdir(), 'solvent-e2e-'))
  const complaints: string[] = []
  let server: Command
  let browser: Browser
  let page: Page
  const now = () => page.locator('#now').textContent()

  beforeAll(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true })
    // A run with an exploit, a pause, refused and stranded orders; and the same with another seed.
    for (const seed of ['16', '17'])
      await solvent(['run', 'configs/scenarios/kelp-2026.yaml', '--seed', seed, '--out', join(base, seed)])
    server = new Command(['view', join(base, '16'), join(base, '17')])
    await server.says('stdout', ADDRESS, LIMIT_MS)
    const [address = ''] = ADDRESS.exec(server.stdout) ?? []
    browser = await chromium.launch({
      executablePath: BROWSER,
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    })
    page = await browser.newPage({ viewport: { width: 1_300, height: 1_000 } })
    page.on('console', (line) => {
      if (line.type() === 'error') complaints.push(line.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(address)
    await page.waitForSelector('#tab-network')
  }, LIMIT_MS * 2)

  afterAll(async () => {
    await browser?.close()
    server?.kill('SIGINT')
    const ended = await server?.end()
    rmSync(base, { recursive: true, force: true })
    expect(ended?.code).toBe(0)
  }, LIMIT_MS)

  test('takes the token out of the address', () => {
    expect(new URL(page.url()).hash).toBe('')
  })

  test('plays, pauses, steps and scrubs, with the mouse and with the keyboard', async () => {
    expect(await page.locator('#title').textContent()).toBe('kelp-2026, seed 16 (sim)')
    expect(await now()).toBe('0:00:00.0 of 1:21:00.0')
    await page.keyboard.press('Space')
    expect(await page.locator('#play').textContent()).toBe('Pause')
    await expect.poll(now, { timeout: LIMIT_MS }).not.toMatch(/^0:00:00/)
    await page.keyboard.press('Space')
    const paused = await now()
    await page.keyboard.press('ArrowRight')
    const stepped = await now()
    expect(stepped! > paused!).toBe(true)
    await page.keyboard.press('ArrowLeft')
    expect((await now())! < stepped!).toBe(true)
    await page.locator('#moment').fill('1000')
    expect(await now()).toBe('1:21:00.0 of 1:21:00.0')
    const row = page.locator('table', { hasText: 'Orders so far' }).locator('tr', { hasText: 'filled' })
    expect(await row.locator('td').last().textContent()).toBe('66')
  })

  test.each([
    ['network', 'Just now'],
    ['orders', 'Choose an order'],
    ['solvers', 'In the numeraire'],
    ['chains', 'Block numbers'],
    ['contagion', 'kelp-oft/rsETH'],
    ['compare', 'Numbers that differ'],
  ])('shows %s', async (view, text) => {
    await page.click(`#tab-${view}`)
    await page.locator('#view', { hasText: text }).waitFor()
    expect(await page.locator(`#tab-${view}`).getAttribute('aria-selected')).toBe('true')
    // Every picture has something in it, and a label for those who do not see it.
    for (const canvas of await page.locator('#view [role=img]').all()) {
      expect(await canvas.getAttribute('aria-label')).toMatch(/\w/)
      const drawn = await canvas.locator('canvas').first().evaluate(isDrawn)
      expect(drawn).toBe(true)
    }
    await page.screenshot({ path: join(SCREENSHOTS, `dashboard-${view}.png`), fullPage: true })
  })

  test('draws its charts again when the reader goes from light to dark', async () => {
    await page.click('#tab-solvers')
    const chart = page.locator('#view [role=img] canvas').first()
    expect(await chart.evaluate(hasInk, 0xececec)).toBe(false)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(() => chart.evaluate(hasInk, 0xececec), { timeout: LIMIT_MS }).toBe(true)
    await page.emulateMedia({ colorScheme: 'light' })
    await expect.poll(() => chart.evaluate(hasInk, 0x1b1b1b), { timeout: LIMIT_MS }).toBe(true)
  })

  test('compares the runs at the moment', async () => {
    await page.click('#tab-compare')
    await page.locator('#moment').fill('1000')
    const row = page
      .locator('table', { hasText: 'At this moment' })
      .locator('tr', { hasText: 'Orders settled' })
    const [left, right, difference] = (await row.locator('td').allTextContents()).slice(1).map(Number)
    expect([left! > 0, difference]).toEqual([true, right! - left!])
  })

  test('answers why an order was not filled', async () => {
    await page.click('#tab-orders')
    await page.click('text=retail/57')
    const answer = page.locator('.answer')
    await answer.waitFor()
    expect(await answer.textContent()).toContain('nobody bid; solvers declined: 5 because of bridge-paused')
  })

  test('goes from view to view with the arrow keys', async () => {
    await page.focus('#tab-orders')
    await page.keyboard.press('ArrowRight')
    expect(await page.locator('#tab-solvers').getAttribute('aria-selected')).toBe('true')
  })

  test('shows ground truth only to who asks, and has none to show of a run without rings', async () => {
    expect(await page.locator('#truth').isVisible()).toBe(false)
    const { stdout } = await solvent([
      'run',
      'configs/scenarios/collusion/front-run.yaml',
      '--out',
      join(base, 'ring'),
    ])
    expect(stdout).toContain('Results:')
    const ring = new Command(['view', join(base, 'ring')])
    onTestFinished(() => void ring.kill('SIGINT'))
    await ring.says('stdout', ADDRESS, LIMIT_MS)
    const other = await browser.newPage()
    await other.goto(ADDRESS.exec(ring.stdout)![0])
    await other.locator('table', { hasText: 'Orders so far' }).waitFor()
    expect(await other.locator('#view', { hasText: 'Ground truth' }).count()).toBe(0)
    await other.locator('#truth').focus()
    await other.keyboard.press('Space')
    const row = other.locator('table', { hasText: 'Ground truth' }).locator('tr', { hasText: 'seq-arbitrum' })
    expect(await row.locator('td').allTextContents()).toEqual([
      'seq-arbitrum',
      'sequencer',
      'collusive',
      'insiders',
      'front-run',
    ])
    await other.screenshot({ path: join(SCREENSHOTS, 'dashboard-truth.png'), fullPage: true })
    await other.close()
  })

  test('lists the orders that were not filled', async () => {
    await page.click('#tab-orders')
    await page.getByLabel('Orders: ').selectOption('not filled')
    // 80 were signed and 66 filled.
    expect(await page.locator('.list button').count()).toBe(14)
  })

  test('shows the other run', async () => {
    await page.selectOption('#runs select', '1')
    expect(await page.locator('#title').textContent()).toBe('kelp-2026, seed 17 (sim)')
  })

  test('had nothing to complain of', () => {
    expect(complaints).toEqual([])
  })
})

describe.skipIf(!isThere)('the dashboard of a sweep', { timeout: LIMIT_MS * 2 }, () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: BROWSER,
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    })
  })
  afterAll(() => browser.close())

  /** The page of a sweep that is over. */
  async function shown(files: Readonly<Record<string, string>>) {
    const base = mkdtempSync(join(tmpdir(), 'solvent-e2e-'))
    onTestFinished(() => rmSync(base, { recursive: true, force: true }))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(base, name), text)
    const ended = await solvent(['sweep', join(base, 'sweep.yaml'), '--out', join(base, 'results')])
    expect(ended.code).toBe(0)
    const server = new Command(['view', join(base, 'results')])
    onTestFinished(() => void server.kill('SIGINT'))
    await server.says('stdout', ADDRESS, LIMIT_MS)
    const page = await browser.newPage({ viewport: { width: 1_300, height: 1_000 } })
    onTestFinished(() => page.close())
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(ADDRESS.exec(server.stdout)![0])
    return { base, page, complaints }
  }

  test('shows a phase diagram, the runs of a cell, and a run from within', async () => {
    const { base, page, complaints } = await shown({ 'sweep.yaml': SWEEP })
    await page.getByLabel('Metric').selectOption('orders.settled')
    const cell = page.locator('.phase button').first()
    await cell.waitFor()
    expect(await cell.getAttribute('aria-label')).toMatch(/^\d+, 1 run: list them$/)
    expect(await page.locator('.phase th').allTextContents()).toEqual([
      'solvers.atlas.risk.refuseBelowBackingBps \\ users.alice.slippageBps',
      ...['40 to 120', '9990', '0'],
    ])
    expect(await page.locator('#view [role=img] canvas').first().evaluate(isDrawn)).toBe(true)
    await cell.focus()
    await page.keyboard.press('Enter')
    await page.locator('code', { hasText: `replay ${join(base, 'results')} 1` }).waitFor()
    mkdirSync(SCREENSHOTS, { recursive: true })
    await page.screenshot({ path: join(SCREENSHOTS, 'dashboard-sweep.png'), fullPage: true })
    await page.getByRole('button', { name: 'Open run 1' }).click()
    await page.locator('#tab-network[aria-selected=true]').waitFor({ timeout: LIMIT_MS })
    expect(await page.locator('#title').textContent()).toMatch(/^quick, seed \d+ \(sim\)$/)
    expect(complaints).toEqual([])
  })

  test('gives each of more policies than it has colours a row', async () => {
    const { page, complaints } = await shown({ 'sweep.yaml': QUEUES, 'queue.yaml': 'events: 40\n' })
    await page.getByLabel('Metric').selectOption('meanServiceS')
    await page.locator('.phase button').first().waitFor()
    expect(await page.locator('.phase tbody th').allTextContents()).toEqual(
      RATES.map((n) => `rate-${n}`).reverse(),
    )
    await page.locator('.phase tr', { hasText: 'rate-5' }).locator('button').last().click()
    await page.locator('caption', { hasText: 'Runs of rate-5 at arrivalRate = 0.5' }).waitFor()
    await page.screenshot({ path: join(SCREENSHOTS, 'dashboard-policies.png'), fullPage: true })
    expect(complaints).toEqual([])
  })
})

const RATES = [1, 2, 3, 4, 5, 6, 7, 8]
const QUEUES = `
name: queue
title: A queue that is served faster and faster
kind: queue
base: queue.yaml
parameters: [{ path: arrivalRate, values: [0.2, 0.5] }]
policies:
${RATES.map((n) => `  - { name: rate-${n}, set: { serviceRate: ${n} } }`).join('\n')}
replicates: 2
`

/** Two runs of a quarter of an hour with a forged message. */
const SWEEP = `
name: careful
title: Below which backing a solver does not fill
kind: run
base: ${join(ROOT, 'configs/scenarios/quick.yaml')}
parameters:
  - { path: users.alice.slippageBps, values: [{ from: 40, to: 120 }] }
  - { path: solvers.atlas.risk.refuseBelowBackingBps, values: [0, 9990] }
replicates: 1
metrics: [orders.*]
`

/** Runs in the browser: whether any pixel of a canvas is not transparent. */
function isDrawn(canvas: unknown): boolean {
  const { width, height, getContext } = canvas as Canvas
  return getContext
    .call(canvas as never, '2d')
    .getImageData(0, 0, width, height)
    .data.some((value) => value > 0)
}

/** Runs in the browser: whether any pixel of a canvas has a colour, 0xrrggbb. */
function hasInk(canvas: unknown, colour: number): boolean {
  const { width, height, getContext } = canvas as Canvas
  const { data } = getContext.call(canvas as never, '2d').getImageData(0, 0, width, height)
  for (let at = 0; at < data.length; at += 4)
    if (data[at + 3] === 255 && (data[at]! << 16) + (data[at + 1]! << 8) + data[at + 2]! === colour)
      return true
  return false
}

interface Canvas {
  readonly width: number
  readonly height: number
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray }
  }
}
