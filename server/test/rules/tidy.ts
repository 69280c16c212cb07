// The house rules that look at one file at a time. Each says why it is there.

import { importsOf } from './imports.ts'
import { isScript, lineOf, type Source } from './source.ts'

/** A rule, its reason, and what breaks it: lines such as `server/src/app.ts:12 as any`. */
export type Rule = {
  readonly name: string
  readonly reason: string
  readonly find: (file: Source) => readonly string[]
}

const maxFileLines = 400
const maxFunctionLines = 70
const maxOpeningLines = 4

/** The names that say nothing about what a file is for. */
const emptyNames = ['utils', 'helpers', 'common', 'services', 'managers', 'dto', 'base', 'misc', 'shared']

/** Rooms where the time and chance come in through ports. */
const timeless = ['core', 'store', 'api', 'dialects'].map((room) => `server/src/${room}/`)

// Put together, so that this file keeps the rule itself.
const machinePaths = ['work', 'home', 'root', 'tmp/bash'].map((path) => `/${path}`)
const registries = [['registry', 'npmjs'].join('.'), ['deb', 'debian'].join('.')]

/** All of them. */
export const tidyRules: readonly Rule[] = [
  {
    name: `a file of server/src has at most ${maxFileLines} lines`,
    reason: 'A longer file has more than one job; tests and migrations are exempt.',
    find: (file) => {
      const lines = file.text.trimEnd().split('\n').length
      const exempt = !inSources(file) || isTest(file) || /\/migrations\b/.test(file.path)
      return exempt || lines <= maxFileLines ? [] : [`${file.path} has ${lines} lines`]
    },
  },
  {
    name: `a function has at most ${maxFunctionLines} lines`,
    reason: 'A function that does not fit a screen is not read as a whole.',
    find: (file) => (inSources(file) && !isTest(file) ? longFunctions(file) : []),
  },
  {
    name: 'a file opens with its one job',
    reason: `One to ${maxOpeningLines} lines of comment on top tell a newcomer whether to read on.`,
    find: (file) => {
      const lines = isScript(file.path, file.text) ? openingLines(file) : 1
      return lines >= 1 && lines <= maxOpeningLines ? [] : [`${file.path}:1 ${lines} lines of comment`]
    },
  },
  {
    name: 'a name says what is inside',
    reason: 'What has no obvious home has no right name yet; these names collect everything.',
    find: (file) => {
      const names = file.path.split('/').map((part) => part.split('.')[0]?.toLowerCase() ?? '')
      return names.some((name) => emptyNames.includes(name)) ? [file.path] : []
    },
  },
  {
    name: 'the server does not write to the console',
    reason: 'It logs, with the request; only commands talk to a terminal.',
    find: (file) =>
      inSources(file) && !/^server\/src\/(?:commands\/|main\.ts$)/.test(file.path)
        ? matches(file, file.code, /\bconsole\s*\./g)
        : [],
  },
  {
    name: 'time and chance are ports',
    reason: 'A rule that reads the clock by itself cannot be tested on any other day.',
    find: (file) =>
      isTimeless(file)
        ? matches(
            file,
            file.code,
            /\bDate\.now\b|\bnew Date(?:\(\s*\)|(?!\w|\s*\())|\bDate\(\s*\)|\bperformance\.now\b|\bTemporal\.Now\b|\bhrtime\b|\bMath\.random\b/g,
          )
        : [],
  },
  {
    name: 'no room sleeps',
    reason:
      'Waiting for a while instead of for what happens is slow when it works and wrong when it does not.',
    find: (file) => (isTimeless(file) && !isTest(file) ? sleeps(file) : []),
  },
  {
    name: 'the compiler is not overruled',
    reason: 'An escape hides the one place where the types would have helped.',
    find: (file) =>
      isScript(file.path, file.text)
        ? [
            ...matches(file, file.code, /\bas any\b|<any>/g),
            ...matches(file, file.comments, /@ts-(?:ignore|expect-error|nocheck)\b/g),
          ]
        : [],
  },
  {
    name: 'nothing is left for later',
    reason: 'What is not done belongs in an issue, where it is seen.',
    find: (file) =>
      isScript(file.path, file.text) ? matches(file, file.comments, /\b(?:TODO|FIXME|XXX)\b/g) : [],
  },
  {
    name: 'all tests run',
    reason: 'A test that is left out, or that leaves out the others, protects nothing.',
    find: (file) => (isTest(file) ? matches(file, file.code, /\.(?:only|skip|todo)\s*\(/g) : []),
  },
  {
    name: 'no test sleeps',
    reason:
      'A test that waits for a while is slow on a fast machine and fails on a slow one; wait for what happens.',
    find: (file) =>
      isTest(file) ? [...sleeps(file), ...matches(file, file.code, /\bsetTimeout\s*\(/g)] : [],
  },
  {
    name: 'no file names a place on one machine',
    reason: 'Such a path is there on the machine it was written on, and nowhere else.',
    find: (file) =>
      matches(file, file.text, new RegExp(`(?<![\\w.*}~-])(?:${machinePaths.join('|')})/`, 'g')),
  },
  {
    name: 'no file names a package registry',
    reason: 'Which registry to use is the business of the machine, which may have its own.',
    find: (file) => matches(file, file.text, new RegExp(registries.join('|').replaceAll('.', '\\.'), 'g')),
  },
  {
    name: 'what the core exports says its contract',
    reason: 'All doors lean on it; a sentence there saves each of them from reading the code.',
    find: (file) => (file.path.startsWith('server/src/core/') && !isTest(file) ? undocumented(file) : []),
  },
]

/** Whether it is a test file. */
export function isTest({ path }: Pick<Source, 'path'>): boolean {
  return /\.test\.tsx?$/.test(path)
}

function inSources({ path }: Source): boolean {
  return path.startsWith('server/src/') && path.endsWith('.ts')
}

function isTimeless(file: Source): boolean {
  return inSources(file) && !isTest(file) && timeless.some((room) => file.path.startsWith(room))
}

function matches({ path }: Source, text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => `${path}:${lineOf(text, index)} ${found}`)
}

/** Promises that only a timer fulfils, and what else makes a thread wait. */
function sleeps(file: Source): string[] {
  const made = /\bnew Promise\b[^;]{0,80}?\bsetTimeout\s*\(|\bAtomics\.wait\s*\(/g
  const imported = importsOf(file).filter(({ specifier }) => /^(?:node:)?timers\/promises$/.test(specifier))
  return [
    ...matches(file, file.code, made),
    ...imported.map(({ specifier, line }) => `${file.path}:${line} ${specifier}`),
  ]
}

function openingLines(file: Source): number {
  const lines = file.text.split('\n')
  if (lines[0]?.startsWith('#!')) lines.shift()
  const first = lines[0] ?? ''
  if (first.startsWith('/*')) return lines.findIndex((line) => line.includes('*/')) + 1
  const end = lines.findIndex((line) => !line.startsWith('//'))
  return end === -1 ? lines.length : end
}

const opensFunction =
  /\bfunction\b|=>\s*\{$|^\s*(?:(?:async|static|get|set|override|private)\s+)*[*#]?[\w$]+(?:<.*>)?\(.*\{$/
const opensBlock = /^\s*(?:\}\s*)?(?:else\b|if\b|for\b|while\b|switch\b|catch\b|try\b|do\b|return\b|with\b)/

/** Counts a function's own lines: those of the functions inside it are theirs, so a factory is as long as its frame. */
function longFunctions(file: Source): string[] {
  const found = functionsOf(file.code.split('\n'))
  return found.flatMap(([start, end]) => {
    const inside = found.filter(([from, to]) => from >= start && to <= end && to - from < end - start)
    let length = 0
    for (let at = start; at <= end; at++)
      if (!inside.some(([from, to]) => from <= at && at <= to)) length += 1
    return length > maxFunctionLines ? [`${file.path}:${start + 1} ${length} lines`] : []
  })
}

/** First and last lines. Leans on the formatter: a function ends with the next line that stands as deep as its first. */
function functionsOf(lines: readonly string[]): [start: number, end: number][] {
  return lines.flatMap((line, at) => {
    if (!line.trimEnd().endsWith('{')) return []
    const start = /^\s*\)/.test(line) ? headOf(lines, at) : at
    const isFunction =
      opensFunction.test(line.trimEnd()) || (start !== at && !opensBlock.test(lines[start] ?? ''))
    if (!isFunction || (opensBlock.test(line) && !/=>|\bfunction\b/.test(line))) return []
    const end = lines.findIndex(
      (other, index) => index > at && other.trim() !== '' && depth(other) <= depth(line),
    )
    return [[start, end]]
  })
}

/** The first line of a signature that closes on the line `at`. */
function headOf(lines: readonly string[], at: number): number {
  const closing = lines[at] ?? ''
  return lines.findLastIndex(
    (line, index) => index < at && line.trim() !== '' && depth(line) === depth(closing),
  )
}

function depth(line: string): number {
  return line.length - line.trimStart().length
}

function undocumented(file: Source): string[] {
  const lines = file.text.split('\n')
  const seen = new Set<string>()
  return lines.flatMap((line, at) => {
    const [, name] = /^export (?:async )?(?:function\*?|const) (\w+)/.exec(line) ?? []
    // Overloads follow the documented one.
    if (name === undefined || seen.has(name)) return []
    seen.add(name)
    const end = at - 1
    const start = lines.findLastIndex((other, index) => index <= end && /^\/\*/.test(other))
    const documented = lines[end]?.trimEnd().endsWith('*/') && lines[start]?.startsWith('/**')
    return documented ? [] : [`${file.path}:${at + 1} ${name}`]
  })
}
