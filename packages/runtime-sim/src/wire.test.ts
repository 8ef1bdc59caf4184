import { createStreams } from '@solvent/kernel'
import { describe, expect, it } from 'vitest'
import { latencyTable } from './latency-table.ts'
import { LinkTable, type Worsening } from './link-table.ts'
import type { LinkOptions } from './options.ts'
import { LOST, Wire } from './wire.ts'

const TRIES = 20_000
const NOW_MS = 1_000
const BYTES = () => 500

function createWire(options: Partial<LinkOptions>, links = new LinkTable(3)): Wire {
  const streams = createStreams('wire')
  return new Wire({
    nodes: 3,
    options: { minLatencyMs: 10, meanLatencyMs: 60, loss: 0, duplicate: 0, reorder: 0, ...options },
    links,
    now: () => NOW_MS,
    streamOf: (purpose, sender) => streams.stream(`${purpose}/${sender}`),
  })
}

const draw = (wire: Wire, from = 0, to = 1) =>
  Array.from({ length: TRIES }, () => wire.latencyMs(from, to, BYTES))
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

/** A fault on the link between nodes 0 and 1 that does nothing yet. */
const sound = { from: [0], to: [1], untilMs: 9_000, loss: 0, duplicate: 0, delayMs: 0, jitterMs: 0 }

/** Latencies from 0 to 1 and back, of links that take 10 ms but for the fault. */
function under(fault: Partial<Worsening>): { there: number[]; back: number[] } {
  const links = new LinkTable(3)
  const wire = createWire({ minLatencyMs: 10, meanLatencyMs: 10 }, links)
  links.worsen({ ...sound, ...fault })
  return { there: draw(wire), back: draw(wire, 1, 0) }
}

describe('a bad link', () => {
  it('is bad in one direction only, when asked', () => {
    const { there, back } = under({ delayMs: 90, symmetric: false })
    expect(new Set(there)).toEqual(new Set([100]))
    expect(new Set(back)).toEqual(new Set([10]))
  })

  it('holds a share back, and drops a share with a wrong byte', () => {
    const { there } = under({ tail: { share: 0.1, delayMs: 2_000 }, corrupt: 0.2 })
    const shareOf = (value: number) => there.filter((each) => each === value).length / TRIES
    // Four standard errors: 0.011 and 0.008.
    expect(Math.abs(shareOf(LOST) - 0.2)).toBeLessThan(0.012)
    expect(Math.abs(shareOf(2_010) - 0.08)).toBeLessThan(0.009)
  })

  it('lets frames wait in line by their bytes', () => {
    // 500 bytes at 1,000 bytes a second: half a second each, one after the other.
    const { there } = under({ bytesPerSecond: 1_000 })
    expect(there.slice(0, 3)).toEqual([510, 1_010, 1_510])
  })

  it('lets nothing pass before its end when it is jammed', () => {
    expect(new Set(under({ jam: 'until-end' }).there)).toEqual(new Set([10 + 9_000 - NOW_MS]))
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
    const worse = { ...sound, delayMs: 100 }
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
    expect([wire.latencyMs(0, 1, BYTES), wire.isCut(1, 0), wire.isCut(1, 1), wire.isCut(0, 2)]).toEqual([
      LOST,
      false,
      false,
      false,
    ])
  })
})
