// What a live run needs of a network that runs, however its nodes are spread over processes.
import type { NetworkPace } from './network-pace.ts'

export interface RunningNetwork {
  /** How fast virtual time runs, and how far it is. */
  readonly pace: Pick<NetworkPace, 'elapsedMs' | 'wallMsUntil' | 'timekeeping'>
  /** Ends all nodes, bounded. */
  end(): Promise<void>
}

/** A node that ended although nobody asked it to. */
export interface LostNode {
  readonly node: string
  /** A signal, an exit code in words, or what a handler threw. */
  readonly how: string
  /** What its process last wrote on stderr; empty when nothing. */
  readonly lastWords: string
}

/** A loss as a person reads it: one line, and what the process said last below it. */
export function describeLoss({ node, how, lastWords }: LostNode): string {
  return [
    `lost ${node}: it ended (${how})`,
    ...(lastWords === '' ? [] : [lastWords.replace(/^/gm, '  ')]),
  ].join('\n')
}
