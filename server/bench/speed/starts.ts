// Start-up time and memory of the server.

import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startServer } from '../server-process.ts'
import { median } from './figures.ts'
import type { FilledBook } from './filled-book.ts'

/** Starts of a filled book; the median counts. */
const starts = 3

/** Milliseconds from the start of the process to ready, on a data folder that does not exist yet. */
export async function measureFirstStart(folder: string): Promise<number> {
  const data = join(folder, 'empty')
  mkdirSync(data)
  const server = await startServer({ data, logFile: join(folder, 'empty.log') })
  await server.stop()
  return server.readyMs
}

/** The same on a book that was opened before. */
export async function measureSecondStart({ folder, size }: FilledBook): Promise<number> {
  const times: number[] = []
  for (let index = 0; index < starts; index += 1) {
    const server = await startServer({ data: folder, logFile: `${folder}-${size}.log` })
    times.push(server.readyMs)
    await server.stop()
  }
  return median(times)
}

/** Resident memory of a process in bytes now, and the most it ever had, from Linux's own books; NaN elsewhere. */
export function memoryOf(pid: number): { readonly resident: number; readonly peak: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024
    return { resident: field('VmRSS'), peak: field('VmHWM') }
  } catch {
    return { resident: Number.NaN, peak: Number.NaN }
  }
}
