// The process: finds the command, runs it, and ends with its exit code.

import { runCommand } from './commands/index.ts'

process.exitCode = await runCommand(process.argv.slice(2), process.env)
