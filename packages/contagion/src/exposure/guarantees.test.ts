import { describe, expect, it } from 'vitest'
import type { ExposureNetwork } from './exposure-network.ts'
import { afterEvent, clearGuaranteed } from './guarantees.ts'

const IN_FULL = { alpha: 1, beta: 1 }

// The loan of configs/scenarios/lending/insurance.yaml at 1,200: 100 ETH against 150,000 lent by a bank with 500,000 and a fund with 10,000.
// Two funds of the mutual have 60,000 and 20,000 lying in pools of their own.
function pools(promised = [60_000, 20_000]): ExposureNetwork {
  const [rich = 0, calm = 0] = promised
  return {
    format: 'solvent-exposures',
    version: 3,
    nodes: [
      { id: 'pool', externalAssets: 360_000 + 120_000, externalLiabilities: 0 },
      { id: 'bank', externalAssets: 0, externalLiabilities: 0 },
      { id: 'anna', externalAssets: 0, externalLiabilities: 0 },
      { id: 'fund', kind: 'insurance', externalAssets: 0, externalLiabilities: 0 },
      { id: 'rich', kind: 'insurance', externalAssets: 60_000, externalLiabilities: 0 },
      { id: 'calm', kind: 'insurance', externalAssets: 20_000, externalLiabilities: 0 },
    ],
    claims: [
      { debtor: 'pool', creditor: 'bank', amount: 500_000, layer: 'lending' },
      { debtor: 'pool', creditor: 'anna', amount: 120_000, layer: 'collateral' },
      { debtor: 'pool', creditor: 'fund', amount: 10_000, layer: 'insurance', seniority: 1 },
      { debtor: 'anna', creditor: 'pool', amount: 150_000, layer: 'lending' },
    ],
    guarantees: [
      { guarantor: 'rich', beneficiary: 'pool', amount: rich, call: 'shortfall' },
      { guarantor: 'calm', beneficiary: 'pool', amount: calm, call: 'shortfall' },
    ],
  }
}

describe('guarantees', () => {
  it('the fund loses first, the mutual pays the rest in proportion, and suppliers lose nothing', () => {
    const { sheets, cleared, called } = clearGuaranteed(pools(), IN_FULL)
    // 30,000 of the debt are bad; 10,000 of that is the fund's.
    expect(called.map(({ guarantor }) => guarantor)).toEqual(['rich', 'calm'])
    expect(called[0]!.amount).toBeCloseTo(15_000, 6)
    expect(called[1]!.amount).toBeCloseTo(5_000, 6)
    const worth = Object.fromEntries(sheets.ids.map((id, at) => [id, cleared.equity[at]]))
    expect(worth['bank']).toBeCloseTo(500_000, 4)
    expect(worth['fund']).toBeCloseTo(0, 4)
    expect(worth['rich']).toBeCloseTo(45_000, 4)
    expect(worth['calm']).toBeCloseTo(15_000, 4)
  })

  it('what is not promised, suppliers lose; what was promised and is not there, too', () => {
    const bankOf = (network: ExposureNetwork) => {
      const { sheets, cleared } = clearGuaranteed(network, IN_FULL)
      return cleared.equity[sheets.ids.indexOf('bank')]!
    }
    const [short, empty] = [pools([6_000, 2_000]), pools()]
    expect(bankOf(short)).toBeLessThan(500_000 - 1)
    expect(bankOf(short)).toBeGreaterThan(bankOf(pools([0, 0])))
    const nodes = empty.nodes.map((node) => (node.id === 'calm' ? { ...node, externalAssets: 0 } : node))
    // The other is asked for what this one does not pay.
    expect(bankOf({ ...empty, nodes })).toBeCloseTo(500_000, 4)
  })

  it('what an event calls is a debt after it, and pays what there is for each alike', () => {
    const sold: ExposureNetwork = {
      format: 'solvent-exposures',
      version: 3,
      nodes: [
        { id: 'cover', kind: 'insurance', externalAssets: 106_000, externalLiabilities: 0 },
        { id: 'amy', externalAssets: 0, externalLiabilities: 0 },
        { id: 'ben', externalAssets: 0, externalLiabilities: 0 },
      ],
      claims: [],
      guarantees: [
        { guarantor: 'cover', beneficiary: 'amy', amount: 200_000, call: 'event' },
        { guarantor: 'cover', beneficiary: 'ben', amount: 100_000, call: 'event' },
      ],
    }
    expect(clearGuaranteed(sold, IN_FULL).cleared.totals.shortfall).toBe(0)
    const { cleared } = clearGuaranteed(afterEvent(sold, ['cover']), IN_FULL)
    expect(cleared.recoveryRate[0]).toBeCloseTo(106 / 300, 12)
    expect(() => afterEvent(sold, ['amy'])).toThrow('waits for an event')
  })
})
