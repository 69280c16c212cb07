// Quick entry: one line of text becomes an expense. The steps in order; each has its own file.

import { maxCategoryName, maxTagName, maxTags } from '../catalogue/nouns.ts'
import type { LocalDateTime } from '../day.ts'
import { readGivenDate } from './dates.ts'
import type { QuickEntryContext, QuickEntryError, QuickEntryResult, SpanMeaning } from './entry.ts'
import { type ChosenType, chooseType } from './expense-type.ts'
import { knownTypesOf } from './known-types.ts'
import { findQuantity, type Quantity } from './quantity.ts'
import { reportAtEnd, reportById } from './reports.ts'
import { type SortedOut, sortOut } from './sort-out.ts'
import { spansOf } from './spans.ts'
import { type Item, maxLineLength, splitItems } from './split.ts'
import { findWhen } from './when.ts'

export type {
  DistanceUnit,
  QuickEntry,
  QuickEntryContext,
  QuickEntryError,
  QuickEntryResult,
  Span,
  SpanMeaning,
} from './entry.ts'

/**
 * Reads one line as an expense. Pure, and never throws: what is no expense is answered as an error. A number too large
 * to be money, in the own currency or as typed, is text. NUL and other control characters count as blanks, lone
 * surrogates become U+FFFD, so every text of the answer can be stored.
 */
export function parseQuickEntry(text: string, context: QuickEntryContext): QuickEntryResult {
  if (text.length > maxLineLength) return failed('too long')
  const items = splitItems(text.toWellFormed())
  if (items.length === 0) return failed('empty')
  const given = readGiven(context)
  if (typeof given === 'string') return failed(given)
  const sorted = sortOut(items, context)
  if (typeof sorted === 'string') return failed(sorted)
  return readRest(sorted, given, context)
}

/** The date and report given beside the text. */
type Given = { readonly date: LocalDateTime | undefined; readonly reportId: number | undefined }

function readGiven(context: QuickEntryContext): Given | QuickEntryError {
  const date = context.date === undefined ? undefined : readGivenDate(context.date, context.now)
  if (context.date !== undefined && date === undefined) return 'bad date'
  const reportId = context.reportId === undefined ? undefined : reportById(context.reportId, context.reports)
  if (context.reportId !== undefined && reportId === undefined) return 'unknown report'
  return { date, reportId }
}

function readRest(sorted: SortedOut, given: Given, context: QuickEntryContext): QuickEntryResult {
  const fixedDate = given.date ?? sorted.date
  const when = fixedDate === undefined ? findWhen(sorted.plain, context) : undefined
  const items = when === undefined ? sorted.plain : sorted.plain.toSpliced(when.from, when.to - when.from)
  const texts = items.map(asText)
  const quantity = findQuantity(texts, context)
  if (quantity === undefined) return failed('no amount')

  const fixedReport = given.reportId ?? sorted.reportId
  const after = texts.slice(quantity.to)
  const report = fixedReport === undefined ? reportAtEnd(after, context.reports) : undefined
  const chosen = chooseOrFixed(
    sorted,
    quantity,
    texts.slice(0, quantity.from),
    dropLast(after, report?.words),
    context,
  )
  if (isTooLong(chosen.type, sorted.tags)) return failed('too long')

  const meanings = meaningsBeside(given, sorted.meanings)
  const mark = (marked: readonly Item[] | undefined, means: SpanMeaning) => {
    for (const item of marked ?? []) meanings.set(item, means)
  }
  mark(chosen.notes, 'note')
  mark(chosen.spelledBy, 'type')
  mark(chosen.dropped, 'ignored')
  mark(texts.slice(quantity.from, quantity.to), 'quantity')
  mark(report === undefined ? [] : after.slice(-report.words), 'report')
  mark(when === undefined ? [] : sorted.plain.slice(when.from, when.to), 'date')
  return {
    ok: true,
    entry: {
      type: chosen.type,
      ...quantity.priced,
      notes: notesOf([...sorted.notes, ...chosen.notes]),
      tags: sorted.tags,
      spentAt: fixedDate ?? when?.at ?? context.now,
      reportId: fixedReport ?? report?.id ?? context.defaultReportId,
      spans: spansOf(meanings),
    },
  }
}

/** A pair that is outranked by what was given beside the text is ignored. */
function meaningsBeside(given: Given, meanings: SortedOut['meanings']): Map<Item, SpanMeaning> {
  const outranked = (means: SpanMeaning) =>
    (means === 'date' && given.date !== undefined) || (means === 'report' && given.reportId !== undefined)
  return new Map([...meanings].map(([item, means]) => [item, outranked(means) ? 'ignored' : means]))
}

function chooseOrFixed(
  sorted: SortedOut,
  quantity: Quantity,
  before: readonly Item[],
  after: readonly Item[],
  context: QuickEntryContext,
): ChosenType {
  const known = knownTypesOf(context.knownTypes)
  if (sorted.type === undefined) return chooseType({ before, after, kind: quantity.priced.kind }, known)
  return { type: known.spell(sorted.type), spelledBy: [], dropped: [], notes: [...before, ...after] }
}

/** An `@"..."` that is no date is a quoted text. */
function asText(item: Item): Item {
  return item.kind === 'when' ? { ...item, kind: 'quoted', text: `@${item.text}` } : item
}

function dropLast(items: readonly Item[], count = 0): readonly Item[] {
  return items.slice(0, items.length - count)
}

function notesOf(items: readonly Item[]): string {
  return items
    .toSorted((a, b) => a.from - b.from)
    .map((item) => item.text)
    .join(' ')
}

function isTooLong(type: string, tags: readonly string[]): boolean {
  return type.length > maxCategoryName || tags.length > maxTags || tags.some((tag) => tag.length > maxTagName)
}

function failed(error: QuickEntryError): QuickEntryResult {
  return { ok: false, error }
}
