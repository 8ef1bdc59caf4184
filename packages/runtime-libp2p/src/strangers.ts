// Peers that are none: they connect to a node's port and behave badly below the handshake. Each connection ends by itself, is ended by
// the node, or ends when its time is over; none outlives it.
import { connect, type Socket } from 'node:net'
import type { PortManner } from '@solvent/protocol'

/** multistream-select 1.0: the first frame of every connection, its length before it and a line feed at its end. */
const HELLO = Buffer.from('\u0013/multistream/1.0.0\n', 'latin1')

export interface StrangersOptions {
  readonly host: string
  readonly port: number
  readonly connections: number
  readonly manner: PortManner
}

/** Opens them all; the returned function ends those that are left. */
export function openStrangers({ host, port, connections, manner }: StrangersOptions): () => void {
  const sockets = new Set<Socket>()
  for (let n = 0; n < connections; n++) {
    const socket = connect({ host, port }, () => behave(socket, manner))
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // Refused or ended by the node: what it is meant to do.
    socket.on('error', () => socket.destroy())
  }
  return () => {
    for (const socket of sockets) socket.destroy()
  }
}

function behave(socket: Socket, manner: PortManner): void {
  switch (manner) {
    case 'half-open':
      return
    case 'fin':
      socket.end()
      return
    case 'reset-before':
      return resetAfter(socket, HELLO.subarray(0, -1))
    case 'reset-at':
      return resetAfter(socket, HELLO)
    case 'reset-after':
      return resetAfter(socket, Buffer.concat([HELLO, HELLO.subarray(0, 1)]))
  }
}

function resetAfter(socket: Socket, bytes: Uint8Array): void {
  socket.write(bytes, () => socket.resetAndDestroy())
}
