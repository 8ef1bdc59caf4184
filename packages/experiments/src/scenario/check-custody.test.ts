// What scenario files may not say of custody: each piece of a good file is spoiled, and the refusal says where and why.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isSolventError } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import { loadScenario } from './load-scenario.ts'

const text = (name: string) =>
  readFileSync(join(import.meta.dirname, `../../../../configs/scenarios/bridge/${name}.yaml`), 'utf8')
const load = (scenario: string) => loadScenario('file.yaml', new TextEncoder().encode(scenario))

function refusal(name: string, piece: string, by: string): string {
  const good = text(name)
  expect(good).toContain(piece)
  try {
    load(good.replace(piece, by))
  } catch (error) {
    if (!isSolventError(error, 'E_SCENARIO')) throw error
    return error.message
  }
  return 'accepted'
}

describe('a pool', () => {
  it.each([
    [
      'kink: "0.65"',
      'kink: "0"',
      'bridges.depot.custody.fee.kink: the kink is a utilisation between 0 and 1',
    ],
    ['kink: "0.65"', 'kink: "1"', 'allowed: above 0 and below 1'],
    [
      'liquidity: { ethereum: "1000000", arbitrum: "1000000" }',
      'liquidity: { ethereum: "1" }',
      'crosses to no other chain',
    ],
    [
      'liquidity: { ethereum: "1000000", arbitrum: "1000000" }',
      'claims: { arbitrum: "1" }',
      'pool custody has no claims',
    ],
    ['arbitrum: "1000000" }', 'mars: "1" }', 'no such chain (got mars'],
  ])('is refused when %j becomes %j', (piece, by, why) => {
    expect(refusal('pool', piece, by)).toContain(why)
  })

  it.each([
    [
      'chain: ethereum, rate: "2"',
      'chain: ethereum, rate: "0"',
      'nothing is paid for anything (got 0; allowed: more than 0)',
    ],
    [
      'bridge: depot, asset: USDC, chain: ethereum, rate: "2"',
      'bridge: hub, asset: USDC, chain: ethereum, rate: "2"',
      'no such pool bridge (got hub; allowed: depot)',
    ],
    [
      'asset: USDC, chain: ethereum, rate: "2"',
      'asset: ETH, chain: ethereum, rate: "2"',
      'no such asset of the bridge (got ETH',
    ],
  ])('has no fault like this: %j becomes %j', (piece, by, why) => {
    expect(refusal('pool-wrong-rate', piece, by)).toContain(why)
  })

  it('is no lock: cash stands in its own key', () => {
    expect(refusal('burn-mint', 'claims: { arbitrum: "1000000" }', 'liquidity: { arbitrum: "1" }')).toContain(
      'burn-mint custody has no liquidity',
    )
  })
})

describe('hash locks', () => {
  it.each([
    ['kind: none', 'kind: quorum, verifiers: 3, threshold: 2', 'none: no message crosses'],
    [
      'publicWithdrawAfter: 300',
      'publicWithdrawAfter: 30',
      'custody.source.publicWithdrawAfter: the phases of a lock follow each other',
    ],
    ['cancelAfter: 250', 'cancelAfter: 150', 'custody.destination.cancelAfter'],
    ['of: bob/answer', 'of: bob/nothing', 'no such hash-lock-create of an actor (got bob/nothing'],
    ['of: bob/answer', 'of: bob', 'an actor and a label, as in alice/lock'],
    ['to: bob, secret: apple', 'to: eve, secret: apple', 'no such participant (got eve'],
    [
      'do: hash-lock-create, label: lock, bridge: swap',
      'do: hash-lock-create, label: lock, bridge: swop',
      'Did you mean swap',
    ],
  ])('are refused when %j becomes %j', (piece, by, why) => {
    expect(refusal('hash-lock', piece, by)).toContain(why)
  })

  it('may go without verification, and nothing else', () => {
    expect(refusal('pool', '{ kind: quorum, verifiers: 3, threshold: 2 }', '{ kind: none }')).toContain(
      'a kind that makes messages believed',
    )
  })

  it('carry no transfers, and prove no fills', () => {
    const step = '{ do: bridge-out, bridge: swap, asset: USDC, from: arbitrum, to: ethereum, amount: "1" }'
    const steps = 'holdings: { ethereum: { USDC: "999" } }\n    steps:\n'
    expect(refusal('hash-lock', steps, `${steps}      - ${step}\n`)).toContain('no such bridge (got swap')
  })

  it('whose answer outlives what it answers are warned about', () => {
    const late = text('hash-lock').replace(
      'cancelAfter: 250, publicCancelAfter: 300',
      'cancelAfter: 450, publicCancelAfter: 500',
    )
    expect(load(late).warnings.map(({ rule }) => rule)).toContain('hash-lock-order')
    expect(load(text('hash-lock')).warnings).toEqual([])
  })
})
