// The figures of a report against what the run itself told, counted here once more, and against sums that can be done by hand.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { numberText } from '../page/text/number-text.ts'
import type { RunManifest } from '../results/run-directory.ts'
import { runScenario, type ScenarioRun } from '../run/run-scenario.ts'
import { writeResults } from '../run/write-results.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { openResults, type ResultsQuery } from '../store/query-results.ts'
import { runPage } from './run-page.ts'

// The quick scenario with orders so large that the cheapest solver runs out of money: three solvers share them, and one order gets no bid.
const text = readFileSync(join(import.meta.dirname, '../../../../configs/scenarios/quick.yaml'), 'utf8')
  .replace('orders: 12', 'orders: 20')
  .replace('value: { from: "1000", to: "50000" }', 'value: { from: "20000", to: "260000" }')
  .replace('skewBps: 12', 'skewBps: 40')
const loaded = loadScenario('large-orders.yaml', new TextEncoder().encode(text))
const directory = mkdtempSync(join(tmpdir(), 'solvent-figures-'))

afterAll(() => {
  results.close()
  rmSync(directory, { recursive: true })
})

interface Bid {
  readonly solver: string
  readonly outputAmount: string
}

interface Told {
  readonly atMs: number
  readonly node: string
  readonly kind: string
  readonly orderId?: string
  readonly state?: string
  readonly award?: { readonly orderId: string; readonly winner: string; readonly bids: readonly Bid[] }
}

let run: ScenarioRun
let results: ResultsQuery
let page: string
let told: readonly Told[]

beforeAll(async () => {
  run = await runScenario({ loaded, seed: 1, runtime: 'sim', nodeProgram: '', samples: 20 })
  await writeResults(join(directory, 'run'), loaded, [run])
  results = await openResults(join(directory, 'run'))
  const manifest = JSON.parse(readFileSync(join(directory, 'run/manifest.json'), 'utf8')) as RunManifest
  page = (await runPage(results, manifest, 'runs/figures')).html
  told = run.events.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Told]))
})

/** Rows of a table of the page, by its caption. */
function table(caption: string): string[][] {
  const [, body = ''] = page.split(`<caption>${caption}</caption>`)[1]?.split(/<tbody>|<\/tbody>/) ?? []
  return [...body.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row]) =>
    [...row!.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell!),
  )
}

const perCent = (share: number): string => `${numberText(100 * share, 2)} %`
const bids = (): readonly (readonly Bid[])[] =>
  told.flatMap(({ award }) => (award === undefined || award.bids.length === 0 ? [] : [award.bids]))
const winners = (): string[] =>
  told.flatMap(({ award }) => (award === undefined || award.bids.length === 0 ? [] : [nameOf(award.winner)]))
const nameOf = (solver: string): string =>
  run.plan.spec.solvers.find(({ address }) => address === solver)?.node ?? solver

/** Seconds of every order between two of its moments, of those that had both, in order. */
function seconds(from: (each: Told) => boolean, to: (each: Told) => boolean): number[] {
  const first = (of: (each: Told) => boolean) => {
    const at = new Map<string, number>()
    for (const each of told) {
      const id = each.orderId ?? each.award?.orderId
      if (id !== undefined && of(each) && !at.has(id)) at.set(id, each.atMs)
    }
    return at
  }
  const starts = first(from)
  return [...first(to)].map(([id, atMs]) => (atMs - starts.get(id)!) / 1_000).sort((a, b) => a - b)
}

const isSigned = ({ kind }: Told): boolean => kind === 'order-signed'
const isAwarded = ({ kind }: Told): boolean => kind === 'auction-closed'
const receivable =
  (state: string) =>
  (each: Told): boolean =>
    each.kind === 'receivable' && each.state === state

/** Between two values in proportion, as Hyndman and Fan's seventh kind has it. */
function quantile(sorted: readonly number[], q: number): number {
  const place = (sorted.length - 1) * q
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
  return below + (above - below) * (place - Math.floor(place))
}

describe('orders', () => {
  it('end where the watcher says, as shares of all that were signed', () => {
    const settled = run.report.orders.filter(({ end }) => end === 'settled').length
    const signed = told.filter(isSigned).length
    expect([signed, settled]).toEqual([20, 19])
    expect(table('Where orders ended')).toEqual([
      ['settled', '19', perCent(19 / 20)],
      ['rejected', '1', perCent(1 / 20)],
    ])
  })

  it('take as long from stage to stage as their events are apart', () => {
    const stages = [
      ['signed to awarded', isSigned, isAwarded],
      ['awarded to filled', isAwarded, receivable('held')],
      ['signed to filled', isSigned, receivable('held')],
      ['filled to proven', receivable('held'), receivable('proven')],
      ['proven to claimed', receivable('proven'), receivable('claimed')],
    ] as const
    const rows = stages.map(([name, from, to]) => {
      const taken = seconds(from, to)
      const shown = [0.5, 0.9, 0.99, 1].map((q) => numberText(quantile(taken, q), 1))
      return [name, String(taken.length), ...shown]
    })
    expect(table('How long each stage took, seconds')).toEqual(rows)
    expect(new Set(rows.flatMap((row) => row.slice(2))).size).toBeGreaterThan(12)
  })

  it('are in the picture of fill times once each, in the bar of their own time', async () => {
    const taken = seconds(isSigned, receivable('held'))
    const width = (taken.at(-1)! - taken[0]!) / 15
    const bars = new Map<number, number>()
    for (const each of taken) {
      const bar = Math.min(14, Math.floor((each - taken[0]!) / width))
      bars.set(bar, (bars.get(bar) ?? 0) + 1)
    }
    const { rows } = await results.run(queryOf('Seconds from signing to fill'))
    expect(rows.map(([from]) => Number(from))).toEqual(
      [...bars.keys()].sort((a, b) => a - b).map((bar) => expect.closeTo(taken[0]! + bar * width, 6)),
    )
    expect(rows.map(([, n]) => Number(n))).toEqual([...bars].sort(([a], [b]) => a - b).map(([, n]) => n))
  })
})

describe('competition', () => {
  it('is by awards and bids as auctions told them', () => {
    const rows = run.plan.spec.solvers.map(({ node, address }) => {
      const awards = winners().filter((winner) => winner === node).length
      const own = bids().filter((each) => each.some(({ solver }) => solver === address)).length
      const declined = told.filter((each) => each.kind === 'bid-declined' && each.node === node).length
      return { node, awards, own, declined }
    })
    rows.sort((a, b) => b.awards - a.awards)
    expect(rows.map(({ awards }) => awards)).toEqual([16, 3, 0])
    expect(table('Who won')).toEqual(
      rows.map(({ node, awards, own, declined }) => [
        node,
        `${awards}`,
        perCent(awards / 19),
        `${own}`,
        perCent(awards / own),
        `${declined}`,
      ]),
    )
  })

  it('is as concentrated and as close as the bids were', () => {
    const leads = bids().map((each) => {
      const [best, second] = each.map(({ outputAmount }) => Number(outputAmount)).sort((a, b) => b - a)
      return second === undefined ? null : (10_000 * (best! - second)) / best!
    })
    const known = leads.filter((lead) => lead !== null)
    const placed = bids().reduce((sum, each) => sum + each.length, 0)
    expect(table('The market')).toEqual([
      [
        '19',
        // 16 of 19 and 3 of 19.
        numberText((16 * 16 + 3 * 3) / (19 * 19), 4),
        perCent(known.length / 19),
        numberText(placed / 19, 2),
        numberText(known.reduce((sum, lead) => sum + lead, 0) / known.length, 2),
      ],
    ])
  })

  it('is in the summary by value: shares add up, and their squares are the index', () => {
    const { solvers, hhi, awarded, unawarded, contestedRate } = run.summary.competition
    // The auction without a bid is none of those that were contested or not.
    expect({ awarded, unawarded, contestedRate }).toEqual({ awarded: 19, unawarded: 1, contestedRate: 1 })
    const value = (winner: string): number =>
      run.report.orders
        .filter(({ winnerNode }) => winnerNode === winner)
        .reduce((sum, { inputAmount, originChainId, inputToken }) => {
          const token = run.plan.spec.tokens.find(
            (each) => each.chainId === originChainId && each.address === inputToken,
          )!
          return sum + (Number(inputAmount) / 10 ** token.decimals) * Number(PRICES[token.symbol])
        }, 0)
    const all = solvers.reduce((sum, { id }) => sum + value(id), 0)
    for (const { id, share } of solvers) expect(share, id).toBeCloseTo(value(id) / all, 9)
    expect(hhi).toBeCloseTo(
      solvers.reduce((sum, { share }) => sum + share * share, 0),
      9,
    )
    expect(solvers.filter(({ share }) => share > 0 && share < 1)).toHaveLength(2)
  })
})

const PRICES: Readonly<Record<string, string>> = { ETH: '2340', USDC: '1', rsETH: '2506' }

describe('a forged release of 5,000', () => {
  // 30,000 claims of the far chains had as much locked; 5,000 of it are gone. Of 100,000 there are 105,000 now with those 30,000.
  it('is what backing and haircuts say, at the end', () => {
    expect(table('Bridges at the end; amounts in base units')).toEqual([
      [
        'lone/rsETH',
        perCent(25_000 / 30_000),
        '2.5000e+22',
        '3.0000e+22',
        '5.0000e+21',
        perCent(5_000 / 105_000),
        perCent(5_000 / 30_000),
        '1',
      ],
    ])
    const [bridge] = run.summary.bridges
    expect(bridge).toMatchObject({
      haircutAllHolders: expect.closeTo(1 / 21, 11),
      haircutFarHolders: expect.closeTo(1 / 6, 11),
    })
  })

  it('is the only fall, with what 5,000 are worth', () => {
    const worth = numberText(5_000 * 2_506, 2)
    expect(table('Who could not pay any more')).toEqual([
      ['480', '1', 'lone/rsETH', 'bridge', worth, worth, `itself ${numberText(5_000 * 2_506, 0)}`],
    ])
  })

  it('costs a solver that did nothing a sixth of its 200 wrapped coins', () => {
    const lost = (200 * 2_506) / 6
    const [atlas] = table('At the end, in the numeraire')
    expect(atlas?.slice(0, 4)).toEqual([
      'atlas',
      // 60 ETH, 1,500,000 USDC and 300 rsETH.
      numberText(60 * 2_340 + 1_500_000 + 300 * 2_506, 2),
      numberText(60 * 2_340 + 1_500_000 + 300 * 2_506 - lost, 2),
      numberText(-lost, 2),
    ])
    expect(table('Loss (gain below zero), in the numeraire')).toContainEqual(['atlas', numberText(lost, 2)])
  })

  it('falls on solvers and users as what they hold and what they traded say', () => {
    const worth = (chainId: number, address: string, amount: bigint | null): number => {
      const token = run.plan.spec.tokens.find((each) => each.chainId === chainId && each.address === address)!
      return (Number(amount ?? 0n) / 10 ** token.decimals) * Number(PRICES[token.symbol])
    }
    const filled = run.report.orders.filter((order) => order.filled)
    const paid = filled.reduce((sum, o) => sum + worth(o.originChainId, o.inputToken, o.inputAmount), 0)
    const got = filled.reduce((sum, o) => sum + worth(o.outputChainId, o.outputToken, o.outputAmount), 0)
    const users = new Set<string>(run.report.orders.map(({ user }) => user))
    const wrapped = run.plan.spec.bridges.flatMap(({ routes }) => routes.flatMap((route) => route.wrapped))
    const held = run.report.balances
      .filter(
        ({ owner, chainId, token }) =>
          users.has(owner) && wrapped.some((each) => each.chainId === chainId && each.token === token),
      )
      .reduce((sum, line) => sum + worth(line.chainId, line.token, line.amount), 0)
    expect(held).toBeGreaterThan(0)
    const rows = table('Loss (gain below zero), in the numeraire')
    const loss = (who: string) => Number(rows.find(([name]) => name === who)?.[1]?.replaceAll(',', ''))
    expect(loss('users')).toBeCloseTo(paid - got + held / 6, 1)
    for (const { id, profit } of run.summary.solvers) expect(loss(id), id).toBeCloseTo(-Number(profit), 2)
    expect(rows.map(([who]) => who)[0]).toBe('users')
  })
})

/** The query that a picture shows. */
function queryOf(title: string): string {
  const [, number] =
    new RegExp(`<figcaption>${title} \\(<a class="source" href="#query-(\\d+)"`).exec(page) ?? []
  const [, sql = ''] = new RegExp(`<li id="query-${number}"><code>[^"]*"(.*)"</code></li>`).exec(page) ?? []
  return sql
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('\\"', '"')
}
