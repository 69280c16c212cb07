// The command line: the list of commands, and how one is found, read and run.

import { parseArgs } from 'node:util'
import { applicationAdd, applicationList, applicationRemove, applicationSecret } from './application.ts'
import { backup } from './backup.ts'
import { type Command, explain, type Input, UsageError } from './command.ts'
import { demo } from './demo.ts'
import { dev } from './dev.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import { migrateCommand } from './migrate.ts'
import { organizationAdd, organizationList } from './organization.ts'
import { personAdd, personList, personReset } from './person.ts'
import { restore } from './restore.ts'
import { serve } from './serve.ts'
import { tokenAdd, tokenList, tokenRevoke } from './token.ts'
import { verify } from './verify.ts'

export const commands: readonly Command[] = [
  serve,
  demo,
  organizationAdd,
  organizationList,
  personAdd,
  personList,
  personReset,
  tokenAdd,
  tokenList,
  tokenRevoke,
  applicationAdd,
  applicationList,
  applicationSecret,
  applicationRemove,
  migrateCommand,
  backup,
  restore,
  exportCommand,
  importCommand,
  verify,
  dev,
]

/** Runs what the arguments name; answers the exit code: 0 done, 1 refused or failed, 2 called wrongly. */
export async function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const command = find(args)
  if (command === undefined) {
    const asked = args[0] === undefined || args[0] === 'help' || args.includes('--help')
    const text = overview()
    if (asked) console.log(text)
    else console.error(`daybook: there is no command "${args.slice(0, 2).join(' ')}".\n\n${text}`)
    return asked ? 0 : 2
  }
  try {
    const input = read(command, args.slice(command.name.split(' ').length), env)
    if (input.flags.has('help')) {
      console.log(help(command))
      return 0
    }
    return await command.run(input)
  } catch (error) {
    const words = explain(error)
    console.error(words === undefined ? error : `daybook ${command.name}: ${words}`)
    if (error instanceof UsageError) console.error(`\n${help(command)}`)
    return error instanceof UsageError ? 2 : 1
  }
}

function find(args: readonly string[]): Command | undefined {
  const two = args.slice(0, 2).join(' ')
  return (
    commands.find((command) => command.name === two) ?? commands.find((command) => command.name === args[0])
  )
}

function read(command: Command, args: readonly string[], env: Input['env']): Input {
  const options = { ...command.options, json: { help: '' }, help: { help: '' } } as Command['options']
  let parsed: ReturnType<typeof parseArgs>
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(options).map(([name, { value }]) => [
          name,
          { type: value === undefined ? 'boolean' : 'string' },
        ]),
      ),
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
  const entries = Object.entries(parsed.values)
  const values = Object.fromEntries(entries.filter(([, value]) => typeof value === 'string'))
  const flags = new Set(entries.filter(([, value]) => value === true).map(([name]) => name))
  const most = command.arguments?.length ?? 0
  if (parsed.positionals.length > most) throw new UsageError(`"${parsed.positionals[most]}" is too much.`)
  for (const [name, option] of Object.entries(command.options)) {
    if (option.required && values[name] === undefined && !flags.has('help')) {
      throw new UsageError(`--${name} is missing.`)
    }
  }
  return {
    values: values as Input['values'],
    flags,
    rest: parsed.positionals,
    env,
    print: (text, data) => console.log(flags.has('json') ? JSON.stringify(data) : text),
  }
}

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return `Usage: daybook COMMAND [options]\n\n${lines.join('\n')}\n\nEach command explains itself with --help.`
}

function help(command: Command): string {
  const options = { ...command.options, json: { help: 'Print data as JSON.' }, help: { help: 'Print this.' } }
  const rows = Object.entries(options as Command['options']).map(
    ([name, { value, help: text, required }]) => [
      `--${name}${value === undefined ? '' : ` ${value}`}`,
      `${text}${required ? ' Required.' : ''}`,
    ],
  )
  const width = Math.max(...rows.map(([left = '']) => left.length))
  const beside = (command.arguments ?? []).map((name) => ` ${name}`).join('')
  const lines = rows.map(([left = '', right = '']) => `  ${left.padEnd(width)}  ${right}`)
  return `Usage: daybook ${command.name}${beside} [options]\n\n${command.summary}\n\n${lines.join('\n')}`
}
