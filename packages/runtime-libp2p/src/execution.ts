// The execution port over a synchronous engine in the same process: called once for each call, in their order,
// in a later turn, and answered by message in that turn.
import type { Execution, ExecutionAnswer, ExecutionEngine, ExecutionTicket, Vocabulary } from '@solvent/ports'

export interface ExecutionWiring<V extends Vocabulary> {
  readonly engines: readonly ExecutionEngine<V>[]
  readonly post: (task: () => void) => void
  /** Hands the answer to the node; runs inside the posted task. */
  readonly answer: (ticket: ExecutionTicket, answer: ExecutionAnswer<V>) => void
}

/** One port for each engine, with tickets that are distinct across all of them. */
export function createExecutions<V extends Vocabulary>(wiring: ExecutionWiring<V>): Execution<V>[] {
  let lastTicket = 0
  return wiring.engines.map((engine) => {
    function later(work: () => ExecutionAnswer<V>): ExecutionTicket {
      lastTicket++
      const ticket = lastTicket as ExecutionTicket
      wiring.post(() => wiring.answer(ticket, work()))
      return ticket
    }
    return {
      submit: (transaction) =>
        later(() => {
          const { accepted, reason } = engine.submit(transaction)
          return { kind: 'admission', transaction, accepted, reason }
        }),
      produce: (slot) =>
        later(() => ({ kind: 'produced', number: slot.number, block: engine.produce(slot) })),
      import: (block) =>
        later(() => {
          const { accepted, reason } = engine.import(block)
          return { kind: 'imported', accepted, reason }
        }),
      finalize: (number) => engine.finalize(number),
      follow: (tip) => engine.follow(tip),
      hold: (above, without, hidden) => engine.hold(above, without, hidden),
      force: (transaction, dueAt) => engine.force(transaction, dueAt),
      rewind: (number) => engine.rewind(number),
    }
  })
}
