// What auctioneers go by, and what orders buy: references that lead nowhere are refused, and rewards that reward nothing are warned about.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { scenarioWith } from '../settings/scenario-settings.ts'

const load = (name: string, ...settings: string[]) =>
  scenarioWith(
    name,
    readFileSync(fileURLToPath(new URL(`../../../../configs/scenarios/${name}.yaml`, import.meta.url))),
    settings,
  )

describe('terms of auctions', () => {
  test.each([
    ['auctionTerms.rewards.chain=arbitrun', /no such chain.*Did you mean arbitrum/s],
    ['auctionTerms.rewards.consistencySeconds=59', /at least 60/],
    ['auctionTerms.disciplines=["reputation","reputation"]', /kept once/],
    ['solvers.atlas.strategy.kind=mark-upp', /allowed kinds.*bid-rotation.*Did you mean mark-up/s],
    ['auctionTerms.leak={"ppm":5,"to":["nobody"]}', /no such solver/],
  ])('%s is refused', (setting, message) => {
    expect(() => load('auctions/consistency', setting)).toThrow(message)
  })

  test.each([
    ['auctionTerms.bonds.chain=arbitrun', /no such chain.*Did you mean arbitrum/s],
    ['auctionTerms.bonds.asset=USDT', /no such asset/],
    ['auctionTerms.bonds.least=0.0000001', /USDC has 6 decimals/],
    ['auctionTerms.bonds.slashBps=10001', /at most 10000/],
    ['solvers.atlas.bond=900001', /less USDC on arbitrum than its bonds/],
    ['auctionTerms={"disciplines":[]}', /no auctioneer asks for a bond/],
    ['auctionTerms.rewards={"chain":"arbitrum"}', /keeps no bonds/],
    ['auctionTerms.bonds.benchmark={"challengeSeconds":0}', /at least 1/],
    ['auctionTerms.bonds.benchmark={"toleranceBps":10001}', /at most 10000/],
  ])('bonds: %s is refused', (setting, message) => {
    expect(() => load('auctions/bonds', setting)).toThrow(message)
  })

  test.each([
    ['auctionTerms.committee.threshold=4', /more shares than members/],
    ['auctionTerms.committee.threshold=0', /at least 1/],
    ['auctionTerms.committee.members=0', /at least 1/],
    ['auctionTerms.committee.members=4', /more members than there are auctioneers/],
    ['auctioneers=2', /more members than there are auctioneers/],
    ['auctionTerms.committee.colluding=4', /more members collude/],
  ])('a committee: %s is refused', (setting, message) => {
    expect(() => load('auctions/committee', setting)).toThrow(message)
  })

  test('a committee that seals nothing, or tells nobody, is warned about', () => {
    const rules = (...settings: string[]) =>
      load('auctions/committee', ...settings).warnings.map(({ rule }) => rule)
    expect(rules()).toEqual([])
    expect(rules('users.alice.auction=first-price')).toContain('committee')
    expect(rules('auctionTerms.committee.threshold=1')).toContain('committee-of-one')
    expect(rules('auctionTerms.committee.colluding=1')).toContain('collusion')
    const withDeposit = ['auctioneers=1', 'auctionTerms.committee={"members":1,"threshold":1}']
    const ofDeposits = load('auctions/deposits', ...withDeposit).warnings.map(({ rule }) => rule)
    expect(ofDeposits).toContain('deposit')
    expect(load('auctions/deposits').warnings.map(({ rule }) => rule)).not.toContain('deposit')
  })

  test('a bond below the least is warned about', () => {
    const rules = load('auctions/bonds', 'solvers.atlas.bond=2999').warnings.map(({ rule }) => rule)
    expect(rules).toContain('bond-too-small')
  })

  test('windows to challenge that end after the run are warned about', () => {
    const rules = (...settings: string[]) =>
      load('auctions/best-offer', ...settings).warnings.map(({ rule }) => rule)
    expect(rules()).not.toContain('challenge-window')
    expect(rules('auctionTerms.bonds.benchmark={}')).toContain('challenge-window')
  })

  test('selection by records is refused where none are kept, and a weight of records that select nobody is warned about', () => {
    const rules = (...settings: string[]) =>
      load('auctions/reputation', ...settings).warnings.map(({ rule }) => rule)
    expect(() => rules('auctionTerms.disciplines=["fade-breaker"]')).toThrow(/no auctioneer keeps a record/)
    expect(rules('auctionTerms.recordPpm=1')).not.toContain('record')
    expect(rules('auctionTerms.recordPpm=1', 'users.alice.auction=first-price')).toContain('record')
  })

  test('a curve of blocks is refused out of order, and warned about where no price follows it', () => {
    const rules = (...settings: string[]) =>
      load('auctions/block-dutch', ...settings).warnings.map(({ rule }) => rule)
    expect(() => rules('users.alice.blockCurve[1].blocks=20')).toThrow(/ascend in blocks/)
    expect(rules()).not.toContain('curve')
    expect(rules('users.alice.chainPricing=dutch')).toContain('curve')
  })

  test('rewards without batches are warned about', () => {
    const rules = (...settings: string[]) =>
      load('auctions/consistency', ...settings).warnings.map(({ rule }) => rule)
    expect(rules()).not.toContain('rewards')
    expect(rules('users.alice.auction=first-price')).toContain('rewards')
  })
})

describe('what an order buys', () => {
  test.each([
    ['users.amy.pairs[0].buys.cover=depegg', /no such cover.*Did you mean depeg/s],
    ['users.ben.pairs[0].buys.series=put-4900', /no such series.*Did you mean put-49000/s],
    ['users.amy.pairs[0].to.asset=ETH', /paid for in another coin.*USDC on ethereum/s],
    ['users.cora.pairs[0].buys.leverageBps=100001', /not be enough margin.*at most 100000/s],
    ['covers.depeg.premiumBps=0', /its cover is free/],
  ])('%s is refused', (setting, message) => {
    expect(() => load('derivatives/intents-buy', setting)).toThrow(message)
  })
})
