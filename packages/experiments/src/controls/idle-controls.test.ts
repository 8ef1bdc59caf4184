// Controls that can be carried out and do nothing, or nothing but halt: each is warned about, with the reason.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'

const textOf = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../configs/scenarios/${name}.yaml`, import.meta.url)), 'utf8')

function warningsOf(written: string): string {
  const { warnings } = loadScenario('a.yaml', new TextEncoder().encode(written))
  return warnings.map(({ rule, path, message }) => `${rule} ${path}: ${message}`).join('\n')
}

/** What a scenario of the area is warned about once a piece of it is replaced. */
function warned(name: string, piece: string, by: string): string {
  const plain = textOf(name)
  const written = plain.replace(piece, by)
  expect(written).not.toBe(plain)
  return warningsOf(written)
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
  expect(warned(name, piece, by)).toContain(message)
  expect(warningsOf(textOf(name))).not.toContain(message)
})

test('what is meant is not', () => {
  expect(warningsOf(textOf('controls/jurisdictions'))).toBe('')
  expect(warned('controls/vote-hostile', 'quorum: "40000"', 'quorum: "100000"')).not.toContain('out-of-reach')
  // As much as the feed moves at least, two of three votes, and a window and a term as long as blocks make them.
  expect(warned('controls/flash-crash-controlled', 'moveBps: 1000', 'moveBps: 50')).not.toContain(
    'idle-control',
  )
  expect(warned('controls/freeze-council', 'quorum: 3', 'quorum: 2')).not.toContain('idle-control')
  expect(warned('controls/flash-crash-controlled', 'windowSeconds: 300', 'windowSeconds: 12')).not.toContain(
    'idle-control',
  )
  expect(warned('controls/last-resort', 'termSeconds: 9000', 'termSeconds: 24')).not.toContain('idle-control')
})
