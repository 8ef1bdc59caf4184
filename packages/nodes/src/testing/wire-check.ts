// Whether everything that nodes said to each other would have passed the wire: encoded within the limits, decoded to
// the same, and let in at the door.
import type { LoopbackOptions } from '@solvent/ports/testing'
import {
  createDoor,
  decodeMessage,
  encodeMessage,
  type Message,
  type SolventVocabulary,
} from '@solvent/protocol'
import { expect } from 'vitest'
import { verifier } from './running-network.ts'
import { smallNetwork } from './small-network.ts'

/** An option for the loopback network that checks every message at the moment it is sent; nothing is lost. */
export function checkedWire(): {
  readonly options: Pick<LoopbackOptions<SolventVocabulary>, 'lose'>
  readonly seen: Set<string>
} {
  const door = createDoor({ spec: smallNetwork, verifier })
  const seen = new Set<string>()
  const check = (message: Message, nowMs: number): void => {
    seen.add(message.type)
    expect(decodeMessage(smallNetwork.networkId, encodeMessage(smallNetwork.networkId, message))).toEqual(
      message,
    )
    expect(door.check(message, nowMs)).toEqual({ ok: true })
  }
  return {
    seen,
    options: {
      lose: (_from, _to, message, nowMs) => {
        check(message, nowMs)
        return false
      },
    },
  }
}
