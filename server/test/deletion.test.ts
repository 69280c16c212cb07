// A dialect is a translator that nothing else leans on: without its folder and its place in app.ts all still compiles.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from './rules/checkout.ts'
import { copyWithoutDialect, dialectsOf, withoutDialect } from './rules/deletion.ts'

describe('the two mentions in app.ts', () => {
  const head = `import { kimai } from './dialects/kimai/index.ts'\nimport { paymo } from './dialects/paymo/index.ts'\n`
  const rest = `import { paymo } from './dialects/paymo/index.ts'\n`
  for (const [before, after] of [
    ['const doors = [native, kimai, paymo]\n', 'const doors = [native, paymo]\n'],
    ['const doors = [kimai, paymo]\n', 'const doors = [paymo]\n'],
    ['const doors = [paymo, kimai]\n', 'const doors = [paymo]\n'],
    ['const doors = [\n  kimai,\n  paymo,\n]\n', 'const doors = [\n  paymo,\n]\n'],
    ['const doors = {\n  paymo,\n  kimai,\n}\n', 'const doors = {\n  paymo,\n}\n'],
  ]) {
    test(`go from ${JSON.stringify(before)}`, () => {
      assert.equal(withoutDialect(`${head}${before}`, 'kimai'), `${rest}${after}`)
    })
  }
  for (const app of [
    'const doors = [paymo]\n',
    `${head}const doors = [kimai, paymo]\nkimai.start()\n`,
    `${head}import type { Wire } from './dialects/kimai/wire.ts'\nconst doors = [kimai, paymo]\n`,
    `import { kimai, other } from './dialects/kimai/index.ts'\nconst doors = [kimai]\n`,
  ]) {
    test(`must be as agreed, unlike ${JSON.stringify(app)}`, () => {
      assert.throws(() => withoutDialect(app, 'kimai'), /app\.ts must/)
    })
  }
})

/** What the compiler says about a checkout, a line for each error. */
function errorsIn(folder: string): string[] {
  const compiler = join(root, 'node_modules', '.bin', 'tsc')
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', '.'], { cwd: folder, encoding: 'utf8' })
  return stdout.split('\n').filter((line) => line.includes('error TS'))
}

describe('everything else compiles', () => {
  // What is wrong anyway is the check's to tell.
  const before = errorsIn(root)
  for (const dialect of dialectsOf(root)) {
    test(`without ${dialect}`, () => {
      const copy = copyWithoutDialect(root, dialect)
      const errors = errorsIn(copy).filter((error) => !before.includes(error))
      rmSync(copy, { recursive: true })
      assert.ok(errors.length === 0, `Something outside ${dialect} leans on it:\n${errors.join('\n')}`)
    })
  }
})
