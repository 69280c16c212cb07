// The arrows between the rooms: the law catches what breaks it, and nothing in server/src does.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readProject, root } from './rules/checkout.ts'
import { importsOf } from './rules/imports.ts'
import { fileCircles, forbiddenImports, roomCircles } from './rules/rooms.ts'
import { source } from './rules/source.ts'

const known = ['kysely', 'pg', 'fastify', '@fastify/busboy', 'prom-client']

/** Who imports what, and whether that is allowed. Paths are from server/src. */
const arrows: readonly [from: string, statement: string, allowed: boolean][] = [
  ['core/money.ts', `import { a } from './decimal.ts'`, true],
  ['core/time/verbs.ts', `import type { A } from '../ports.ts'`, true],
  ['core/money.ts', `import type { A } from '../store/index.ts'`, false],
  ['core/money.ts', `import { a } from 'node:crypto'`, false],
  ['core/money.ts', `import { a } from 'kysely'`, false],
  ['store/index.ts', `import { a } from '../core/ports.ts'`, true],
  ['store/index.ts', `import { a } from 'kysely'`, true],
  ['store/index.ts', `import { a } from 'kysely/helpers/postgres'`, true],
  ['store/index.ts', `import { a } from 'node:sqlite'`, true],
  ['store/index.ts', `import { a } from '../http/door.ts'`, false],
  ['store/index.ts', `import a from 'fastify'`, false],
  ['dialects/kimai/index.ts', `import { a } from '../../core/index.ts'`, true],
  ['dialects/kimai/index.ts', `import { a } from '../../http/door.ts'`, true],
  ['dialects/kimai/index.ts', `import { a } from './wire.ts'`, true],
  ['dialects/kimai/index.ts', `import type { A } from 'fastify'`, true],
  ['dialects/kimai/index.ts', `import { a } from 'fastify'`, false],
  ['dialects/kimai/index.ts', `import { a } from 'node:crypto'`, true],
  ['dialects/kimai/index.ts', `import { a } from 'node:fs'`, false],
  ['dialects/kimai/index.ts', `import { a } from '../paymo/wire.ts'`, false],
  ['dialects/kimai/index.ts', `import type { A } from '../../store/tables.ts'`, false],
  ['dialects/kimai/index.ts', `export * from '../../api/index.ts'`, false],
  ['dialects/kimai/index.ts', `const a = await import('../../outside/files.ts')`, false],
  ['dialects/kimai/index.ts', `import { a } from '../../commands/seed.ts'`, false],
  ['dialects/kimai/index.ts', `import { a } from '../../app.ts'`, false],
  ['dialects/kimai/index.test.ts', `import { a } from '../../app.ts'`, true],
  ['dialects/kimai/index.test.ts', `import { a } from '../../../test/harness.ts'`, true],
  ['dialects/kimai/index.test.ts', `import { a } from '../paymo/wire.ts'`, false],
  ['core/money.test.ts', `import { a } from '../dialects/paymo/wire.ts'`, false],
  ['core/money.test.ts', `import fc from 'fast-check'`, true],
  ['api/index.ts', `import type { A } from 'fastify'`, true],
  ['api/index.ts', `import { a } from '../http/door.ts'`, true],
  ['api/index.ts', `import { a } from '../dialects/kimai/wire.ts'`, false],
  ['http/server.ts', `import fastify from 'fastify'`, true],
  ['http/server.ts', `import { a } from '../core/index.ts'`, true],
  ['http/server.ts', `import { a } from '../outside/clock.ts'`, false],
  ['http/server.ts', `import fc from 'fast-check'`, false],
  ['outside/files.ts', `import { a } from 'node:fs'`, true],
  ['outside/files.ts', `import { a } from '../http/server.ts'`, false],
  ['commands/serve.ts', `import { a } from '../app.ts'`, true],
  ['commands/serve.ts', `import { a } from '../../test/world.ts'`, false],
  ['commands/serve.ts', `import { a } from './serve.test.ts'`, false],
  ['app.ts', `import { kimai } from './dialects/kimai/index.ts'`, true],
  ['main.ts', `import { a } from './commands/index.ts'`, true],
  ['config.ts', `import type { A } from './core/day.ts'`, true],
  ['config.ts', `import { a } from './store/index.ts'`, false],
  ['newroom/a.ts', `import { a } from './b.ts'`, false],
]

const project = readProject(root)
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>
}

function tree(files: Record<string, string>) {
  return Object.entries(files).map(([path, text]) => source(`server/src/${path}`, text))
}

test('every form of import is read, and nothing else', () => {
  const read = importsOf(
    source(
      'a.ts',
      `import './bare.ts'
import one from 'one'
import type { Two } from "two"
import {
  three, // from 'nowhere'
  type Four,
} from './three.ts'
export * from './five.ts'
export type { Six } from './six.ts'
export { seven as eight } from './seven.ts'
// import nothing from 'comment'
const text = "import nothing from 'string'"
const nine = await import('./nine.ts')
export const from = 'ten'
`,
    ),
  )
  assert.deepEqual(
    read.map(({ specifier, line, typeOnly, dynamic }) => [specifier, line, typeOnly, dynamic]),
    [
      ['./bare.ts', 1, false, false],
      ['one', 2, false, false],
      ['two', 3, true, false],
      ['./three.ts', 7, false, false],
      ['./five.ts', 8, false, false],
      ['./six.ts', 9, true, false],
      ['./seven.ts', 10, false, false],
      ['./nine.ts', 13, false, true],
    ],
  )
})

describe('who may import whom', () => {
  for (const [from, statement, allowed] of arrows) {
    test(`${from}: ${statement} is ${allowed ? 'allowed' : 'refused'}`, () => {
      assert.equal(forbiddenImports(tree({ [from]: statement }), known).length, allowed ? 0 : 1)
    })
  }
  test('every import of server/src is allowed', () => {
    const found = forbiddenImports(project, Object.keys(manifest.dependencies))
    const reason = 'A room that knows too much changes for reasons that are not its own.'
    assert.ok(found.length === 0, `${reason}\n${found.join('\n')}`)
  })
})

describe('nothing goes in a circle', () => {
  test('a circle of files is found, unless types or late loading break it', () => {
    const pair = (back: string) => tree({ 'core/a.ts': `import { b } from './b.ts'`, 'core/b.ts': back })
    assert.deepEqual(fileCircles(pair(`import { a } from './a.ts'`)), [
      'server/src/core/a.ts → server/src/core/b.ts → server/src/core/a.ts',
    ])
    assert.deepEqual(fileCircles(pair(`import type { A } from './a.ts'`)), [])
    assert.deepEqual(fileCircles(pair(`const late = () => import('./a.ts')`)), [])
    assert.equal(fileCircles(tree({ 'core/a.ts': `import { a } from './a.ts'` })).length, 1)
  })
  test('a circle of rooms is found, even one of types', () => {
    const found = roomCircles(
      tree({
        'http/a.ts': `import type { B } from '../outside/b.ts'`,
        'outside/c.ts': `import type { D } from '../http/d.ts'`,
      }),
    )
    assert.deepEqual(found, ['http → outside → http'])
  })
  test('the files of server/src are free of circles', () => {
    const reason = 'Files in a circle can only be understood, tested and loaded together.'
    assert.deepEqual(fileCircles(project), [], reason)
  })
  test('the rooms are free of circles', () => {
    assert.deepEqual(roomCircles(project), [], 'Rooms in a circle are one room.')
  })
})
