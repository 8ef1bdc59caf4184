// The packages that work together, and the floors of published advisories: nothing warns when they drift.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const lock = readFileSync(`${root}pnpm-lock.yaml`, 'utf8')

function locked(name: string): string[] {
  const found = [...lock.matchAll(new RegExp(`^  '?${name.replace('/', '\\/')}@([0-9][^:'(]*)'?:`, 'gm'))]
  return [...new Set(found.map((match) => match[1] as string))]
}

function atLeast(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map((text) => text.split('.').map(Number)) as [number[], number[]]
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return (a[i] as number) > (b[i] as number)
  return true
}

describe('libp2p packages', () => {
  it('share one @libp2p/interface', () => {
    expect(locked('@libp2p/interface')).toEqual(['3.3.0'])
  })

  it('use the gossipsub that delivers under libp2p 3, not the @chainsafe one', () => {
    expect(locked('@libp2p/gossipsub')).toHaveLength(1)
    expect(locked('@chainsafe/libp2p-gossipsub')).toEqual([])
  })

  it.each([
    // GHSA-c3gv-825q-fvmp, and CVE-2026-46679 below 15.0.23.
    ['@libp2p/gossipsub', '16.0.5'],
    // CVE-2026-33532.
    ['yaml', '2.8.3'],
  ])('%s is at or above the floor of its advisories, %s', (name, floor) => {
    expect(locked(name).length).toBeGreaterThan(0)
    for (const version of locked(name)) expect(atLeast(version, floor), `${name} ${version}`).toBe(true)
  })

  it('do not include the DHT, whose server mode has CVE-2026-45783', () => {
    expect(locked('@libp2p/kad-dht')).toEqual([])
  })
})
