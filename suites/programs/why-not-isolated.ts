import { openCanaries } from '../../harness/launch/canary.ts';
import { startLauncher } from '../../harness/launch/launcher-client.ts';
import { startStates } from '../../harness/launch/start-states.ts';

/** Why no launch has a world of its own here, as a canary shows it; null if each has. */
export async function whyNotIsolated(): Promise<string | null> {
  if (process.platform !== 'linux') return 'there are no namespaces here';
  const launcher = startLauncher();
  const place = { directory: '/', environment: {}, isolation: 'auto', signal: undefined } as const;
  try {
    const { isIsolated, notIsolated } = await openCanaries(launcher).read(startStates.clean, place);
    return isIsolated ? null : (notIsolated ?? 'no launch has a world of its own here');
  } finally {
    await launcher.close();
  }
}
