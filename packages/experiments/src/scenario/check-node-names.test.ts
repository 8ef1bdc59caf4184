// Names that an account of the run has already: a node under one of them would be that account.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadScenario } from './load-scenario.ts'
import { spoiled } from './small-scenario.testing.ts'

const CONFIGS = join(import.meta.dirname, '../../../../configs/scenarios')
const actor = (name: string) => spoiled('faults:\n', `actors:\n  ${name}: { steps: [] }\nfaults:\n`)

/** A committed scenario with an actor of a name. */
function withActor(file: string, name: string): Uint8Array {
  const text = readFileSync(join(CONFIGS, file), 'utf8')
  return new TextEncoder().encode(
    text.includes('\nactors:\n')
      ? text.replace('\nactors:\n', `\nactors:\n  ${name}: { steps: [] }\n`)
      : text.replace('\nexpectations:\n', `\nactors:\n  ${name}: { steps: [] }\nexpectations:\n`),
  )
}

describe('the name of a node', () => {
  it.each([
    [
      'attacker',
      'actors.attacker: the name is taken by the account that forged messages pay, which sends nothing',
    ],
    ['holders', 'actors.holders: the name is taken by the account of all holders who take no part'],
    ['alice', 'two nodes have the same name'],
    ['hub-verifier-1', 'two nodes have the same name'],
    ['watcher', 'two nodes have the same name'],
  ])('is not %s', (name, reason) => {
    expect(() => loadScenario('s.yaml', actor(name))).toThrow(reason)
  })

  it('is nobody else’s of a section: not an attacker among users either', () => {
    expect(() => loadScenario('s.yaml', spoiled('  alice:\n', '  attacker:\n'))).toThrow(
      'users.attacker: the name',
    )
  })

  it('is not that of a pool’s treasury or a rollup’s prover', () => {
    expect(() => loadScenario('s.yaml', withActor('lending/population-run.yaml', 'main-treasury'))).toThrow(
      'the name is taken by the treasury of lending pool main',
    )
    expect(() => loadScenario('s.yaml', withActor('rollup/zk-health.yaml', 'prover-zksync'))).toThrow(
      'the name is taken by the prover of zksync',
    )
  })

  it('may be like them', () => {
    expect(() => loadScenario('s.yaml', actor('attacker-1'))).not.toThrow()
  })
})
