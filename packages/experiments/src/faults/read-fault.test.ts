import { isSolventError } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'
import { SMALL_SCENARIO } from '../scenario/small-scenario.testing.ts'
import { faultKinds } from './fault-schema.ts'
import { readFault } from './read-fault.ts'

const { scenario } = loadScenario('small.yaml', new TextEncoder().encode(SMALL_SCENARIO))

const read = (kind: string, ...settings: string[]) =>
  readFault(scenario, '7', { kind, settings, atSeconds: 1_234, label: 'live-1' }).fault

function refusal(kind: string, ...settings: string[]): string {
  try {
    read(kind, ...settings)
  } catch (error) {
    if (!isSolventError(error, 'E_USAGE')) throw error
    return `${error.message}`
  }
  return 'accepted'
}

describe('a fault in words', () => {
  it('has the fields, defaults and draws of a scenario file, and happens now, also after the end of the scenario', () => {
    expect(read('crash', 'node=atlas')).toEqual({
      kind: 'crash',
      atSeconds: 1_234,
      node: 'atlas',
      disk: 'kept',
      restartAfterSeconds: null,
    })
    const drawn = read('suspend', 'node={ oneOf: [atlas, alice] }', 'forSeconds={ from: 5, to: 9 }')
    expect(['atlas', 'alice']).toContain((drawn as { node: string }).node)
  })

  it('takes lists with commas and amounts without quotes', () => {
    expect(read('partition', 'from=atlas,alice', 'to=[watcher]', 'forSeconds=60')).toMatchObject({
      from: ['atlas', 'alice'],
      to: ['watcher'],
    })
    const forge = ['bridge=hub', 'asset=rsETH', 'from=arbitrum', 'to=ethereum']
    expect(read('forge', ...forge, 'amount=500')).toMatchObject({ amount: '500' })
  })

  it.each([
    [['crush', 'node=atlas'], 'Did you mean crash?'],
    [['crash', 'nod=atlas'], 'Did you mean node?'],
    [['crash', 'node'], 'A fault is described by settings of the form key=value.'],
    [['crash', 'node='], 'A fault is described by settings of the form key=value.'],
    [['crash', 'node=atlass'], 'node: no such node (got atlass; allowed: '],
    [['crash'], 'node: this key is missing'],
    [['suspend', 'node=atlas', 'forSeconds=0'], 'forSeconds: too small (got 0; allowed: at least 0.1).'],
    [['suspend', 'node=atlas', 'forSeconds=long'], 'forSeconds: wrong type (got "long"'],
    [['crash', 'node=atlas', 'atSeconds=5'], 'A fault is described by settings of the form key=value.'],
    [['crash', 'node=atlas\n    disk: lost'], 'A fault is described by settings of the form key=value.'],
    [['crash', 'node=[atlas'], 'E_SCENARIO'],
  ])('%j is refused', ([kind = '', ...settings], message) => {
    try {
      expect(refusal(kind, ...settings)).toContain(message)
    } catch (error) {
      // What is no YAML at all is said as for a file.
      if (!isSolventError(error, 'E_SCENARIO')) throw error
      expect(message).toBe('E_SCENARIO')
    }
  })

  it('may be of every kind', () => {
    expect(faultKinds.length).toBeGreaterThan(12)
    for (const kind of faultKinds) expect(refusal(kind)).not.toContain('no such kind')
  })
})

it('a small heap is of a process that comes back', () => {
  expect(read('crash', 'node=atlas', 'restartAfterSeconds=5', 'heapMegabytes=96')).toMatchObject({
    heapMegabytes: 96,
  })
  expect(refusal('crash', 'node=atlas', 'heapMegabytes=96')).toContain(
    'heapMegabytes: a node that stays down has no heap (got 96; allowed: only with restartAfterSeconds).',
  )
  expect(refusal('crash', 'node=atlas', 'restartAfterSeconds=5', 'heapMegabytes=10')).toContain(
    'heapMegabytes',
  )
})

it('transactions are signed wrongly by nodes that send some, and run out of gas where they can', () => {
  expect(read('nonce-gap', 'node=atlas', 'chain=ethereum')).toMatchObject({ nonces: 1 })
  expect(refusal('nonce-gap', 'node=watcher', 'chain=ethereum')).toContain('node that sends transactions')
  expect(refusal('out-of-gas', 'node=atlas', 'chain=ethereum', 'calls=[transfer]')).toContain('kind of call')
  expect(refusal('out-of-gas', 'node=atlas', 'chain=ethereum', 'gasPercent=100')).toContain('gasPercent')
})
