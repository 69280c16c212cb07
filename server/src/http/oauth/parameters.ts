// Parameters of requests as applications send them: a form, JSON, or the query.

import { maxPairs, type Pairs, queryOf, readPairs } from '../pairs.ts'

/** Bytes of a body at most: a code, a verifier and a secret are some hundred. */
export const maxBodyBytes = 32 * 1024

/** What a request to the token endpoint says, or `unreadable`. Names may repeat; the library refuses that. */
export type Parameters = Pairs | 'unreadable'

/** Reads a body by its type: JSON or a form. Anything that comes without a type is taken for a form. */
export function readBody(type: string | undefined, body: Buffer | undefined): Parameters {
  if (body === undefined || body.length === 0) return []
  const [media = ''] = (type ?? '').split(';')
  const text = body.toString('utf8')
  switch (media.trim().toLowerCase()) {
    case 'application/json':
      return readJson(text)
    case '':
    case 'application/x-www-form-urlencoded':
      return readPairs(text) ?? 'unreadable'
    default:
      return 'unreadable'
  }
}

/** Reads the query of an address. */
export function readQuery(url: string): Parameters {
  return readPairs(queryOf(url)) ?? 'unreadable'
}

/** The body, and behind it the query where that counts. */
export function readBoth(body: Parameters, query: Parameters): Parameters {
  return body === 'unreadable' || query === 'unreadable' ? 'unreadable' : [...body, ...query]
}

/** The pairs as a form. */
export function formOf(pairs: Pairs): string {
  return new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString()
}

// An object of texts and numbers; null is as good as absent.
function readJson(text: string): Parameters {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'unreadable'
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'unreadable'
  const entries = Object.entries(value).filter(([, each]) => each !== null)
  const plain = entries.every(([, each]) => typeof each === 'string' || typeof each === 'number')
  if (!plain || entries.length > maxPairs) return 'unreadable'
  return entries.map(([name, each]) => [name, String(each)])
}
