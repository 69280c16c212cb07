// Form fields with names in brackets as a tree: `a[b]=1`, `a[]=1`, `a[0][b]=1`.

import type { Pairs } from '../../http/pairs.ts'
import type { Attributes, Value } from './body.ts'

type Branch = { [name: string]: Value | Branch } | (Value | Branch)[]

/** Names inside each other at most. */
const maxDepth = 10

/**
 * Puts the fields of a form together. `[]` appends; `[][b]` goes on with the last item until it has a `b`. A name without a
 * closing bracket is a name. Answers undefined for a name that is both a value and something with names, and for names that
 * are too deep.
 */
export function nest(pairs: Pairs): Attributes | undefined {
  const root: Branch = Object.create(null)
  for (const [name, value] of pairs) {
    const path = pathOf(name)
    if (path.length > maxDepth || !put(root, path, value)) return undefined
  }
  return root as Attributes
}

function pathOf(name: string): string[] {
  const [, first, rest] = /^([^[]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? []
  if (first === undefined || rest === undefined) return [name]
  return [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, part = '']) => part)]
}

function put(branch: Branch, [step = '', ...rest]: readonly string[], value: string): boolean {
  const [next] = rest
  if (Array.isArray(branch)) {
    if (step !== '') return false
    if (next === undefined) return branch.push(value) > 0
    const last = branch.at(-1)
    const open = isBranch(last) && !Array.isArray(last) && last[next] === undefined
    if (!open) branch.push(made(next))
    const item = branch.at(-1)
    return isBranch(item) && put(item, rest, value)
  }
  if (next === undefined) {
    // The last of a repeated field counts, as it does there.
    if (isBranch(branch[step])) return false
    branch[step] = value
    return true
  }
  branch[step] ??= made(next)
  const below = branch[step]
  return isBranch(below) && put(below, rest, value)
}

function made(next: string): Branch {
  return next === '' ? [] : Object.create(null)
}

function isBranch(value: Value | Branch | undefined): value is Branch {
  return typeof value === 'object' && value !== null
}
