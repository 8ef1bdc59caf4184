import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Command, folder, ROOT, solvent } from './command-line.ts'

const QUICK = 'configs/scenarios/quick.yaml'
const quick = readFileSync(join(ROOT, QUICK), 'utf8')
/** What a person never sees of their own mistakes: `at file:line:column`. */
const STACK = /^\s+at .*:\d+:\d+\)?$/m

/** The quick scenario with one piece of text replaced, as a file in a new folder. */
function spoiled(piece: string, by: string): string {
  expect(quick).toContain(piece)
  const file = join(folder(), 'spoiled.yaml')
  writeFileSync(file, quick.replace(piece, by))
  return file
}

describe('solvent', () => {
  test('--version prints the version of the workspace and nothing else', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
    expect(await solvent(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  test('--help lists every command', async () => {
    const { code, stdout } = await solvent(['--help'])
    expect(code).toBe(0)
    for (const name of ['start', 'run', 'up', 'down', 'send', 'status', 'logs', 'fault', 'verify', 'doctor'])
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
  })

  test.each([
    ['an unknown command', ['rnu'], 'Did you mean run?'],
    ['an unknown option', ['run', QUICK, '--sede', '3'], 'Did you mean --seed?'],
    ['an unknown kind of fault', ['fault', 'kil', 'atlas'], 'Did you mean kill?'],
    ['a missing argument', ['run'], "missing required argument 'file'"],
    ['a seed that is no number', ['run', QUICK, '--seed', 'x'], 'A whole number from 0 to 4294967295'],
    ['an unknown runtime', ['run', QUICK, '--runtime', 'evm'], 'Allowed choices are sim, libp2p'],
    ['a cost without a bound', ['contagion', QUICK, '--cost', 'limiter=3'], 'Add --bound <loss>'],
    [
      'a control that costs less than nothing',
      ['contagion', QUICK, '--bound', '1', '--cost', 'limiter=-1'],
      'A control costs nothing at least',
    ],
    ['no command at all', [], 'Usage: solvent'],
  ])('%s is a usage error that says what would be right', async (_, args, said) => {
    const { code, stdout, stderr } = await solvent(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(said)
    expect(stderr).not.toMatch(STACK)
  })

  test.each(['status', 'send', 'down', 'fault heal', 'logs atlas'])(
    '%s without a network says how to start one',
    async (words) => {
      const env = { SOLVENT_NETWORK: join(folder(), 'none') }
      const { code, stdout, stderr } = await solvent(words.split(' '), { env })
      expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
      expect(stderr).toMatch(/^No network runs from this directory\.$/m)
      expect(stderr).toContain('up configs/networks/devnet.yaml')
    },
  )

  test('up refuses a directory with something else in it, and leaves it alone', async () => {
    const directory = folder()
    writeFileSync(join(directory, 'letter.txt'), 'dear')
    const { code, stderr } = await solvent(['up', QUICK], { env: { SOLVENT_NETWORK: directory } })
    expect(code).toBe(5)
    expect(stderr).toContain('not a network of ours')
    expect(readdirSync(directory)).toEqual(['letter.txt'])
  })

  test('ends quietly when nobody reads its result any more', async () => {
    const command = new Command(['run', QUICK, '--json', '--out', join(folder(), 'out')])
    command.closeStdout()
    const { code, stderr } = await command.end()
    // 128 + SIGPIPE, as a shell has it.
    expect(code).toBe(141)
    expect(stderr).not.toMatch(STACK)
  })
})

describe('solvent run', () => {
  test('prints one JSON object of the documented shape on stdout, and progress on stderr only', async () => {
    const out = join(folder(), 'out')
    const { code, stdout, stderr } = await solvent(['run', QUICK, '--json', '--seed', '5', '--out', out])
    expect({ code, stderr: stderr.split('\n').filter((line) => !line.startsWith('warning')) }).toEqual({
      code: 0,
      stderr: [''],
    })
    const summary = JSON.parse(stdout)
    // The names and their order are a promise to other programs: docs/run-summary.md.
    expect(Object.keys(summary)).toEqual([
      'scenario',
      'seed',
      'runtime',
      'crypto',
      'traceDigest',
      'virtualTimeMs',
      'wallMs',
      'timekeeping',
      'events',
      'messages',
      'orders',
      'chains',
      'outages',
      'solvers',
      'actors',
      'bridges',
      'markets',
      'stablecoins',
      'controls',
      'custodians',
      'perpetuals',
      'covers',
      'discountWindows',
      'optionDesks',
      'navFunds',
      'faults',
      'refusals',
      'bundles',
      'evidence',
      'rotations',
      'thefts',
      'oracles',
      'lending',
      'lendingPools',
      'collateralAuctions',
      'stability',
      'competition',
      'cascade',
      'invariants',
      'expectations',
    ])
    expect(summary).toMatchObject({ scenario: 'quick', seed: 5, runtime: 'sim', virtualTimeMs: 900_000 })
    expect(summary.traceDigest).toMatch(/^0x[0-9a-f]{64}$/)
    const states =
      'signed parts opened filled settled refunded stolen stranded expired cancelled rejected pending'
    const { stolenValue, ...counts } = summary.orders
    expect(Object.keys(counts)).toEqual(states.split(' '))
    expect(counts.signed).toBe(12)
    for (const count of Object.values(counts)) expect(count).toSatisfy(Number.isSafeInteger)
    expect(stolenValue).toBe('0')
    expect(summary.solvers.map(({ id }: { id: string }) => id)).toEqual(['atlas', 'borealis', 'cygnus'])
    for (const solver of summary.solvers) {
      expect(Object.keys(solver)).toEqual(['id', 'profit', 'equity', 'insolvent'])
      expect(solver.profit).toMatch(/^-?\d+(\.\d+)?$/)
      expect(solver.equity).toMatch(/^-?\d+(\.\d+)?$/)
    }
    expect(summary.bridges).toHaveLength(1)
    for (const bridge of summary.bridges) {
      expect(Object.keys(bridge)).toEqual([
        'id',
        'asset',
        'locked',
        'issued',
        'minted',
        'deficit',
        'arrived',
        'toArrival',
        'asked',
        'paid',
        'queued',
        'releasedByTimeout',
        'censored',
        'refused',
        'held',
        'recovered',
        'borne',
        'swaps',
        'pools',
        'backingRatio',
        'haircutAllHolders',
        'haircutFarHolders',
      ])
      for (const amount of [bridge.locked, bridge.minted, bridge.deficit]) expect(amount).toMatch(/^\d+$/)
      // 25,000 of 30,000 claims are backed once 5,000 were released without a burn.
      expect(bridge.backingRatio).toBeCloseTo(25 / 30, 9)
    }
    expect(summary.invariants.broken).toEqual([])
    for (const [id, count] of Object.entries(summary.invariants.checked)) {
      expect(id).toMatch(/^[A-Z]-\d+$/)
      expect(count).toSatisfy(Number.isSafeInteger)
    }
    // What a run of this network must have evaluated, it has.
    expect(summary.invariants.unevaluated).toEqual([])
    expect(summary.invariants.checked['B-2']).toBeGreaterThan(0)
    for (const expectation of summary.expectations)
      expect(Object.keys(expectation)).toEqual(['name', 'ok', 'got', 'want'])
  })

  test('leaves a results directory whose manifest names its files, and may be repeated from it', async () => {
    const out = join(folder(), 'out')
    const first = await solvent(['run', QUICK, '--json', '--out', out])
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))
    expect(manifest).toMatchObject({
      format: 'solvent-run/1',
      scenario: 'quick',
      seed: 1,
      runtime: 'sim',
      traceDigest: JSON.parse(first.stdout).traceDigest,
    })
    // Who owes whom at the start, around each fault, and in the end.
    const snapshots = ['000', '420', '480', '540', '900'].map((seconds) => `exposures/${seconds}.json`)
    expect(manifest.files).toEqual([
      'summary.json',
      'orders.json',
      'metrics.json',
      'balances.csv',
      'events.jsonl',
      ...snapshots,
      ...manifest.files.filter((name: string) => name.startsWith('tables/')),
    ])
    expect(manifest.files).toContain('tables/orders.parquet')
    expect(readdirSync(out, { recursive: true }).sort()).toEqual(
      [...manifest.files, 'exposures', 'tables', 'manifest.json'].sort(),
    )
    expect(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'))).toEqual(JSON.parse(first.stdout))
    const events = readFileSync(join(out, 'events.jsonl'), 'utf8').trim().split('\n')
    for (const line of events.slice(0, 200))
      expect(JSON.parse(line)).toMatchObject({
        atMs: expect.any(Number),
        node: expect.any(String),
        kind: expect.any(String),
      })
    const orders = JSON.parse(readFileSync(join(out, 'orders.json'), 'utf8'))
    expect(orders).toHaveLength(12)
    expect(readFileSync(join(out, 'balances.csv'), 'utf8')).toMatch(/^chainId,kind,owner,symbol,token,/)
    const again = await solvent(['run', QUICK, '--json', '--seed', String(manifest.seed), '--out', out])
    expect(JSON.parse(again.stdout).traceDigest).toBe(manifest.traceDigest)
    expect(readdirSync(join(out, '..'))).toEqual(['out'])
  })

  test('prints tables for people', async () => {
    const { code, stdout } = await solvent(['run', QUICK, '--out', join(folder(), 'out')])
    expect(code).toBe(0)
    for (const title of ['Orders', 'Solvers', 'Backing', 'Invariants', 'Expectations'])
      expect(stdout).toMatch(new RegExp(`^${title}$`, 'm'))
    // No colours where there is no terminal.
    expect(stdout).not.toContain('\u001B')
  })

  test('takes paths from where the person stands, also under npm, which moves to the root', async () => {
    const directory = folder()
    cpSync(join(ROOT, QUICK), join(directory, 'mine.yaml'))
    const { code } = await solvent(['run', 'mine.yaml', '--out', 'results'], { env: { INIT_CWD: directory } })
    expect(code).toBe(0)
    expect(existsSync(join(directory, 'results', 'manifest.json'))).toBe(true)
    const elsewhere = join(directory, 'elsewhere')
    mkdirSync(elsewhere)
    const there = await solvent(['run', relative(elsewhere, join(directory, 'mine.yaml')), '--out', 'here'], {
      cwd: elsewhere,
    })
    expect(there.code).toBe(0)
    expect(readdirSync(elsewhere)).toEqual(['here'])
  })

  test('refuses a directory that holds something else before it runs, and leaves it alone', async () => {
    const out = folder()
    writeFileSync(join(out, 'thesis.tex'), 'years of work')
    const { code, stdout, stderr } = await solvent(['run', QUICK, '--json', '--out', out])
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' })
    expect(stderr).toContain('not a result of ours')
    expect(readFileSync(join(out, 'thesis.tex'), 'utf8')).toBe('years of work')
    expect(readdirSync(out)).toEqual(['thesis.tex'])
  })

  test('names file, line, column and path of a mistake in a scenario, one line each, and no stack', async () => {
    const file = spoiled('durationSeconds: 900', 'durationSecond: 900')
    const { code, stdout, stderr } = await solvent(['run', file])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    const line = quick.split('\n').findIndex((text) => text.startsWith('durationSeconds')) + 1
    expect(stderr).toContain(`${file}:${line}:1 durationSecond: unknown key`)
    expect(stderr).toContain('Did you mean durationSeconds?')
    expect(stderr).not.toMatch(STACK)
  })

  test.each([
    ['a reference to nothing', 'prover: lone, weight: 1', 'prover: alone, weight: 1', 'lone'],
    ['not a number', 'durationSeconds: 900', 'durationSeconds: .nan', 'durationSeconds'],
    ['an alias', 'seed: 1', 'seed: &s 1\nx: *s', 'alias'],
    ['nothing but brackets', quick, '['.repeat(5_000), 'nest'],
  ])('refuses %s', async (_, piece, by, said) => {
    const { code, stderr } = await solvent(['run', spoiled(piece, by)])
    expect(code).toBe(2)
    expect(stderr.toLowerCase()).toContain(said.toLowerCase())
    expect(stderr).toMatch(/spoiled\.yaml:\d+:\d+ /)
    expect(stderr).not.toMatch(STACK)
  })

  test('says when there is no such file', async () => {
    const { code, stderr } = await solvent(['run', 'nosuch.yaml'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/^There is no such file\.\n\nfile: nosuch\.yaml$/m)
  })

  test('exits with 1 when an expectation of the scenario is not met, and says which', async () => {
    const file = spoiled('metric: orders.filled, atLeast: 6', 'metric: orders.filled, atLeast: 600')
    const { code, stdout, stderr } = await solvent(['run', file, '--json', '--out', join(folder(), 'out')])
    expect(code).toBe(1)
    expect(stderr).toContain('expectation failed: most orders are filled (got 12, want ≥ 600)')
    expect(JSON.parse(stdout).expectations[0]).toMatchObject({ ok: false, got: 12 })
  })
})

describe('solvent verify', () => {
  const fixtures = resolve(ROOT, process.env['SOLVENT_FIXTURES'] ?? '../shared/fixtures')
  const isThere = existsSync(fixtures)
  if (!isThere)
    process.stderr.write(`skipped: no fixtures at ${fixtures}; SOLVENT_FIXTURES names another place\n`)

  interface Outcome {
    readonly file: string
    readonly status: 'ok' | 'mismatch' | 'unknown'
    readonly cases: number
  }

  test.skipIf(!isThere)('computes every case of the kinds it knows, and lists the others', async () => {
    // Every case there is stands in verify-fixtures.test.ts.
    const directory = folder()
    for (const file of ['collusion/dutch-decay.json', 'contagion/clr-01-chain.json'])
      cpSync(join(fixtures, file), join(directory, file))
    writeFileSync(join(directory, 'weather.json'), '{"kind":"weather"}')
    const { code, stdout } = await solvent(['verify', '--fixtures', directory, '--json'])
    const outcomes = JSON.parse(stdout) as Outcome[]
    expect(code).toBe(0)
    expect(outcomes.map(({ file, status }) => [file, status])).toEqual([
      ['collusion/dutch-decay.json', 'ok'],
      ['contagion/clr-01-chain.json', 'ok'],
      ['weather.json', 'unknown'],
    ])
    for (const { status, cases } of outcomes) expect(cases > 0).toBe(status !== 'unknown')
  })

  test.skipIf(!isThere)('exits with 1 when a result differs, and shows both', async () => {
    const directory = folder()
    const name = 'dutch-decay.json'
    const text = readFileSync(join(fixtures, 'collusion', name), 'utf8')
    const fixture = JSON.parse(text)
    // Before the decay begins the price is its start, 1000.
    expect(fixture.decay[0]).toMatchObject({ start: '1000', amount: '1000' })
    fixture.decay[0].amount = '1001'
    writeFileSync(join(directory, name), JSON.stringify(fixture))
    const { code, stdout } = await solvent(['verify', '--fixtures', directory])
    expect(code).toBe(1)
    expect(stdout).toMatch(/dutch-decay +13 +mismatch/)
    expect(stdout).toMatch(/^ {2}got {2}.*1000.*\n {2}want .*1001.*$/m)
  })

  test('says when there is no such directory', async () => {
    const { code, stderr } = await solvent(['verify', '--fixtures', join(folder(), 'none')])
    expect(code).toBe(2)
    expect(stderr).not.toMatch(STACK)
  })
})

test('solvent doctor lists what this machine has, also as JSON', async () => {
  const { code, stdout } = await solvent(['doctor', '--json'])
  expect(code).toBe(0)
  const findings = JSON.parse(stdout) as { what: string; ok: boolean; found: string; note: string }[]
  expect(findings.find(({ what }) => what === 'node')).toMatchObject({ ok: true, found: process.version })
  expect(findings.find(({ what }) => what === 'loopback')).toMatchObject({ ok: true })
  expect((await solvent(['doctor'])).stdout).toContain('processors')
})
