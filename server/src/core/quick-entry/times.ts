// Reading a time of day behind a day: `8pm`, `at 20:15`, `8:15 am`.

const shape = /^(?:at )?(\d{1,2})(?::(\d{2})(?::(\d{2}))?)? ?(am|pm)?$/

/** The time of day as `HH:MM:SS`, or undefined. A bare hour such as `at 8` is none. Words are in folded form. */
export function readTimeOfDay(phrase: string): string | undefined {
  const match = shape.exec(phrase)
  if (match === null) return undefined
  const [, hourText = '', minuteText, secondText = '00', half] = match
  if (minuteText === undefined && half === undefined) return undefined
  const hour = half === undefined ? Number(hourText) : hourOfHalf(Number(hourText), half)
  const minute = minuteText ?? '00'
  if (hour === undefined || hour > 23 || Number(minute) > 59 || Number(secondText) > 59) return undefined
  return `${String(hour).padStart(2, '0')}:${minute}:${secondText}`
}

function hourOfHalf(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined
  return (hour % 12) + (half === 'pm' ? 12 : 0)
}
