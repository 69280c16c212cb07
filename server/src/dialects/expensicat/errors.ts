// How Expensicat words a failure.

/** Type of every answer. */
export const contentType = 'application/json; charset=utf-8'

const errors = {
  400: { code: 'VALIDATION_ERROR', message: 'The request cannot be read' },
  404: { code: 'NOT_FOUND', message: 'Resource not found' },
  500: { code: 'INTERNAL_ERROR', message: 'Something went wrong' },
} as const

/** The error envelope with a code and a message. */
export function presentFailure(status: keyof typeof errors): string {
  return JSON.stringify({ error: errors[status] })
}
