// The commands of `bin/daybook-dev`, each with the arguments that follow it.

import { ensureInstalled, handOver, runTool, stop } from './bootstrap.mjs'

const commands = {
  test: (args) => handOver('server/test/run.ts', args),
  check: (args) => check(args),
  bench: (args) => handOver('server/bench/bench.ts', args),
  torture: (args) => handOver('server/bench/torture.ts', args),
  dev: (args) => handOver('server/src/main.ts', ['dev', ...args]),
  format: (args) => format(args),
}

/** Runs one command of the table above. */
export function runDev([name, ...args]) {
  if (!Object.hasOwn(commands, name ?? '')) stop(`use bin/daybook-dev ${Object.keys(commands).join(' | ')}`)
  commands[name](args)
}

/** Types, lint and format, writing nothing. Both tools always run, so that one look shows everything. */
function check(paths) {
  ensureInstalled()
  const types = runTool('tsc', ['-p', '.'])
  const style = runTool('biome', [
    'check',
    '--diagnostic-level=warn',
    '--error-on-warnings',
    ...(paths.length === 0 ? ['.'] : paths),
  ])
  process.exitCode = types === 0 && style === 0 ? 0 : 1
}

function format(paths) {
  ensureInstalled()
  process.exitCode = runTool('biome', ['check', '--write', ...(paths.length === 0 ? ['.'] : paths)])
}
