import { languages } from '../../harness/judge/repair.ts';
import { compiled, testEditsIn } from './edits-tests.ts';

testEditsIn(languages.filter((language) => !compiled.includes(language)));
