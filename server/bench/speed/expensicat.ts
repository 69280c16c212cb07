// What is measured of the Expensicat door.

import type { LoadRequest } from './figures.ts'
import type { FilledBook } from './filled-book.ts'
import type { Scenario } from './scenarios.ts'

const path = '/expensicat/api/v1/time-entries'

const bearer = ({ token }: FilledBook) => ({ authorization: `Bearer ${token}` })

const day = 24 * 60 * 60 * 1000
const lastDay = Date.UTC(2024, 11, 30)

/** The fifty entries before each of so many days of the last ten years that the demo fills. */
function listsUpTo(days: number): LoadRequest[] {
  return Array.from({ length: days }, (_, i) => {
    const end = new Date(lastDay - Math.floor((i * 3650) / days) * day).toISOString().slice(0, 10)
    return { method: 'GET', path: `${path}?limit=50&end_date=${end}` }
  })
}

export const expensicat: readonly Scenario[] = [
  {
    name: 'expensicat list of 50, one period',
    limit: 'same bytes',
    headers: bearer,
    requests: () => listsUpTo(1),
    leastRatio: 0.4,
    mostGrowth: 1.3,
  },
  {
    name: 'expensicat list of 50, 100 periods',
    limit: 'same bytes',
    headers: bearer,
    requests: () => listsUpTo(100),
    leastRatio: 0.4,
    mostGrowth: 1.3,
  },
  {
    name: 'expensicat create, 32 clients',
    limit: 'one insert per fsync',
    headers: (book) => ({ ...bearer(book), 'content-type': 'application/json' }),
    requests: () => [
      {
        method: 'POST',
        path,
        body: '{"start_time":"2026-03-02T09:00:00Z","end_time":"2026-03-02T10:30:00Z","description":"Work"}',
      },
    ],
    leastRatio: 1.5,
  },
]
