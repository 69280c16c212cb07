// `dev`: a fresh demo world in a temporary folder, served until stopped. What `npm run dev` starts.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from './command.ts'
import { demo } from './demo.ts'
import { serve } from './serve.ts'

/** Fills a new book, prints who can sign in, serves it, and throws it away at the end. */
export const dev: Command = {
  name: 'dev',
  summary: 'Serves a fresh demo world from a temporary folder.',
  options: {},
  async run(input) {
    const folder = await mkdtemp(join(tmpdir(), 'daybook-dev-'))
    const own = { DAYBOOK_DATA: folder, DATABASE_URL: undefined, DAYBOOK_FILES: undefined }
    const inside = { ...input, env: { ...input.env, ...own } }
    try {
      const filled = await demo.run(inside)
      return filled === 0 ? await serve.run(inside) : filled
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}
