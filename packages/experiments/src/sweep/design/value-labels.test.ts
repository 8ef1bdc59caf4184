import { describe, expect, it } from 'vitest'
import { compareLabels, valueLabels } from './value-labels.ts'

describe('the values of a parameter', () => {
  it.each<[unknown, string]>([
    [8, '8'],
    [0.1 + 0.2, '0.3'],
    [1234567, '1234570'],
    ['0.00012345678', '0.000123457'],
    ['second-price', 'second-price'],
    [true, 'true'],
    [null, 'none'],
    ['', ''],
    [[], 'none'],
    [{}, 'none'],
    [['atlas', 'borealis'], 'atlas, borealis'],
    [{ from: 30, to: 60 }, '30 to 60'],
    [{ from: '0.1', to: '0.10' }, '0.1'],
    [{ kind: 'cost-plus', marginBps: 8 }, 'cost-plus, marginBps 8'],
    [{ auctioneer: 0, chain: 1, user: 0 }, 'auctioneer 0, chain 1, user 0'],
    [{ from: 1, to: 2, scale: 'log' }, 'from 1, to 2, scale log'],
    [
      { kind: 'quorum', verifiers: [{ from: 1, to: 3 }], rule: { a: 1, b: [2, 3] } },
      'quorum, verifiers 1 to 3, rule (a 1, b (2, 3))',
    ],
  ])('%j reads %s', (value, label) => {
    expect(valueLabels([value])).toEqual([label])
  })

  it('read apart, and as before where they are the same', () => {
    const values = [30, { from: 30, to: 30 }, { from: 30, to: 60 }, 30]
    expect(valueLabels(values)).toEqual(['30', '{"from":30,"to":30}', '30 to 60', '30'])
    expect(valueLabels([0.1234567, 0.1234568])).toEqual(['0.1234567', '0.1234568'])
  })

  it('stand by the size of what they count', () => {
    const labels = [
      '100 to 200',
      '30 to 100',
      '30 to 60',
      '9',
      '-1',
      '0.5',
      '1e-7',
      'cost-plus, marginBps 12',
    ]
    labels.push('cost-plus, marginBps 8', 'batch', 's10', 's9')
    expect(labels.toSorted(compareLabels)).toEqual([
      ...['-1', '1e-7', '0.5', '9', '30 to 60', '30 to 100', '100 to 200'],
      ...['batch', 'cost-plus, marginBps 8', 'cost-plus, marginBps 12', 's10', 's9'],
    ])
  })
})
