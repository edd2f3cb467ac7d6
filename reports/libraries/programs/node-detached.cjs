const { spawn } = require('node:child_process');

spawn('/bin/sleep', ['86400'], { detached: true, stdio: 'ignore' }).unref();
