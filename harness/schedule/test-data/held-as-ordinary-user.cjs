// Held starts of an ordinary user: BUILT PROGRAM... prints why each could not be held.
const [built, ...programs] = process.argv.slice(2);
const { startLauncher } = require(`${built}/launcher-client.js`);
const { startStates } = require(`${built}/start-states.js`);

async function run() {
  const launcher = startLauncher();
  const told = [];
  for (const path of programs) {
    const launch = launcher.launch({
      image: { kind: 'execute', path },
      argv: [path, 'returns'],
      environment: [],
      directory: '/',
      start: startStates.clean,
      held: { order: 'child-last', holdMs: 500, heldAfterReturn: false, interruptedAt: null },
    });
    const isOver = ({ type }) => type === 'returned' || type === 'lost';
    await launch.until(isOver, Number(process.hrtime.bigint()) / 1e6 + 30_000);
    told.push(launch.events.filter(({ type }) => type === 'not-held').map(({ because }) => because));
    await launch.end();
  }
  await launcher.close();
  process.stdout.write(JSON.stringify(told));
}

run();
