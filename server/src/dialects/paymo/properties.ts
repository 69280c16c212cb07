// Fields that only Paymo's clients know: kept as properties of this door, spelled as they are shown.

import type { Decimal } from '../../core/decimal.ts'
import type { SubjectNoun } from '../../core/notes/nouns.ts'
import type { Call } from './call.ts'
import { fieldsOf, type Input } from './input.ts'
import { exact, type WireObject, type WireValue } from './wire.ts'

type Kind = 'text' | 'decimal' | 'integer' | 'flag' | 'day'

/** A field by its name: what it holds, and what it shows while nothing is kept. */
export type OwnFields = Readonly<Record<string, readonly [kind: Kind, none: WireValue]>>

const space = 'paymo'

/** Reading and writing the own fields of a noun. */
export function ownFields(noun: SubjectNoun, table: OwnFields) {
  const none: WireObject = Object.fromEntries(Object.entries(table).map(([name, [, value]]) => [name, value]))

  return {
    names: Object.keys(table),

    /** What these entities show, by id. */
    async read({ core, actor }: Call, ids: readonly number[]): Promise<(id: number) => WireObject> {
      if (ids.length === 0) return () => none
      const found = new Map<number, { [name: string]: WireValue }>()
      for (const { subjectId, name, value } of await core.notes.properties(actor, noun, ids, space)) {
        const [kind] = (Object.hasOwn(table, name) ? table[name] : undefined) ?? []
        if (kind === undefined || value === null) continue
        const known = found.get(subjectId) ?? {}
        known[name] = show(kind, value)
        found.set(subjectId, known)
      }
      return (id) => ({ ...none, ...found.get(id) })
    },

    /** Keeps those fields that an input gives; null, and what is shown anyway, take them away. */
    async write({ core, actor }: Call, id: number, input: Input): Promise<void> {
      for (const [name, [kind, absent]] of Object.entries(table)) {
        const value = given(kind, name, input)
        if (value === undefined) continue
        const isAbsent = value === null || show(kind, value) === absent || (value === '' && absent === null)
        const kept = isAbsent ? null : value
        await core.notes.setProperty(actor, { noun, id }, space, name, kept)
      }
    },

    /** Whether an input gives any of them. */
    isGiven: (input: Input) => Object.keys(table).some((name) => Object.hasOwn(input, name)),
  }
}

function show(kind: Kind, value: string): WireValue {
  if (kind === 'decimal') return exact(value as Decimal)
  if (kind === 'integer') return Number(value)
  return kind === 'flag' ? value === 'true' : value
}

function given(kind: Kind, name: string, input: Input): string | null | undefined {
  const read = fieldsOf(input)
  switch (kind) {
    case 'text':
      return read.text(name)?.slice(0, 2000)
    case 'decimal':
      return read.decimal(name)
    case 'day':
      return read.day(name)
    case 'integer': {
      const value = read.integer(name)
      return value === null || value === undefined ? value : String(value)
    }
    case 'flag': {
      const value = read.flag(name)
      return value === undefined ? undefined : String(value)
    }
  }
}
