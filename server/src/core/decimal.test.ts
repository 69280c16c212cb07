// Decimals: what is read, how it is kept, and arithmetic checked against fractions of big integers.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  decimal,
  divide,
  divideDecimals,
  fromUnits,
  maxDecimalLength,
  multiplyDecimals,
  parseDecimal,
  type Rounding,
  roundDecimal,
  scaleOf,
  trimDecimal,
  unitsOf,
} from './decimal.ts'

const roundings: readonly Rounding[] = ['half-away-from-zero', 'half-even', 'down', 'up']

/** Any decimal of up to 20 digits, anywhere the point may stand. */
const decimals = fc
  .tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.integer({ min: 0, max: 8 }))
  .map(([units, scale]) => fromUnits(units, scale))

/** The same value as a fraction. */
function fraction(value: Decimal): { n: bigint; d: bigint } {
  const scale = scaleOf(value)
  return { n: unitsOf(value, scale), d: 10n ** BigInt(scale) }
}

describe('Reading a decimal', () => {
  const kept: readonly [string, string][] = [
    ['34.50', '34.50'],
    ['20', '20'],
    ['0', '0'],
    ['0.00', '0.00'],
    ['.75', '0.75'],
    ['-.75', '-0.75'],
    ['5.', '5'],
    ['-5.', '-5'],
    ['007', '7'],
    ['00.10', '0.10'],
    ['000', '0'],
    ['-0', '0'],
    ['-0.00', '0.00'],
    ['-0.01', '-0.01'],
    ['1.005', '1.005'],
    [`${'9'.repeat(32)}`, '9'.repeat(32)],
    [`1.${'0'.repeat(30)}`, `1.${'0'.repeat(30)}`],
  ]
  for (const [typed, value] of kept) {
    test(`keeps '${typed}' as '${value}'`, () => assert.equal(parseDecimal(typed), value))
  }

  const refused = [
    ...['', ' ', '.', '-', '-.', '+1', '1e3', '1E3', '1e400', '1e-7', 'NaN', 'Infinity', '-Infinity'],
    ...[
      '0x10',
      '0b1',
      '1_000',
      '1,000',
      '1,5',
      ' 1',
      '1 ',
      '1 000',
      '1\n',
      '--1',
      '-+1',
      '1-',
      '1.2.3',
      '..1',
    ],
    ...['٣', '１', '½', '²', '$1', '1n', 'null', 'true', '1\u0000', '\ud800', '__proto__'],
    ...[
      '9'.repeat(33),
      `-${'9'.repeat(32)}`,
      `0.${'1'.repeat(31)}`,
      `.${'1'.repeat(31)}`,
      '0'.repeat(33),
      '1'.repeat(1_000_000),
    ],
  ]
  for (const typed of refused) {
    const shown = typed.length > 40 ? `${typed.slice(0, 8)}… of ${typed.length} characters` : typed
    test(`refuses ${JSON.stringify(shown)}`, () => assert.equal(parseDecimal(typed), undefined))
  }

  test('reads again whatever it has read, as the very same text', () => {
    const digits = fc.stringMatching(/^\d{0,20}$/)
    const typed = fc
      .tuple(fc.constantFrom('', '-'), digits, fc.constantFrom('', '.'), digits)
      .map((p) => p.join(''))
    fc.assert(
      fc.property(typed, (text) => {
        const value = parseDecimal(text)
        fc.pre(value !== undefined)
        assert.equal(parseDecimal(value), value)
        assert.ok(value.length <= maxDecimalLength)
      }),
      { numRuns: 2000 },
    )
  })

  test('answers only plain decimals, whatever text comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const value = parseDecimal(text)
        assert.ok(value === undefined || /^-?(0|[1-9]\d*)(\.\d+)?$/.test(value))
      }),
    )
  })

  test('a constant that is no decimal is a bug and told at once', () => {
    assert.throws(() => decimal('1e3'), RangeError)
  })
})

describe('Rounding a decimal', () => {
  // value, scale, then the four results in the order of `roundings`
  const table: readonly [string, number, string, string, string, string][] = [
    ['0.5', 0, '1', '0', '0', '1'],
    ['1.5', 0, '2', '2', '1', '2'],
    ['2.5', 0, '3', '2', '2', '3'],
    ['-0.5', 0, '-1', '0', '0', '-1'],
    ['-1.5', 0, '-2', '-2', '-1', '-2'],
    ['-2.5', 0, '-3', '-2', '-2', '-3'],
    ['1.005', 2, '1.01', '1.00', '1.00', '1.01'],
    ['-1.005', 2, '-1.01', '-1.00', '-1.00', '-1.01'],
    ['1.015', 2, '1.02', '1.02', '1.01', '1.02'],
    ['2.4999', 0, '2', '2', '2', '3'],
    ['2.5001', 0, '3', '3', '2', '3'],
    ['-2.4999', 0, '-2', '-2', '-2', '-3'],
    ['0.004', 2, '0.00', '0.00', '0.00', '0.01'],
    ['-0.004', 2, '0.00', '0.00', '0.00', '-0.01'],
    ['9.995', 2, '10.00', '10.00', '9.99', '10.00'],
    ['34.5', 2, '34.50', '34.50', '34.50', '34.50'],
    ['20', 2, '20.00', '20.00', '20.00', '20.00'],
  ]
  for (const [value, scale, ...results] of table) {
    for (const [i, rounding] of roundings.entries()) {
      test(`${value} to ${scale} digits, ${rounding}, is ${results[i]}`, () => {
        assert.equal(roundDecimal(decimal(value), scale, rounding), results[i])
      })
    }
  }
})

describe('Arithmetic on decimals', () => {
  test('0.1 + 0.2 is 0.3', () => {
    assert.equal(addDecimals(decimal('0.1'), decimal('0.2')), '0.3')
  })

  test('a sum is the exact sum of both', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const [x, y, z] = [fraction(a), fraction(b), fraction(addDecimals(a, b))]
        assert.equal((x.n * y.d + y.n * x.d) * z.d, z.n * x.d * y.d)
      }),
    )
  })

  test('a product is the exact product of both, with as many digits as both together', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const product = multiplyDecimals(a, b)
        const [x, y, z] = [fraction(a), fraction(b), fraction(product)]
        assert.equal(x.n * y.n * z.d, z.n * x.d * y.d)
        assert.equal(scaleOf(product), scaleOf(a) + scaleOf(b))
      }),
    )
  })

  test('a quotient is the nearest one of that scale, on the side its rounding names', () => {
    const scales = fc.integer({ min: 0, max: 12 })
    fc.assert(
      fc.property(decimals, decimals, scales, fc.constantFrom(...roundings), (a, b, scale, rounding) => {
        fc.pre(compareDecimals(b, decimal('0')) !== 0)
        const quotient = divideDecimals(a, b, scale, rounding)
        assert.equal(scaleOf(quotient), scale)
        // The error, as a fraction of one unit of the last digit: (a / b - quotient) * 10^scale.
        const [x, y, q] = [fraction(a), fraction(b), unitsOf(quotient, scale)]
        const [n, d] = [x.n * y.d * 10n ** BigInt(scale), x.d * y.n]
        const [top, bottom] = d < 0n ? [-n, -d] : [n, d]
        const error = top - q * bottom
        const magnitude = error < 0n ? -error : error
        const away = top < 0n ? error > 0n : error < 0n
        if (rounding === 'down') assert.ok(magnitude < bottom && !away)
        else if (rounding === 'up') assert.ok(magnitude < bottom && (error === 0n || away))
        else {
          assert.ok(2n * magnitude <= bottom)
          if (2n * magnitude === bottom) {
            if (rounding === 'half-even') assert.equal(q % 2n, 0n)
            else assert.ok(away)
          }
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('rounding is the same for a value and for its negative', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n }), fc.constantFrom(...roundings), (n, d, rounding) => {
        assert.equal(divide(-n, d, rounding), -divide(n, d, rounding))
        assert.equal(divide(n, -d, rounding), -divide(n, d, rounding))
      }),
    )
  })

  test('comparing looks at values, not at spellings', () => {
    assert.equal(compareDecimals(decimal('1.0'), decimal('1')), 0)
    assert.equal(compareDecimals(decimal('-1'), decimal('0.5')), -1)
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const [x, y] = [fraction(a), fraction(b)]
        const difference = x.n * y.d - y.n * x.d
        assert.equal(compareDecimals(a, b), difference < 0n ? -1 : difference > 0n ? 1 : 0)
      }),
    )
  })

  test('trimming keeps the value and leaves no idle digit', () => {
    assert.equal(trimDecimal(decimal('34.50')), '34.5')
    assert.equal(trimDecimal(decimal('20.00')), '20')
    assert.equal(trimDecimal(decimal('100')), '100')
    assert.equal(trimDecimal(decimal('0.00')), '0')
    fc.assert(
      fc.property(decimals, (value) => {
        const trimmed = trimDecimal(value)
        assert.equal(compareDecimals(trimmed, value), 0)
        assert.equal(parseDecimal(trimmed), trimmed)
        assert.doesNotMatch(trimmed, /\..*0$/)
      }),
    )
  })

  test('units and back give the same text', () => {
    fc.assert(
      fc.property(decimals, (value) => {
        assert.equal(fromUnits(unitsOf(value, scaleOf(value)), scaleOf(value)), value)
      }),
    )
  })

  test('units never lose digits silently', () => {
    assert.throws(() => unitsOf(decimal('1.005'), 2), RangeError)
  })
})
