// Controls that can be carried out and do nothing, or nothing but halt: each is warned about, with the reason.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'

/** What a scenario of the area is warned about once a piece of it is replaced. */
function warned(name: string, piece: string, by: string): string[] {
  const file = new URL(`../../../../configs/scenarios/${name}.yaml`, import.meta.url)
  const plain = readFileSync(fileURLToPath(file), 'utf8')
  const written = plain.replace(piece, by)
  expect(written).not.toBe(plain)
  const { warnings } = loadScenario('a.yaml', new TextEncoder().encode(written))
  return warnings.map(({ rule, path, message }) => `${rule} ${path}: ${message}`)
}

test.each([
  [
    'controls/vote-hostile',
    'quorum: "40000"',
    'quorum: "100001"',
    'dao.vote.quorum: 100001 GOV is more than there is',
  ],
  [
    'controls/vote-hostile',
    'proposalThreshold: "1000"',
    'proposalThreshold: "50001"',
    'more than anybody holds when the run begins, 50000',
  ],
  [
    'controls/vote-hostile',
    'periodSeconds: 120',
    'periodSeconds: 480',
    'its delays are 600 s, the run 600 s',
  ],
  ['controls/freeze-council', 'quorum: 3', 'quorum: 1', 'one member has 1: it decides alone'],
  ['controls/flash-crash-controlled', 'haltSeconds: 900', 'haltSeconds: 31536000', 'an end and no pause'],
  [
    'controls/flash-crash-controlled',
    'oracle: eth-usd, moveBps: 1000',
    'oracle: eth-usd, moveBps: 10',
    'each of its updates is enough',
  ],
  [
    'controls/flash-crash-controlled',
    'windowSeconds: 300',
    'windowSeconds: 1',
    'shorter than a block of 12 s',
  ],
  ['controls/pledged-together', 'most: "150000"', 'most: "0"', 'nobody borrows on it'],
  ['controls/last-resort', 'capital: "5000000"', 'capital: "0"', 'a window without coins'],
  ['controls/last-resort', 'termSeconds: 9000', 'termSeconds: 23', 'every pledge is kept'],
  ['lending/english-auction', 'raiseBps: 300', 'raiseBps: 0', 'the least raise is nothing'],
  ['lending/population-run', 'checkSeconds: ', 'checkSeconds: 86400 #', 'nobody sees anything in time'],
])('%s with %s as %s is warned about', (name, piece, by, message) => {
  expect(warned(name, piece, by).join('\n')).toContain(message)
})

test('what is meant is not', () => {
  expect(warned('controls/jurisdictions', 'seed: 1', 'seed: 2')).toEqual([])
  expect(warned('controls/vote-hostile', 'quorum: "40000"', 'quorum: "100000"').join()).not.toContain(
    'out-of-reach',
  )
})
