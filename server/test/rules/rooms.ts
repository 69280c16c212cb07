// The arrows between the rooms of server/src: who may import whom, and that nothing goes in a circle.

import { posix } from 'node:path'
import { type Import, importsOf } from './imports.ts'
import type { Source } from './source.ts'
import { isTest } from './tidy.ts'

type Law = {
  /** The rooms it may import besides itself; a test of the whole name. */
  readonly rooms: RegExp
  /** Packages whose code it may import. */
  readonly packages: RegExp
  /** Packages of which only types may be imported. */
  readonly types?: RegExp
  /** Modules of Node.js. */
  readonly node: RegExp
}

const none = /^$/
const all = /^/
// What a translator needs of Node.js: bytes, digests and spelling. No files, no network, no clock.
const pureNode = /^node:(?:crypto|stream|buffer|util|url|querystring|string_decoder)$/

const laws: Readonly<Record<string, Law>> = {
  core: { rooms: none, packages: none, node: none },
  store: { rooms: /^core$/, packages: /^(?:kysely|pg)(?:\/|$)/, node: all },
  dialects: { rooms: /^(?:core|http)$/, packages: none, types: /^fastify$/, node: pureNode },
  // It also sends the pages of the web, which are files. Its tables of resources are schemas.
  api: {
    rooms: /^(?:core|http)$/,
    packages: /^typebox(?:\/|$)/,
    types: /^fastify$/,
    node: /^node:(?:fs|path|crypto|stream)$/,
  },
  http: { rooms: /^core$/, packages: all, node: all },
  outside: { rooms: /^core$/, packages: all, node: all },
  commands: { rooms: all, packages: all, node: all },
  'app.ts': { rooms: all, packages: all, node: all },
  'main.ts': { rooms: all, packages: all, node: all },
}

/** For a file that stands beside the rooms, such as config.ts: it may know the core's words. */
const besideRooms: Law = { rooms: /^(?:core|[\w-]+\.ts)$/, packages: none, node: all }

const top = 'server/src/'

/** Every import that goes where it may not, as lines that name the file, the target and the law. */
export function forbiddenImports(files: readonly Source[], dependencies: readonly string[]): string[] {
  return files.flatMap((file) => {
    if (!file.path.startsWith(top)) return []
    return importsOf(file).flatMap((found) => {
      const why = isTest(file) ? objectionToTest(file, found) : objection(file, found, dependencies)
      return why === undefined ? [] : [`${file.path}:${found.line} ${found.specifier}: ${why}`]
    })
  })
}

/** Circles of files that import each other's values, each as a path from a file back to itself. */
export function fileCircles(files: readonly Source[]): string[] {
  const edges = files
    .filter((file) => file.path.startsWith(top) && !isTest(file))
    .map((file) => {
      const targets = importsOf(file).filter(({ typeOnly, dynamic }) => !typeOnly && !dynamic)
      return [file.path, targets.flatMap(({ specifier }) => resolve(file.path, specifier) ?? [])] as const
    })
  return circles(new Map(edges))
}

/** Circles of rooms, types included. The files that stand beside the rooms are rooms of their own here. */
export function roomCircles(files: readonly Source[]): string[] {
  const edges = new Map<string, string[]>()
  for (const file of files.filter((file) => file.path.startsWith(top) && !isTest(file))) {
    const from = roomOf(file.path)
    const targets = importsOf(file).flatMap(({ specifier }) => resolve(file.path, specifier) ?? [])
    const rooms = targets.map(roomOf).filter((room) => room !== from)
    edges.set(from, [...(edges.get(from) ?? []), ...rooms])
  }
  return circles(edges)
}

/** `core`, `dialects/kimai`, or the name of a file that stands beside the rooms. */
function roomOf(path: string): string {
  const [first = '', second] = path.slice(top.length).split('/')
  return first === 'dialects' && second !== undefined ? `dialects/${second}` : first
}

function lawOf(room: string): Law | undefined {
  return laws[room.split('/')[0] ?? ''] ?? (room.endsWith('.ts') ? besideRooms : undefined)
}

function resolve(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : undefined
}

function objection(file: Source, found: Import, dependencies: readonly string[]): string | undefined {
  const room = roomOf(file.path)
  const law = lawOf(room)
  if (law === undefined) return `"${room}" is no room that the rules know`
  const target = resolve(file.path, found.specifier)
  if (target !== undefined) return objectionToFile(room, law, target)
  if (found.specifier.startsWith('node:'))
    return law.node.test(found.specifier) ? undefined : `not in ${room}`
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(found.specifier)?.[0] ?? ''
  if (!dependencies.includes(name)) return 'not among the dependencies of package.json'
  if (law.packages.test(found.specifier)) return undefined
  if (law.types?.test(found.specifier)) return found.typeOnly ? undefined : `only its types in ${room}`
  return `not in ${room}`
}

function objectionToFile(room: string, law: Law, target: string): string | undefined {
  if (/\.test\.tsx?$/.test(target)) return 'a test'
  if (!target.startsWith(top)) return 'outside server/src'
  const to = roomOf(target)
  return to === room || law.rooms.test(to) ? undefined : `${room} may not know ${to}`
}

/** A test may import everything but another dialect, so that a dialect's folder goes with its tests. */
function objectionToTest(file: Source, { specifier }: Import): string | undefined {
  const target = resolve(file.path, specifier)
  if (target === undefined || !target.startsWith(`${top}dialects/`)) return undefined
  return roomOf(target) === roomOf(file.path) ? undefined : 'a dialect is known to its own tests only'
}

/** One path for each edge that leads back to where the search came from. */
function circles(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const path: string[] = []
  const visit = (node: string) => {
    if (path.includes(node)) found.push([...path.slice(path.indexOf(node)), node].join(' → '))
    else if (!done.has(node)) {
      path.push(node)
      for (const next of new Set(edges.get(node))) visit(next)
      path.pop()
      done.add(node)
    }
  }
  for (const node of edges.keys()) visit(node)
  return found
}
