// A resource: one noun of the book as this door shows it. Everything about it follows from its one table.

import Type, { type TObject, type TSchema } from 'typebox'
import type { Actor } from '../core/actor.ts'
import type { CatalogueInput, CatalogueNoun } from '../core/catalogue/defaults.ts'
import type { Entities, Kept } from '../core/entity.ts'
import { DomainError, type Issue, invalidAll } from '../core/errors.ts'
import type { Core } from '../core/index.ts'
import type { ReadableNoun } from '../core/reading.ts'
import type { Fields, Given } from './fields.ts'
import type { Filters } from './filters.ts'
import { type Loader, type Look, mapOf } from './look.ts'
import { id, nullable } from './wire.ts'

/** Another entity that `with` puts into the answer, beside its id. */
export type Relation<E> = {
  /** What it leads to; those of one noun look the same. */
  readonly noun: string
  readonly schema: TSchema
  readonly id: (entity: E) => number | null
  /** Throws `forbidden` for those who may read nothing of that kind. */
  readonly check: (core: Core, actor: Actor) => void
  /** The related entities as they are shown, by id. What the actor may not read is missing. */
  readonly load: (core: Core, actor: Actor, ids: readonly number[]) => Promise<ReadonlyMap<number, object>>
  /** Whether nothing but a change in this organization, that moves its references revision, changes what is shown. */
  readonly lasting: boolean
}

/** The verbs of a noun; what is missing is no operation of this door. */
export type Verbs<E> = {
  readonly add?: (core: Core, actor: Actor, given: Given) => Promise<E>
  readonly update?: (core: Core, actor: Actor, id: number, given: Given) => Promise<E>
  readonly remove?: (core: Core, actor: Actor, id: number) => Promise<void>
  readonly restore?: (core: Core, actor: Actor, id: number) => Promise<E>
}

/** The core's verbs on one noun of the catalogue. */
type CatalogueNounVerbs<N extends CatalogueNoun> = {
  add(actor: Actor, input: CatalogueInput<N>): Promise<Entities[N]>
  update(actor: Actor, id: number, input: Partial<CatalogueInput<N>>): Promise<Entities[N]>
  remove(actor: Actor, id: number): Promise<void>
  restore(actor: Actor, id: number): Promise<Entities[N]>
}

/** The verbs of a noun of the catalogue whose fields go to the core as they were read. */
export function catalogueVerbs<N extends CatalogueNoun>(
  of: (core: Core) => CatalogueNounVerbs<N>,
): Verbs<Entities[N]> {
  return {
    add: (core, actor, given) => of(core).add(actor, given as unknown as CatalogueInput<N>),
    update: (core, actor, id, given) => of(core).update(actor, id, given as Partial<CatalogueInput<N>>),
    remove: (core, actor, id) => of(core).remove(actor, id),
    restore: (core, actor, id) => of(core).restore(actor, id),
  }
}

/** The table of a resource. */
export type Table<N, E> = {
  readonly noun: N
  /** The value of `object`. */
  readonly object: string
  /** Name of its type in the OpenAPI document, such as `TimeEntry`, and its plural. */
  readonly type: string
  readonly types: string
  readonly path: string
  /** One of them in a sentence: `a time entry`. */
  readonly one: string
  /** Several in a sentence, and as a heading. */
  readonly many: string
  readonly about: string
  readonly fields: Fields<E>
  readonly filters: Filters
  /** Names to sort by, and the core's names of them. */
  readonly sorts: Readonly<Record<string, string>>
  /** The sort when none is named, such as `-spent_at`. */
  readonly order: string
  readonly relations: Readonly<Record<string, Relation<E>>>
  /** Loads what presenting needs beside the entity. */
  readonly load?: Loader<E>
  readonly verbs: Verbs<E>
  readonly examples: { readonly create: object; readonly update: object }
}

/** A table with all that follows from it. */
export type Resource = Table<ReadableNoun, Kept> & {
  readonly schema: TObject
  readonly create: TSchema
  readonly update: TSchema
  /** Fields whose money is of a currency that other things decide. */
  readonly moneyFields: readonly string[]
  /** The entity as this door shows it, related data aside. */
  readonly present: (entity: Kept, look: Look) => Record<string, unknown>
  /** What was sent, under the core's names. Throws `invalid` with every value that cannot be read. */
  readonly take: (body: unknown, look: Look) => Given
}

/** Makes a resource from its table. What it knows of its noun's own fields stays inside. */
export function resource<N extends ReadableNoun>(own: Table<N, Entities[N]>): Resource {
  const table = own as unknown as Table<ReadableNoun, Kept>
  const { object, relations } = table
  const fields: Fields<Kept> = { id: { out: id, show: (entity) => entity.id }, ...table.fields }
  const inlined = Object.entries(relations).map(([name, { schema }]): [string, TSchema] => [
    name,
    Type.Optional(described(nullable(schema), `With \`with=${name}\`.`)),
  ])
  return {
    ...table,
    schema: Type.Object(
      { object: Type.Literal(object), ...propertiesOf(fields), ...Object.fromEntries(inlined) },
      { additionalProperties: false },
    ),
    create: inputOf(fields, 'create'),
    update: inputOf(fields, 'update'),
    moneyFields: Object.entries(fields).flatMap(([name, field]) => (field.money ? [name] : [])),
    present: presenterOf(object, fields),
    take: takerOf(fields),
  }
}

/** The answered fields as properties of a schema. */
export function propertiesOf<E>(fields: Fields<E>): Record<string, TSchema> {
  const shown = Object.entries(fields).filter(([, field]) => !field.hidden)
  return Object.fromEntries(shown.map(([name, { out, about }]) => [name, described(out, about)]))
}

/** Shows an entity by its fields, `object` first. */
export function presenterOf<E>(object: string, fields: Fields<E>) {
  const shown = Object.entries(fields).filter(([, field]) => !field.hidden)
  return (entity: E, look: Look): Record<string, unknown> => {
    const wire: Record<string, unknown> = { object }
    for (const [name, field] of shown) wire[name] = field.show(entity, look)
    return wire
  }
}

/** Reads a valid body under the core's names. What it answers throws `invalid` with every value that cannot be read. */
export function takerOf<E>(fields: Fields<E>) {
  const readers = new Map(
    Object.entries(fields).flatMap(([name, { take }]) => (take === undefined ? [] : [[name, take]])),
  )
  return (body: unknown, look: Look): Given => {
    const given: Given = {}
    const issues: Issue[] = []
    for (const [name, value] of Object.entries(body as object)) {
      try {
        readers.get(name)?.(value, given, look)
      } catch (error) {
        if (!(error instanceof DomainError) || error.issues.length === 0) throw error
        issues.push(...error.issues)
      }
    }
    if (issues.length > 0) throw invalidAll(issues)
    return given
  }
}

/** The relation to an entity of another resource. */
export function relationTo<E>({ noun, ...to }: Resource, idOf: Relation<E>['id']): Relation<E> {
  return {
    noun,
    schema: to.schema,
    id: idOf,
    check: (core, actor) => {
      core.reading.check(actor, noun)
    },
    async load(core, actor, ids) {
      const entities = await core.reading.byIds(actor, noun, ids)
      const related = (await to.load?.(core, actor, entities)) ?? {}
      const found = mapOf<Kept>(entities)
      return new Map([...found].map(([id, entity]) => [id, to.present(entity, { actor, related })]))
    },
    // Reports are not among what moves the references revision.
    lasting: noun !== 'expense_report',
  }
}

/** What may be sent: all of it for a new entity, any part of it for a change. Nothing else is let through. */
export function inputOf<E>(fields: Fields<E>, purpose: 'create' | 'update'): TSchema {
  const properties: Record<string, TSchema> = {}
  for (const [name, field] of Object.entries(fields)) {
    if (field.in === undefined || (field.fixed && purpose === 'update')) continue
    const schema = described(field.in, field.about)
    properties[name] = field.required && purpose === 'create' ? schema : Type.Optional(schema)
  }
  return Type.Object(properties, { additionalProperties: false })
}

function described(schema: TSchema, about: string | undefined): TSchema {
  return about === undefined ? schema : ({ ...schema, description: about } as TSchema)
}
