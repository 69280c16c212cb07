// Rows of the Kimai door: lists of fifty with the headers of pages, and expenses recorded one by one.

import type { LoadRequest } from './figures.ts'
import type { FilledBook } from './filled-book.ts'
import type { Scenario } from './scenarios.ts'

const kimai = '/kimai/api'

const headers = ({ user, password }: FilledBook) => ({ 'x-auth-user': user, 'x-auth-token': password })

/** The first pages of a list, newest first. */
const pagesOf = (path: string, count: number): LoadRequest[] =>
  Array.from({ length: count }, (_, page) => ({ method: 'GET', path: `${kimai}/${path}&page=${page + 1}` }))

// Numbers of the demo world: a project of the freelancer, and the type of her lunches.
const expense = { begin: '2026-11-20T12:30:00', project: 11, expenseCategory: 17, cost: '34.50' }

/** All of them. */
export const kimaiScenarios: readonly Scenario[] = [
  {
    name: 'kimai list of 50, 100 pages',
    limit: 'same bytes',
    headers,
    requests: () => pagesOf('expenses?size=50', 100),
    leastRatio: 0.4,
    mostGrowth: 1.3,
  },
  {
    name: 'kimai list of 50, filtered and sorted',
    limit: 'same bytes',
    headers,
    requests: () =>
      pagesOf('expenses?size=50&exported=0&begin=2000-01-01T00:00:00&orderBy=begin&order=ASC', 20),
    leastRatio: 0.4,
  },
  {
    name: 'kimai read one, 1,000 entries',
    limit: 'same bytes',
    headers,
    requests: ({ expenses }) =>
      expenses.map((id): LoadRequest => ({ method: 'GET', path: `${kimai}/expenses/${id}` })),
    leastRatio: 0.4,
    mostGrowth: 1.3,
  },
  {
    name: 'kimai create, 32 clients',
    limit: 'one insert per fsync',
    headers: (book) => ({ ...headers(book), 'content-type': 'application/json' }),
    requests: () => [{ method: 'POST', path: `${kimai}/expenses`, body: JSON.stringify(expense) }],
  },
]
