// The network as a picture that is drawn anew ten times a second: lanes, nodes and the dealings between them, on a canvas of its own,
// because a chart that is told a thousand edges again costs ten times as much.

import { COLOURS, faint, ink } from '../charts.ts'
import { element } from '../dom.ts'
import type { Lane, Placed } from './lanes.ts'
import { namesWithRoom } from './names-with-room.ts'

export interface DrawnNode extends Placed {
  readonly colour: number
  readonly isBusy: boolean
  readonly look: 'well' | 'silent' | 'broke'
  /** By the ground truth, where it is shown. */
  readonly isInRing: boolean
}

export interface DrawnEdge {
  readonly from: string
  readonly to: string
  /** How often they dealt. */
  readonly n: number
}

export interface Scene {
  readonly nodes: readonly DrawnNode[]
  readonly edges: readonly DrawnEdge[]
}

const RADIUS = 8
const BUSY_RADIUS = 12
const ARROW = 7
/** From a node to the square around it. */
const FRAME_GAP = 5
/** Of its length, how far an edge bends. */
const BEND = 0.15
const LANE_NAMES = 130
const EDGE = 34
/** With more, names run into each other; the one that is pointed at is shown. */
const MOST_NAMES = 60
const WIDEST = 6

interface Point {
  readonly x: number
  readonly y: number
}

export class NetworkPicture {
  readonly #canvas = element('canvas')
  readonly #context: CanvasRenderingContext2D
  readonly #lanes: readonly Lane[]
  readonly #watch: ResizeObserver
  #scene: Scene = { nodes: [], edges: [] }
  #size = { width: 0, height: 0 }
  #pointed: string | null = null

  /** @param label read out where the picture is not seen */
  constructor(parent: HTMLElement, label: string, lanes: readonly Lane[]) {
    const box = element('div', { class: 'chart', role: 'img', 'aria-label': label }, this.#canvas)
    parent.append(box)
    this.#lanes = lanes
    this.#context = this.#canvas.getContext('2d')!
    this.#watch = new ResizeObserver(() => this.#fit(box))
    this.#watch.observe(box)
    this.#fit(box)
    this.#canvas.addEventListener('mousemove', ({ offsetX, offsetY }) => this.#point(offsetX, offsetY))
    this.#canvas.addEventListener('mouseleave', () => this.#point(-1_000, -1_000))
  }

  draw(scene: Scene): void {
    this.#scene = scene
    const pen = this.#context
    pen.clearRect(0, 0, this.#size.width, this.#size.height)
    this.#drawLanes(pen)
    this.#drawEdges(pen)
    for (const node of scene.nodes) this.#drawNode(pen, node)
    this.#drawNames(pen)
  }

  dispose(): void {
    this.#watch.disconnect()
  }

  #fit(box: HTMLElement): void {
    const { clientWidth: width, clientHeight: height } = box
    const sharpness = globalThis.devicePixelRatio
    this.#size = { width, height }
    this.#canvas.width = Math.round(width * sharpness)
    this.#canvas.height = Math.round(height * sharpness)
    this.#canvas.style.width = `${width}px`
    this.#canvas.style.height = `${height}px`
    this.#context.setTransform(sharpness, 0, 0, sharpness, 0, 0)
    this.draw(this.#scene)
  }

  /** Nodes stand between 0 and 1,000 in their lane, lanes at multiples of 100. */
  #place({ x, y }: Point): Point {
    const { width, height } = this.#size
    const lanes = Math.max(1, this.#lanes.length - 1)
    return {
      x: LANE_NAMES + (x / 1_000) * (width - LANE_NAMES - EDGE),
      y: EDGE + (y / (100 * lanes)) * (height - 2 * EDGE),
    }
  }

  #drawLanes(pen: CanvasRenderingContext2D): void {
    pen.font = 'bold 13px system-ui, sans-serif'
    pen.textAlign = 'left'
    pen.textBaseline = 'middle'
    for (const { name, y } of this.#lanes) {
      const at = this.#place({ x: 0, y })
      pen.strokeStyle = faint()
      pen.lineWidth = 1
      pen.beginPath()
      pen.moveTo(LANE_NAMES, at.y)
      pen.lineTo(this.#size.width, at.y)
      pen.stroke()
      pen.fillStyle = ink()
      pen.fillText(name, 0, at.y, LANE_NAMES - 8)
    }
  }

  /** Those that are as wide in one stroke. */
  #drawEdges(pen: CanvasRenderingContext2D): void {
    const places = new Map(
      this.#scene.nodes.map((node) => [node.node, { ...this.#place(node), radius: radiusOf(node) }]),
    )
    const classes = new Map<number, Path2D>()
    const arrows = new Path2D()
    for (const { from, to, n } of this.#scene.edges) {
      const [a, b] = [places.get(from), places.get(to)]
      if (a === undefined || b === undefined) continue
      const width = Math.min(WIDEST, 1 + Math.floor(Math.log2(n)))
      const path = classes.get(width) ?? new Path2D()
      classes.set(width, path)
      addEdge(path, arrows, a, b)
    }
    pen.globalAlpha = 0.6
    pen.strokeStyle = ink()
    pen.fillStyle = ink()
    for (const [width, path] of classes) {
      pen.lineWidth = width
      pen.stroke(path)
    }
    pen.fill(arrows)
    pen.globalAlpha = 1
  }

  #drawNode(pen: CanvasRenderingContext2D, node: DrawnNode): void {
    const { x, y } = this.#place(node)
    const radius = radiusOf(node)
    const colour = COLOURS[node.colour % COLOURS.length]!
    pen.beginPath()
    if (node.look === 'broke') {
      for (const [dx, dy] of [
        [0, -radius],
        [radius, 0],
        [0, radius],
        [-radius, 0],
      ] as const)
        pen.lineTo(x + dx, y + dy)
      pen.closePath()
    } else pen.arc(x, y, radius, 0, 2 * Math.PI)
    pen.fillStyle = node.look === 'silent' ? paper() : colour
    pen.fill()
    if (node.look !== 'well') {
      pen.lineWidth = 3
      pen.strokeStyle = node.look === 'silent' ? colour : ink()
      pen.stroke()
    }
    if (!node.isInRing) return
    const reach = radius + FRAME_GAP
    pen.lineWidth = 2
    pen.strokeStyle = ink()
    pen.strokeRect(x - reach, y - reach, 2 * reach, 2 * reach)
  }

  #drawNames(pen: CanvasRenderingContext2D): void {
    const { nodes } = this.#scene
    const named = nodes.length <= MOST_NAMES ? nodes : nodes.filter(({ node }) => node === this.#pointed)
    pen.font = '11px system-ui, sans-serif'
    pen.textAlign = 'center'
    pen.textBaseline = 'middle'
    pen.lineJoin = 'round'
    const names = named.map((node, at) => {
      const { x, y } = this.#place(node)
      // Neighbours take turns, so that long names do not run into each other.
      const below = at % 2 === 0 ? 1 : -1
      return {
        name: node.node,
        x,
        y: y + below * (BUSY_RADIUS + 8 + (node.isInRing ? FRAME_GAP : 0)),
        width: pen.measureText(node.node).width,
        isPointed: node.node === this.#pointed,
      }
    })
    for (const { name, x, y } of namesWithRoom(names)) {
      const place = [name, x, y] as const
      pen.lineWidth = 4
      pen.strokeStyle = paper()
      pen.strokeText(...place)
      pen.fillStyle = ink()
      pen.fillText(...place)
    }
  }

  #point(x: number, y: number): void {
    const under = this.#scene.nodes.find((node) => {
      const at = this.#place(node)
      return Math.hypot(at.x - x, at.y - y) <= BUSY_RADIUS
    })
    const pointed = under?.node ?? null
    if (pointed === this.#pointed) return
    this.#pointed = pointed
    this.draw(this.#scene)
  }
}

const radiusOf = ({ isBusy }: DrawnNode): number => (isBusy ? BUSY_RADIUS : RADIUS)
const paper = (): string => getComputedStyle(document.body).backgroundColor

/** A bow to the rim of the other, where its arrow points. */
function addEdge(path: Path2D, arrows: Path2D, a: Point, b: Point & { readonly radius: number }): void {
  const middle = { x: (a.x + b.x) / 2 - (b.y - a.y) * BEND, y: (a.y + b.y) / 2 + (b.x - a.x) * BEND }
  const reach = Math.hypot(b.x - middle.x, b.y - middle.y)
  if (reach === 0) return
  const [ux, uy] = [(b.x - middle.x) / reach, (b.y - middle.y) / reach]
  const tip = { x: b.x - ux * b.radius, y: b.y - uy * b.radius }
  path.moveTo(a.x, a.y)
  path.quadraticCurveTo(middle.x, middle.y, tip.x, tip.y)
  const foot = { x: tip.x - ux * ARROW, y: tip.y - uy * ARROW }
  arrows.moveTo(tip.x, tip.y)
  arrows.lineTo(foot.x - (uy * ARROW) / 2, foot.y + (ux * ARROW) / 2)
  arrows.lineTo(foot.x + (uy * ARROW) / 2, foot.y - (ux * ARROW) / 2)
  arrows.closePath()
}
