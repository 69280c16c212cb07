// What is measured at the Paymo door: lists with and without what they include, filters that an index serves, and receipts.

import type { LoadRequest } from './figures.ts'
import type { FilledBook } from './filled-book.ts'
import type { Scenario } from './scenarios.ts'

const api = '/paymo/api'

const basic = ({ user, password }: FilledBook) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const get = (query: string): LoadRequest => ({ method: 'GET', path: `${api}/expenses?${query}` })
const page = (number: number) => `page=${number}&page_size=50`

/** One of the clients that the demo world has from the first. */
const clientId = 8

const boundary = 'daybook-bench'

/** A form with an expense and its receipt, a PDF of a few bytes. */
function withReceipt(): string {
  const fields = { client_id: String(clientId), currency: 'USD', amount: '34.50', notes: 'lunch' }
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const head =
    'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf'
  return `${parts.join('')}--${boundary}\r\n${head}\r\n\r\n%PDF-1.4\n%%EOF\n\r\n--${boundary}--\r\n`
}

/** The rows of this door. */
export const paymo: readonly Scenario[] = [
  {
    name: 'paymo list of 50, 200 pages',
    limit: 'same bytes',
    headers: basic,
    requests: () => numbers(200).map((number) => get(page(number))),
    leastRatio: 0.4,
    mostGrowth: 1.3,
  },
  {
    name: 'paymo list of 50 with client and project',
    limit: 'same bytes',
    headers: basic,
    requests: () => numbers(200).map((number) => get(`${page(number)}&include=*,client,project`)),
    leastRatio: 0.4,
    mostGrowth: 1.3,
  },
  {
    name: 'paymo where on the day, by day',
    limit: 'same bytes',
    headers: basic,
    requests: () =>
      numbers(28).map((day) => {
        const since = `2009-10-${String(day + 1).padStart(2, '0')}`
        return get(`where=date>=${since}&order=date&${page(0)}`)
      }),
    mostGrowth: 1.5,
  },
  {
    name: 'paymo where on the client',
    limit: 'same bytes',
    headers: basic,
    requests: () => numbers(20).map((number) => get(`where=client_id=${clientId}&${page(number)}`)),
    mostGrowth: 1.5,
  },
  {
    name: 'paymo create with receipt, 32 clients',
    limit: 'one insert per fsync',
    headers: (book) => ({ ...basic(book), 'content-type': `multipart/form-data; boundary=${boundary}` }),
    requests: () => [{ method: 'POST', path: `${api}/expenses`, body: withReceipt() }],
  },
]
