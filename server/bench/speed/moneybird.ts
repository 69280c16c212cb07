// What is measured of the Moneybird door.

import type { LoadRequest } from './figures.ts'
import type { FilledBook } from './filled-book.ts'
import type { Scenario } from './scenarios.ts'

// The studio is the first organization of the demo, and its owner the first person.
const path = '/moneybird/api/v2/1/time_entries.json'

const bearer = ({ token }: FilledBook) => ({ authorization: `Bearer ${token}` })

const day = 24 * 60 * 60 * 1000
const lastDay = Date.UTC(2024, 11, 30)

/** The first fifty entries from each of so many days of the last ten years that the demo fills, a quarter long. */
function listsFrom(days: number): LoadRequest[] {
  const text = (at: number) => new Date(at).toISOString().slice(0, 10).replaceAll('-', '')
  return Array.from({ length: days }, (_, i) => {
    const end = lastDay - Math.floor((i * 3650) / days) * day
    return { method: 'GET', path: `${path}?filter=period:${text(end - 90 * day)}..${text(end)}` }
  })
}

export const moneybird: readonly Scenario[] = [
  {
    name: 'moneybird list of 50, one period',
    limit: 'same bytes',
    headers: bearer,
    requests: () => listsFrom(1),
    leastRatio: 0.4,
    mostGrowth: 1.3,
  },
  {
    name: 'moneybird list of 50, 100 periods',
    limit: 'same bytes',
    headers: bearer,
    requests: () => listsFrom(100),
    leastRatio: 0.4,
    mostGrowth: 1.3,
  },
  {
    name: 'moneybird create, 32 clients',
    limit: 'one insert per fsync',
    headers: (book) => ({ ...bearer(book), 'content-type': 'application/json' }),
    requests: () => [
      {
        method: 'POST',
        path,
        body: '{"time_entry":{"user_id":"1","started_at":"2026-03-02T09:00:00Z","ended_at":"2026-03-02T10:30:00Z","description":"Work"}}',
      },
    ],
    leastRatio: 1.5,
  },
]
