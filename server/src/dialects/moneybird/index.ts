// The Moneybird door. Its resources are not there yet, and every path says so in Moneybird's own error form.

import { absentDoor } from '../../http/absent-door.ts'
import { contentType, presentFailure } from './errors.ts'

/** Moneybird's API. */
export const moneybird = absentDoor('moneybird', { contentType, presentFailure })
