// What clients ask before anything else: whether the server is there, which version it is, how it is configured.

import type { Call } from './call.ts'
import { type Answer, ok } from './errors.ts'
import { presentInstant } from './wire.ts'

/** The release whose API this door speaks. Clients decide by it what they may send. */
const version = '2.66.0'

/** `GET /api/ping`. */
export async function ping(): Promise<Answer> {
  return ok({ message: 'pong' })
}

/** `GET /api/version`, with the keys that only 1.x had: its generated clients refuse an answer without them. */
export async function readVersion(): Promise<Answer> {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  return ok({
    version,
    versionId: major * 10_000 + minor * 100 + patch,
    candidate: 'stable',
    semver: `${version}-stable`,
    name: 'Daybook',
    copyright: 'Daybook, speaking the API of Kimai 2.66.0.',
  })
}

/** `GET /api/plugins`: clients show expenses when this one is there. */
export async function listPlugins(): Promise<Answer> {
  return ok([{ name: 'ExpensesBundle', version: '2.10.0' }])
}

/** `GET /api/config/timesheet`. The soft limit is of 1.x. */
export async function readTimesheetConfig(): Promise<Answer> {
  return ok({
    trackingMode: 'default',
    defaultBeginTime: 'now',
    activeEntriesHardLimit: 1,
    activeEntriesSoftLimit: 1,
    isAllowFutureTimes: true,
    isAllowOverlapping: true,
  })
}

/** `GET /api/config/colors`: names of colours to choose from. */
export async function readColors(): Promise<Answer> {
  return ok({
    Silver: '#c0c0c0',
    Gray: '#808080',
    Black: '#000000',
    Maroon: '#800000',
    Brown: '#a52a2a',
    Red: '#ff0000',
    Orange: '#ffa500',
    Gold: '#ffd700',
    Yellow: '#ffff00',
    Olive: '#808000',
    Lime: '#00ff00',
    Green: '#008000',
    Aqua: '#00ffff',
    Teal: '#008080',
    Blue: '#0000ff',
    Navy: '#000080',
    Fuchsia: '#ff00ff',
    Purple: '#800080',
  })
}

/** `GET /api/config/i18n`: gone since 2.0, still asked for the server's time by a command-line client. */
export async function readFormats({ now, actor }: Call): Promise<Answer> {
  return ok({
    formDateTime: 'YYYY-MM-DD HH:mm',
    formDate: 'YYYY-MM-DD',
    dateTime: 'Y-m-d H:i',
    date: 'Y-m-d',
    time: 'H:i',
    duration: '%h:%m',
    is24hours: true,
    now: presentInstant(now, actor.timeZone),
  })
}
