// Serves the OpenAPI document.

import type { Server } from '../../http/door.ts'

/** Adds it. */
export function addOpenApi(_server: Server): void {}
