// The figures of a run as a table for people.

import type { Row } from './measure.ts'
import type { TotalsRow } from './totals.ts'

/** The marks that are not about a single call. */
const marks = { secondStartMs: 2000, residentBytes: 150e6, totalsMs: 500, shortP99Ms: 20 }

export type Figures = {
  readonly seconds: number
  readonly repeats: number
  readonly firstStartMs: number
  readonly books: readonly {
    readonly size: number
    /** Entries a second while it was filled. */
    readonly fillRate: number
    readonly secondStartMs: number
    readonly residentBytes: number
    readonly peakBytes: number
    /** Lists of fifty a second by SQLite and JSON alone. */
    readonly rawReadRate: number
  }[]
  readonly rows: readonly Row[]
  readonly totals: readonly TotalsRow[]
  /** Scenarios that could not be measured, each with what happened. */
  readonly failures: readonly string[]
}

/** The whole report, ending with a newline. */
export function showFigures(figures: Figures): string {
  const { seconds, repeats, firstStartMs, books, rows, totals, failures } = figures
  const calls = table(
    [
      'call',
      'entries',
      'a second',
      'p50 ms',
      'p99 ms',
      'µs',
      'limit',
      'µs',
      'ratio',
      'mark',
      '',
      'growth',
      'mark',
      '',
    ],
    rows.map((row) => [
      row.scenario,
      thousands(row.size),
      whole(row.rate),
      row.p50Ms.toFixed(2),
      row.p99Ms.toFixed(2),
      whole(row.serverMicros),
      whole(row.limitRate),
      whole(row.limitMicros),
      row.ratio.toFixed(2),
      row.leastRatio === null ? '' : `≥ ${row.leastRatio}`,
      row.leastRatio === null ? '' : verdict(row.ratio >= row.leastRatio),
      row.growth === null ? '' : row.growth.toFixed(2),
      row.mostGrowth === null ? '' : `≤ ${row.mostGrowth}`,
      row.mostGrowth === null || row.growth === null ? '' : verdict(row.growth <= row.mostGrowth),
    ]),
  )
  const servers = table(
    ['book', 'filled a second', 'raw lists of 50 a second', 'second start', '', 'resident', '', 'at most'],
    books.map((book) => [
      thousands(book.size),
      whole(book.fillRate),
      whole(book.rawReadRate),
      `${whole(book.secondStartMs)} ms`,
      verdict(book.secondStartMs < marks.secondStartMs),
      megabytes(book.residentBytes),
      verdict(book.residentBytes < marks.residentBytes),
      megabytes(book.peakBytes),
    ]),
  )
  const long = table(
    ['totals', 'entries', 'ms', '', 'short reads p99 ms', '', 'at most ms'],
    totals.map((row) => [
      row.name,
      thousands(row.size),
      whole(row.ms),
      verdict(row.ms < marks.totalsMs),
      row.shortP99Ms.toFixed(1),
      verdict(row.shortP99Ms < marks.shortP99Ms),
      row.shortMostMs.toFixed(1),
    ]),
  )
  return `${calls}
32 connections, ${repeats} times ${seconds} s each, limit and books by turns; medians. Ratios and growth are medians of
what was measured side by side. µs: processor time of the server for one call. Limit: Fastify alone sending the same
bytes; of creates, SQLite alone with one row and one fsync at a time.
${failures.map((failure) => `FAILED ${failure}\n`).join('')}

${long}
Totals by the core alone, medians, and lists of 50 due every millisecond meanwhile. Marks: totals below \
${marks.totalsMs} ms, p99 of the lists below ${marks.shortP99Ms} ms.

${servers}
First start on an empty folder: ${whole(firstStartMs)} ms. Marks: second start below ${marks.secondStartMs} ms, \
resident memory after the run below ${megabytes(marks.residentBytes)}.
`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const lines = all.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
  return `${lines.join('\n')}\n`
}

const verdict = (fits: boolean) => (fits ? 'ok' : 'below')
const whole = (value: number) => Math.round(value).toLocaleString('en-US')
const thousands = (size: number) => `${whole(size * 1000)}`
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
