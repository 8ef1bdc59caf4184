// Live progress on stderr: a bar on a terminal, a line now and then elsewhere.
import { MultiBar, Presets, type SingleBar } from 'cli-progress'
import { note } from './streams.ts'

export interface Progress {
  update(done: number, detail: string): void
  /** A line above the bar. */
  say(line: string): void
  stop(): void
}

const LINES = 10

/** Shows `done` of `total` under a title. */
export function createProgress(title: string, total: number): Progress {
  return process.stderr.isTTY === true ? barProgress(title, total) : lineProgress(title, total)
}

function barProgress(title: string, total: number): Progress {
  const bars = new MultiBar(
    {
      format: `${title} {bar} {percentage}%  {detail}`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: false,
      barsize: 20,
      forceRedraw: true,
    },
    Presets.shades_grey,
  )
  const bar: SingleBar = bars.create(total, 0, { detail: '' })
  return {
    update: (done, detail) => bar.update(Math.min(done, total), { detail }),
    say: (line) => bars.log(`${line}\n`),
    stop: () => bars.stop(),
  }
}

function lineProgress(title: string, total: number): Progress {
  let shown = -1
  return {
    update(done, detail) {
      const step = Math.floor((done / total) * LINES)
      if (step === shown) return
      shown = step
      note(`${title} ${Math.min(100, Math.round((done / total) * 100))}%  ${detail}`)
    },
    say: note,
    stop() {},
  }
}
