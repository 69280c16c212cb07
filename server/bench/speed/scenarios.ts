// What is measured: a list of calls with the limit each is held against. A new door adds its rows here.

import { expensicat } from './expensicat.ts'
import { type LoadRequest, spread } from './figures.ts'
import type { FilledBook } from './filled-book.ts'
import { kimaiScenarios } from './kimai.ts'
import { moneybird } from './moneybird.ts'
import { paymo } from './paymo.ts'

/**
 * What a call is compared with: Fastify alone answering the bytes of the first request, or SQLite alone writing one
 * row of the size of an expense for each commit.
 */
export type Limit = 'same bytes' | 'one insert per fsync'

export type Scenario = {
  /** Unique, lower case. */
  readonly name: string
  readonly limit: Limit
  readonly headers: (book: FilledBook) => Readonly<Record<string, string>>
  /** Shared out among the connections, each of which goes round its share. */
  readonly requests: (book: FilledBook) => readonly LoadRequest[]
  /** Connections, each with one request in flight; default 32. */
  readonly connections?: number
  /** The least share of the limit's rate that is wanted; absent for rows that only inform. */
  readonly leastRatio?: number
  /** The most that a call on the largest book may cost, as a multiple of its cost on the smallest. */
  readonly mostGrowth?: number
}

const xpenser = '/xpenser/api/v1.0'

const basic = ({ user, password }: FilledBook) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})

const listOf = (report: number): LoadRequest => ({
  method: 'GET',
  path: `${xpenser}/expenses/?report=${report}`,
})

const native = '/api/v1'

const nativeList = (query: string): LoadRequest => ({
  method: 'GET',
  path: `${native}/expenses?limit=50${query}`,
})

const ofReport = (report: number) => `&report_id=${report}`

const inJson = (book: FilledBook) => ({ ...basic(book), 'content-type': 'application/json' })

const lunch = { category: 'Lunch', spent_at: '2026-05-20T12:30:00', amount: { amount: '34.50' } }

/** A thousand rows, the most that one bulk write takes. */
const manyLunches = JSON.stringify({
  operations: Array.from({ length: 1000 }, (_, i) => ({
    action: 'create',
    data: { ...lunch, description: `Lunch ${i}` },
  })),
})

const listMarks = { limit: 'same bytes', headers: basic, leastRatio: 0.4, mostGrowth: 1.3 } as const

export const scenarios: readonly Scenario[] = [
  { ...listMarks, name: 'native list of 50', requests: () => [nativeList('')] },
  {
    ...listMarks,
    name: 'native list of 50, filtered by 200 reports',
    requests: ({ reports }) => spread(reports, 200).map((report) => nativeList(ofReport(report))),
  },
  { ...listMarks, name: 'native list of 50, searched', requests: () => [nativeList('&search=with')] },
  {
    ...listMarks,
    name: 'native list of 50, related data, 200 reports',
    requests: ({ reports }) =>
      spread(reports, 200).map((report) => nativeList(`${ofReport(report)}&with=category,project`)),
  },
  {
    ...listMarks,
    name: 'native read one, 1,000 entries',
    requests: ({ expenses }) =>
      expenses.map((id): LoadRequest => ({ method: 'GET', path: `${native}/expenses/${id}` })),
    leastRatio: 0.5,
  },
  {
    name: 'native create, 32 clients',
    limit: 'one insert per fsync',
    headers: inJson,
    requests: () => [{ method: 'POST', path: `${native}/expenses`, body: JSON.stringify(lunch) }],
    leastRatio: 1.5,
  },
  {
    // Each request is a thousand rows, so ten a second are the mark; the limit beside it is one row for each fsync.
    name: 'native bulk create of 1,000',
    connections: 1,
    limit: 'one insert per fsync',
    headers: inJson,
    requests: () => [{ method: 'POST', path: `${native}/expenses/bulk`, body: manyLunches }],
  },
  {
    name: 'xpenser list of 50, 200 reports',
    limit: 'same bytes',
    headers: basic,
    requests: ({ reports }) => spread(reports, 200).map(listOf),
    leastRatio: 0.4,
    mostGrowth: 1.3,
  },
  {
    name: 'xpenser list of 50, one report',
    limit: 'same bytes',
    headers: basic,
    requests: ({ reports }) => spread(reports, 1).map(listOf),
    leastRatio: 0.4,
    mostGrowth: 1.3,
  },
  {
    // More than any cache of ours holds when the book is large. For information: nobody pages through a million.
    name: 'xpenser list of 50, all reports',
    limit: 'same bytes',
    headers: basic,
    requests: ({ reports }) => spread(reports, 20_000).map(listOf),
  },
  {
    name: 'xpenser read one, 1,000 entries',
    limit: 'same bytes',
    headers: basic,
    requests: ({ expenses }) =>
      expenses.map((id): LoadRequest => ({ method: 'GET', path: `${xpenser}/expense/${id}` })),
    leastRatio: 0.5,
    mostGrowth: 1.3,
  },
  {
    name: 'xpenser create, 32 clients',
    limit: 'one insert per fsync',
    headers: (book) => ({ ...basic(book), 'content-type': 'application/x-www-form-urlencoded' }),
    requests: () => [{ method: 'POST', path: `${xpenser}/expense/`, body: 'q=lunch+34.50+with+jack' }],
    leastRatio: 1.5,
  },
  ...expensicat,
  ...kimaiScenarios,
  ...paymo,
  ...moneybird,
]
