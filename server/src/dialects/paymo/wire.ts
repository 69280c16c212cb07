// How values and whole answers are spelled, in JSON and in XML. Money, dates and times leave through here only.

import type { Instant } from '../../core/day.ts'
import { type Decimal, divideDecimals, trimDecimal } from '../../core/decimal.ts'
import { type Currency, toDecimal } from '../../core/money.ts'

/** A number spelled from its own digits: no binary floating point has touched it. */
export type Exact = { readonly exact: string }

/** What an answer is made of. Keys that are undefined are left out. */
export type WireValue = string | number | boolean | null | Exact | readonly WireValue[] | WireObject
export type WireObject = { readonly [key: string]: WireValue | undefined }

/** A decimal without padding: `223.26`, `1593`. */
export function exact(value: Decimal): Exact {
  return { exact: trimDecimal(value) }
}

/** A decimal, or null. */
export function exactOrNull(value: Decimal | null): Exact | null {
  return value === null ? null : exact(value)
}

/** Minor units as a number of the currency. */
export function money(amountMinor: bigint, currency: Currency): Exact {
  return exact(toDecimal({ amountMinor, currency }))
}

/** Whole seconds as hours, null as null. */
export function hours(seconds: number | null): Exact | null {
  if (seconds === null) return null
  return exact(divideDecimals(String(seconds) as Decimal, '3600' as Decimal, 4, 'half-away-from-zero'))
}

/** An instant in UTC with seconds: `2013-03-28T15:06:28Z`. */
export function datetime(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}

/** One of the two spellings of answers. */
export type Format = {
  readonly name: 'json' | 'xml'
  readonly contentType: string
  /** One object of a resource as a piece that can be kept and put into an answer. */
  readonly item: (resource: string, object: WireObject) => string
  readonly open: (resource: string) => string
  readonly between: string
  readonly close: (resource: string) => string
  /** A whole answer of another shape. */
  readonly whole: (object: WireObject) => string
}

const json: Format = {
  name: 'json',
  contentType: 'application/json',
  item: (_, object) => spellJson(object),
  open: (resource) => `{"${resource}":[`,
  between: ',',
  close: () => ']}',
  whole: (object) => spellJson(object),
}

const head = '<?xml version="1.0" encoding="utf-8"?>\n<response>'

const xml: Format = {
  name: 'xml',
  contentType: 'text/xml; charset=utf-8',
  item: (resource, object) => element(singular(resource), object),
  open: (resource) => `${head}<${resource}>`,
  between: '',
  close: (resource) => `</${resource}></response>`,
  whole: (object) => `${head}${elements(object)}</response>`,
}

/** Both formats. */
export const formats = { json, xml } as const

function isExact(value: object): value is Exact {
  return 'exact' in value
}

function isList(value: object): value is readonly WireValue[] {
  return Array.isArray(value)
}

// An object that stands inside many others, such as the client of a page of expenses, is spelled once.
const spelled = new WeakMap<object, string>()

function spellJson(value: WireValue): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (isExact(value)) return value.exact
  if (isList(value)) return `[${value.map(spellJson).join(',')}]`
  const known = spelled.get(value)
  if (known !== undefined) return known
  const text = spellObject(value)
  spelled.set(value, text)
  return text
}

function spellObject(value: WireObject): string {
  let text = ''
  for (const [key, field] of Object.entries(value)) {
    if (field === undefined) continue
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${spellJson(field)}`
  }
  return `{${text}}`
}

/** `expenses` is `expense`, `entries` is `entry`: the name of an element inside its list. */
export function singular(name: string): string {
  if (name.endsWith('ies')) return `${name.slice(0, -3)}y`
  return name.endsWith('s') ? name.slice(0, -1) : 'item'
}

function elements(object: WireObject): string {
  let text = ''
  for (const [key, value] of Object.entries(object)) {
    if (value !== undefined) text += element(key, value)
  }
  return text
}

function element(name: string, value: WireValue): string {
  if (value === null) return `<${name}></${name}>`
  if (typeof value === 'string') return `<${name}>${escapeXml(value)}</${name}>`
  if (typeof value !== 'object') return `<${name}>${value}</${name}>`
  if (isExact(value)) return `<${name}>${value.exact}</${name}>`
  if (isList(value)) {
    return `<${name}>${value.map((item) => element(singular(name), item)).join('')}</${name}>`
  }
  return `<${name}>${elements(value)}</${name}>`
}

// XML 1.0 has no way to write most control characters, so they become the replacement character.
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }

function escapeXml(text: string): string {
  return text
    .replace(unwritable, '\ufffd')
    .replace(/[&<>\r]/g, (character) => entities[character] ?? character)
}
