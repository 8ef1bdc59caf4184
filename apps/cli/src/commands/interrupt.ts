// Ctrl-C, SIGTERM and a terminal that is closed end a command that runs processes: what it started is gone before it returns.
import { SolventError } from '@solvent/primitives'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const REPEAT_MS = 500

/** Runs the action with a signal that aborts on the first such signal; a second one a while later kills. */
export async function interruptible<T>(action: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  let firstMs = 0
  const onSignal = (name: NodeJS.Signals) => {
    if (firstMs === 0) {
      firstMs = performance.now()
      controller.abort(new SolventError({ code: 'E_INTERRUPTED', message: `Interrupted by ${name}.` }))
    } else if (performance.now() - firstMs > REPEAT_MS) process.exit(130)
  }
  for (const name of SIGNALS) process.on(name, onSignal)
  try {
    return await action(controller.signal)
  } catch (error) {
    controller.signal.throwIfAborted()
    throw error
  } finally {
    for (const name of SIGNALS) process.removeListener(name, onSignal)
  }
}
