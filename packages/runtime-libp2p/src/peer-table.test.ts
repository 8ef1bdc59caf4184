import { asNodeId } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import { PeerTable, peerEntryOf, peerIdOf } from './peer-table.ts'

describe('peer table', () => {
  it('gives a node the same PeerId every time, and another under another seed or name', async () => {
    const once = await peerIdOf('1', asNodeId('solver-1'))
    expect(await peerIdOf('1', asNodeId('solver-1'))).toBe(once)
    expect(await peerIdOf('2', asNodeId('solver-1'))).not.toBe(once)
    expect(await peerIdOf('1', asNodeId('solver-2'))).not.toBe(once)
    expect(once).toMatch(/^12D3KooW/)
  })

  it('knows members by name and gives strangers a name of their own that no scenario uses for a member', async () => {
    const entry = await peerEntryOf('1', asNodeId('solver-1'), 4001)
    const table = new PeerTable([entry])
    const stranger = await peerIdOf('elsewhere', asNodeId('solver-1'))
    expect(entry.address).toBe('/ip4/127.0.0.1/tcp/4001')
    expect(table.nameOf(entry.peerId)).toBe('solver-1')
    expect(table.knows(stranger)).toBe(false)
    expect(table.nameOf(stranger)).toMatch(/^peer-[a-z0-9]{16}$/)
  })
})
