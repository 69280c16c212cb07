// Schemas with names of their own in the OpenAPI document, found again wherever they stand.

import type { TSchema } from 'typebox'
import { application } from '../operations/applications.ts'
import { change } from '../operations/changes.ts'
import { note, property } from '../operations/notes.ts'
import { organization, person } from '../operations/people.ts'
import { preview } from '../operations/quick-entry.ts'
import { receipt } from '../operations/receipts.ts'
import { consent, session, token } from '../operations/sign-in.ts'
import { personName } from '../people.ts'
import { resources } from '../resources/index.ts'
import { documentedAs } from '../validate.ts'
import { money, moneyInput } from '../wire.ts'
import { problem } from './problem-schema.ts'

const known: readonly (readonly [name: string, schema: TSchema])[] = [
  ['Money', money],
  ['MoneyInput', moneyInput],
  ['Problem', problem],
  ['PersonName', personName],
  ['Person', person.schema],
  ['PersonInput', person.create],
  ['PersonUpdate', person.update],
  ['Organization', organization.schema],
  ['OrganizationUpdate', organization.update],
  ['Token', token],
  ['Session', session],
  ['Consent', consent],
  ['Application', application],
  ['Receipt', receipt],
  ['Note', note],
  ['Property', property],
  ['QuickEntryPreview', preview],
  ['Change', change],
  ...resources.flatMap(({ type, schema, create, update, verbs }): [string, TSchema][] => [
    [type, schema],
    ...(verbs.add === undefined ? [] : [[`${type}Input`, create] as [string, TSchema]]),
    ...(verbs.update === undefined ? [] : [[`${type}Update`, update] as [string, TSchema]]),
  ]),
]

/** A schema of the document: plain JSON. */
export type Json = { readonly [name: string]: unknown }

// By what they say, since a schema that stands somewhere else with other words about it is another object.
const names = new Map(known.map(([name, schema]) => [fingerprint(schema), { name, schema }]))

/** The schema with references in place of what has a name. */
export function referring(schema: TSchema): Json {
  return spell(schema as object, false)
}

/** All named schemas. */
export function components(): Json {
  return Object.fromEntries(known.map(([name, schema]) => [name, spell(schema as object, true)]))
}

function spell(value: object, isOwn: boolean): Json {
  const shown = documentedAs.get(value as TSchema) ?? value
  const found = isOwn ? undefined : names.get(fingerprint(shown))
  if (found !== undefined) {
    const { description } = shown as { description?: string }
    const ref = { $ref: `#/components/schemas/${found.name}` }
    const isSame = description === (found.schema as { description?: string }).description
    return isSame || description === undefined ? ref : { ...ref, description }
  }
  return Object.fromEntries(
    Object.entries(shown).map(([key, part]) => [key, Array.isArray(part) ? part.map(inside) : inside(part)]),
  )
}

function inside(part: unknown): unknown {
  return typeof part === 'object' && part !== null ? spell(part, false) : part
}

function fingerprint(schema: object): string {
  const { description: _, ...rest } = schema as { description?: string }
  return JSON.stringify(rest)
}
