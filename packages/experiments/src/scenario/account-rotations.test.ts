// What is wrong with nodes that are to rotate the keys of their accounts, and what is merely dubious.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadScenario } from './load-scenario.ts'

const file = fileURLToPath(
  new URL('../../../../configs/scenarios/controls/solver-keys.yaml', import.meta.url),
)
const plain = readFileSync(file, 'utf8')
const load = (written: string) => loadScenario('a.yaml', new TextEncoder().encode(written))
const atlas = 'atlas: { atSeconds: 60, scheme: ml-dsa }'

function refusal(by: string): string {
  expect(plain).toContain(atlas)
  try {
    load(plain.replace(atlas, by))
  } catch (error) {
    return (error as Error).message
  }
  return 'nothing'
}

test.each([
  ['atlos: { atSeconds: 60, scheme: ml-dsa }', 'Did you mean atlas'],
  ['mallory: { atSeconds: 60, scheme: ml-dsa }', 'no such node of a role that rotates'],
  ['atlas: { atSeconds: 700, scheme: ml-dsa }', 'after the end of the run'],
  ['atlas: { atSeconds: 60, scheme: ml-dsa, chains: [arbitrom] }', 'Did you mean arbitrum'],
  ['atlas: { atSeconds: 60, scheme: ml-dsa, chains: [] }', 'chains'],
  ['atlas: { atSeconds: 60 }', 'scheme'],
])('refuses %s', (by, message) => {
  expect(refusal(by)).toContain(message)
})

test('warns of a rotation within the scheme that breaks', () => {
  const { warnings } = load(plain.replace(atlas, 'atlas: { atSeconds: 60, scheme: ecdsa }'))
  expect(warnings).toMatchObject([{ rule: 'rotation-same-scheme', path: 'accountRotations.atlas' }])
})
