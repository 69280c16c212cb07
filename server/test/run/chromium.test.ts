// Which Chromium is taken, and what the reader is told where there is none.

import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { findChromium } from './chromium.ts'

const signal = new AbortController().signal

test('a named program comes before one in PATH', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chromium-'))
  const program = join(folder, 'chromium-browser')
  writeFileSync(program, '')
  const path = `/nowhere:${folder}`
  await assert.rejects(findChromium({ PATH: path }, signal), 'a file that cannot be run is none')
  chmodSync(program, 0o755)
  assert.equal(await findChromium({ PATH: path }, signal), program)
  assert.equal(await findChromium({ PATH: path, CHROMIUM: '/opt/mine' }, signal), '/opt/mine')
})

test('without any, and without a package manager, it says what to do', async () => {
  await assert.rejects(findChromium({ PATH: '' }, signal), /install it, or name its program in .* CHROMIUM/)
})
