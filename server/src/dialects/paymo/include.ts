// The grammar of `include`: which fields of a resource an answer shows, and which relations inside it.

import { unknownName } from './errors.ts'
import type { Resource, Resources } from './resource.ts'

/** What is shown of a resource's objects. */
export type Selection = {
  /** In the order of the answer. */
  readonly fields: readonly string[]
  readonly relations: ReadonlyMap<string, Selection>
}

/** Paths in one `include`, and names in one path, at most. */
const limits = { paths: 200, depth: 6 }

type Wish = { readonly names: Set<string>; readonly relations: Map<string, Wish> }

/**
 * Reads `include`. Naming own fields shows just those, `*` stands for all default ones, and naming relations alone keeps
 * the default ones; the same holds inside every relation. Throws for unknown names.
 */
export function parseInclude(resources: Resources, resource: Resource, text: string): Selection {
  const root: Wish = { names: new Set(), relations: new Map() }
  const paths = text.split(',').map((path) => path.trim())
  if (paths.length > limits.paths) throw unknownName('include')
  for (const path of paths) {
    if (path !== '')
      note(
        root,
        path.split('.').map((name) => name.trim()),
      )
  }
  return selection(resources, resource, root)

  function note(wish: Wish, [first = '', ...rest]: readonly string[], depth = 1): void {
    if (depth > limits.depth) throw unknownName(text)
    if (rest.length === 0) {
      wish.names.add(first)
      return
    }
    const inner: Wish = wish.relations.get(first) ?? { names: new Set(), relations: new Map() }
    wish.relations.set(first, inner)
    note(inner, rest, depth + 1)
  }
}

/** The fields that an answer shows without `include`. */
export function defaultSelection(resource: Resource): Selection {
  return { fields: resource.fields, relations: new Map() }
}

function selection(resources: Resources, resource: Resource, { names, relations }: Wish): Selection {
  const shown = new Set<string>()
  const inside = new Map<string, Selection>()
  for (const name of names) {
    const relation = resource.relations.get(name)
    if (relation !== undefined) {
      if (!relations.has(name)) relations.set(name, { names: new Set(), relations: new Map() })
    } else if (name === '*') {
      for (const field of resource.fields) shown.add(field)
    } else if (resource.fields.includes(name) || resource.extras.includes(name)) {
      shown.add(name)
    } else if (resource.ignored?.includes(name) !== true) {
      throw unknownName(name)
    }
  }
  for (const [name, wish] of relations) {
    const relation = resource.relations.get(name)
    if (relation === undefined) throw unknownName(name)
    const target = relation.kind === 'none' ? undefined : resources.get(relation.of)
    // Of what is never there, any field may be asked for.
    inside.set(name, target === undefined ? empty : selection(resources, target, wish))
  }
  const all = [...resource.fields, ...resource.extras]
  return {
    fields: shown.size === 0 ? resource.fields : all.filter((field) => shown.has(field)),
    relations: inside,
  }
}

const empty: Selection = { fields: [], relations: new Map() }
