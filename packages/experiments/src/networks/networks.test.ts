import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isSolventError } from '@solvent/primitives'
import { describe, expect, it, onTestFinished } from 'vitest'
import { clearNetwork } from './clear-network.ts'
import { type NetworkSource, readNetworkFile } from './network-file.ts'
import { stressNetwork } from './stress-network.ts'
import { STRESS_MODELS, type StressModel, type StressRequest } from './stress-request.ts'

async function fileOf(name: string, content: unknown): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'solvent-network-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const path = join(directory, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

async function read(content: unknown, name = 'network.json', nodes?: string): Promise<NetworkSource> {
  const table = nodes === undefined ? undefined : await fileOf('nodes.csv', nodes)
  return readNetworkFile(await fileOf(name, content), {
    shownAs: name,
    nodes: table === undefined ? undefined : { path: table, shownAs: 'nodes.csv' },
  })
}

const asked = (model: StressModel, shocks: Record<string, number> = {}): StressRequest => ({
  model,
  shocks: new Map(Object.entries(shocks)),
  recovery: 0,
  alpha: 1.0536,
  capitalRatio: 0.08,
})

const one = (source: NetworkSource, request: StressRequest): Record<string, unknown> => {
  const { outcomes } = stressNetwork(source, request)
  return 'one' in outcomes ? outcomes.one : expect.unreachable()
}

const each = (source: NetworkSource, request: StressRequest): readonly Record<string, unknown>[] => {
  const { outcomes } = stressNetwork(source, request)
  return 'each' in outcomes ? outcomes.each : expect.unreachable()
}

/** The refusal, in words. */
async function refusal(run: () => Promise<unknown>): Promise<string> {
  try {
    await run()
  } catch (error) {
    if (isSolventError(error, 'E_NETWORK')) return error.message
    throw error
  }
  return 'taken'
}

// A chain solved by hand: 0 owes 1 ten and has four, 1 owes 2 ten and has three more.
const chain = {
  n: 3,
  liabilities: {
    edges: [
      [0, 1, 10],
      [1, 2, 10],
    ],
  },
  externalAssets: [4, 3, 0],
  loss: [0, 0, 0],
  externalAssetsAfter: [4, 3, 0],
  externalLiabilities: [0, 0, 2],
}

const snapshot = {
  format: 'solvent-exposures',
  version: 1,
  nodes: [
    { id: 'a', kind: 'bridge', externalAssets: 100, externalLiabilities: 80 },
    { id: 'b', externalAssets: 50, externalLiabilities: 40 },
  ],
  claims: [{ debtor: 'a', creditor: 'b', amount: 10, layer: 'receivable' }],
  assets: [{ id: 'ETH', illiquidity: 0.001 }],
  holdings: [
    { node: 'a', asset: 'ETH', value: 60 },
    { node: 'b', asset: 'ETH', value: 30 },
  ],
}

const edges = 'debtor,creditor,amount,seniority\nx,y,5,0\nx,z,5,1\n'
const nodes = '﻿id,externalAssets,externalLiabilities\nx,7,0\n"y",0,0\nz,0,0\n'

describe('networks from files', () => {
  it('a bare input, the whole case and a matrix clear alike', async () => {
    const { edges: _, ...none } = chain.liabilities
    const matrix = {
      ...none,
      matrix: [
        [0, 10, 0],
        [0, 0, 10],
        [0, 0, 0],
      ],
    }
    const rates = { alpha: 1, beta: 1 }
    const bare = clearNetwork(await read(chain), rates)
    expect(bare.clearingVector).toEqual([4, 7, 2])
    expect(bare.defaultRound).toEqual([1, 2, 0])
    expect(bare.recoveryRate).toEqual([0.4, 0.7, 1])
    expect(clearNetwork(await read({ kind: 'clearing', input: chain, runs: [] }), rates)).toEqual(bare)
    expect(clearNetwork(await read({ ...chain, liabilities: matrix }), rates)).toEqual(bare)
  })

  it('an edge list with ranks and its nodes clears class by class', async () => {
    const { ids, byClass } = clearNetwork(await read(edges, 'edges.csv', nodes), { alpha: 1, beta: 1 })
    expect(ids).toEqual(['x', 'y', 'z'])
    expect(byClass?.map(({ paid }) => paid[0])).toEqual([5, 2])
  })

  it('DebtRank on balance sheets reverses the debts, and takes equity for the buffer', async () => {
    const linear = one(await read(snapshot), asked('debtrank', { a: 0.5 }))['linear']
    // a has 100 − 80 − 10 = 10 to lose, b has 50 + 10 − 40 = 20 and a claim of 10: half of ten over twenty.
    expect(linear).toMatchObject({ stress: [0.5, 0.25], originalLosses: 5, additionalLosses: 5 })
  })

  it('a balance sheet without equity has failed before the shock, and takes no part', async () => {
    // c owes 5 and has 1: no buffer. b's claim on it is lost to every shock of a; a has 10 to lose, b 20 + 2 − 0.
    const nodes = [...snapshot.nodes, { id: 'c', externalAssets: 1, externalLiabilities: 3 }]
    const claims = [...snapshot.claims, { debtor: 'c', creditor: 'b', amount: 2 }]
    const source = await read({ ...snapshot, nodes, claims })
    const { network, outcomes } = stressNetwork(source, asked('debtrank', { a: 1 }))
    expect(network).toMatchObject({ failedBefore: ['c'] })
    expect('one' in outcomes ? outcomes.one['linear'] : null).toMatchObject({ stress: [1, 10 / 22, 0] })
    expect(each(source, asked('threshold')).map(({ name }) => name)).toEqual(['a fails', 'b fails'])
  })

  it('without a shock each node fails in turn, or each shock of a whole case is run', async () => {
    const source = await read(snapshot)
    expect(each(source, asked('debtrank')).map(({ name }) => name)).toEqual(['a fails', 'b fails'])
    expect(each(source, asked('threshold'))[0]).toMatchObject({ geq: { defaults: 1, totalLoss: 10 } })
    const input = { n: 2, exposures: { edges: [[1, 0, 40]] }, buffers: [100, 50], weights: [1, 1] }
    const scenarios = [{ name: 'half', shock: { 0: 0.5 }, expected: {} }]
    const [half] = each(await read({ kind: 'debtrank', input, scenarios }), asked('debtrank'))
    expect(half).toMatchObject({ name: 'half', linear: { stress: [0.5, 0.4] } })
  })

  it('a cascade fails who lost its buffer, and leaves others what is left of theirs', async () => {
    const input = {
      n: 3,
      claims: {
        edges: [
          [1, 0, 4],
          [2, 1, 9],
        ],
      },
      buffers: [1, 8, 9],
    }
    const source = await read(input)
    expect(one(source, asked('threshold', { 0: 1 }))).toMatchObject({ geq: { defaultRound: [0, -1, -1] } })
    expect(one(source, asked('threshold', { 0: 1, 1: 0.5 }))).toMatchObject({
      geq: { defaultRound: [0, 1, 2] },
      gt: { defaultRound: [0, -1, -1] },
    })
  })

  it('fire sales take an exposure network: value held over all assets, cash is the rest', async () => {
    const source = await read(snapshot)
    // a: 100 in all, 10 of equity, loses 6, sells 9 times as much; b: 60 in all, 20 of equity, loses 3, sells twice it.
    expect(one(source, asked('glt', { ETH: -0.1 }))['linear']).toMatchObject({
      directLoss: [6, 3],
      sale: [54, 6],
    })
    expect(one(source, asked('overlap', { ETH: -0.1 }))).toMatchObject({ finalEquity: [4, 17] })
    // a is at −2 and sells 60 of 90: 0.8·e^(−1.0536·⅔) leaves b 30 + 30·0.396 of 40 it owes, and its claim.
    const sold = one(source, asked('overlap', { ETH: -0.2 }))
    expect(sold['defaultRound']).toEqual([0, -1])
    expect(sold['prices']).toEqual([expect.closeTo(0.8 * Math.exp((-1.0536 * 2) / 3), 12)])
    expect(one(source, asked('cfs'))).toMatchObject({ price: 1, sales: [0, 0], equity: [10, 20] })
  })

  it('valuation takes the shock from outside assets', async () => {
    const outcome = one(await read(snapshot), asked('neva', { a: 12 }))
    // a is at −2: it owes 90 and has 88.
    expect(outcome['eisenberg_noe']).toMatchObject({ equity: [-2, 20 - 10 * (2 / 90)] })
    expect(outcome['furfine']).toMatchObject({ equity: [-2, 10] })
  })
})

describe('refused networks', () => {
  it.each([
    [{ ...chain, liabilities: { edges: [[0, 1, -5]] } }, 'liabilities.edges[0][2]'],
    [{ ...chain, liabilities: { edges: [[0, 0, 5]] } }, 'cannot owe itself'],
    [{ ...chain, liabilities: { edges: [[0, 3, 5]] } }, 'unknown node in [0, 3, 5] (allowed: 0 to 2)'],
    [{ ...chain, liabilities: { edges: [[0, 0.5, 5]] } }, 'liabilities.edges[0][1]'],
    [{ ...chain, liabilities: { matrix: [[0, 1], [1]] } }, 'must be square, with 3 rows of 3 amounts'],
    [{ ...chain, externalLiabilities: [0] }, 'one value for each of 3 is needed (got 1)'],
    [{ ...chain, loss: [9, 0, 0] }, 'more than externalAssets[0]'],
    [{ ...chain, externalAssetsAfter: [1, 3, 0] }, 'is not externalAssets less loss'],
    [{ ...chain, externalAssets: [1e151, 0, 0] }, 'externalAssets[0]'],
    [{ ...chain, external: [] }, 'unknown key external'],
    [{ ...chain, n: 1e9 }, 'n: '],
    ['{"n": 2, "liabilities": NaN}', 'not JSON from line 1'],
    ['[1]', 'one JSON object'],
    [{ ...snapshot, version: 4 }, 'version'],
    [{ ...snapshot, version: 2, dependences: [{ node: 'a', on: 'seq' }] }, 'dependences[0].on'],
    [{ ...snapshot, version: 2, operators: [{ id: 'a', kind: 'chain' }] }, 'nodes and operators[2].id'],
    [{ ...snapshot, version: 2, writtenOff: [{ node: 'x', because: 'a', amount: 1 }] }, 'writtenOff[0].node'],
    [
      { ...snapshot, version: 2, writtenOff: [{ node: 'a', because: 'b', amount: -1 }] },
      'writtenOff[0].amount',
    ],
    [{ ...snapshot, nodes: [snapshot.nodes[0], snapshot.nodes[0]] }, 'A name stands twice'],
    [{ ...snapshot, claims: [{ debtor: 'a', creditor: 'c', amount: 1 }] }, 'claims[0].creditor'],
    [{ ...snapshot, holdings: [{ node: 'a', asset: 'ETH', value: 101 }] }, 'worth more than its external'],
    [{ ...snapshot, holdings: [{ node: 'a', asset: 'BTC', value: 1 }] }, 'holdings[0].asset'],
  ])('%#: says where', async (content, where) => {
    const message = await refusal(async () => clearNetwork(await read(content), { alpha: 1, beta: 1 }))
    expect(message).toContain(where)
    expect(message).toContain('file: network.json')
  })

  it.each([
    ['debtor,creditor,amount\nx,y,NaN\n', 'line 2, amount: not a decimal number (got "NaN")'],
    ['debtor,creditor,amount\nx,y,\n', 'line 2, amount'],
    ['debtor,creditor,amunt\nx,y,1\n', 'did you mean amount?'],
    ['debtor,creditor,amount,amount\nx,y,1,1\n', 'stands twice'],
    ['debtor,creditor,amount\nx,y\n', 'Invalid Record Length'],
    ['debtor,creditor,amount\n"x,y,1\n', 'Quote Not Closed'],
    ['debtor,creditor,amount\nx,y,-1\n', 'claims[0].amount'],
    ['', 'the column debtor is missing'],
  ])('an edge list %#: says where', async (content, where) => {
    expect(await refusal(() => read(content, 'edges.csv', nodes))).toContain(where)
  })

  it('an edge list without its nodes, and nodes without an edge list', async () => {
    const many = `debtor,creditor,amount\n${'a,b,1\n'.repeat(2_000_001)}`
    expect(await refusal(() => read(many, 'edges.csv', nodes))).toContain('2000001 rows, and at most 2000000')
    expect(await refusal(() => read(edges, 'edges.csv'))).toContain('--nodes')
    expect(await refusal(() => read(chain, 'network.json', nodes))).toContain('belongs to an edge list')
  })

  it('buffers of zero, no common assets, and what a model cannot read', async () => {
    const input = { n: 2, exposures: { edges: [[0, 1, 1]] }, buffers: [0, 1] }
    const source = await read(input)
    const said = (model: StressModel) => refusal(async () => stressNetwork(source, asked(model)))
    expect(await said('debtrank')).toContain('buffer of 0: must be above 0')
    expect(await said('threshold')).toBe('taken')
    for (const model of STRESS_MODELS.slice(3)) expect(await said(model), model).toContain('unknown key')
    const sheets = await read(chain)
    for (const model of ['glt', 'cfs', 'overlap'] as const)
      expect(await refusal(async () => stressNetwork(sheets, asked(model)))).toContain('common assets')
    // Node 0 owes ten and has four.
    expect(stressNetwork(sheets, asked('debtrank')).network).toMatchObject({ failedBefore: ['0'] })
  })

  it('shocks that name nobody, or lie outside what the model knows', async () => {
    const source = await read(snapshot)
    const code = (request: StressRequest) => {
      try {
        stressNetwork(source, request)
      } catch (error) {
        return isSolventError(error) ? error.code : 'unknown'
      }
      return 'taken'
    }
    expect(code(asked('debtrank', { c: 1 }))).toBe('E_USAGE')
    expect(code(asked('debtrank', { a: -1 }))).toBe('E_USAGE')
    expect(code(asked('glt', { a: -0.1 }))).toBe('E_USAGE')
    expect(code(asked('glt', { ETH: -1.1 }))).toBe('E_USAGE')
    expect(code(asked('neva', { a: 101 }))).toBe('E_NETWORK')
    expect(code(asked('cfs', { a: 41 }))).toBe('E_NETWORK')
  })
})
