// How a checkout starts: it installs what is missing, once, says so on stderr only, and hands over to the pinned Node.js.

import assert from 'node:assert/strict'
import { type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from './rules/checkout.ts'

const lock = (version: string) => `{"packages":{"":{},"node_modules/a":{"version":"${version}"}}}`

const main = `// Does as it is told, and says how it was started once it is ready.
const [order] = process.argv.slice(2)
if (order === 'exit') process.exitCode = 7
if (order === 'wait') {
  process.on('SIGTERM', () => process.exit(8))
  process.on('SIGINT', () => process.exit(9))
  setInterval(() => {}, 1000)
}
process.stdout.write(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd() }) + '\\n')
`

// Stands for npm: notes each call, prints to stdout as npm does, and makes what an installation leaves.
const npm = `#!/bin/sh
echo called >> "$0.calls"
echo "added 1 package"
[ -n "$NPM_FAILS" ] && exit 3
mkdir -p node_modules/node/bin
ln -sf "${process.execPath}" node_modules/node/bin/node
cp package-lock.json node_modules/.package-lock.json
`

/** A checkout with our binaries, a main.ts that tells what it got, and a npm that only pretends. */
function checkout() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bootstrap-')))
  const at = (path: string) => join(folder, path)
  cpSync(join(root, 'bin'), at('bin'), { recursive: true })
  mkdirSync(at('server/src'), { recursive: true })
  mkdirSync(at('path'))
  writeFileSync(at('package.json'), '{"type":"module"}')
  writeFileSync(at('package-lock.json'), lock('1.0.0'))
  writeFileSync(at('server/src/main.ts'), main)
  writeFileSync(at('path/npm'), npm, { mode: 0o755 })
  const calls = () => {
    try {
      return readFileSync(at('path/npm.calls'), 'utf8').split('\n').length - 1
    } catch {
      return 0
    }
  }
  return { folder, at, calls }
}

type Checkout = ReturnType<typeof checkout>

// The second makes the binary stay in front of the command, as an older Node.js must.
const ways = [
  { how: 'becoming the command', options: [] },
  {
    how: 'standing before the command',
    options: ['--import', 'data:text/javascript,process.execve=undefined'],
  },
]

function start(
  place: Checkout,
  args: string[],
  options: string[] = [],
  how: SpawnOptions = {},
  bin = 'bin/daybook',
) {
  const path = `${place.at('path')}:${dirname(process.execPath)}:${process.env.PATH}`
  const child = spawn(process.execPath, [...options, place.at(bin), ...args], {
    cwd: place.folder,
    ...how,
    env: { ...process.env, PATH: path, ...how.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const heard = { out: '', err: '' }
  child.stdout?.on('data', (chunk) => {
    heard.out += chunk
  })
  child.stderr?.on('data', (chunk) => {
    heard.err += chunk
  })
  const ended = once(child, 'close').then(([code, signal]) => ({ ...heard, code, signal }))
  return { child, ended }
}

test('the first start installs and says so on stderr; the next ones call nobody', async () => {
  const place = checkout()
  const first = await start(place, ['a', 'b c']).ended
  assert.equal(first.out, `${JSON.stringify({ args: ['a', 'b c'], cwd: place.folder })}\n`)
  assert.match(first.err, /^daybook: installing the dependencies.*\nadded 1 package\n$/)
  const second = await start(place, []).ended
  assert.equal(second.err, '')
  assert.equal(place.calls(), 1)
})

test('a changed lock file installs again', async () => {
  const place = checkout()
  await start(place, []).ended
  writeFileSync(place.at('package-lock.json'), lock('2.0.0'))
  await start(place, []).ended
  assert.equal(place.calls(), 2)
})

test('what npm has installed by itself is taken as it is', async () => {
  const place = checkout()
  await start(place, []).ended
  rmSync(place.at('node_modules/.daybook-stamp'))
  await start(place, []).ended
  assert.equal(place.calls(), 1)
})

test('of two first starts at the same time one installs', async () => {
  const place = checkout()
  const both = await Promise.all([start(place, []).ended, start(place, []).ended])
  assert.deepEqual(
    both.map(({ code }) => code),
    [0, 0],
  )
  assert.equal(place.calls(), 1)
})

test('an installation that was killed does not block the next', async () => {
  const place = checkout()
  const gone = start(place, ['exit'])
  await gone.ended
  rmSync(place.at('node_modules'), { recursive: true })
  mkdirSync(place.at('node_modules'))
  writeFileSync(place.at('node_modules/.daybook-installing'), String(gone.child.pid))
  assert.equal((await start(place, []).ended).code, 0)
  assert.equal(place.calls(), 2)
})

test('a failed installation ends with a word and is tried again', async () => {
  const place = checkout()
  const failed = await start(place, [], [], { env: { NPM_FAILS: 'yes' } }).ended
  assert.equal(failed.code, 1)
  assert.equal(failed.out, '')
  assert.match(failed.err, /npm install failed with code 3/)
  assert.equal((await start(place, []).ended).code, 0)
})

for (const { how, options } of ways) {
  describe(how, () => {
    test('it works from another folder and through a link, and keeps the exit code', async () => {
      const place = checkout()
      symlinkSync(place.at('bin/daybook'), place.at('path/linked'))
      const cwd = place.at('path')
      const { out, code } = await start(place, ['exit'], options, { cwd }, 'path/linked').ended
      assert.deepEqual(JSON.parse(out), { args: ['exit'], cwd })
      assert.equal(code, 7)
    })
    for (const [signal, expected] of [
      ['SIGTERM', 8],
      ['SIGINT', 9],
    ] as const) {
      test(`${signal} reaches the command, which decides how to end`, async () => {
        const { child, ended } = start(checkout(), ['wait'], options)
        await once(child.stdout ?? child, 'data')
        child.kill(signal)
        assert.equal((await ended).code, expected)
      })
    }
    test('killed the hard way, it leaves nothing running', async () => {
      const { child, ended } = start(checkout(), ['wait'], options)
      await once(child.stdout ?? child, 'data')
      child.kill('SIGKILL')
      // The command holds our pipe: its end is the end of the output.
      assert.equal((await ended).signal, 'SIGKILL')
    })
  })
}

test('the developer commands are named when none is given', async () => {
  const { err, code } = await start(checkout(), [], [], {}, 'bin/daybook-dev').ended
  assert.match(err, /test \| check \| bench \| torture \| dev \| format/)
  assert.equal(code, 1)
})
