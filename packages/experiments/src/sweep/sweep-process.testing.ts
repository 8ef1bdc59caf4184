// A program that sweeps in this thread, in the directory that it is given, from wherever an earlier one was killed, and that kills itself
// before the operation of the disk that it is told; 0: never. Says `begun` when it has the store.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Disk, type DiskFile, nodeDisk } from '../durable/disk.ts'
import { sweep } from './open-sweep.ts'
import { batchOf } from './record-batch.ts'
import { type RunOutcome, recordOf } from './run-record.ts'
import { plannedRun, type SweepPlan } from './sweep-plan.ts'

const [directory = '', planFile = '', dieAt = '0'] = process.argv.slice(2)
const plan = JSON.parse(readFileSync(planFile, 'utf8')) as SweepPlan
let operations = 0

function step(): void {
  operations += 1
  if (operations === Number(dieAt)) process.kill(process.pid, 'SIGKILL')
}

function mortalFile(file: DiskFile): DiskFile {
  return {
    async write(bytes) {
      // The last thing that this process does may be half of a write.
      if (operations + 1 === Number(dieAt)) await file.write(bytes.subarray(0, bytes.length >> 1))
      step()
      await file.write(bytes)
    },
    async datasync() {
      step()
      await file.datasync()
    },
    close: () => file.close(),
  }
}

const mortalDisk: Disk = {
  ...nodeDisk,
  async makeDirectory(path) {
    step()
    await nodeDisk.makeDirectory(path)
  },
  async create(path) {
    step()
    return mortalFile(await nodeDisk.create(path))
  },
  async append(path) {
    return mortalFile(await nodeDisk.append(path))
  },
  async truncate(path, length) {
    step()
    await nodeDisk.truncate(path, length)
  },
  async rename(from, to) {
    step()
    await nodeDisk.rename(from, to)
  },
  async link(from, to) {
    step()
    await nodeDisk.link(from, to)
  },
  async remove(path) {
    step()
    await nodeDisk.remove(path)
  },
  async syncDirectory(path) {
    step()
    await nodeDisk.syncDirectory(path)
  },
}

/** Runs are not what is tested here, and a simulator takes long to load. */
function outcomeOf(index: number): RunOutcome {
  return { index, status: 'ok', digest: null, metrics: { draw: index % 7 }, problem: null, events: null }
}

process.stdout.write('begun\n')
await sweep({
  directory,
  plan,
  how: existsSync(join(directory, 'plan.json')) ? 'resume' : 'create',
  disk: mortalDisk,
  segmentBytes: 2_000,
  createTables: async () => ({
    add: () => undefined,
    files: async () => new Map([['tables/none.txt', new Uint8Array(64)]]),
    close: async () => undefined,
  }),
  createExecutor: (_, engine) => ({
    width: 1,
    batchSize: () => 2,
    run: async (indexes) =>
      batchOf(indexes.map((index) => recordOf(plan, engine, plannedRun(plan, index), outcomeOf(index)))),
    close: async () => undefined,
  }),
})
process.stdout.write(`${operations}\n`)
