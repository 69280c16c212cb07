// Rendered pieces of answers, kept by what they show: the id, its revision and the names around it.

/** Which entity in which revision. */
type Stamp = { readonly id: number; readonly revision: number }

type Fragment = { readonly revision: number; readonly references: number; readonly text: string }

/** One way of showing one noun: a door's JSON of expenses, say. Whoever sees other fields gets another view. */
export type View<T extends Stamp> = {
  /**
   * The texts of these stamps, in order. Those not at hand are loaded together and presented. `references` is the
   * organization's references revision, read before the stamps. Entities that vanished meanwhile are left out.
   */
  render(
    stamps: readonly Stamp[],
    references: number,
    load: (ids: number[]) => Promise<readonly T[]>,
    present: (entity: T) => string,
  ): Promise<readonly string[]>
}

/** Bytes that a fragment costs beside its text. */
const overhead = 160

export type Fragments = { readonly view: <T extends Stamp>() => View<T> }

/**
 * Makes the one cache of a server. It can never show anything stale: a fragment is found only under the revision that
 * the database just named, and under the references revision, which moves when anything shown by name is renamed.
 * The oldest fragments go when `maxBytes` is reached.
 */
export function createFragments(maxBytes: number): Fragments {
  const views: Map<number, Fragment>[] = []
  let bytes = 0

  function keep(fragments: Map<number, Fragment>, id: number, fragment: Fragment): void {
    const known = fragments.get(id)
    if (known !== undefined) bytes -= known.text.length + overhead
    fragments.delete(id)
    fragments.set(id, fragment)
    bytes += fragment.text.length + overhead
    if (bytes > maxBytes) shrink()
  }

  function shrink(): void {
    // A quarter at once, oldest first in every view, so that this is rare.
    for (const fragments of views) {
      let surplus = Math.ceil(fragments.size / 4)
      for (const [id, fragment] of fragments) {
        if (surplus === 0) break
        fragments.delete(id)
        bytes -= fragment.text.length + overhead
        surplus -= 1
      }
    }
  }

  return {
    view<T extends Stamp>(): View<T> {
      const fragments = new Map<number, Fragment>()
      views.push(fragments)
      return {
        async render(stamps, references, load, present) {
          const texts: (string | undefined)[] = []
          const missing: number[] = []
          for (const { id, revision } of stamps) {
            const known = fragments.get(id)
            const fits = known !== undefined && known.revision === revision && known.references === references
            texts.push(fits ? known.text : undefined)
            if (!fits) missing.push(id)
          }
          if (missing.length === 0) return texts as string[]
          const fresh = new Map<number, string>()
          for (const entity of await load(missing)) {
            const text = present(entity)
            fresh.set(entity.id, text)
            keep(fragments, entity.id, { revision: entity.revision, references, text })
          }
          // What was found above may have made room for what came; the texts at hand do not depend on it.
          return stamps.flatMap(({ id }, i) => texts[i] ?? fresh.get(id) ?? [])
        },
      }
    },
  }
}
