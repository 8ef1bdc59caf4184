// Studies of tenders from their files: what is refused and why, the same report for any number of workers, and files that a screen reads.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bidSourceOf } from '@solvent/collusion'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parseYamlTree } from '../scenario/yaml-tree.ts'
import { learnJob } from '../sweep/jobs/learn-job.ts'
import { learnJson, runLearn, writeLearn } from './learn-report.ts'
import { loadLearnFile } from './load-learn-file.ts'

const read = (text: string) => loadLearnFile('x.yaml', new TextEncoder().encode(text))

/** A study of two who compete, with these keys more, or in their place. */
const study = (
  keys: string,
  two = 'a: { strategy: { kind: truthful } }, b: { strategy: { kind: truthful } }',
) => `name: x\nstudy:\n  kind: tenders\n  bidders: { ${two} }\n  ${keys}\n`
const withBidder = (bidder: string, keys = '') =>
  study(keys, `a: { strategy: { kind: truthful } }, b: { ${bidder} }`)

const SMALL = `
name: small
sessions: 3
study:
  kind: tenders
  tenders: 200
  rings: { pair: [member] }
  bidders:
    member: { count: 2, strategy: { kind: cover-bidding, ring: pair } }
    learner: { strategy: { kind: exp3 } }
  kept: 50
expectations:
  - { name: the pair costs users something, metric: overcharge.mean, atLeast: 0 }
  - { name: it is known who they are, metric: "bidders[member-2].conduct", equals: collusive }
`

describe('a file about tenders', () => {
  it('spells populations out, also in rings', () => {
    const { study: loaded } = read(SMALL)
    expect(
      loaded.kind === 'tenders' && loaded.study.bidders.map(({ name, strategy }) => [name, strategy]),
    ).toEqual([
      ['member-1', { kind: 'cover-bidding', parameters: {}, ring: ['member-1', 'member-2'] }],
      ['member-2', { kind: 'cover-bidding', parameters: {}, ring: ['member-1', 'member-2'] }],
      ['learner', { kind: 'exp3', parameters: {} }],
    ])
  })

  it.each<[string, string, RegExp]>([
    [
      'an unknown strategy',
      withBidder('strategy: { kind: exp4 }'),
      /bidders\.b\.strategy\.kind.*exp4.*exp3/s,
    ],
    [
      'a parameter of another strategy',
      withBidder('strategy: { kind: exp3, parameters: { learningRatePpm: 1 } }'),
      /parameters\.learningRatePpm.*no such parameter.*levels, explorationPpm/s,
    ],
    [
      'a parameter out of range',
      withBidder('strategy: { kind: exp3, parameters: { levels: 1 } }'),
      /parameters\.levels.*got 1.*from 2 to 201/s,
    ],
    ['an unknown mechanism', study('mechanism: third-price'), /study\.mechanism.*third-price.*second-price/s],
    [
      'a parameter that the mechanism has not',
      study('mechanismParameters: { decayMs: 5 }'),
      /mechanismParameters\.decayMs.*windowMs/s,
    ],
    ['a ring of strangers', study('rings: { r: [zed] }'), /rings\.r\[0\].*no such bidder.*zed.*a, b/s],
    [
      'somebody outside the ring that it acts for',
      withBidder('strategy: { kind: bid-rotation, ring: r }', 'rings: { r: [a] }'),
      /bidders\.b\.strategy\.ring.*no member of the ring r.*got b/s,
    ],
    [
      'a ring of one',
      withBidder('strategy: { kind: cover-bidding }'),
      /bidders\.b\.strategy\.ring.*nothing that a bidder does alone/s,
    ],
    [
      'one bidder in two rings',
      study('rings: { r: [a], s: [a, b] }'),
      /rings\.s\[0\].*one ring.*already|rings\.s\[0\].*in one ring/s,
    ],
    [
      'a ring for which nobody acts',
      study('rings: { r: [a, b] }'),
      /rings\.r.*no bidder acts for this ring/s,
    ],
    ['no tenders', study('tenders: 0'), /study\.tenders.*got 0.*at least 1/s],
    ['one bidder', study('', 'a: { strategy: { kind: truthful } }'), /study\.bidders.*got 1.*2 to 32/s],
    ['a crowd', withBidder('count: 32, strategy: { kind: truthful }'), /study\.bidders.*got 33.*2 to 32/s],
    [
      'two of one name',
      study('', 'a: { count: 2, strategy: { kind: truthful } }, a-1: { strategy: { kind: truthful } }'),
      /bidders\.a-1.*two bidders have one name/s,
    ],
    [
      'a key that stands twice',
      study('', 'a: { strategy: { kind: truthful } }, a: { strategy: { kind: truthful } }'),
      /E_KEY/,
    ],
    [
      'a name that stands for something else',
      study('', 'drawn: { strategy: { kind: truthful } }, b: { strategy: { kind: truthful } }'),
      /bidders\.drawn.*drawn for each tender/s,
    ],
    ['a cost below nothing', study('costs: { kind: fixed, cost: -0.1 }'), /costs\.cost.*-0\.1.*at least 0/s],
    [
      'costs upside down',
      study('costs: { kind: uniform, low: 0.5, high: 0.2 }'),
      /costs\.low.*got 0\.5.*at most 0\.2/s,
    ],
    [
      'a limit below all costs',
      study('reserve: 0.2\n  costs: { kind: fixed, cost: 0.3 }'),
      /study\.reserve.*nobody could ever fill/s,
    ],
    ['more blocks than tenders', study('tenders: 10\n  blocks: 11'), /study\.blocks.*at most 10/s],
    [
      'more bids than anybody waits for',
      withBidder('count: 31, strategy: { kind: truthful }', 'tenders: 100000000'),
      /study\.tenders.*32 bidders.*at most 1000000000/s,
    ],
    [
      'a fade where nothing is promised',
      withBidder('strategy: { kind: fade-cartel, ring: r }', 'mechanism: dutch\n  rings: { r: [b] }'),
      /strategy\.kind.*fill itself wins.*request-for-quote/s,
    ],
    [
      'a second-best bid that moves nothing',
      withBidder('strategy: { kind: withhold-second-best, ring: r }', 'rings: { r: [b] }'),
      /strategy\.kind.*no losing bid.*second-price or fair-combinatorial/s,
    ],
    [
      'a batch that does not exist',
      withBidder('strategy: { kind: filter-rival-batch }'),
      /strategy\.kind.*no batches/s,
    ],
    [
      'a last look at nothing',
      withBidder('strategy: { kind: last-look }'),
      /strategy\.kind.*nobody shows it.*leak/s,
    ],
    [
      'a learner that hears nothing',
      withBidder('strategy: { kind: regret-matching }', 'feedback: winning-bid'),
      /strategy\.kind.*hears nothing.*exp3/s,
    ],
    [
      'bids that nobody makes',
      study('mechanism: dutch\n  feedback: all-bids'),
      /study\.feedback.*no bids are made in dutch/s,
    ],
    [
      'attempts where nobody races',
      study('attemptCost: 0.1'),
      /study\.attemptCost.*nobody races in first-price/s,
    ],
    [
      'exclusivity that the rule has not',
      study('exclusiveTo: a'),
      /study\.exclusiveTo.*grants nobody exclusivity/s,
    ],
    [
      'exclusivity without a length',
      study('mechanism: dutch\n  exclusiveTo: a'),
      /exclusiveTo.*no length.*exclusiveMs/s,
    ],
    ['a leak to a stranger', study('leak: { ppm: 5, to: [zed] }'), /leak\.to\[0\].*no such bidder/s],
    ['delays upside down', study('delaysMs: { low: 5, high: 1 }'), /delaysMs\.low.*at most 1/s],
    [
      'an equilibrium that nobody knows',
      study('costs: { kind: lognormal, median: 0.5, sigma: 1 }\n  counterfactual: { bids: equilibrium }'),
      /counterfactual\.bids.*closed form/s,
    ],
    ['an unknown key', study('tendrs: 5'), /study\.tendrs.*unknown key.*Did you mean tenders/s],
    [
      'an expectation of nothing',
      `${study('')}expectations: [{ name: x, metric: price.mean }]\n`,
      /expectations\[0\].*compares with nothing/s,
    ],
    [
      'fees that move nothing',
      study('mechanism: priority-fee'),
      /study\.reserve.*grows with the fee from nothing.*below 1/s,
    ],
    [
      'bonds that are too small to bid',
      study('disciplines: { bonds: { posted: 0, least: 1 } }'),
      /bonds\.posted.*nobody has enough at stake.*at least 1/s,
    ],
    [
      'more figures than fit',
      `sessions: 100000\n${study('blocks: 100')}`,
      /sessions.*100000 sessions.*at most 20000000/s,
    ],
  ])('is refused with its place and what is allowed: %s', (_, text, message) => {
    expect(() => read(text)).toThrow(message)
  })
})

describe('a study of tenders', () => {
  it('gives the same report for any number of workers, and another for another seed', async () => {
    const loaded = read(SMALL)
    const run = async (workers: number, seed = 1) =>
      JSON.stringify(learnJson(await runLearn({ loaded, seed, sessions: 3, workers })))
    const alone = await run(1)
    expect(await run(2)).toBe(alone)
    expect(await run(1, 2)).not.toBe(alone)
    expect(alone).not.toContain('"kept":[')
  })

  it('refuses more sessions than its results hold', async () => {
    const loaded = read(SMALL)
    await expect(runLearn({ loaded, seed: 1, sessions: 5_000_000, workers: 1 })).rejects.toThrow(
      /allowed: at most 192307 of this study/,
    )
  })

  it('judges what the file expects', async () => {
    const report = await runLearn({ loaded: read(SMALL), seed: 1, sessions: 2, workers: 1 })
    expect(report.expectations?.map(({ ok, got }) => [ok, typeof got])).toEqual([
      [true, 'number'],
      [true, 'string'],
    ])
  })

  it('is written down with bids that a screen reads, and the truth beside them', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'solvent-tenders-'))
    onTestFinished(() => rm(directory, { recursive: true }))
    const report = await runLearn({ loaded: read(SMALL), seed: 1, sessions: 2, workers: 1 })
    await writeLearn(directory, report)
    const text = (name: string) => readFile(join(directory, name), 'utf8')
    const { matrix, warnings } = bidSourceOf('tenders.csv', await text('tenders.csv'))
    expect([matrix.tenders.length, matrix.bidders]).toEqual([50, ['member-1', 'member-2', 'learner']])
    expect(warnings).toEqual([])
    expect(await text('labels.csv')).toBe(
      [
        'bidder,strategy,conduct,ring',
        'member-1,cover-bidding,collusive,member-1 member-2',
        'member-2,cover-bidding,collusive,member-1 member-2',
        'learner,exp3,learning,',
        '',
      ].join('\n'),
    )
    const lines = async (name: string) => (await text(name)).trimEnd().split('\n').length - 1
    expect([await lines('sessions.csv'), await lines('bidders.csv'), await lines('blocks.csv')]).toEqual([
      2, 6, 40,
    ])
    expect(JSON.parse(await text('learn.json')).summary.overcharge.mean).toBeGreaterThan(0)
  })

  it('writes a price of nothing as the least unit of money, so that a screen takes it', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'solvent-tenders-'))
    onTestFinished(() => rm(directory, { recursive: true }))
    const loaded = read(study('costs: { kind: fixed, cost: 0 }\n  tenders: 20\n  blocks: 2'))
    await writeLearn(directory, await runLearn({ loaded, seed: 1, sessions: 1, workers: 1 }))
    const { matrix } = bidSourceOf('x', await readFile(join(directory, 'tenders.csv'), 'utf8'))
    expect([...matrix.bids]).toEqual(Array(40).fill(1e-12))
  })

  it('is a run of a sweep, with figures of every bidder as metrics', () => {
    const { tree, locate } = parseYamlTree('x.yaml', new TextEncoder().encode(SMALL))
    const { config } = learnJob.prepare('x.yaml', tree, locate)
    const { metrics } = learnJob.run(config, 3, 'none')
    expect(Object.keys(metrics)).toEqual(
      expect.arrayContaining([
        'price',
        'overcharge',
        'hhi',
        'bidders[member-1].profit',
        'bidders[learner].regret',
      ]),
    )
    expect(learnJob.run(config, 3, 'none').metrics).toEqual(metrics)
    expect(learnJob.run(config, 4, 'none').metrics).not.toEqual(metrics)
  })
})
