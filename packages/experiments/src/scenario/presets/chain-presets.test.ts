import { describe, expect, it } from 'vitest'
import { loadScenario } from '../load-scenario.ts'
import { SMALL_SCENARIO } from '../small-scenario.testing.ts'
import { chainPresets } from './chain-presets.ts'

const ETHEREUM = '  ethereum: { kind: l1, id: 1, slotMs: 2000, epochSlots: 4 }\n'
const CHAINS = SMALL_SCENARIO.slice(SMALL_SCENARIO.indexOf(ETHEREUM), SMALL_SCENARIO.indexOf('bridges:'))

/** The small scenario with these chains. */
function load(chains: string) {
  return loadScenario('p.yaml', new TextEncoder().encode(SMALL_SCENARIO.replace(CHAINS, chains)))
}

describe('a preset', () => {
  it.each([...chainPresets])('%s is a whole chain of a scenario', (name, { keys }) => {
    const l1 = keys.kind === 'l1' ? '' : ', l1: ethereum'
    const { scenario } = load(`${ETHEREUM}  arbitrum: { preset: ${name}${l1}, id: 5 }\n`)
    expect(scenario.chains.arbitrum).toMatchObject({ ...keys, id: 5 })
  })

  it.each([...chainPresets])('%s has a source for each of its numbers', (_, { keys, sources }) => {
    const told = Object.entries(sources).filter(([, source]) => source.length > 5)
    expect(told.map(([key]) => key).sort()).toEqual(
      Object.keys(keys)
        .filter((key) => key !== 'kind')
        .sort(),
    )
  })

  it('gives way to any key beside it', () => {
    const { scenario } = load(`${ETHEREUM}  arbitrum: { preset: base, l1: ethereum, slotMs: 777 }\n`)
    expect(scenario.chains.arbitrum).toMatchObject({ id: 8453, slotMs: 777, challengeWindowSeconds: 604_800 })
  })

  it('hashes like the same keys written out', () => {
    const written = '  arbitrum: { kind: l1, id: 2, slotMs: 12000, epochSlots: 32, finalityEpochs: 2 }\n'
    expect(load(`${ETHEREUM}  arbitrum: { preset: ethereum, id: 2 }\n`).hash).toBe(
      load(ETHEREUM + written).hash,
    )
  })

  it('that is unknown is refused with the nearest name and its place', () => {
    expect(() => load(`${ETHEREUM}  arbitrum: { preset: arbitrum-on, l1: ethereum }\n`)).toThrow(
      /p\.yaml:12:15 chains\.arbitrum\.preset: no such preset \(got arbitrum-on; .*Did you mean arbitrum-one\?/,
    )
  })

  it.each(['[]', '{}', 'null', '7', '""'])('that is no name is refused: %s', (odd) => {
    expect(() => load(`${ETHEREUM}  arbitrum: { preset: ${odd}, l1: ethereum }\n`)).toThrow('no such preset')
  })

  it('keeps its kind', () => {
    expect(() => load(`${ETHEREUM}  arbitrum: { preset: base, l1: ethereum, kind: zk }\n`)).toThrow(
      'the kind is that of the preset (got zk; allowed: optimistic',
    )
  })

  it('of a rollup says what is missing', () => {
    expect(() => load(`${ETHEREUM}  arbitrum: { preset: base }\n`)).toThrow(
      'chains.arbitrum.l1: this key is missing',
    )
  })
})
