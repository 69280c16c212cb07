// How Moneybird words a failure.

/** Exactly this, without a charset: a client compares the header for equality. */
export const contentType = 'application/json'

const errors = {
  400: 'request is invalid',
  404: 'record not found',
  500: 'internal server error',
} as const

/** An object with an error text. */
export function presentFailure(status: keyof typeof errors): string {
  return JSON.stringify({ error: errors[status] })
}
