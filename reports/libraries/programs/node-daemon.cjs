require('/usr/share/nodejs/daemon')({ cwd: process.cwd() });
setInterval(() => {}, 86_400_000);
