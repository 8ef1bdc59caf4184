// The page on new mechanisms and strategies: its two files run as they stand there, registered by the line that it gives.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Mechanism } from '@solvent/mechanisms'
import { createNamedRule, type NamedRule } from '@solvent/primitives'
import { drawFlow, playFlow, type TenderStrategyConfig, tenderStrategyKinds } from '@solvent/strategies'
import { expect, onTestFinished, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const PAGE = readFileSync(join(ROOT, 'docs/how-to/add-a-mechanism-or-strategy.md'), 'utf8')

/** The file that the page shows after naming its path, with its imports made absolute. */
async function shown(path: string): Promise<Record<string, unknown>> {
  const after = PAGE.slice(PAGE.indexOf(`\`${path}\``))
  const code = (/```ts\n([\s\S]*?)```/.exec(after)?.[1] ?? '').replace(
    /from '(\.[^']+)'/g,
    (_, relative: string) => `from '${join(ROOT, dirname(path), relative)}'`,
  )
  const directory = mkdtempSync(join(tmpdir(), 'solvent-how-to-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const file = join(directory, 'shown.ts')
  writeFileSync(file, code)
  return (await import(file)) as Record<string, unknown>
}

test('the mechanism of the page awards the best offer at the third-best', async () => {
  const { thirdPriceRule } = await shown('packages/mechanisms/src/rules/third-price.ts')
  expect(PAGE).toContain("`'third-price': thirdPriceRule,`")
  const registry = { 'third-price': thirdPriceRule as NamedRule<Mechanism> }
  const offer = (bidder: string, amount: bigint) => ({
    id: bidder,
    bidder,
    amounts: new Map([['lot', amount]]),
    delayMs: 0,
    fades: false,
  })
  const lot = { id: 'lot', pair: 'AB', reserve: 100n, start: 100n, attemptCost: 0n, exclusive: null }
  const { awards } = createNamedRule('mechanism', registry, 'third-price', {}).clear({
    lots: [lot],
    offers: [offer('a', 101n), offer('b', 107n), offer('c', 104n)],
  })
  expect(awards.map(({ offer: { bidder }, amount }) => [bidder, amount])).toEqual([['b', 101n]])
})

test('the strategy of the page plays in the repeated auction once its line is there', async () => {
  const { halfWayKind } = await shown('packages/strategies/src/tender/half-way.ts')
  expect(PAGE).toContain("`'half-way': halfWayKind,`")
  const registry = tenderStrategyKinds as Record<string, unknown>
  registry['half-way'] = halfWayKind
  onTestFinished(() => {
    delete registry['half-way']
  })
  const flow = drawFlow({
    seed: 1,
    orders: 20,
    bidders: ['a', 'b'],
    chains: ['one'],
    assets: ['USDC'],
    users: ['u'],
    lowestCost: 0,
    highestCost: 0.5,
    reserve: 1,
    longestDelayMs: 0,
  })
  const config = { kind: 'half-way' } as unknown as TenderStrategyConfig
  const { tenders } = playFlow(flow, {
    mechanism: { rule: 'first-price' },
    strategies: new Map([
      ['a', config],
      ['b', config],
    ]),
    seed: 1,
    revealsBids: true,
  })
  for (const { paid, winnerCost } of tenders) expect(paid).toBeCloseTo(((winnerCost ?? 0) + 1) / 2, 9)
})
