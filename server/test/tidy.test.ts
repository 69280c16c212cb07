// The house rules: each catches what it is for, and nothing in the checkout breaks one.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the samples are code with templates in it.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readProject, root } from './rules/checkout.ts'
import { source } from './rules/source.ts'
import { tidyRules } from './rules/tidy.ts'

const opening = '// Does one thing.\n\n'
const core = 'server/src/core/sample.ts'
const lines = (count: number) => '// x\n\n'.padEnd(4 + count, '\n').concat('const end = 1\n')
const body = (count: number, depth = 2) => `${' '.repeat(depth)}work()\n`.repeat(count)
const slash = '/'

/** For each rule, in the words of its name: what it must catch, and what it must leave alone. */
const samples: readonly [rule: string, path: string, text: string, caught: boolean][] = [
  ['at most 400 lines', core, lines(400), true],
  ['at most 400 lines', core, lines(390), false],
  ['at most 400 lines', 'server/src/core/sample.test.ts', lines(900), false],
  ['at most 400 lines', 'server/src/store/migrations/0001.ts', lines(900), false],
  ['at most 70 lines', core, `function long() {\n${body(69)}}\n`, true],
  ['at most 70 lines', core, `function fits() {\n${body(68)}}\n`, false],
  ['at most 70 lines', core, `const long = async () => {\n${body(69)}}\n`, true],
  ['at most 70 lines', core, `export function long(\n  a: string,\n): void {\n${body(67)}}\n`, true],
  ['at most 70 lines', core, `const all = {\n  async long(a: string) {\n${body(69, 4)}  },\n}\n`, true],
  [
    'at most 70 lines',
    core,
    `function all() {\n  return {\n    a: () => {\n${body(66, 6)}    },\n  }\n}\n`,
    false,
  ],
  ['at most 70 lines', core, `const table = {\n${body(200)}}\n`, false],
  ['at most 70 lines', core, `type Long = {\n${body(200)}}\n`, false],
  ['opens with its one job', core, 'const a = 1\n', true],
  ['opens with its one job', core, '\n// Late.\n', true],
  ['opens with its one job', core, '// 1\n// 2\n// 3\n// 4\n// 5\n', true],
  ['opens with its one job', core, '// 1\n// 2\n// 3\n// 4\n', false],
  ['opens with its one job', core, '/* 1\n 2 */\n', false],
  ['opens with its one job', 'bin/tool', '#!/usr/bin/env node\nrun()\n', true],
  ['opens with its one job', 'bin/tool', '#!/usr/bin/env node\n// Runs.\nrun()\n', false],
  ['says what is inside', 'server/src/core/utils.ts', opening, true],
  ['says what is inside', 'web/src/shared/button.tsx', opening, true],
  ['says what is inside', 'server/test/Helpers.test.ts', opening, true],
  ['says what is inside', 'server/src/core/database.ts', opening, false],
  ['to the console', core, 'console.log(1)', true],
  ['to the console', 'server/src/http/server.ts', 'console\n  .log(1)', true],
  ['to the console', 'server/src/commands/serve.ts', 'console.log(1)', false],
  ['to the console', 'server/src/main.ts', 'console.log(1)', false],
  ['to the console', core, `// console.log(1)\nconst a = 'console.log'`, false],
  ['are ports', core, 'const now = Date.now()', true],
  ['are ports', 'server/src/store/sqlite.ts', 'at(new Date())', true],
  ['are ports', 'server/src/dialects/kimai/wire.ts', 'at(new Date)', true],
  ['are ports', 'server/src/api/index.ts', 'performance.now()', true],
  ['are ports', core, 'Temporal.Now.instant()', true],
  ['are ports', core, 'Math.random()', true],
  ['are ports', core, 'new Date(seconds * 1000)', false],
  ['are ports', core, `// Date.now() is a port.\nconst a = \`Math.random() \${b}\``, false],
  ['are ports', core, `const a = \`\${Date.now()}\``, true],
  ['are ports', 'server/src/outside/clock.ts', 'Date.now()', false],
  ['are ports', 'server/src/http/server.ts', 'performance.now()', false],
  ['no room sleeps', core, 'await new Promise((resolve) => setTimeout(resolve, 9))', true],
  ['no room sleeps', core, 'await new Promise((resolve) => {\n  setTimeout(resolve, 9)\n})', true],
  ['no room sleeps', core, `import { setTimeout } from 'node:timers/promises'`, true],
  ['no room sleeps', 'server/src/store/sqlite.ts', 'const limit = setTimeout(cancel, 9)', false],
  ['is not overruled', core, 'const a = b as any', true],
  ['is not overruled', 'server/test/world.ts', `// @${'ts-expect-error'} It is fine.`, true],
  ['is not overruled', core, `// As anybody knows.\nconst a = 'as any' as const`, false],
  ['left for later', core, `// ${'TODO'}: more.`, true],
  ['left for later', 'bin/tool', `#!/usr/bin/env node\n/* ${'FIXME'} */`, true],
  ['left for later', core, `const kind = '${'TODO'}'`, false],
  ['all tests run', 'server/src/core/a.test.ts', `test.only('a', () => {})`, true],
  ['all tests run', 'server/src/core/a.test.ts', `describe.skip('a', () => {})`, true],
  ['all tests run', 'server/src/http/body.ts', 'stream.skip(9)', false],
  ['no test sleeps', 'server/src/core/a.test.ts', 'setTimeout(done, 9)', true],
  [
    'no test sleeps',
    'server/test/a.test.ts',
    `import { setTimeout as wait } from 'node:timers/promises'`,
    true,
  ],
  ['no test sleeps', 'server/test/harness.ts', 'setTimeout(stop, 9)', false],
  ['place on one machine', 'README.md', `Look at ${slash}home${slash}somebody.`, true],
  ['place on one machine', core, `const path = '${slash}work${slash}main'`, true],
  ['place on one machine', core, `get('https://example.com${slash}home${slash}')`, false],
  ['package registry', 'Dockerfile', `RUN curl https://${['registry', 'npmjs', 'org'].join('.')}`, true],
  ['says its contract', core, 'export function bare() {}', true],
  ['says its contract', core, 'export const bare = 1', true],
  ['says its contract', core, '// Not for the reader of the type.\nexport async function bare() {}', true],
  ['says its contract', core, '/** Says it. */\nexport function told() {}', false],
  ['says its contract', core, '/**\n * Says it.\n */\nexport const told = 1', false],
  ['says its contract', core, '/** Says it. */\nexport type Told = 1\nexport const bare = 1', true],
  ['says its contract', core, '/** Both. */\nexport function a(b: 1): 1\nexport function a(b: 2): 2', false],
  ['says its contract', 'server/src/store/rows.ts', 'export const bare = 1', false],
]

const project = readProject(root)

test('the project is what git would see of it', () => {
  const paths = project.map(({ path }) => path)
  for (const path of ['package.json', 'bin/daybook', '.ci/run', 'server/test/tidy.test.ts']) {
    assert.ok(paths.includes(path), path)
  }
  assert.ok(!paths.some((path) => path.includes('node_modules') || path.startsWith('.git/')))
})

test('code, words and comments are told apart', () => {
  const cases: [text: string, code: string, comments: string][] = [
    [`a('b') // c`, `a(' ')     `, `       // c`],
    ['a /* b */ + c', 'a         + c', '  /* b */    '],
    [`a = '//' + "/*"`, `a = '  ' + "  "`, ''],
    [`a = 'it\\'s' // b`, `a = '     '     `, `            // b`],
    ['a = `b${c}d` + e', 'a = ` ${c} ` + e', ''],
    ['a = `b${{ c: `d${e}` }}f` // g', 'a = ` ${{ c: ` ${e}` }} `     ', `                          // g`],
    [`a = /'\\/[/"]/g // b`, `a = /       /g     `, `               // b`],
    ['a = b / c / d // e', 'a = b / c / d     ', '              // e'],
    [`b(/'/.test(c), d) / 2 // e`, `b(/ /.test(c), d) / 2     `, '                      // e'],
    [`if (a) { b } // 'c\nd = 'e'`, `if (a) { b }      \nd = ' '`, `             // 'c\n       `],
  ]
  for (const [text, code, comments] of cases) {
    const read = source('a.ts', text)
    assert.deepEqual([read.code, read.comments.trimEnd()], [code, comments.trimEnd()], text)
  }
})

for (const { name, reason, find } of tidyRules) {
  describe(name, () => {
    test('catches what it is for, and only that', () => {
      const own = samples.filter(([rule]) => name.includes(rule))
      assert.ok(own.some(([, , , caught]) => caught))
      for (const [, path, text, caught] of own) {
        const found = find(source(path, text))
        assert.equal(found.length > 0, caught, `${path}: ${text.slice(0, 200)}\n${found.join('\n')}`)
      }
    })
    test('holds everywhere', () => {
      const found = project.flatMap((file) => find(file))
      assert.ok(found.length === 0, `${reason}\n${found.join('\n')}`)
    })
  })
}
