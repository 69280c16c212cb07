// What counts as a test, what counts as a failure, and that no file can hang or crash unnoticed.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type FileResult, runFile } from './one-file.ts'
import { showFile, showSummary } from './show.ts'

async function run(body: string, fileLimitMs = 30_000): Promise<FileResult> {
  const root = mkdtempSync(join(tmpdir(), 'one-file-'))
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  const head = `import assert from 'node:assert/strict'\nimport { before, describe, test } from 'node:test'\n`
  writeFileSync(join(root, 'sample.test.ts'), head + body)
  const signal = new AbortController().signal
  const result = await runFile('sample.test.ts', {
    root,
    scratch: root,
    env: process.env,
    signal,
    fileLimitMs,
  })
  rmSync(root, { recursive: true })
  return result
}

function names({ outcomes }: FileResult, failed: boolean): string[] {
  return outcomes.filter(({ failure }) => (failure !== undefined) === failed).map(({ name }) => name)
}

test('only leaves are counted, under their full names', async () => {
  const result = await run(`
    describe('suite', () => { test('one', () => {}); test('two', () => {}) })
    test('parent', async (t) => { await t.test('child', () => {}) })
    describe('nothing inside', () => {})`)
  assert.deepEqual(names(result, false), ['suite › one', 'suite › two', 'parent › child'])
  assert.deepEqual(names(result, true), [])
})

test('a failure is told once, with its difference and its cause', async () => {
  const result = await run(`
    describe('suite', () => {
      test('right', () => {})
      test('wrong', () => assert.deepEqual({ a: [1, 2] }, { a: [1, 3] }))
    })
    test('thrown', () => { throw new Error('outer', { cause: new Error('inner') }) })
    console.log('a word on the way')`)
  assert.deepEqual(names(result, true), ['suite › wrong', 'thrown'])
  const text = showFile(result)
  for (const part of [
    '+     2',
    '-     3',
    'outer',
    'inner',
    'sample.test.ts',
    'a word on the way',
    'suite › wrong',
  ]) {
    assert.ok(text.includes(part), `${part} is missing in:\n${text}`)
  }
  assert.ok(!text.includes('node:internal'), text)
})

test('a parent that fails by itself counts beside its children', async () => {
  const result = await run(`
    test('parent', async (t) => { await t.test('child', () => {}); throw new Error('after') })
    describe('hook', () => { before(() => { throw new Error('before') }); test('inside', () => {}) })`)
  assert.deepEqual(names(result, false), ['parent › child'])
  assert.deepEqual(names(result, true), ['parent', 'hook › inside', 'hook'])
})

test('a skipped, unfinished or expected failure is a failure', async () => {
  const result = await run(`
    test.skip('a', () => {})
    test.todo('b')
    test('c', (t) => t.skip('not today'))
    test('d', { expectFailure: true }, () => { throw new Error() })
    describe.skip('e', () => { test('f', () => {}) })`)
  assert.deepEqual(names(result, false), [])
  assert.deepEqual(names(result, true).sort(), ['a', 'b', 'c', 'd', 'e'])
})

test('a file that crashes or holds no test fails', async () => {
  for (const body of [`throw new Error('crash')`, 'const a: = 1', 'process.exit(3)', 'process.exit(0)', '']) {
    assert.deepEqual(names(await run(body), true), ['the file itself'], body)
  }
  const killed = await run(`test('one', () => { process.kill(process.pid, 'SIGKILL') })`)
  assert.deepEqual(names(killed, true), ['the file itself'])
})

test('a file that ends badly after good tests fails', async () => {
  const result = await run(`test('one', () => {}); process.on('exit', () => { process.exitCode = 4 })`)
  assert.deepEqual(names(result, true), ['the file itself'])
})

test('a file that does not end is killed and says so', async () => {
  for (const body of [
    `test('one', () => { for (;;); })`,
    `test('one', () => {}); setInterval(() => {}, 1000)`,
  ]) {
    const result = await run(body, 1_000)
    assert.deepEqual(names(result, true), ['the file itself'], body)
  }
})

test('the last line is the count, and nothing run is no success', () => {
  const result = (failures: (string | undefined)[]) => ({
    file: 'x.test.ts',
    outcomes: failures.map((failure) => ({ name: 'n', ...(failure && { failure }) })),
    output: '',
    seconds: 1,
  })
  const mixed = showSummary([result([undefined, 'why']), result([undefined])], false)
  assert.ok(mixed.text.endsWith('\n2 passed, 1 failed\n'))
  assert.equal(mixed.succeeded, false)
  assert.equal(showSummary([result([undefined])], false).succeeded, true)
  assert.equal(showSummary([result([undefined])], true).succeeded, false)
  assert.equal(showSummary([], false).succeeded, false)
})
