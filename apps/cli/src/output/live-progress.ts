// What a live run shows while it goes: how the start proceeds, then orders, fills, finality and backing.
import { drawFaults, type LaunchProgress, type RunProgress, type Scenario } from '@solvent/experiments'
import { createProgress, type Progress } from './progress.ts'
import { note, warn } from './streams.ts'

export interface LiveProgress {
  readonly launch: (progress: LaunchProgress) => void
  readonly run: (progress: RunProgress) => void
  readonly note: (line: string) => void
  stop(): void
}

const SECONDS_PER_MINUTE = 60

export function createLiveProgress(scenario: Scenario, seed: number): LiveProgress {
  const drawn = drawFaults(scenario, String(seed)).map(({ fault }) => fault)
  let phase = ''
  let bar: Progress | null = null
  const enter = (name: string, total: number): Progress => {
    if (phase !== name) {
      bar?.stop()
      phase = name
      bar = createProgress(name.padEnd(10), total)
    }
    return bar!
  }
  return {
    launch: ({ phase: name, done, of }) => {
      if (name !== 'running') enter(name, of).update(done, `${done} of ${of} processes`)
    },
    run: ({ elapsedSeconds, report }) => {
      const faults = drawn.filter(({ atSeconds }) => atSeconds <= elapsedSeconds).map(({ kind }) => kind)
      const past = faults.length === 0 ? '' : `  ${faults.join(', ')}`
      enter('running', scenario.durationSeconds).update(
        elapsedSeconds,
        `${clock(elapsedSeconds)}${past}  ${report === null ? '' : progressLine(report)}`,
      )
    },
    note: (line) => (bar === null ? note : bar.say)(warn(line)),
    stop: () => {
      bar?.stop()
      bar = null
    },
  }
}

function clock(seconds: number): string {
  const minutes = Math.floor(seconds / SECONDS_PER_MINUTE)
  return `${minutes}:${String(Math.floor(seconds % SECONDS_PER_MINUTE)).padStart(2, '0')}`
}

function progressLine({ counts, chains, bridges }: NonNullable<RunProgress['report']>): string {
  const final = chains
    .map(({ name, head, finalized }) => `${name.slice(0, 4)} ${finalized}/${head}`)
    .join(' ')
  const backing = bridges
    .map(({ id, asset, backingRatio }) => `${id}/${asset} ${(backingRatio * 100).toFixed(1)} %`)
    .join(' ')
  return `orders ${counts.signed} open ${counts.opened} filled ${counts.filled} settled ${counts.settled} | final ${final} | backing ${backing}`
}
