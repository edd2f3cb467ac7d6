// The suite loads one module a call, and looks into no folder. Reports name the promises in this order.
import './fork/new-process.ts';
import './fork/open-files.ts';
import './fork/clocks-and-timers.ts';
import './fork/locks-and-pending-signals.ts';
import './fork/realtime.ts';
import './fork/threads.ts';
import './fork/process-limit.ts';
import './fork/inherited-attributes.ts';
import './fork/clofork.ts';
import './fork/parent-death-signal.ts';
import './fork/stdio.ts';
import './fork/_Fork.ts';
