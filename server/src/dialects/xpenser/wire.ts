// How Xpenser spells dates, amounts and whole answers, in JSON and in XML.

import {
  type Instant,
  type LocalDate,
  type LocalDateTime,
  parseLocalDate,
  parseLocalDateTime,
} from '../../core/day.ts'
import { type Decimal, parseDecimal } from '../../core/decimal.ts'
import { readNumber } from '../../core/quick-entry/numbers.ts'

/** What an answer is made of: objects, lists and plain values. No value of the API is ever null. */
export type WireObject = { readonly [key: string]: WireValue | undefined }
export type WireValue = string | number | boolean | WireObject | readonly WireValue[]

/** One of the two spellings of answers. */
export type Format = {
  readonly contentType: string
  /** One object as a piece that can be kept and put into a list or stand alone. */
  readonly item: (value: WireObject) => string
  readonly one: (item: string) => string
  /** What stands before, between and after the items of a list. */
  readonly list: {
    readonly open: string
    readonly before: string
    readonly after: string
    readonly between: string
    readonly close: string
  }
}

const json: Format = {
  contentType: 'application/json; charset=utf-8',
  item: (value) => JSON.stringify(value),
  one: (item) => item,
  list: { open: '[', before: '', after: '', between: ',', close: ']' },
}

const xmlHead = '<?xml version="1.0" encoding="utf-8"?>\n<response>'

const xml: Format = {
  contentType: 'text/xml; charset=utf-8',
  item: (value) => elements(value),
  one: (item) => `${xmlHead}${item}</response>`,
  list: { open: xmlHead, before: '<resource>', after: '</resource>', between: '', close: '</response>' },
}

export const formats: ReadonlyMap<string, Format> = new Map([
  ['json', json],
  ['xml', xml],
])

function elements(value: WireObject): string {
  let text = ''
  for (const [key, field] of Object.entries(value)) {
    if (field !== undefined) text += `<${key}>${content(field)}</${key}>`
  }
  return text
}

function content(value: WireValue): string {
  if (typeof value === 'string') return escapeXml(value)
  if (typeof value === 'number') return String(value)
  // The Qt exporter takes any text as true, so false is an empty element.
  if (typeof value === 'boolean') return value ? 'True' : ''
  if (isList(value)) return value.map((item) => `<resource>${content(item)}</resource>`).join('')
  return elements(value)
}

function isList(value: WireObject | readonly WireValue[]): value is readonly WireValue[] {
  return Array.isArray(value)
}

// XML 1.0 has no way to write most control characters, so they become the replacement character.
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }

function escapeXml(text: string): string {
  return text
    .replace(unwritable, '\ufffd')
    .replace(/[&<>\r]/g, (character) => entities[character] ?? character)
}

/** `date`: the user's own wall clock, `YYYY-MM-DD HH:MM:SS`. */
export function presentLocal(local: LocalDateTime): string {
  return `${local.slice(0, 10)} ${local.slice(11)}`
}

/** `created` and `modified`: the server's clock in UTC, whole seconds. */
export function presentInstant(at: Instant): string {
  const text = new Date(at).toISOString()
  return `${text.slice(0, 10)} ${text.slice(11, 19)}`
}

/** Reads a date with a time of day, the seconds optional, blank or `T` between; or a day alone. */
export function parseDate(text: string): LocalDateTime | LocalDate | undefined {
  const value = text.trim()
  return parseLocalDateTime(value) ?? parseLocalDate(value)
}

/** Whether a date came with a time of day. */
export function hasTime(date: LocalDateTime | LocalDate): date is LocalDateTime {
  return date.length > 10
}

/** A plain decimal, as filters take it. */
export function parseAmount(text: string): Decimal | undefined {
  return parseDecimal(text.trim())
}

/** An amount as people type it: currency signs, blanks and thousands separators are dropped. */
export function parseTypedAmount(text: string): Decimal | undefined {
  const bare = text.replace(/[\s\p{Sc}]/gu, '')
  // Plain text first: the reader of typed numbers knows sums and thousands, which a bare `-0` is not.
  return parseDecimal(bare) ?? (/^[-+]?[\d.,'’]+$/.test(bare) ? readNumber(bare) : undefined)
}
