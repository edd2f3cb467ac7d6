import { testInheritedIgnore } from '../inherited-ignore-cases.ts';
import { ignoredSigpipe } from './ignored-sigpipe.ts';

testInheritedIgnore(ignoredSigpipe, 'SIGPIPE', 'SIGCHLD');
