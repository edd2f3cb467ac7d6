/** How a program is repaired: the edits, in every language. */

import type { RepairGuide } from '../../harness/judge/repair.ts';
import { declarable } from './declarable.ts';
import { c } from './languages/c.ts';
import { go } from './languages/go.ts';
import { node } from './languages/node.ts';
import { perl } from './languages/perl.ts';
import { python } from './languages/python.ts';
import { ruby } from './languages/ruby.ts';
import { rust } from './languages/rust.ts';
import { sh } from './languages/sh.ts';
import { repairs } from './repairs.ts';

export const guide: RepairGuide = {
  repairs,
  languages: { c, python, go, rust, perl, ruby, node, sh },
  declarable,
};
