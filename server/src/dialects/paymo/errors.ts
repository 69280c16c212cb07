// How Paymo words a failure.

/** Type of every answer. */
export const contentType = 'application/json'

const messages = {
  400: 'The request cannot be read.',
  404: 'Unknown resource.',
  500: 'Internal error.',
} as const

/** An object with a message: a strict client fails on anything else. */
export function presentFailure(status: keyof typeof messages): string {
  return JSON.stringify({ message: messages[status] })
}
