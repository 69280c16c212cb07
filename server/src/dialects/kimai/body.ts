// The body of a request, JSON or a form, as one tree of texts.

import { readPairs } from '../../http/pairs.ts'

/**
 * What was sent. Numbers keep the digits they were sent with, `true` is `1` and `null` is empty, since forms know texts
 * only. `false` stays apart: in a flag it is no, in any other field nothing.
 */
export type Given = string | false | readonly Given[] | ReadonlyMap<string, Given>

const nothing: Given = new Map()

/** Nesting of a body at most; the deepest form has three levels. */
const maxDepth = 8

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a body. None at all is an empty object: clients send nothing, or `{}`, where nothing is needed. Undefined: it is
 * neither an object nor a list, cannot be read, or names one field in both spellings.
 */
export function readBody(bytes: Uint8Array | undefined, type: string | undefined): Given | undefined {
  if (bytes === undefined || bytes.length === 0) return nothing
  try {
    const text = utf8.decode(bytes)
    if (text.trim() === '') return nothing
    if (type?.startsWith('application/x-www-form-urlencoded')) return readForm(text)
    const value: unknown = JSON.parse(text, (_, field, context?: { source?: string }) =>
      typeof field === 'number' ? (context?.source ?? String(field)) : field,
    )
    return typeof value === 'object' && value !== null ? given(value, 0) : undefined
  } catch {
    return undefined
  }
}

function given(value: unknown, depth: number): Given {
  if (depth > maxDepth) throw new RangeError('The body is nested too deep.')
  if (value === null || value === undefined) return ''
  if (value === false) return false
  if (value === true) return '1'
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.map((item) => given(item, depth + 1))
  const fields = new Map<string, Given>()
  for (const [name, field] of Object.entries(value)) put(fields, camel(name), given(field, depth + 1))
  return fields
}

// Both spellings of a name are welcome, but not both at once.
function put(fields: Map<string, Given>, name: string, value: Given): void {
  if (fields.has(name)) throw new RangeError('A field is named twice.')
  fields.set(name, value)
}

function camel(name: string): string {
  return name.replace(/(?<=[A-Za-z0-9])_([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** `a=1&tags[]=2&members[0][user]=3`. A name that is repeated counts once, the last time. */
function readForm(text: string): Given | undefined {
  const pairs = readPairs(text.trim())
  if (pairs === undefined) return undefined
  const root: Tree = new Map()
  for (const [name, value] of pairs) {
    const [, head = name, rest = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? []
    const steps = [head, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, step = '']) => step)]
    if (steps.length > maxDepth) return undefined
    plant(root, steps, value)
  }
  return grown(root)
}

type Tree = Map<string, string | Tree>

function plant(tree: Tree, steps: readonly string[], value: string): void {
  let at = tree
  for (const [index, step] of steps.entries()) {
    const name = step === '' ? String(at.size) : index === 0 ? camel(step) : step
    if (index === steps.length - 1) at.set(name, value)
    else {
      const known = at.get(name)
      const next: Tree = known instanceof Map ? known : new Map()
      at.set(name, next)
      at = next
    }
  }
}

function grown(tree: Tree, top = true): Given {
  const fields = [...tree].map(([name, value]): [string, Given] => [
    name,
    typeof value === 'string' ? value : grown(value, false),
  ])
  const isList = !top && fields.every(([name], index) => name === String(index))
  return isList ? fields.map(([, value]) => value) : new Map(fields)
}
