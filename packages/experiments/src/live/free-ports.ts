// Free TCP ports on loopback, below the range from which systems take the ports of outgoing connections (Linux 32768,
// others 49152): a port from that range could be gone again by the time its node listens, taken by a neighbour's dial.
// They are held open until all are known, so that they differ.
import { randomInt } from 'node:crypto'
import { createServer, type Server } from 'node:net'

const LOWEST = 15_000
const BEYOND = 32_000
const MOST_ATTEMPTS = 1_000

/** `count` distinct free ports of 127.0.0.1; another program may still take one, which its node then reports. */
export async function freePorts(count: number): Promise<number[]> {
  const held = new Map<number, Server>()
  try {
    for (let attempt = 0; held.size < count; attempt += 1) {
      const port = randomInt(LOWEST, BEYOND)
      if (held.has(port)) continue
      const server = await listen(port).catch((error: unknown) => {
        if (attempt >= MOST_ATTEMPTS) throw error
        return null
      })
      if (server !== null) held.set(port, server)
    }
  } finally {
    await Promise.all([...held.values()].map((server) => new Promise((resolve) => server.close(resolve))))
  }
  return [...held.keys()]
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}
