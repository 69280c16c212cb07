// What a run prints: a line for each file, all about each failure, and the count that ends it.

import { styleText } from 'node:util'
import type { FileResult } from './one-file.ts'

/** A line for the file, followed by its failures and, if there are any, what it printed. */
export function showFile({ file, outcomes, output, seconds }: FileResult): string {
  const failures = outcomes.filter(({ failure }) => failure !== undefined)
  const count = String(outcomes.length).padStart(5)
  const time = `${seconds.toFixed(1).padStart(6)} s`
  if (failures.length === 0) return `${styleText('green', 'ok  ')}${count}${time}  ${file}\n`
  const head = `${styleText('red', 'FAIL')}${count}${time}  ${file}: ${failures.length} failed\n`
  const details = failures.map(({ name, failure = '' }) => {
    return `\n  ${styleText('red', `✗ ${name}`)}  (${file})\n${indent(failure, 4)}\n`
  })
  const printed = output.trim() === '' ? '' : `\n  What ${file} printed:\n${indent(output.trimEnd(), 4)}\n`
  return `${head}${details.join('')}${printed}\n`
}

/** The failures by name, then the count alone on the last line. Nothing run is no success. */
export function showSummary(results: readonly FileResult[], interrupted: boolean) {
  const outcomes = results.flatMap(({ file, outcomes }) => outcomes.map((outcome) => ({ file, ...outcome })))
  const failed = outcomes.filter(({ failure }) => failure !== undefined)
  const lines = failed.map(({ file, name }) => `${styleText('red', '✗')} ${file}: ${name}`)
  if (interrupted) lines.push('Interrupted: the rest was not run.')
  else if (outcomes.length === 0) lines.push('No test file has one of these words in its path.')
  lines.push(`${outcomes.length - failed.length} passed, ${failed.length} failed`)
  return {
    text: `\n${lines.join('\n')}\n`,
    succeeded: !interrupted && failed.length === 0 && outcomes.length > 0,
  }
}

function indent(text: string, width: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(width))
}
