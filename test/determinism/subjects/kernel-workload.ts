// The kernel by itself: events near and far, cancelled and raised, with random numbers of several streams.
import { createKernel, createTraceDigest, type EventId } from '@solvent/kernel'
import type { Subject, SubjectRun } from './subject.ts'

const EVENTS = 20_000
const TOKENS = 64
/** Unix ms of virtual time, as scenarios have it: beyond 32 bits. */
const START_MS = 1_776_533_100_000

export const kernelWorkload: Subject = {
  name: 'kernel',
  isSeeded: true,
  needsWasm: false,
  run: runKernel,
}

function runKernel({ seed, isObserved }: SubjectRun): string {
  const digest = createTraceDigest({ blockEvents: 1_000 })
  let popped = 0
  const kernel = createKernel({
    seed,
    startMs: START_MS,
    digest,
    ...(isObserved ? { onPop: () => void popped++, isLost: () => false } : {}),
  })
  const waits = kernel.streams.stream('waits')
  const choices = kernel.streams.stream('choices')
  const alarms: (EventId | undefined)[] = []
  const alarm = kernel.handler((token, size) => digest.mixString(`alarm ${token} ${size > 1}`))
  const hop = kernel.handler((token) => {
    const waiting = alarms[token]
    if (waiting !== undefined && choices.bernoulli(0.7)) kernel.cancel(waiting)
    const priority = choices.int(3)
    alarms[token] = kernel.after(
      Math.round(waits.exponential(90_000)),
      priority,
      alarm,
      token,
      waits.lognormal(0, 1),
    )
    kernel.after(Math.floor(waits.exponential(400)), priority, hop, choices.int(TOKENS), waits.uniform())
  })
  for (let token = 0; token < TOKENS; token += 1) kernel.at(START_MS + token, 1, hop, token)
  if (isObserved)
    while (kernel.events < EVENTS) kernel.run({ maxEvents: Math.min(997, EVENTS - kernel.events) })
  else kernel.run({ maxEvents: EVENTS })
  if (isObserved && popped !== EVENTS) throw new Error(`The observer saw ${popped} of ${EVENTS} events.`)
  return digest.hex()
}
