// The Expensicat door. Its resources are not there yet, and every path says so in Expensicat's own error form.

import { absentDoor } from '../../http/absent-door.ts'
import { contentType, presentFailure } from './errors.ts'

/** Expensicat's API. */
export const expensicat = absentDoor('expensicat', { contentType, presentFailure })
