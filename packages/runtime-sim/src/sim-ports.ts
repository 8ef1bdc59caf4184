// The ports of one life of one node, on the kernel.
import type { HandlerId, Kernel } from '@solvent/kernel'
import type {
  Execution,
  ExecutionAnswer,
  ExecutionEngine,
  ExecutionTicket,
  Inbound,
  Meter,
  Ports,
  Store,
  StoreTicket,
  Vocabulary,
} from '@solvent/ports'
import type { LocalDelays, Observers, SimulatedNode } from './options.ts'
import { NODE_PRIORITY } from './priorities.ts'
import type { SimHost } from './sim-host.ts'
import type { StoreWrite } from './sim-store.ts'
import { SimTimers, timerHandler } from './sim-timers.ts'
import { SimTransport, type TransportParts } from './sim-transport.ts'

export interface PortParts<V extends Vocabulary> {
  readonly kernel: Kernel
  readonly delays: LocalDelays
  readonly observers: Observers<V>
  readonly transport: TransportParts<V>
}

/** An answer of a node's own store or execution, for the life in which it was asked. */
interface LocalAnswer<V extends Vocabulary> {
  readonly host: SimHost<V>
  readonly life: number
  readonly inbound: Inbound<V>
  /** What the disk has taken by then, also while the node is suspended. */
  readonly effect: (() => void) | null
}

type AnswerLater<V extends Vocabulary> = (
  delayMs: number,
  inbound: Inbound<V>,
  effect?: (() => void) | null,
) => void

/** Makes the ports of all nodes. */
export class PortFactory<V extends Vocabulary> {
  /** What the nodes counted, `node/name`, in order of first use. */
  readonly counters = new Map<string, number>()
  readonly #parts: PortParts<V>
  readonly #onTimer: HandlerId
  readonly #onAnswer: HandlerId

  constructor(parts: PortParts<V>) {
    this.#parts = parts
    this.#onTimer = timerHandler(parts.kernel)
    this.#onAnswer = parts.kernel.handler((_host, _b, payload) => answer(payload as LocalAnswer<V>))
  }

  /** The ports of the life that the host has just begun. */
  portsOf(host: SimHost<V>, node: SimulatedNode<V>): Ports<V> {
    const { kernel, delays, observers, transport } = this.#parts
    const { life } = host
    const answerLater: AnswerLater<V> = (delayMs, inbound, effect = null) => {
      const item: LocalAnswer<V> = { host, life, inbound, effect }
      kernel.after(delayMs, NODE_PRIORITY, this.#onAnswer, host.index, 0, item)
    }
    const timers = new SimTimers(kernel, this.#onTimer, host)
    host.timers = timers
    return {
      clock: { nowMs: () => host.nowMs() },
      timers,
      rng: { stream: (name) => kernel.streams.stream(`${host.id}/${name}`) },
      transport: new SimTransport(transport, host),
      execution: createExecutions(enginesOf(node), delays.executionMs, answerLater),
      signer: node.signer,
      store: createStore(host, delays.storeMs, answerLater),
      log: {
        event: (event) => observers.onEvent?.(kernel.now(), host.id, event),
        text: (level, text) => observers.onText?.(kernel.now(), host.id, level, text),
      },
      meter: createMeter(this.counters, host.id),
    }
  }
}

function answer<V extends Vocabulary>({ host, life, inbound, effect }: LocalAnswer<V>): void {
  if (host.life !== life) return
  effect?.()
  if (!host.isSuspended) host.message(inbound)
  else
    host.whenAwake(() => {
      if (host.life === life) host.message(inbound)
    })
}

function enginesOf<V extends Vocabulary>({ engines = [] }: SimulatedNode<V>): readonly ExecutionEngine<V>[] {
  return typeof engines === 'function' ? engines() : engines
}

/** One port for each engine, with tickets that are distinct across all of them. */
function createExecutions<V extends Vocabulary>(
  engines: readonly ExecutionEngine<V>[],
  delayMs: number,
  answerLater: AnswerLater<V>,
): Execution<V>[] {
  let lastTicket = 0
  const answerWith = (content: ExecutionAnswer<V>): ExecutionTicket => {
    const ticket = ++lastTicket as ExecutionTicket
    answerLater(delayMs, { via: 'execution', ticket, answer: content })
    return ticket
  }
  return engines.map((engine) => ({
    submit: (transaction) => answerWith({ kind: 'admission', transaction, ...engine.submit(transaction) }),
    produce: (slot) => answerWith({ kind: 'produced', number: slot.number, block: engine.produce(slot) }),
    import: (block) => answerWith({ kind: 'imported', ...engine.import(block) }),
    finalize: (number) => engine.finalize(number),
    follow: (tip) => engine.follow(tip),
    hold: (above, without, hidden) => engine.hold(above, without, hidden),
    force: (transaction, dueAt) => engine.force(transaction, dueAt),
    rewind: (number) => engine.rewind(number),
  }))
}

function createStore<V extends Vocabulary>(
  host: SimHost<V>,
  delayMs: number,
  answerLater: AnswerLater<V>,
): Store {
  const { store } = host
  let lastTicket = 0
  const answered = (write: StoreWrite): StoreTicket => {
    const ticket = ++lastTicket as StoreTicket
    if (!host.disk.takesWrite()) return ticket
    // A write under way when the node is killed is lost: only the life that wrote syncs it.
    host.disk.whenFlowing(() => answerLater(delayMs, { via: 'store', ticket }, () => store.sync(write)))
    return ticket
  }
  return {
    put: (key, content) => answered(store.put(key, content)),
    delete: (key) => answered(store.delete(key)),
    get: (key) => store.get(key),
    has: (key) => store.has(key),
    keys: (prefix) => store.keys(prefix),
  }
}

function createMeter(counters: Map<string, number>, node: string): Meter {
  const keys = new Map<string, string>()
  const keyOf = (name: string): string => {
    const known = keys.get(name)
    if (known !== undefined) return known
    const key = `${node}/${name}`
    keys.set(name, key)
    return key
  }
  return {
    count(name, by = 1) {
      const key = keyOf(name)
      counters.set(key, (counters.get(key) ?? 0) + by)
    },
    gauge: (name, value) => void counters.set(keyOf(name), value),
  }
}
