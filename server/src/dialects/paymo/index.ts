// The Paymo door. Its resources are not there yet, and every path says so in Paymo's own error form.

import { absentDoor } from '../../http/absent-door.ts'
import { contentType, presentFailure } from './errors.ts'

/** Paymo's API. */
export const paymo = absentDoor('paymo', { contentType, presentFailure })
