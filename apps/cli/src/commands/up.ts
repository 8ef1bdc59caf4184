// `solvent up FILE`: a network of real processes that stays up until Ctrl-C; other terminals talk to it.
import { setTimeout as sleep } from 'node:timers/promises'
import { assemble } from '@solvent/experiments'
import {
  describeLoss,
  LiveNetwork,
  scheduleProcessFaults,
  serveMetrics,
  unplayedOnLibp2p,
} from '@solvent/experiments/live'
import { isSolventError } from '@solvent/primitives'
import { EXIT } from '../exit-code.ts'
import { readScenario } from '../input.ts'
import { createLiveProgress } from '../output/live-progress.ts'
import { note, result } from '../output/streams.ts'
import { table } from '../output/table.ts'
import { NODE_PROGRAM, networkDirectory } from '../project.ts'
import { claimDirectory } from './claim-directory.ts'
import { interruptible } from './interrupt.ts'

export interface UpOptions {
  readonly seed?: number | undefined
  readonly acceleration?: number | undefined
  readonly metricsPort?: number | undefined
}

export async function up(file: string, options: UpOptions): Promise<number> {
  const loaded = await readScenario(file)
  const { scenario, hash } = loaded
  const plan = assemble({ scenario, hash, seed: options.seed ?? scenario.seed, signatures: 'secp256k1' })
  for (const line of unplayedOnLibp2p(plan.faults)) note(line)
  const directory = networkDirectory()
  await claimDirectory(directory)
  const metrics = options.metricsPort === undefined ? null : await serveMetrics(plan, options.metricsPort)
  const progress = createLiveProgress(scenario, options.seed ?? scenario.seed)
  try {
    await interruptible(async (signal) => {
      const network = await LiveNetwork.launch({
        plan,
        directory,
        nodeProgram: NODE_PROGRAM,
        acceleration: options.acceleration ?? scenario.live.acceleration,
        signal,
        onProgress: progress.launch,
        onLost: (lost) => note(describeLoss(lost)),
        onSlower: (slower) =>
          note(`the machine cannot keep up: virtual time goes on at ${Math.round(slower)} times real time`),
      }).finally(() => progress.stop())
      const takeBack = scheduleProcessFaults({
        plan,
        network,
        onEvent: (_atMs, event) => {
          if (event.kind === 'fault') note(`${event.fault} of ${event.target}: ${event.phase}`)
        },
        onFailure: (node) => note(`${node} could not be started again`),
      })
      try {
        await metrics?.follow(directory)
        if (metrics !== null) note(`metrics: ${metrics.url}`)
        result(
          table(
            ['node', 'role'],
            plan.nodes.map(({ id, role }) => [id, role]),
          ),
        )
        result(`\n${plan.nodes.length} nodes are up. From another terminal:
  npm run -s solvent -- send
  npm run -s solvent -- status
  npm run -s solvent -- logs ${plan.nodes[0]!.id}
  npm run -s solvent -- fault kill ${plan.nodes.find(({ role }) => role === 'solver')?.id ?? 'NODE'}
Ctrl-C ends it.`)
        await Promise.race([network.allEnded(), sleep(2 ** 31 - 1, undefined, { signal, ref: true })])
      } finally {
        takeBack()
        await network.end()
        note('all processes have ended')
      }
    })
  } catch (error) {
    if (!isSolventError(error, 'E_INTERRUPTED')) throw error
  } finally {
    await metrics?.close()
  }
  return EXIT.ok
}
