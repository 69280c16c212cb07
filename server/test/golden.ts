// Golden answers: what a door answered when somebody last read it, one file per scenario.

import { AssertionError } from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** With this in the environment, differences are accepted: read them as a diff before they are committed. */
const accept = 'DAYBOOK_ACCEPT'

/** The golden files of one folder. */
export type Goldens = {
  /** Compares with the file of that scenario. JSON is kept pretty-printed, anything else as it is. */
  check(scenario: string, answer: { readonly kind: 'json' | 'xml' | 'txt'; readonly text: string }): void
  /** Fails when the folder holds a file that no scenario has asked for. */
  checkNothingLeft(): void
}

/** Opens a folder, such as `new URL('golden/', import.meta.url)`. */
export function openGoldens(folder: URL): Goldens {
  const path = fileURLToPath(folder)
  const asked = new Set<string>()
  const accepting = process.env[accept] === '1'

  return {
    check(scenario, { kind, text }) {
      const name = `${slug(scenario)}.${kind}`
      if (asked.has(name)) throw new Error(`Two scenarios share the golden file ${name}.`)
      asked.add(name)
      const file = join(path, name)
      const actual = kind === 'json' ? `${JSON.stringify(JSON.parse(text), null, 2)}\n` : text
      const expected = existsSync(file) ? readFileSync(file, 'utf8') : undefined
      if (expected === actual) return
      if (accepting) {
        mkdirSync(path, { recursive: true })
        writeFileSync(file, actual)
        return
      }
      const what = expected === undefined ? 'There is no' : 'The answer differs from the'
      throw new AssertionError({
        message: `${what} golden file ${basename(path)}/${name}. If the answer is right, run again with ${accept}=1 and read the diff.\n\n${difference(expected ?? '', actual)}`,
        expected,
        actual,
        operator: 'strictEqual',
      })
    },
    checkNothingLeft() {
      const left = readdirSync(path).filter((name) => !asked.has(name))
      if (accepting) for (const name of left) rmSync(join(path, name))
      else if (left.length > 0) {
        throw new AssertionError({
          message: `No scenario asks for ${left.join(', ')}. Run again with ${accept}=1 to remove them.`,
        })
      }
    },
  }
}

function slug(scenario: string): string {
  return scenario
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** The first line that differs, with its number, from both sides. */
function difference(expected: string, actual: string): string {
  const [before, after] = [expected.split('\n'), actual.split('\n')]
  const at = after.findIndex((line, index) => line !== before[index])
  const line = at < 0 ? after.length : at
  return `line ${line + 1}\n- ${before[line] ?? '(nothing)'}\n+ ${after[line] ?? '(nothing)'}`
}
