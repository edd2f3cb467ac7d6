import { parts, testEditsIn } from './edits-tests.ts';

testEditsIn(parts.interpreted);
