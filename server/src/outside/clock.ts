// The clock of the machine.

import type { Clock } from '../core/ports.ts'

/** The present instant. */
export const systemClock: Clock = () => Date.now()
