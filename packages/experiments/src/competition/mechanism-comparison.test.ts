// One order flow through several mechanisms.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { runScenario } from '../run/run-scenario.ts'
import { scenarioWith } from '../settings/scenario-settings.ts'
import { treeOf } from '../sweep/sweep-plan.ts'
import { planComparison } from './mechanism-comparison.ts'

const file = 'independent.yaml'
const bytes = readFileSync(
  fileURLToPath(new URL('../../../../configs/scenarios/collusion/independent.yaml', import.meta.url)),
)
const fewOrders = [
  'users.alice.orders=3',
  'users.alice.untilSeconds=60',
  'durationSeconds=500',
  'expectations=[]',
]

async function played(plan: Awaited<ReturnType<typeof planComparison>>, policy: number) {
  const text = JSON.stringify(treeOf(plan, 0, policy))
  const loaded = scenarioWith('played', new TextEncoder().encode(text), fewOrders)
  const { report, summary } = await runScenario({ loaded, seed: 3, runtime: 'sim', nodeProgram: '' })
  const flow = report.orders.map(({ label, inputAmount, minAmount }) => ({ label, inputAmount, minAmount }))
  return { flow, fills: summary.competition.fills, awarded: summary.competition.awarded }
}

describe('a comparison of mechanisms', () => {
  test('plays the same orders through an auction and through a falling price', async () => {
    const mechanisms = ['first-price', 'dutch']
    const plan = await planComparison({ scenario: { file, bytes }, mechanisms, replicates: 2, seed: 1 })
    const [auctioned, falling] = [await played(plan, 0), await played(plan, 1)]
    expect(falling.flow).toEqual(auctioned.flow)
    expect([auctioned.awarded, falling.awarded]).toEqual([3, 0])
    expect([auctioned.fills.count, falling.fills.count]).toEqual([3, 3])
    expect(falling.fills.paidBps).not.toBe(auctioned.fills.paidBps)
  })

  test('has auctioneers keep records for whoever selects by them, beside what the file has them keep', async () => {
    const mechanisms = ['first-price', 'reputation']
    const plan = await planComparison({ scenario: { file, bytes }, mechanisms, replicates: 1, seed: 1 })
    const bytesOf = (policy: number) => new TextEncoder().encode(JSON.stringify(treeOf(plan, 0, policy)))
    const terms = (policy: number) => scenarioWith('played', bytesOf(policy), []).scenario.auctionTerms
    expect([terms(0), terms(1)]).toMatchObject([undefined, { disciplines: ['reputation'] }])
  })

  test.each([
    [['first-prise', 'dutch'], 'Did you mean first-price?'],
    [['dutch'], undefined],
    [['dutch', 'dutch'], undefined],
  ])('refuses %j', (mechanisms, hint) => {
    expect(() =>
      planComparison({ scenario: { file, bytes }, mechanisms, replicates: 2, seed: 1 }),
    ).toThrowError(expect.objectContaining({ code: 'E_USAGE', ...(hint === undefined ? {} : { hint }) }))
  })
})

test('a scenario without orders compares nothing', () => {
  const quiet = readFileSync(
    fileURLToPath(new URL('../../../../configs/scenarios/chain/quiet.yaml', import.meta.url)),
  )
  const request = { scenario: { file: 'quiet.yaml', bytes: quiet }, mechanisms: ['dutch', 'first-come'] }
  expect(() => planComparison({ ...request, replicates: 2, seed: 1 })).toThrowError(/signs orders/)
})

describe('a setting', () => {
  const set = (setting: string) => scenarioWith(file, bytes, [setting]).scenario

  test('keeps amounts text and reads numbers as such', () => {
    expect(set('users.alice.value.from=7').users.alice?.value.from).toBe('7')
    expect(set('users.alice.orders=7').users.alice?.orders).toBe(7)
  })

  test.each(['users.alice.auction', '=1', 'users.bob.orders=1', 'users.alice.pairs[9]=1'])(
    'refuses %s',
    (setting) => {
      expect(() => set(setting)).toThrowError(expect.objectContaining({ code: 'E_USAGE' }))
    },
  )

  test('that is not sound is refused with its path', () => {
    expect(() => set('users.alice.auction=third-price')).toThrowError(/users\.alice\.auction/)
  })
})
