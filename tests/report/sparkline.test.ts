import { expect, test } from 'vitest'
import { sparkline } from '../../src/report/sparkline.ts'

test.each([
  ['rising from half of it to all', [50, 60, 70, 80, 90, 100], 6, '▁▂▄▅▇█'],
  ['even: as high as it is', [100, 100, 99, 100], 4, '████'],
  ['far below half', [0, 25, 50, 100], 4, '▁▃▅█'],
  ['the highest of each stretch', [1, 9, 1, 1, 1, 1], 3, '█▁▁'],
  ['with gaps', [100, null, undefined, 50], 4, '█  ▁'],
  ['no longer than it has values', [50, 100], 8, '▁█'],
  ['of nothing', [], 8, ''],
  ['of one value, which is no course', [7, null], 8, ''],
  ['of zeros', [0, 0], 8, '▁▁'],
])('%s', (_, values, columns, line) => expect(sparkline(values, columns)).toBe(line))
