import { parts, testEditsIn } from './edits-tests.ts';

testEditsIn(parts.scripts);
