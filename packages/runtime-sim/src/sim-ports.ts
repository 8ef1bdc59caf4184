// The ports of one life of one node, on the kernel.
import type { EventId, HandlerId, Kernel } from '@solvent/kernel'
import type {
  Execution, ExecutionAnswer, ExecutionEngine, ExecutionTicket, Inbound, Meter, Ports, RandomStream, Store, StoreTicket, TimerId, Timers, Transport, Vocabulary,
} from '@solvent/ports'
import type { LocalDelays, Observers, SimulatedNode } from './options.ts'
import type { SimHost } from './sim-host.ts'

const NODE_PRIORITY = 1

/** What the ports of all nodes share. */
export interface PortParts<V extends Vocabulary> {
  readonly kernel: Kernel
  readonly delays: LocalDelays
  readonly observers: Observers<V>
  /** Fires the payload, a `PendingTimer`. */
  readonly timerHandler: HandlerId
  /** Runs the payload, a `LocalAnswer`. */
  readonly answerHandler: HandlerId
  readonly counters: Map<string, number>
  transportOf(host: SimHost<V>): Transport<V>
}

/** An answer of a node's own store or execution, for the life in which it was asked. */
export interface LocalAnswer<V extends Vocabulary> {
  readonly host: SimHost<V>
  readonly life: number
  readonly inbound: Inbound<V>
  /** Runs whether or not the node still lives: what the disk has taken. */
  readonly effect?: () => void
}

/** A timer that waits; its id is that of its event. */
export interface PendingTimer<V extends Vocabulary> {
  readonly host: SimHost<V>
  readonly life: number
  id: TimerId
}

export function createSimPorts<V extends Vocabulary>(parts: PortParts<V>, host: SimHost<V>, node: SimulatedNode<V>): Ports<V> {
  const { kernel, observers } = parts
  // `begin` raises the host's life just before it creates the node on these ports.
  const life = host.life
  const answer = (delayMs: number, inbound: Inbound<V>, effect?: () => void) => {
    const item: LocalAnswer<V> = { host, life, inbound, ...(effect === undefined ? {} : { effect }) }
    kernel.after(delayMs, NODE_PRIORITY, parts.answerHandler, host.index, 0, item)
  }
  let lastMs = 0
  const clock = { nowMs: () => (lastMs = Math.max(lastMs, kernel.now() + host.skewMs)) }
  return {
    clock,
    timers: createTimers(parts, host, clock),
    rng: { stream: (name: string): RandomStream => kernel.streams.stream(`${host.id}/${name}`) },
    transport: parts.transportOf(host),
    execution: (node.engines ?? []).map((engine) => createExecution(engine, parts.delays.executionMs, answer)),
    signer: node.signer,
    store: createStore(host, parts.delays.storeMs, answer),
    log: {
      event: (event) => observers.onEvent?.(kernel.now(), host.id, event),
      text: (level, text) => observers.onText?.(kernel.now(), host.id, level, text),
    },
    meter: createMeter(parts.counters, host.id),
  }
}

function createTimers<V extends Vocabulary>(parts: PortParts<V>, host: SimHost<V>, clock: { nowMs(): number }): Timers {
  const { kernel, timerHandler } = parts
  const life = host.life
  const set = (delayMs: number): TimerId => {
    const timer: PendingTimer<V> = { host, life, id: 0 as TimerId }
    timer.id = kernel.after(Math.max(0, delayMs), NODE_PRIORITY, timerHandler, host.index, 0, timer) as unknown as TimerId
    return timer.id
  }
  return {
    set,
    setAt: (atMs) => set(atMs - clock.nowMs()),
    cancel: (timer) => void kernel.cancel(timer as unknown as EventId),
  }
}

function createExecution<V extends Vocabulary>(
  engine: ExecutionEngine<V>,
  delayMs: number,
  answerLater: (delayMs: number, inbound: Inbound<V>) => void,
): Execution<V> {
  let next = 1
  const answer = (content: ExecutionAnswer<V>): ExecutionTicket => {
    const ticket = next++ as ExecutionTicket
    answerLater(delayMs, { via: 'execution', ticket, answer: content })
    return ticket
  }
  return {
    submit: (transaction) => answer({ kind: 'admission', transaction, ...engine.submit(transaction) }),
    produce: (slot) => answer({ kind: 'produced', number: slot.number, block: engine.produce(slot) }),
    import: (block) => answer({ kind: 'imported', ...engine.import(block) }),
  }
}

function createStore<V extends Vocabulary>(
  host: SimHost<V>,
  delayMs: number,
  answerLater: (delayMs: number, inbound: Inbound<V>, effect: () => void) => void,
): Store {
  const { store } = host
  const life = host.life
  let next = 1
  const write = (key: string, bytes: Uint8Array | null): StoreTicket => {
    const ticket = next++ as StoreTicket
    // A write under way when the node is killed is lost: only the life that wrote may sync it.
    answerLater(delayMs, { via: 'store', ticket }, () => {
      if (host.life === life) store.sync(key, bytes)
    })
    return ticket
  }
  return {
    put: (key, bytes) => {
      store.put(key, bytes)
      return write(key, bytes.slice())
    },
    delete: (key) => {
      store.delete(key)
      return write(key, null)
    },
    get: (key) => store.get(key),
    keys: (prefix) => store.keys(prefix),
  }
}

function createMeter(counters: Map<string, number>, node: string): Meter {
  return {
    count: (name, by = 1) => void counters.set(`${node}/${name}`, (counters.get(`${node}/${name}`) ?? 0) + by),
    gauge: (name, value) => void counters.set(`${node}/${name}`, value),
  }
}
