import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { bidsOfRun } from './run-bids.ts'

function runWith(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'solvent-run-bids-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content)
  return directory
}

const closed = (orderId: string, atMs: number, bids: Readonly<Record<string, number>>) =>
  JSON.stringify({
    atMs,
    node: 'auctioneer-1',
    kind: 'auction-closed',
    order: { input: { amount: '100' }, output: { chainId: 10, token: '0xt', minAmount: '80' } },
    award: {
      orderId,
      bids: Object.entries(bids).map(([solver, output]) => ({ solver, outputAmount: String(output) })),
    },
  })

const placed = JSON.stringify({ atMs: 1, node: 'borealis', kind: 'bid-placed', solver: '0xb' })

it('auctions of a run are tenders: who offers most asks least, over the least that the user takes', async () => {
  const log = [placed, closed('0x2', 7, { '0xa': 90, '0xb': 100 }), closed('0x1', 5, { '0xb': 80 })]
  const { matrix } = await bidsOfRun(runWith({ 'events.jsonl': `${log.join('\n')}\n` }), 'run')
  expect(matrix.bidders).toEqual(['0xa', 'borealis'])
  expect(matrix.tenders.map(({ id, chain, reserve }) => ({ id, chain, reserve }))).toEqual([
    { id: '0x1', chain: '10', reserve: 1.25 },
    { id: '0x2', chain: '10', reserve: 1.25 },
  ])
  expect([...matrix.bids]).toEqual([Number.NaN, 1.25, 100 / 90, 1])
})

it('a directory without a log, and a run without auctions, are refused', async () => {
  await expect(bidsOfRun(runWith({}), 'run')).rejects.toMatchObject({ code: 'E_RESULTS' })
  await expect(bidsOfRun(runWith({ 'events.jsonl': `${placed}\n` }), 'run')).rejects.toMatchObject({
    code: 'E_BIDS',
  })
})
