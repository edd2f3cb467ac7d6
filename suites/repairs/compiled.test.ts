import { compiled, testEditsIn } from './edits-tests.ts';

testEditsIn(compiled);
