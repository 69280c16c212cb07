// Schemas in words and tables for the docs page.

import type { TSchema } from 'typebox'
import { documentedAs } from '../validate.ts'
import { type Html, html, worded } from './markup.ts'

type Shown = {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly const?: unknown
  readonly anyOf?: readonly Shown[]
  readonly items?: Shown
  readonly properties?: Readonly<Record<string, Shown>>
  readonly required?: readonly string[]
  readonly description?: string
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

/** The fields of an object, one row for each. Empty for anything else. */
export function fieldTable(schema: TSchema, heading: string): Html {
  const shown = (documentedAs.get(schema) ?? schema) as Shown
  const rows = Object.entries(shown.properties ?? {})
  if (rows.length === 0) return html``
  const required = new Set(shown.required)
  return html`<table><caption>${heading}</caption><tbody>${rows.map(
    ([name, field]) =>
      html`<tr><th scope="row"><code>${name}</code>${
        required.has(name) ? html`<span class="must" title="must be given">required</span>` : html``
      }</th><td>${typeOf(field)}${about(field)}</td></tr>`,
  )}</tbody></table>`
}

/** What a value may be, in a few words. */
export function typeOf(schema: Shown | TSchema): Html {
  const { type, enum: values, const: only, anyOf, items, properties } = schema as Shown
  if (values !== undefined) return joined(values.map((value) => html`<code>${value}</code>`))
  if (only !== undefined) return html`<code>${String(only)}</code>`
  if (anyOf !== undefined) {
    const parts = anyOf.map((part) => (part.type === 'null' ? html`null` : typeOf(part)))
    return joined(parts)
  }
  if (type === 'array') return html`list of ${typeOf(items ?? {})}`
  if (properties?.object !== undefined) return html`${String(properties.object.const)}`
  if (properties?.amount !== undefined && Object.keys(properties).length === 2) return html`money`
  return html`${names[type ?? ''] ?? 'object'}${limits(schema as Shown)}`
}

const names: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
}

function limits({ type, maxLength, minimum, maximum, description }: Shown): string {
  if (type === 'string' && maxLength !== undefined && description === undefined)
    return `, at most ${maxLength} characters`
  if (type !== 'integer' || maximum === undefined || maximum === Number.MAX_SAFE_INTEGER) return ''
  return `, ${minimum ?? 0} to ${maximum}`
}

function about({ description, anyOf }: Shown): Html {
  const text = description ?? anyOf?.find((part) => part.description !== undefined)?.description
  return text === undefined ? html`` : html`<p>${worded(text)}</p>`
}

function joined(parts: readonly Html[]): Html {
  return { html: parts.map((part) => part.html).join(' or ') }
}
