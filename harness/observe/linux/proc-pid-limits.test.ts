import { expect, test } from 'vitest';
import { limitRows, parseProcPidLimits, readProcPidLimits } from './proc-pid-limits.ts';

const text = `Limit                     Soft Limit           Hard Limit           Units     
Max cpu time              unlimited            unlimited            seconds   
Max stack size            8388608              unlimited            bytes     
Max core file size        0                    unlimited            bytes     
Max open files            256                  18446744073709551614 files     
Max nice priority         0                    0                    
Max realtime timeout      unlimited            unlimited            us        
Max of another day        1                    2                    moons     
`;

test('rows with and without a unit, unlimited, and one too large to be exact', () => {
  expect(parseProcPidLimits(text)).toEqual({
    cpu: { soft: 'unlimited', hard: 'unlimited' },
    stack: { soft: 8388608, hard: 'unlimited' },
    core: { soft: 0, hard: 'unlimited' },
    nofile: { soft: 256, hard: 2 ** 64 },
    nice: { soft: 0, hard: 0 },
    rttime: { soft: 'unlimited', hard: 'unlimited' },
  });
});

test('an empty file has no limits', () => {
  expect(parseProcPidLimits('')).toEqual({});
});

test('this kernel shows every limit of getrlimit(2)', () => {
  expect(Object.keys(readProcPidLimits('/proc/self/limits'))).toEqual(Object.keys(limitRows));
});
