// The Kimai door. Its resources are not there yet, and every path says so in Kimai's own error form.

import { absentDoor } from '../../http/absent-door.ts'
import { contentType, presentFailure } from './errors.ts'

/** Kimai's API. */
export const kimai = absentDoor('kimai', { contentType, presentFailure })
