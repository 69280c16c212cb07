// What it takes to delete a dialect: its folder, and its two mentions in app.ts.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The dialects of a checkout, by folder. */
export function dialectsOf(root: string): string[] {
  const entries = readdirSync(join(root, 'server', 'src', 'dialects'), { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

/**
 * The text of app.ts without the import of a dialect and without its place in the list of doors. Throws when it is not
 * mentioned exactly so: one line `import { name } from './dialects/name/index.ts'`, one item of a list.
 */
export function withoutDialect(app: string, dialect: string): string {
  const lines = app.split('\n')
  const imports = lines.filter((line) => line.includes(`/dialects/${dialect}/`))
  const [, name] = /^import \{ (\w+) \} from '[^']+'$/.exec(imports[0] ?? '') ?? []
  if (imports.length !== 1 || name === undefined) {
    throw new Error(`app.ts must import ${dialect} in exactly one line, and exactly one name.`)
  }
  const rest = lines.filter((line) => line !== imports[0]).join('\n')
  const mentions = rest.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0
  // An item with a line of its own, any but the last of a line, or the last.
  const item = new RegExp(`^[ ]*${name},?\\n|\\b${name},[ ]*|,?[ ]*\\b${name}(?=[ ]*\\])`, 'm')
  if (mentions !== 1 || !item.test(rest))
    throw new Error(`app.ts must name ${name} once, as an item of the doors.`)
  return rest.replace(item, '')
}

/** Copies what the compiler reads to a temporary folder, deletes the dialect there and answers the folder. */
export function copyWithoutDialect(root: string, dialect: string): string {
  const copy = mkdtempSync(join(tmpdir(), `without-${dialect}-`))
  const { include } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as { include: string[] }
  // The client of the API is tested by the server, so the compiler reads that too.
  for (const entry of ['package.json', 'tsconfig.json', 'web/src/api', ...include]) {
    cpSync(join(root, entry), join(copy, entry), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  rmSync(join(copy, 'server', 'src', 'dialects', dialect), { recursive: true })
  const app = join(copy, 'server', 'src', 'app.ts')
  writeFileSync(app, withoutDialect(readFileSync(app, 'utf8'), dialect))
  return copy
}
