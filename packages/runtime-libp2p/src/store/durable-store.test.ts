import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoreTicket } from '@solvent/ports'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DurableStore } from './durable-store.ts'
import { encodeRecord, readLog } from './record.ts'

let directory: string
let file: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'solvent-store-'))
  file = join(directory, 'node', 'store.log')
})
afterEach(() => {
  rmSync(directory, { recursive: true })
})

function open() {
  const durable: StoreTicket[] = []
  const failures: unknown[] = []
  const store = DurableStore.open(join(directory, 'node'), {
    onDurable: (ticket) => durable.push(ticket),
    onFailure: (error) => failures.push(error),
  })
  return { store, durable, failures }
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

/** Three records: a = 1, b = 2, a = 3. */
async function written(): Promise<Buffer> {
  const { store } = open()
  store.put('a', bytes(1))
  store.put('b', bytes(2))
  store.put('a', bytes(3))
  await store.close()
  return readFileSync(file)
}

describe('durable store', () => {
  it('answers tickets in order, only after the bytes are in the file, and groups what one turn wrote', async () => {
    const { store, durable } = open()
    const tickets = Array.from({ length: 40 }, (_, i) => store.put(`k${i}`, bytes(i)))
    expect(durable).toEqual([])
    await store.flushed()
    expect(durable).toEqual(tickets)
    expect(readLog(readFileSync(file)).operations).toHaveLength(40)
    await store.close()
  })

  it('keeps directory and file to their owner', async () => {
    await written()
    expect(statSync(join(directory, 'node')).mode & 0o777).toBe(0o700)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('recovers from a cut at every byte of the last two records', async () => {
    const log = await written()
    const first = encodeRecord({ kind: 'put', key: 'a', bytes: bytes(1) }).length
    for (let length = first; length < log.length; length++) {
      writeFileSync(file, log.subarray(0, length))
      const { store } = open()
      const second = length >= 2 * first
      expect([store.get('a'), store.get('b')]).toEqual([bytes(1), second ? bytes(2) : undefined])
      await store.close()
      expect(statSync(file).size).toBe(second ? 2 * first : first)
    }
  })

  it('goes on after a torn end: what is written next is readable', async () => {
    const log = await written()
    truncateSync(file, log.length - 3)
    const { store } = open()
    store.put('c', bytes(9))
    await store.close()
    const { store: again } = open()
    expect(again.keys('')).toEqual(['a', 'b', 'c'])
    await again.close()
  })

  it('takes an end of zeros, as a power loss leaves it, for torn', async () => {
    await written()
    appendFileSync(file, new Uint8Array(64))
    const { store } = open()
    expect(store.get('a')).toEqual(bytes(3))
    await store.close()
  })

  it('refuses to open when any byte of a middle record is flipped', async () => {
    const log = await written()
    const size = encodeRecord({ kind: 'put', key: 'a', bytes: bytes(1) }).length
    for (let at = size; at < 2 * size; at++) {
      const damaged = Buffer.from(log)
      damaged[at] = (damaged[at] as number) ^ 0x40
      writeFileSync(file, damaged)
      expect(() => open(), `byte ${at}`).toThrow('damaged')
    }
  })

  it('forgets what was not yet written when it is abandoned, and answers none of it', async () => {
    const { store, durable } = open()
    store.put('a', bytes(1))
    await store.flushed()
    store.put('b', bytes(2))
    store.abandon()
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(durable).toHaveLength(1)
    const { store: next } = open()
    expect(next.keys('')).toEqual(['a'])
    await next.close()
  })

  it('rewrites a log of replaced values at opening', async () => {
    const { store } = open()
    const large = new Uint8Array(100_000).fill(7)
    for (let i = 0; i < 15; i++) store.put('k', large)
    store.put('gone', large)
    store.delete('gone')
    await store.close()
    const before = statSync(file).size
    const { store: next } = open()
    expect(statSync(file).size).toBeLessThan(before / 10)
    expect(next.get('k')).toEqual(large)
    expect(next.keys('')).toEqual(['k'])
    next.put('after', bytes(1))
    await next.close()
    const { store: last } = open()
    expect(last.keys('')).toEqual(['after', 'k'])
    await last.close()
  })

  it('knows whether an earlier run has written', async () => {
    const { store } = open()
    expect(store.existed).toBe(false)
    store.put('a', bytes(1))
    await store.close()
    const { store: next } = open()
    expect(next.existed).toBe(true)
    await next.close()
  })
})
