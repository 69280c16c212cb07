// Trees of conditions that callers write, over the columns of each noun.

import { localSeconds, parseLocalDateTime } from '../core/day.ts'
import { fold } from '../core/text.ts'
import {
  propertyPrefix,
  type Where,
  type WhereKind,
  type WhereNoun,
  type WhereValue,
  whereKind,
} from '../core/where.ts'
import { type Link, type LinkField, type Stored, snake } from './codec.ts'
import { type Condition, escaped } from './conditions.ts'
import { tables } from './tables.ts'

/** The tree as a condition. The core has checked its fields and its size. */
export function compileWhere(noun: WhereNoun, where: Where): Condition {
  if ('all' in where) return { op: 'and', parts: where.all.map((part) => compileWhere(noun, part)) }
  if ('any' in where) return { op: 'or', parts: where.any.map((part) => compileWhere(noun, part)) }
  const kind = whereKind(noun, where.field)
  // Nobody asked the core before: better nothing than everything.
  if (kind === undefined) return { op: 'or', parts: [] }
  if (kind === 'ids' || kind === 'names') return compileList(noun, kind, where)
  if (kind === 'property') return compileProperty(noun, where)
  const column = columnOf(kind, where.field)
  switch (where.op) {
    case 'null':
    case 'empty':
      return { column, op: 'is null' }
    case 'not null':
    case 'not empty':
      return { column, op: 'is not null' }
    case 'like':
    case 'not like':
      return like(kind, column, where.op, where.parts)
    case 'has any':
    case 'has none':
      return { op: 'or', parts: [] }
    case 'in':
    case 'not in':
      return among(kind, column, where.op, where.values)
    default:
      return compare(kind, column, where.op, where.value)
  }
}

type Node<Op> = Extract<Where, { readonly op: unknown }> & { readonly op: Op }

function columnOf(kind: WhereKind, field: string): string {
  return kind === 'text' ? `${snake(field)}_folded` : snake(field)
}

function compare(
  kind: WhereKind,
  column: string,
  op: Node<'='>['op'] | '!=' | '<' | '<=' | '>' | '>=',
  value: WhereValue,
): Condition {
  if (kind === 'word') return { column, op: 'word', compare: op, values: [String(value)] }
  if (kind === 'decimal') return { column, op: 'decimal', compare: op, value: String(value) }
  return { column, op, value: stored(kind, value) }
}

function among(
  kind: WhereKind,
  column: string,
  op: 'in' | 'not in',
  values: readonly WhereValue[],
): Condition {
  if (kind === 'word') return { column, op: 'word', compare: op, values: values.map(String) }
  if (kind === 'decimal') {
    const parts = values.map((value): Condition => {
      return { column, op: 'decimal', compare: op === 'in' ? '=' : '!=', value: String(value) }
    })
    return { op: op === 'in' ? 'or' : 'and', parts }
  }
  return { column, op, values: values.map((value) => stored(kind, value)) }
}

function like(kind: WhereKind, column: string, op: 'like' | 'not like', parts: readonly string[]): Condition {
  // Numbers and days have no wildcards; a pattern is then the value itself, anywhere.
  const word = kind === 'word'
  const text = (part: string) => escaped(word ? part.toLowerCase() : fold(part))
  return { column, op, pattern: parts.map(text).join('%'), lower: word }
}

function compileList(
  noun: WhereNoun,
  kind: 'ids' | 'names',
  where: Extract<Where, { readonly field: string }>,
): Condition {
  const link = linkOf(noun, where.field)
  if (link === undefined) return { op: 'or', parts: [] }
  if (where.op === 'empty' || where.op === 'null')
    return { op: 'not', part: { link, op: 'linked to', ids: undefined } }
  if (where.op === 'not empty' || where.op === 'not null') return { link, op: 'linked to', ids: undefined }
  const values = 'values' in where ? where.values : 'value' in where ? [where.value] : []
  const any: Condition =
    kind === 'ids'
      ? { link, op: 'linked to', ids: values.map(Number) }
      : { link, op: 'linked', table: 'tags', names: values.map((value) => fold(String(value))) }
  const negative = where.op === 'has none' || where.op === 'not in' || where.op === '!='
  return negative ? { op: 'not', part: any } : any
}

function compileProperty(noun: WhereNoun, where: Extract<Where, { readonly field: string }>): Condition {
  const name = where.field.slice(propertyPrefix.length).toLowerCase()
  const named = name === '' ? {} : { name }
  const any: Condition = { op: 'property', noun, ...named }
  switch (where.op) {
    case 'like':
    case 'not like': {
      const pattern = where.parts.map((part) => escaped(part.toLowerCase())).join('%')
      const holding: Condition = { ...any, pattern }
      return where.op === 'like' ? holding : { op: 'not', part: holding }
    }
    case 'not empty':
    case 'not null':
      return any
    case 'empty':
    case 'null':
      return { op: 'not', part: any }
    default:
      return { op: 'or', parts: [] }
  }
}

function linkOf(noun: WhereNoun, field: string): Link | undefined {
  const name: LinkField = field === 'tags' ? 'tagIds' : (field as LinkField)
  return tables[noun].links.find(([own]) => own === name)?.[1]
}

function stored(kind: WhereKind, value: WhereValue): Stored {
  switch (kind) {
    case 'flag':
      return value === true || value === 1 ? 1 : 0
    case 'text':
      return fold(String(value))
    case 'local': {
      const local = parseLocalDateTime(String(value))
      return local === undefined ? null : localSeconds(local)
    }
    case 'day':
      return String(value)
    default:
      return within(Number(value))
  }
}

// Kept numbers are safe integers: one beyond them says the same as the last of them, and no number equals nothing.
function within(value: number): number | null {
  if (Number.isNaN(value)) return null
  return Math.trunc(Math.min(Math.max(value, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER))
}
