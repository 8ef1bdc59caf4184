import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isSolventError } from '@solvent/primitives'
import { describe, expect, it, onTestFinished } from 'vitest'
import { NETWORK_FILE, type NetworkFile, readNetworkFile, writeNetworkFile } from './network-file.ts'

const network: NetworkFile = {
  format: 'solvent-network/1',
  name: 'small',
  seed: '7',
  plan: 'plan.cbor',
  genesisMs: 0,
  acceleration: 1,
  startedAtWallMs: null,
  launcherPid: 1,
  nodes: [],
}

async function folder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'solvent-network-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  return directory
}

const codeOf = (directory: string) =>
  readNetworkFile(directory).then(
    () => 'read',
    (error: unknown) => (isSolventError(error) ? error.code : String(error)),
  )

describe('the file of a live network', () => {
  it('is read as it was written', async () => {
    const directory = await folder()
    await writeNetworkFile(directory, network)
    expect(await readNetworkFile(directory)).toEqual(network)
  })

  it('is told from none, from what is not ours, and from what is too large', async () => {
    const directory = await folder()
    const file = join(directory, NETWORK_FILE)
    expect(await codeOf(directory)).toBe('E_NO_NETWORK')
    for (const content of ['', 'null', '{"format":"other"}', ' '.repeat(1_048_577)]) {
      await writeFile(file, content)
      expect(await codeOf(directory)).toBe('E_NETWORK_FILE')
    }
    await rm(file)
    await mkdir(file)
    expect(await codeOf(directory)).toBe('E_NETWORK_FILE')
  })
})
