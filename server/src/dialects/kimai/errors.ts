// How Kimai words a failure.

/** Type of every answer. */
export const contentType = 'application/json'

const phrases = { 400: 'Bad Request', 404: 'Not Found', 500: 'Internal Server Error' } as const

/** The status and its usual phrase; the reason itself stays inside. */
export function presentFailure(status: keyof typeof phrases): string {
  return JSON.stringify({ code: status, message: phrases[status] })
}
