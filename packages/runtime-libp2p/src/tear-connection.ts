// Ending a connection in the middle of a frame: noise carries two bytes of length and then so much ciphertext (noise-libp2p spec),
// and here the reset comes when part of that is out. The socket below a connection is not in libp2p's public interface (libp2p
// 3.3.11, pinned): another version fails at once and not silently.
import type { Socket } from 'node:net'
import type { Connection } from '@libp2p/interface'
import { SolventError } from '@solvent/primitives'

/** 256 bytes are announced, 16 come. */
const HALF_A_FRAME = Buffer.concat([Buffer.from([1, 0]), Buffer.alloc(16, 0x5a)])

/** @throws SolventError E_LIBP2P_VERSION when there is no socket below the connection */
export function tearConnection(connection: Connection): void {
  const { maConn } = connection as unknown as { readonly maConn?: { readonly socket?: Socket } }
  const socket = maConn?.socket
  if (socket === undefined)
    throw new SolventError({
      code: 'E_LIBP2P_VERSION',
      message: 'This version of libp2p hides the socket that the runtime tears.',
      details: { expected: 'libp2p 3.3.11, @libp2p/tcp' },
    })
  socket.write(HALF_A_FRAME, () => socket.resetAndDestroy())
}
