// What is wrong with oracles, pools and keepers of a scenario, and what is merely dubious.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { marketShareToken, receiptToken } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { lendingAddress } from '../assembly/addresses.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { lentDecimals, lentToken } from './lent-asset.ts'

const file = (name: string) =>
  fileURLToPath(new URL(`../../../../configs/scenarios/${name}.yaml`, import.meta.url))
const text = (name: string) => readFileSync(file(name), 'utf8')
const load = (written: string) => loadScenario('a.yaml', new TextEncoder().encode(written))

function refusal(name: string, piece: string, by: string): string {
  const plain = text(name)
  expect(plain).toContain(piece)
  try {
    load(plain.replaceAll(piece, by))
  } catch (error) {
    return (error as Error).message
  }
  return 'nothing'
}

describe('shares of a market as collateral', () => {
  test.each([
    [
      'a market that is not there',
      '"pair:coin-usdc": {',
      '"pair:coin-usd": {',
      'no such constant-product or stable-swap market',
    ],
    [
      'a pool of ranges',
      'kind: constant-product',
      'kind: concentrated\n    ranges: [{ lower: "5", upper: "20" }]',
      'no such constant-product or stable-swap market',
    ],
    [
      'shares that nobody provided',
      'bank: { supplied: { USDC: "1000000" } }',
      'bank: { collateral: { "pair:coin-usdc": "1" }, supplied: { USDC: "1000000" } }',
      'than lara has provided',
    ],
    ['an oracle that rests on itself', 'other: usdc-usd }', 'other: share-usd }', 'oracle on ethereum'],
    ['one that asks for an oracle of nowhere', 'other: usdc-usd }', 'other: dai-usd }', 'oracle on ethereum'],
  ])('%s is named', (_, piece, by, message) => {
    expect(refusal('lending/lp-collateral', piece, by)).toContain(message)
  })
})

describe('shares of a vault as collateral', () => {
  test.each([
    [
      'a vault that is not there',
      '"vault:wide": {',
      '"vault:narrow": {',
      'no such vault of a range on ethereum',
    ],
    [
      'an oracle of no vault',
      'vault: wide, of:',
      'vault: narrow, of:',
      'no such vault of a range on ethereum',
    ],
    [
      'a step at no vault',
      'do: join-vault, vault: wide',
      'do: join-vault, vault: wode',
      'no such vault of a range',
    ],
    [
      'a vault of several pools',
      'provider: lara',
      'provider: lara\n    venues: 2',
      'a vault owns a range of one pool',
    ],
    [
      'two ranges of one vault',
      'vault: wide }]',
      'vault: wide, share: 0.5 }, { lower: "1800", upper: "2200", share: 0.5, vault: wide }]',
      'a vault owns one range',
    ],
    ['more shares than have digits', 'amount: "0.13"', 'amount: "0.1300000000000000001"', '18'],
  ])('%s is named', (_, piece, by, message) => {
    expect(refusal('lending/range-collateral', piece, by)).toContain(message)
  })
})

test('a share whose coins are taken for each other is warned about', () => {
  const written = text('lending/range-collateral').replace(
    'of: eth-usd, other: usdc-usd',
    'of: usdc-usd, other: eth-usd',
  )
  const { warnings } = load(written)
  expect(warnings.map(({ rule, path }) => `${rule} ${path}`)).toContain(
    'share-of-other-coin oracles.wide-usd.of',
  )
})

describe('receipts of shares and of receipts', () => {
  const scenario = 'lending/receipts-of-shares'
  test.each([
    [
      'a receipt that comes back to its pool',
      '  main:\n    chain: ethereum\n    reserves:\n',
      '  main:\n    chain: ethereum\n    reserves:\n      "second/main/pair:coin-usdc": { oracle: second-usd }\n',
      'the receipt comes back to main, which would lend on its own claims (got second/main/pair:coin-usdc',
    ],
    [
      "a pool's own receipt",
      '"main/vault:wide": {',
      '"second/USDC": { oracle: usdc-usd }\n      "main/vault:wide": {',
      'the receipt comes back to second, which would lend on its own claims (got second/USDC',
    ],
    [
      'a level that is not there',
      '      "second/main/pair:coin-usdc": {',
      '      "second/first/pair:coin-usdc": {',
      'no such reserve of second (got first/pair:coin-usdc',
    ],
    [
      'a level of no pool',
      '      "second/main/pair:coin-usdc": {',
      '      "fourth/main/pair:coin-usdc": {',
      'no such lending pool on ethereum (got fourth',
    ],
    [
      'a level left empty',
      '      "second/main/pair:coin-usdc": {',
      '      "second//pair:coin-usdc": {',
      'a receipt of another pool for one of these',
    ],
    [
      'more levels than contracts look through',
      '      "second/main/pair:coin-usdc": {',
      `      "${'second/'.repeat(13)}pair:coin-usdc": {`,
      'receipts of receipts at most 12 deep',
    ],
    [
      'an oracle of a reserve that is not there',
      'asset: "main/pair:coin-usdc", pool: second',
      'asset: "main/pair:coin-usd", pool: second',
      'no such reserve of second (got main/pair:coin-usd',
    ],
    [
      'oracles that rest on each other',
      'pool: main, of: share-usd',
      'pool: main, of: second-usd',
      'the oracle rests on itself',
    ],
    [
      'oracles that rest on each other by the other coin',
      'of: coin-usd, other: usdc-usd',
      'of: coin-usd, other: receipt-usd',
      'the oracle rests on itself',
    ],
    [
      'oracles deeper than contracts follow',
      'pool: main, of: share-usd }',
      `pool: main, of: s15 }\n${Array.from({ length: 15 }, (_, i) => `  s${i + 1}: { kind: same-as, chain: ethereum, asset: USDC, of: ${i === 0 ? 'share-usd' : `s${i}`} }\n`).join('')}`,
      'contracts follow no more (got 17 one on the other; allowed: at most 16',
    ],
    [
      'receipts of shares that nobody provided',
      'positions: { bank: { supplied: { USDC: "2000000" } } }',
      'positions: { bank: { supplied: { "main/pair:coin-usdc": "1", USDC: "2000000" } } }',
      'than lara has provided',
    ],
    ['more shares than have digits', 'amount: "0.13"', 'amount: "0.1300000000000000001"', '18'],
  ])('%s: refused by name', (_, piece, by, message) => {
    expect(refusal(scenario, piece, by)).toContain(message)
  })

  test('six levels are tokens of their own, one of the other', () => {
    let [written, inner] = [text(scenario), 'second/main/pair:coin-usdc']
    for (const pool of ['third', 'd', 'e', 'f']) {
      if (pool !== 'third')
        written = written.replace(
          '\ncontrols:',
          `  ${pool}: { chain: ethereum, reserves: { "${inner}": { oracle: share-usd } } }\n\ncontrols:`,
        )
      inner = `${pool}/${inner}`
    }
    const { scenario: read } = load(written)
    const token = (lent: string) => lentToken(read, 'ethereum', lent)
    let outer = marketShareToken({ name: 'coin-usdc' })
    for (const pool of ['main', 'second', 'third', 'd', 'e', 'f'])
      outer = receiptToken(lendingAddress(pool), outer)
    expect(token(inner)).toBe(outer)
    expect(lentDecimals(read, inner)).toBe(18)
    expect(lentDecimals(read, 'd/third/USDC')).toBe(6)
  })
})

describe('insurance of lending pools', () => {
  test.each([
    [
      'a pool that is alone in its mutual',
      'lending/insurance',
      '{ stake: { USDC: "10000" }, premiumBps: 0 }',
      '{ stake: { USDC: "10000" }, mutual: alone }',
      'a mutual of one pool (got alone',
    ],
    [
      'a fund that nothing comes into',
      'lending/insurance',
      '{ stake: { USDC: "10000" }, premiumBps: 0 }',
      '{ premiumBps: 0 }',
      'a fund that nobody stakes in and that gets no premiums',
    ],
    [
      'a stake of another coin',
      'lending/insurance',
      'stake: { USDC: "60000" }',
      'stake: { DAI: "60000" }',
      'DAI',
    ],
    [
      'a stake with too many digits',
      'lending/insurance',
      '"60000"',
      '"60000.0000001"',
      'USDC has 6 decimals',
    ],
  ])('%s is named', (_, name, piece, by, message) => {
    expect(refusal(name, piece, by)).toContain(message)
  })
})

describe('a lending pool', () => {
  test.each([
    [
      'an oracle that is not there',
      'ETH: { oracle: eth-usd',
      'ETH: { oracle: eth-uds',
      'Did you mean eth-usd?',
    ],
    [
      'threshold × bonus above 1',
      'liquidationBonusBps: 500',
      'liquidationBonusBps: 2500',
      'threshold × bonus is above 1',
    ],
    [
      'a loan-to-value above the threshold',
      'ltvBps: 8000',
      'ltvBps: 8400',
      'the loan-to-value is at most the liquidation threshold',
    ],
    ['an asset that is nowhere', '      ETH: {', '      DOGE: {', 'no such asset (got DOGE'],
    [
      'a receipt of no pool',
      '      ETH: {',
      '      aave/ETH: {',
      'no such lending pool on ethereum (got aave',
    ],
    ['a second slope below the first', 'slope2Bps: 6000', 'slope2Bps: 300', 'slope 2 is at least slope 1'],
    [
      'more borrowed than supplied',
      'supplied: { USDC: "500000" }',
      'supplied: { USDC: "100000" }',
      'more USDC is borrowed than was supplied',
    ],
    [
      'a debt in parts of a base unit',
      'borrowed: { USDC: "150000" }',
      'borrowed: { USDC: "1.1234567" }',
      'positions.anna.borrowed.USDC: USDC has 6 decimals',
    ],
    [
      'an oracle that nobody feeds',
      'asset: ETH, heartbeat',
      'asset: ETH, reporters: 0, heartbeat',
      'an oracle that nobody feeds',
    ],
    [
      'more reports than reporters',
      'asset: ETH, heartbeat',
      'asset: ETH, quorum: 2, heartbeat',
      'more reports than reporters',
    ],
    [
      'a keeper without a pool',
      '  greedy: { chain: ethereum',
      '  greedy: { chain: base',
      'no such chain (got base',
    ],
    [
      'an oracle that agrees with itself',
      'ETH: { oracle: eth-usd',
      'ETH: { corroboratedBy: eth-usd, oracle: eth-usd',
      'an oracle always agrees with itself',
    ],
  ])('with %s is refused', (_, piece, by, why) => {
    expect(refusal('lending/liquidation', piece, by)).toContain(why)
  })

  test.each([
    [
      'a lot of no reserve',
      'lots: { ETH: "50" }',
      'lots: { WBTC: "50" }',
      'no such reserve of the pool (got WBTC',
    ],
    ['an empty lot', 'lots: { ETH: "50" }', 'lots: { ETH: "0" }', 'a lot is above 0'],
    ['an engine of another kind', 'kind: english', 'kind: dutch', 'raiseBps'],
    [
      'a limit of gas in parts of a wei',
      'maxBaseFeeGwei: "20"',
      'maxBaseFeeGwei: "0.0000000001"',
      '9 decimals',
    ],
  ])('that auctions, with %s, is refused', (_, piece, by, why) => {
    expect(refusal('lending/zero-bid', piece, by)).toContain(why)
  })

  test('whose auctions are over within two blocks is warned about', () => {
    const plain = text('lending/zero-bid')
    const messages = (written: string) => load(written).warnings.map(({ message }) => message)
    expect(messages(plain).filter((each) => each.includes('blocks of'))).toEqual([])
    expect(messages(plain.replace('bidSeconds: 600', 'bidSeconds: 12'))).toContain(
      'bidSeconds: a bid ends before another keeper can answer it (12 s, blocks of 12 s)',
    )
  })

  test.each([
    ['on its own chain', 'funding: { chain: arbitrum', 'funding: { chain: ethereum', 'no such other chain'],
    ['over a bridge of nowhere', 'prover: hub', 'prover: hob', 'no such bridge'],
    ['refunded too early', 'feeBps: 30 }', 'expiresSeconds: 60 }', 'at least fillSeconds, 600'],
  ])("with a keeper's money %s is refused", (_, piece, by, why) => {
    expect(refusal('lending/cross-chain-liquidation', piece, by)).toContain(why)
  })

  test('of dubious terms is warned about', () => {
    const plain = text('lending/liquidation')
    expect(load(plain).warnings).toEqual([])
    const equal = plain.replace('ltvBps: 8000', 'ltvBps: 8300')
    expect(load(equal).warnings.map(({ message }) => message)).toEqual([
      'the loan-to-value is the threshold: debt taken in full is liquidated at the next tick',
    ])
    const unhealthy = plain.replace('borrowed: { USDC: "150000" }', 'borrowed: { USDC: "170000" }')
    expect(load(unhealthy).warnings.map(({ rule }) => rule)).toEqual(['unhealthy-position'])
  })
})

describe('oracles', () => {
  test('that rest on themselves are refused', () => {
    const plain = text('oracle/canonical-feed').replace('of: eth-usd }', 'of: weth-osm }')
    expect(() => load(plain.replace('of: weth-market,', 'of: weth-canonical,'))).toThrow(
      'the oracle rests on itself',
    )
  })

  test('faults name feeds and no more reporters than they have', () => {
    expect(
      refusal('oracle/stale-feed', 'oracle: eth-usd, forSeconds', 'oracle: usdc-usd, forSeconds'),
    ).toContain('no such oracle of kind feed or measure or uptime (got usdc-usd')
    expect(
      refusal(
        'oracle/stale-feed',
        'oracle: eth-usd, forSeconds',
        'oracle: eth-usd, reporters: 2, forSeconds',
      ),
    ).toContain('more reporters than the feed has')
  })
})

test('caps below what stands when the run begins are warned about', () => {
  const bank = 'USDC: { oracle: usdc-usd, rates:'
  const capped = (caps: string) =>
    text('controls/governance-slow').replace(bank, bank.replace('rates:', `${caps}, rates:`))
  const paths = (caps: string) =>
    load(capped(caps)).warnings.flatMap(({ rule, path }) => (rule === 'cap-exceeded' ? [path] : []))
  // A million is supplied, nothing is borrowed.
  expect(paths('supplyCap: 999999, borrowCap: 1')).toEqual(['lending.main.reserves.USDC.supplyCap'])
  expect(paths('supplyCap: 1000000')).toEqual([])
  expect(paths('supplyCap: "999999", borrowCap: "1"')).toEqual(['lending.main.reserves.USDC.supplyCap'])
  for (const bad of ['"-1"', '-1', '"0.5"', '1.5', '"1e9"', 'all'])
    expect(() => paths(`supplyCap: ${bad}`)).toThrow('supplyCap')
})
