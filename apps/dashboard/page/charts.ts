// ECharts with the parts that the page uses, in the reader's colours.
import { BarChart, CustomChart, GraphChart, HeatmapChart, LineChart } from 'echarts/charts'
import {
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components'
import * as echarts from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { element } from './dom.ts'

echarts.use([
  BarChart,
  CustomChart,
  GraphChart,
  HeatmapChart,
  LineChart,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
  CanvasRenderer,
])

/** Okabe, Ito 2008: told apart by colour-blind readers. */
export const COLOURS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#999999'] as const

const isDark = (): boolean => matchMedia('(prefers-color-scheme: dark)').matches
export const ink = (): string => (isDark() ? '#ececec' : '#1b1b1b')
export const faint = (): string => (isDark() ? '#4a4a4a' : '#d0d0d0')

export interface Chart {
  readonly box: HTMLElement
  set(option: echarts.EChartsCoreOption): void
  onClick(take: (name: string) => void): void
  /** Of charts with two axes: where the point stands that is clicked on. */
  onPoint(take: (point: readonly [x: number, y: number]) => void): void
  dispose(): void
}

/** @param label read out where the picture is not seen */
export function chartIn(parent: HTMLElement, label: string, className = 'chart'): Chart {
  const box = element('div', { class: className, role: 'img', 'aria-label': label })
  parent.append(box)
  const instance = echarts.init(box)
  const watch = new ResizeObserver(() => instance.resize())
  watch.observe(box)
  return {
    box,
    set: (option) =>
      instance.setOption({ animation: false, color: [...COLOURS], textStyle: { color: ink() }, ...option }),
    onClick: (take) => {
      instance.on('click', ({ name }) => take(name))
    },
    onPoint: (take) => {
      instance.on('click', ({ value }) => {
        if (Array.isArray(value)) take([Number(value[0]), Number(value[1])])
      })
    },
    dispose: () => {
      watch.disconnect()
      instance.dispose()
    },
  }
}

/** Colours of an axis. */
export const axis = (): { readonly axisLabel: object; readonly [other: string]: object } => ({
  axisLabel: { color: ink(), hideOverlap: true },
  axisLine: { lineStyle: { color: ink() } },
  splitLine: { lineStyle: { color: faint() } },
  nameTextStyle: { color: ink() },
})
