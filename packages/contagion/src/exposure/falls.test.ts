import { describe, expect, it } from 'vitest'
import { bridgeChain } from '../testing/bridge-chain.ts'
import type { ExposureNetwork } from './exposure-network.ts'
import { fallsOf } from './falls.ts'

describe('falls', () => {
  it('come round by round, each with its loss and its cause', () => {
    // A lock of 25 pays a quarter: the escrow gets 15, and so the solver, which has 25 and owes 50.
    expect(fallsOf([bridgeChain(0, 100), bridgeChain(7, 25)])).toEqual([
      {
        id: 'bridge',
        kind: 'bridge',
        atMs: 7,
        round: 1,
        shortfall: 75,
        loss: 75,
        causes: [{ id: 'itself', amount: 75 }],
      },
      {
        id: 'escrow',
        kind: 'prover',
        atMs: 7,
        round: 2,
        shortfall: 45,
        loss: 45,
        causes: [{ id: 'bridge', amount: 45 }],
      },
      {
        id: 'solver',
        kind: 'solver',
        atMs: 7,
        round: 3,
        shortfall: 25,
        loss: 45,
        causes: [{ id: 'escrow', amount: 45 }],
      },
    ])
  })

  it('a smaller loss ends where somebody has enough', () => {
    // 80 of 100: the solver receives 48 and has 58.
    expect(fallsOf([bridgeChain(0, 100), bridgeChain(7, 80)]).map(({ id }) => id)).toEqual([
      'bridge',
      'escrow',
    ])
  })

  it('who fell stays fallen, and is named once', () => {
    const falls = fallsOf([bridgeChain(0, 100), bridgeChain(7, 80), bridgeChain(8, 100), bridgeChain(9, 25)])
    expect(falls.map(({ id, atMs }) => [id, atMs])).toEqual([
      ['bridge', 7],
      ['escrow', 7],
      ['solver', 9],
    ])
    expect(falls[2]).toMatchObject({ round: 3, causes: [{ id: 'escrow', amount: 45 }] })
  })

  it('a write-off is because of whom it names, an operator in round 1', () => {
    // The receivable of 60 was written off, because nobody proved the fill.
    const written = bridgeChain(7, 100, {
      claims: bridgeChain(0, 100).claims.slice(0, 2),
      operators: [{ id: 'prover/x', kind: 'prover' }],
      writtenOff: [{ node: 'solver', because: 'prover/x', amount: 60 }],
    })
    expect(fallsOf([bridgeChain(0, 100), written])).toEqual([
      {
        id: 'solver',
        kind: 'solver',
        atMs: 7,
        round: 2,
        shortfall: 40,
        loss: 60,
        causes: [{ id: 'prover/x', amount: 60 }],
      },
    ])
  })

  it('a share of a pool falls after the debts that rank before it', () => {
    const pool = (cash: number): ExposureNetwork => ({
      format: 'solvent-exposures',
      version: 2,
      nodes: ['pool', 'lp', 'payee'].map((id) => ({
        id,
        externalAssets: id === 'pool' ? cash : 0,
        externalLiabilities: id === 'pool' ? 0 : 9,
      })),
      claims: [
        { debtor: 'pool', creditor: 'payee', amount: 10 },
        { debtor: 'pool', creditor: 'lp', amount: 10, seniority: 1 },
      ],
    })
    expect(fallsOf([pool(20), pool(15)]).map(({ id, causes }) => [id, causes[0]])).toEqual([
      ['pool', { id: 'itself', amount: 5 }],
      ['lp', { id: 'pool', amount: 5 }],
    ])
  })

  it('a guarantor that cannot pay what it is asked for falls first, and is a cause', () => {
    const pool = (cash: number, fund: number): ExposureNetwork => ({
      format: 'solvent-exposures',
      version: 3,
      nodes: [
        { id: 'pool', externalAssets: cash, externalLiabilities: 0 },
        { id: 'fund', externalAssets: fund, externalLiabilities: 0 },
        { id: 'lender', externalAssets: 0, externalLiabilities: 0 },
      ],
      claims: [{ debtor: 'pool', creditor: 'lender', amount: 10 }],
      guarantees: [{ guarantor: 'fund', beneficiary: 'pool', amount: 6, call: 'shortfall' }],
    })
    // The pool has 4 of 10; the fund is asked for 6 and pays 1.
    expect(fallsOf([pool(10, 1), pool(4, 1)]).map(({ id, round, causes }) => [id, round, causes])).toEqual([
      ['fund', 1, [{ id: 'itself', amount: 6 }]],
      ['pool', 2, [{ id: 'fund', amount: 5 }]],
    ])
  })
})
