// The authorization library is loaded by the first application that asks, and without a word.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'

const at = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)

const program = `
  import { registerHooks } from 'node:module'
  const loaded = []
  registerHooks({
    load(url, context, next) {
      if (/node_modules.(oidc-provider|jose|koa)./.test(url)) loaded.push(url)
      return next(url, context)
    },
  })
  const { createApp } = await import(${at('../../app.ts')})
  const { createKeys } = await import(${at('../../outside/keys.ts')})
  const { strict } = await import(${at('../../../test/oauth-client.ts')})
  const { openProvider } = await import(${at('./provider.ts')})
  const tools = { core: {}, clock: () => 0, keys: createKeys(), publicUrl: 'http://book.example' }
  await createApp(tools, { publicUrl: 'http://book.example', hosts: new Map() }).ready()
  const atStart = loaded.length
  await openProvider(strict, tools)
  console.warn('others are heard')
  process.stdout.write(JSON.stringify([atStart, loaded.length > 50]))
`

test('A server that nobody asks for OAuth does without the library; loading it prints nothing.', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  })
  assert.equal(status, 0, stderr)
  assert.equal(stderr, 'others are heard\n')
  assert.equal(stdout, '[0,true]')
})
