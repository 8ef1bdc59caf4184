// Connections to Redis from its URL; options as BullMQ wants them, so that it closes what it opened.
import { SolventError } from '@solvent/primitives'
import { Redis } from 'ioredis'

/** @throws SolventError E_USAGE when it is no URL of a Redis */
export function redisOptions(url: string): { readonly url: string; readonly maxRetriesPerRequest: null } {
  if (!/^rediss?:\/\/./.test(url) || !URL.canParse(url))
    throw new SolventError({
      code: 'E_USAGE',
      message: 'This is no address of a Redis.',
      details: { got: withoutPassword(url) },
      hint: 'Write redis://host:6379, or rediss:// for TLS.',
    })
  return { url, maxRetriesPerRequest: null }
}

/** Lost connections are made again; whoever waits says so. */
export function connectRedis(url: string): Redis {
  const redis = new Redis(redisOptions(url).url, { maxRetriesPerRequest: null })
  redis.on('error', () => undefined)
  return redis
}

/** @throws SolventError E_REDIS when nobody answers in time */
export async function refuseUnreachable(url: string, withinMs = 5_000): Promise<void> {
  const redis = connectRedis(url)
  const timeout = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${withinMs} ms`)), withinMs).unref()
  })
  try {
    await Promise.race([redis.ping(), timeout])
  } catch (cause) {
    throw new SolventError({
      code: 'E_REDIS',
      message: 'The Redis does not answer.',
      details: { url: withoutPassword(url) },
      hint: 'Start one (redis-server), or leave --redis away to run on this machine.',
      cause,
    })
  } finally {
    redis.disconnect()
  }
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//…@')
}
