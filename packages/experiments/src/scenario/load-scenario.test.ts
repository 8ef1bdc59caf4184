import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isSolventError } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import { loadScenario } from './load-scenario.ts'
import { SCENARIO_PROBLEM_CODES } from './scenario-error.ts'
import { scenarioJsonSchema } from './scenario-schema.ts'
import { SMALL_SCENARIO, spoiled } from './small-scenario.testing.ts'

const CONFIGS = join(import.meta.dirname, '../../../../configs')

/** file:line:column path: what is wrong (got what; allowed: what). hint [CODE] */
const WHOLE =
  /^file\.yaml:[1-9]\d*:[1-9]\d* \S.*: \S.* \(got \S.*; allowed: \S.*\)\.( \S.*\.|\?| \S.*\?)? \[(E_[A-Z_]+)\]$/
const seenCodes = new Set<string>()

/** The message of a refused file; every line of it says where, what was found and what is allowed. */
function refusal(bytes: Uint8Array): string {
  try {
    loadScenario('file.yaml', bytes)
  } catch (error) {
    if (!isSolventError(error, 'E_SCENARIO')) throw error
    const lines = error.shortMessage.split('\n').filter((line) => !line.startsWith('… and'))
    for (const line of lines) {
      expect(line).toMatch(WHOLE)
      seenCodes.add(WHOLE.exec(line)?.[2] ?? '')
    }
    return error.message
  }
  return 'accepted'
}

const utf8 = (text: string) => new TextEncoder().encode(text)

describe('a scenario file', () => {
  it('is read with its defaults, frozen, and hashed without regard to layout', () => {
    const plain = loadScenario('a.yaml', utf8(SMALL_SCENARIO))
    const spaced = loadScenario(
      'b.yaml',
      utf8(`# a comment\n${SMALL_SCENARIO.replace('seed: 7', 'seed:   7')}\n`),
    )
    expect(plain.scenario.chains.ethereum).toMatchObject({ kind: 'l1', finalityEpochs: 2 })
    expect(plain.hash).toBe(spaced.hash)
    expect(Object.isFrozen(plain.scenario.users.alice)).toBe(true)
  })

  it('keeps its hash when keys come that it does not write', () => {
    const { alice } = loadScenario('a', utf8(SMALL_SCENARIO)).scenario.users
    expect(alice?.award).toEqual({ auctioneer: 1, chain: 0, user: 0 })
    expect(alice).not.toHaveProperty('leastPartBps')
  })

  it('has another hash when anything that counts changes', () => {
    expect(loadScenario('a', spoiled('seed: 7', 'seed: 8')).hash).not.toBe(
      loadScenario('a', utf8(SMALL_SCENARIO)).hash,
    )
  })

  it('is warned about a bridge whose single verifier moves everything (S-7)', () => {
    const { warnings } = loadScenario(
      'a',
      spoiled('verifiers: 3, threshold: 2', 'verifiers: 1, threshold: 1'),
    )
    expect(warnings).toEqual([
      {
        rule: 'S-7',
        path: 'bridges.hub.verification.threshold',
        message: "bridge hub is 1-of-1: one verifier's word moves everything behind it",
      },
    ])
  })

  // What is spoiled → what the message must say: place, path, code, and the nearest name where one is near.
  it.each([
    ['seed: 7', 'sede: 7', 'file.yaml:5:1 sede: unknown key', 'Did you mean seed? [E_UNKNOWN_KEY]'],
    ['name: small\n', '', 'name: this key is missing', '[E_MISSING]'],
    ['name: small', 'name: Small Town', 'name: not allowed here (got "Small Town"', '[E_VALUE]'],
    [
      'durationSeconds: 600',
      'durationSeconds: 0',
      'durationSeconds: too small (got 0; allowed: at least 1)',
      '[E_RANGE]',
    ],
    ['durationSeconds: 600', 'durationSeconds: 1.5', 'durationSeconds:', '[E_'],
    [
      'durationSeconds: 600',
      'durationSeconds: .nan',
      'durationSeconds: the number is not finite (got .nan; allowed: a finite number)',
      '[E_NUMBER]',
    ],
    ['durationSeconds: 600', 'durationSeconds: .inf', 'the number is not finite', '[E_NUMBER]'],
    ['durationSeconds: 600', 'durationSeconds: -.inf', 'the number is not finite', '[E_NUMBER]'],
    ['durationSeconds: 600', 'durationSeconds: 1e999', 'the number is not finite', '[E_NUMBER]'],
    [
      'durationSeconds: 600',
      'durationSeconds: 9007199254740993',
      'the integer does not fit',
      '[E_UNSAFE_INT]',
    ],
    ['durationSeconds: 600', 'durationSeconds: 0600', 'leading zeros', '[E_NUMBER]'],
    ['durationSeconds: 600', 'durationSeconds: 0o600', 'octal', '[E_NUMBER]'],
    ['durationSeconds: 600', 'durationSeconds: "600"', 'durationSeconds: wrong type (got "600"', '[E_VALUE]'],
    ['start: 2026-01-01T00:00:00Z', 'start: yesterday', 'start: not allowed here', 'a time like'],
    ['start: 2026-01-01T00:00:00Z', 'start: 2026-13-45T00:00:00Z', 'start: not a date', '[E_VALUE]'],
    [
      'price: "2000"',
      'price: 2000',
      'assets.ETH.price: wrong type (got 2000; allowed: a decimal number in quotes',
      '[E_VALUE]',
    ],
    [
      'price: "2000"',
      'price: "-1"',
      'assets.ETH.price: must not be negative (got "-1"; allowed: a decimal number in quotes',
      '[E_VALUE]',
    ],
    ['price: "2000"', 'price: "-0.25"', 'assets.ETH.price: must not be negative', '[E_VALUE]'],
    ['price: "2000"', 'price: "-1e3"', 'assets.ETH.price: not allowed here', '[E_VALUE]'],
    ['price: "2000"', 'price: "-"', 'assets.ETH.price: not allowed here', '[E_VALUE]'],
    ['price: "2000"', 'price: "--1"', 'assets.ETH.price: not allowed here', '[E_VALUE]'],
    ['price: "2000"', 'price: "-01"', 'assets.ETH.price: not allowed here', '[E_VALUE]'],
    ['name: small', 'name: "-1"', 'name: not allowed here', '[E_VALUE]'],
    [
      'decimals: 18, price: "2000"',
      'decimals: 19, price: "2000"',
      'assets.ETH.decimals: too large (got 19; allowed: at most 18)',
      '[E_RANGE]',
    ],
    [
      'kind: l1',
      'kind: l3',
      'chains.ethereum.kind: not one of the allowed kinds (got "l3"; allowed: l1, optimistic, zk)',
      '[E_VALUE]',
    ],
    ['kind: optimistic', 'kind: optimistc', 'chains.arbitrum.kind:', 'Did you mean optimistic?'],
    [
      'l1: ethereum',
      'l1: etherium',
      'chains.arbitrum.l1: no such l1 chain (got etherium; allowed: ethereum)',
      'Did you mean ethereum?',
    ],
    [
      'l1: ethereum',
      'l1: arbitrum',
      'chains.arbitrum.l1: a chain cannot settle on itself (got arbitrum→arbitrum',
      '[E_CYCLE]',
    ],
    ['id: 42161', 'id: 1', 'chains.arbitrum.id: chain id already used by ethereum', '[E_REFERENCE]'],
    [
      'threshold: 2',
      'threshold: 4',
      'bridges.hub.verification.threshold: more signatures than verifiers (got 4 of 3; allowed: 1 to 3)',
      '[E_RANGE]',
    ],
    [
      'threshold: 2',
      'threshold: 0',
      'threshold: a quorum of nobody verifies whatever it is asked',
      '[E_RANGE]',
    ],
    ['verifiers: 3', 'verifiers: 0', 'verifiers: a bridge whose messages nobody verifies', '[E_RANGE]'],
    [
      'finality: finalized',
      'finality: final',
      'bridges.hub.finality: not one of the allowed values',
      '[E_VALUE]',
    ],
    [
      'home: ethereum',
      'home: base',
      'bridges.hub.assets.rsETH.home: no such chain (got base',
      '[E_REFERENCE]',
    ],
    [
      'claims: { arbitrum: "1000" }',
      'claims: { ethereum: "1000" }',
      'an asset is not wrapped on its home chain',
      '[E_CYCLE]',
    ],
    [
      'claims: { arbitrum: "1000" }',
      'claims: { arbitrum: "5000.5" }',
      'file.yaml:9:41 assets.rsETH.supply: more rsETH is locked and held than its supply (got 5000; allowed: at least 5000.5)',
      'Raise the supply, or lower claims and holdings. [E_RANGE]',
    ],
    [
      'arbitrum: { ETH: "10", ',
      'arbitrum: { ETH: "10", rsETH: "1000.5", ',
      'file.yaml:25:42 bridges.hub.assets.rsETH.claims.arbitrum: participants hold more rsETH there than the bridge has minted (got 1000; allowed: at least 1000.5)',
      '[E_RANGE]',
    ],
    [
      'ethereum: { ETH: "10", USDC: "100000" }',
      'ethereum: { ETH: "10", USDC: "0.1234567" }',
      'solvers.atlas.inventory.ethereum.USDC: USDC has 6 decimals (got 0.1234567; allowed: at most 6 digits',
      '[E_VALUE]',
    ],
    [
      'rsETH: { decimals: 18, price: "2100", supply: "5000" }',
      'rsETH: { decimals: 2, price: "2100", supply: "5000.123" }',
      'assets.rsETH.supply: rsETH has 2 decimals',
      '[E_VALUE]',
    ],
    [
      'rsETH: { decimals: 18, price: "2100", supply: "5000" }\n',
      'rsETH: { decimals: 18, price: "2100" }\nactors:\n  bob: { steps: [{ do: transfer, chain: ethereum, asset: USDC, amount: "0.1234567", to: alice }] }\n',
      'actors.bob.steps[0].amount: USDC has 6 decimals',
      '[E_VALUE]',
    ],
    ['marginBps: 8', 'marginBps: 10001', 'solvers.atlas.strategy.marginBps: too large', '[E_RANGE]'],
    [
      'marginBps: 8',
      'marginBp: 8',
      'solvers.atlas.strategy.marginBp: unknown key',
      'Did you mean marginBps?',
    ],
    ['kind: cost-plus', 'kind: cost-puls', 'solvers.atlas.strategy.kind:', 'Did you mean cost-plus?'],
    [
      '      ethereum: { ETH: "10"',
      '      etherium: { ETH: "10"',
      'solvers.atlas.inventory.etherium: no such chain',
      'Did you mean ethereum?',
    ],
    [
      'arbitrum: { ETH: "10", USDC',
      'arbitrum: { ETH: "10", USDT',
      'solvers.atlas.inventory.arbitrum.USDT: no such asset',
      'Did you mean USDC?',
    ],
    ['untilSeconds: 300', 'untilSeconds: 700', 'orders would come after the end of the run', '[E_RANGE]'],
    [
      'value: { from: "100", to: "1000" }',
      'value: { from: "1000", to: "100" }',
      'users.alice.value: from is above to',
      '[E_RANGE]',
    ],
    [
      'value: { from: "100"',
      'value: { from: "0"',
      'users.alice.value.from: an order has a value',
      '[E_RANGE]',
    ],
    [
      'fillSeconds: 120',
      'fillSeconds: 80',
      'the fill deadline comes before the exclusivity ends',
      'auctionSeconds + exclusivitySeconds = 90',
    ],
    ['expiresSeconds: 300', 'expiresSeconds: 60', 'the order expires before its fill deadline', '[E_RANGE]'],
    [
      'prover: hub',
      'prover: hup',
      'users.alice.pairs[0].prover: no such bridge (got hup',
      'Did you mean hub?',
    ],
    [
      'to: { chain: ethereum, asset: USDC }',
      'to: { chain: arbitrum, asset: USDC }',
      'an order crosses chains',
      '[E_CYCLE]',
    ],
    [
      'bridge: hub, authority',
      'bridge: hob, authority',
      'faults[0].bridge: no such bridge',
      'Did you mean hub?',
    ],
    [
      'atSeconds: 100',
      'atSeconds: 601',
      'faults[0].atSeconds: the fault comes after the end of the run',
      '[E_RANGE]',
    ],
    [
      'kind: pause, atSeconds: 100, bridge: hub, authority: issuer',
      'kind: crash, atSeconds: 100, node: atlass',
      'faults[0].node: no such node',
      'Did you mean atlas?',
    ],
    [
      'kind: pause, atSeconds: 100, bridge: hub, authority: issuer',
      'kind: partition, atSeconds: 1, forSeconds: 5, from: [atlas], to: [atlas]',
      'a node is on both sides',
      '[E_CYCLE]',
    ],
    [
      'kind: pause, atSeconds: 100, bridge: hub, authority: issuer',
      'kind: forge, atSeconds: 1, bridge: hub, asset: rsETH, from: arbitrum, to: ethereum, amount: "1", poisoned: 4',
      'more data sources than the bridge has',
      '[E_RANGE]',
    ],
    [', atLeast: 1', '', 'the expectation compares with nothing', '[E_VALUE]'],
    ['seed: 7', 'seed: &a 7', 'anchors are not allowed', '[E_ALIAS]'],
    [
      'seed: 7',
      'seed: !!js/function "x"',
      'file.yaml:5:7 seed: tags are not allowed (got !!js/function',
      '[E_TAG]',
    ],
    ['seed: 7', 'seed: !own 7', 'file.yaml:5:7 seed: tags are not allowed (got !own', '[E_TAG]'],
    ['seed: 7', 'seed: 7\nseed: 8', 'file.yaml:6:1 seed: this key is given twice (got seed;', '[E_KEY]'],
    ['name: small\n', '', 'name: this key is missing (got nothing; allowed: text)', '[E_MISSING]'],
    ['durationSeconds: 600\n', '', '(got nothing; allowed: a number)', '[E_MISSING]'],
    [
      'price: "2000"',
      'supply: "1"',
      'assets.ETH.price: this key is missing (got nothing; allowed: a decimal',
      '[E_MISSING]',
    ],
    ['kind: l1, ', '', 'kind: this key is missing (got nothing; allowed: l1, optimistic, zk)', '[E_MISSING]'],
    ['    finality: finalized\n', '', 'allowed: unsafe, safe, finalized, exitable)', '[E_MISSING]'],
    [
      'atLeast: 1',
      'atLeast: []',
      'expectations[0].atLeast: wrong type (got a list; allowed: a number, or a',
      '',
    ],
    [
      'metric: orders.signed',
      'metric: ""',
      'too short (got ""; allowed: at least 1 characters)',
      '[E_RANGE]',
    ],
    [
      'ETH: { decimals',
      '"bad name": { decimals',
      'not a valid name (got bad name; allowed: a symbol',
      '[E_KEY]',
    ],
    [
      'ETH: { decimals: 18',
      'toString: { decimals: 18',
      'assets.toString: not a valid name (got toString; allowed: another symbol: every record has this one',
      '[E_KEY]',
    ],
    [
      'bridge: hub, authority',
      'bridge: constructor, authority',
      'another name: every record has this one already',
      '[E_VALUE]',
    ],
    ['seed: 7', 'seed: 7\n"\\e[31m": 1', 'file.yaml:6:1 \\u001b[31m: unknown key', '[E_UNKNOWN_KEY]'],
    ['finality: finalized', 'finality: "finalized', 'bridges.hub.finality: Missing closing', '[E_SYNTAX]'],
    ['seed: 7', '__proto__: { polluted: true }\nseed: 7', '__proto__', '[E_KEY]'],
    ['seed: 7', 'constructor: 1\nseed: 7', 'this key is not allowed', '[E_KEY]'],
    ['seed: 7', '<<: { seed: 7 }', 'merge keys are not allowed', '[E_KEY]'],
    ['seed: 7', 'seed: [7', 'file.yaml:', '[E_SYNTAX]'],
    ['seed: 7', 'seed:\t\t- 7: {', 'file.yaml:', '[E_'],
    ['name: small', '---\nname: small\n---\nname: other', 'several documents', '[E_MULTI]'],
  ])('is refused when %j becomes %j', (piece, by, place, rest) => {
    const message = refusal(spoiled(piece, by))
    expect(message).toContain(place)
    expect(message).toContain(rest)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('is refused when it is empty, not UTF-8, or holds a NUL', () => {
    expect(refusal(utf8(''))).toBe(
      'file.yaml:1:1 (whole file): the file is empty (got nothing; allowed: one YAML document). [E_EMPTY]\n\nproblems: 1',
    )
    expect(refusal(utf8('# only a comment\n'))).toContain('[E_EMPTY]')
    expect(refusal(Uint8Array.of(0xff, 0xfe, 0x41))).toContain('[E_ENCODING]')
    expect(refusal(utf8('a: "\u0000"'))).toContain('[E_ENCODING]')
    expect(refusal(Uint8Array.of(...utf8('a: ü\n�b'), 0xff))).toContain(
      'file.yaml:2:5 (whole file): the file is not UTF-8 (got byte 0xff; allowed: UTF-8 text without NUL)',
    )
  })

  it('is refused at once when it is too large, too deep or full of aliases', () => {
    expect(refusal(new Uint8Array(1_048_577).fill(0x20))).toContain('[E_SIZE]')
    expect(refusal(utf8(`a: ${'['.repeat(50_000)}`))).toContain('[E_DEPTH]')
    expect(refusal(utf8(`a: ${'{a: '.repeat(5_000)}`))).toContain('[E_DEPTH]')
    expect(refusal(utf8(`${'- '.repeat(5_000)}a`))).toContain('[E_DEPTH]')
    expect(
      refusal(utf8(Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'))),
    ).toContain('[E_DEPTH]')
    expect(refusal(utf8('a: &a [1]\nb: &b [*a, *a]\nc: [*b, *b]'))).toContain('[E_ALIAS]')
    expect(refusal(utf8(`a: [${'1,'.repeat(60_000)}1]`))).toContain('[E_BUDGET]')
  })

  it('is told where it is too deep', () => {
    const deep = `name: x\nusers:\n  - alice: { pairs: ${'['.repeat(200)}`
    expect(refusal(utf8(deep))).toMatch(
      /^file\.yaml:3:\d+ users\[0\]\.alice\.pairs: the document is nested too deeply \(got more than 64 levels/,
    )
  })

  it('is accepted down to 64 levels as far as nesting goes', () => {
    expect(refusal(utf8(`a: ${'['.repeat(62)}${']'.repeat(62)}`))).not.toContain('[E_DEPTH]')
    expect(refusal(utf8(`a: ${'['.repeat(80)}${']'.repeat(80)}`))).toContain('[E_DEPTH]')
  })

  it('reports many problems at once, at most twenty, with values cut and control characters escaped', () => {
    const keys = Array.from({ length: 30 }, (_, index) => `wrong${index}: 1`).join('\n')
    const many = refusal(utf8(`${keys}\n${SMALL_SCENARIO}`))
    expect(many.split('\n').filter((line) => line.includes('[E_UNKNOWN_KEY]'))).toHaveLength(20)
    expect(many).toContain('… and 10 more')
    const odd = refusal(spoiled('name: small', `name: "${'x'.repeat(500)}\\e[31m"`))
    expect(odd).not.toContain('\u001b')
    expect(Math.max(...odd.split('\n').map((line) => line.length))).toBeLessThan(400)
  })
})

describe('the codes of problems', () => {
  it('have all been seen above, each with place, path, finding and allowance', () => {
    expect([...seenCodes].sort()).toEqual([...SCENARIO_PROBLEM_CODES].sort())
  })
})

describe('the project’s own files', () => {
  it('load', () => {
    for (const folder of ['scenarios', 'networks']) {
      const files = readdirSync(join(CONFIGS, folder), { recursive: true, encoding: 'utf8' })
      for (const file of files.filter((each) => each.endsWith('.yaml'))) {
        expect(() => loadScenario(file, readFileSync(join(CONFIGS, folder, file)))).not.toThrow()
      }
    }
  })

  it('have an up-to-date JSON Schema beside them (npm run schema)', () => {
    const committed = JSON.parse(readFileSync(join(CONFIGS, 'scenario.schema.json'), 'utf8')) as unknown
    expect(committed).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())))
  })
})
