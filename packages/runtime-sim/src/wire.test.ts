import { createStreams } from '@solvent/kernel'
import { describe, expect, it } from 'vitest'
import { latencyTable } from './latency-table.ts'
import { LinkTable } from './link-table.ts'
import type { LinkOptions } from './options.ts'
import { LOST, Wire } from './wire.ts'

const TRIES = 20_000

function createWire(options: Partial<LinkOptions>, links = new LinkTable(3)): Wire {
  const streams = createStreams('wire')
  return new Wire({
    nodes: 3,
    options: { minLatencyMs: 10, meanLatencyMs: 60, loss: 0, duplicate: 0, reorder: 0, ...options },
    links,
    streamOf: (purpose, sender) => streams.stream(`${purpose}/${sender}`),
  })
}

const draw = (wire: Wire, from = 0, to = 1) => Array.from({ length: TRIES }, () => wire.latencyMs(from, to))
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('latency', () => {
  it('is the minimum plus an exponential with the mean that is asked for', () => {
    const table = latencyTable(10, 60)
    expect(Math.min(...table)).toBe(10)
    // The mean of an exponential cut into 4096 equal parts at their middles is low by less than 0.1 %.
    expect(mean([...table])).toBeGreaterThan(59.9)
    expect(mean([...table])).toBeLessThan(60.1)
    // Quantiles of 10 + Exp(50): the median at 10 + 50 ln 2 = 44.66, 95 % at 10 + 50 ln 20 = 159.79.
    expect(table[2048]).toBe(45)
    expect(table[Math.floor(0.95 * 4096)]).toBe(160)
  })

  it('is constant when mean and minimum are equal', () => {
    expect(new Set(latencyTable(25, 25))).toEqual(new Set([25]))
  })

  it('has the mean of the table over many transmissions', () => {
    // Standard error of 20,000 draws with deviation 50: 0.35.
    expect(Math.abs(mean(draw(createWire({}))) - 60)).toBeLessThan(1.5)
  })
})

describe('mishaps', () => {
  it('happen as often as they should', () => {
    const wire = createWire({ loss: 0.3, duplicate: 0.5 })
    const lost = draw(wire).filter((latencyMs) => latencyMs === LOST).length / TRIES
    const repeated = Array.from({ length: TRIES }, () => wire.isRepeated(0, 1)).filter(Boolean).length / TRIES
    // Four standard errors of a share near 0.5: 0.014.
    expect(Math.abs(lost - 0.3)).toBeLessThan(0.014)
    expect(Math.abs(repeated - 0.5)).toBeLessThan(0.014)
  })

  it('hold back by three mean latencies', () => {
    expect(new Set(draw(createWire({ minLatencyMs: 50, meanLatencyMs: 50, reorder: 1 })))).toEqual(
      new Set([200]),
    )
  })

  it('leave the latencies of what arrives as they were, and those of other senders', () => {
    const calm = draw(createWire({}))
    const rough = draw(createWire({ loss: 0.3, duplicate: 0.5 }))
    rough.forEach((latencyMs, index) => {
      if (latencyMs !== LOST) expect(latencyMs).toBe(calm[index])
    })
    const wire = createWire({})
    const busy = createWire({})
    draw(busy, 1, 0)
    expect(draw(busy, 2, 0)).toEqual(draw(wire, 2, 0))
  })

  it('of a fault add to each other, and end with it', () => {
    const links = new LinkTable(3)
    const wire = createWire({ minLatencyMs: 10, meanLatencyMs: 10 }, links)
    const worse = { from: [0], to: [1], loss: 0, duplicate: 0, delayMs: 100, jitterMs: 0 }
    const ids = [links.worsen(worse), links.worsen({ ...worse, delayMs: 1_000, jitterMs: 5 })]
    const latencies = new Set(draw(wire))
    expect([...latencies].sort((p, q) => p - q)).toEqual([1110, 1111, 1112, 1113, 1114, 1115])
    expect(new Set(draw(wire, 1, 0))).toEqual(latencies)
    expect(new Set(draw(wire, 0, 2))).toEqual(new Set([10]))
    for (const id of ids) links.restore(id)
    expect(new Set(draw(wire))).toEqual(new Set([10]))
    expect(wire.isSound(0, 1)).toBe(true)
  })

  it('cut a link in the direction that is named', () => {
    const links = new LinkTable(3)
    const wire = createWire({}, links)
    links.cut([0, 1], [1])
    expect([wire.latencyMs(0, 1), wire.isCut(1, 0), wire.isCut(1, 1), wire.isCut(0, 2)]).toEqual([
      LOST,
      false,
      false,
      false,
    ])
  })
})
