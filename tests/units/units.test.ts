import { expectTypeOf, test } from 'vitest'
import type { BytesInput, DurationInput, RateInput, RatioInput } from '../../src/units/units.ts'

// Checked by the compiler: a line that expects an error and has none is an error.

test('a duration is a number of milliseconds or has its unit', () => {
  expectTypeOf<250 | '300ms' | '5s' | '1.5m' | '2min' | '2h'>().toExtend<DurationInput>()
  // @ts-expect-error 15 of what?
  expectTypeOf<'15'>().toExtend<DurationInput>()
  // @ts-expect-error the unit is `s`
  expectTypeOf<'5sec'>().toExtend<DurationInput>()
  // @ts-expect-error any string at all would let '15' in
  expectTypeOf<string>().toExtend<DurationInput>()
})

test('a size is a number of bytes or has its unit', () => {
  expectTypeOf<65_536 | '100MB' | '64KiB' | '1.5GB'>().toExtend<BytesInput>()
  // @ts-expect-error megabits
  expectTypeOf<'100Mb'>().toExtend<BytesInput>()
  // @ts-expect-error a duration
  expectTypeOf<'5s'>().toExtend<BytesInput>()
})

test('a rate is a number per second or says per what', () => {
  expectTypeOf<50 | '50/s' | '120/min' | '10/h'>().toExtend<RateInput>()
  // @ts-expect-error per what?
  expectTypeOf<'50'>().toExtend<RateInput>()
})

test('a ratio is a number or a percentage', () => {
  expectTypeOf<0.95 | '95%'>().toExtend<RatioInput>()
  // @ts-expect-error 95 of what?
  expectTypeOf<'95'>().toExtend<RatioInput>()
})
