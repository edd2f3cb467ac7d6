/** Before each test file: its deadlines are those of the calibration. */

import { inject, vi } from 'vitest';

const { hangsAfterMs } = inject('pace');
vi.setConfig({
  testTimeout: hangsAfterMs,
  hookTimeout: hangsAfterMs,
  expect: { poll: { timeout: hangsAfterMs } },
});
