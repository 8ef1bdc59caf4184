// `http://127.0.0.1:PORT/metrics` for a Prometheus on this machine.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SolventError } from '@solvent/primitives'
import type { Registry } from 'prom-client'

const HOST = '127.0.0.1'
const MOST_SOCKETS = 16
const TIMEOUT_MS = 5_000

export interface ScrapeEndpoint {
  readonly port: number
  close(): Promise<void>
}

/** @param port 0: any that is free @throws SolventError E_PORT when it cannot be had */
export async function listenForScrapes(registry: Registry, port: number): Promise<ScrapeEndpoint> {
  let listening = port
  const server = createServer((request, response) => {
    void answer(registry, listening, request, response)
  })
  server.maxConnections = MOST_SOCKETS
  server.headersTimeout = TIMEOUT_MS
  server.requestTimeout = TIMEOUT_MS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, HOST, resolve)
  }).catch((cause: NodeJS.ErrnoException) => {
    throw new SolventError({
      code: 'E_PORT',
      message: 'The port for metrics cannot be had.',
      details: { port, system: cause.code },
      hint: 'Choose another with --metrics-port.',
      cause,
    })
  })
  listening = (server.address() as AddressInfo).port
  return {
    port: listening,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

/** Only to those who ask for this machine by its own name: another name may have been made to lead here. */
async function answer(
  registry: Registry,
  port: number,
  { method, url, headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const end = (status: number, text: string, type = 'text/plain; charset=utf-8') => {
    response.setHeader('X-Content-Type-Options', 'nosniff')
    response.setHeader('Cache-Control', 'no-store')
    response.writeHead(status, { 'Content-Type': type }).end(text)
  }
  if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(headers.host ?? ''))
    return end(421, 'This is not a name of the metrics.\n')
  if (method !== 'GET') return end(405, 'Only GET is answered.\n')
  if (url !== '/metrics') return end(404, 'There is only /metrics.\n')
  end(200, await registry.metrics(), registry.contentType)
}
