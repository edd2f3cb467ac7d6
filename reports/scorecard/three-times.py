#!/usr/bin/env python3
"""Checks each program several times and tells where the verdicts, or what failed, differ from one time to the next.

    npm run build && python3 reports/scorecard/three-times.py [-n TIMES] [-l BUSY-LOOPS] [-t OPTION]... [NAME...]

The programs are those of batch.json and field.json; without a NAME, the ones that are hard to judge: they take long to
settle or to end, cannot run beside themselves, or leave something behind. Exit status 1 if anything differs.
"""
import argparse, collections, json, os, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
TOOL = os.path.join(HERE, '../../harness/bin.cjs')
HARD = ['rsyslogd', 'celery', 'supervisord', 'gunicorn', 'conserver', 'twistd', 'twistd, no such address',
        'erl -detached', 'proftpd', 'fail2ban', 'python3-daemon, pidfile', 'unionfs-fuse', 'ssh-agent', 'ssh-agent -a',
        'dtach', 'darkstat', 'webfsd', 'webfsd, pidfile', 'postgres', 'squid', 'nsd', 'start-stop-daemon',
        'redis-server', 'redis-server, foreground', 'nginx', 'nginx, foreground', 'beanstalkd', 's6-svscan', 'runsvdir',
        'tmux', 'mosquitto']


def programs():
    found = {}
    for name in ('batch.json', 'field.json'):
        with open(os.path.join(HERE, name), encoding='utf-8') as file:
            found.update({each['name']: each for each in json.load(file)['programs']})
    return found


def check(program, options):
    """What one check came to: the verdict, what failed, what could not be judged, what was left over."""
    with tempfile.NamedTemporaryFile('w', suffix='.json') as batch:
        json.dump({'programs': [program]}, batch)
        batch.flush()
        command = ['node', TOOL, 'batch', batch.name, '--jobs', '1', '--fail-on', 'never', '-f', 'json', *options]
        made = subprocess.run(command, capture_output=True, text=True)
    if not made.stdout:
        return f'no report: {made.stderr.strip()[-200:]}', [], [], []
    batch_report = json.loads(made.stdout)
    for each in [*batch_report['skipped'], *batch_report['unjudged']]:
        return f"not checked: {each['because']}", [], [], []
    report = batch_report['programs'][0]['report']

    def having(outcome):
        return sorted(each['id'] for each in report['results'] if each['outcome'] == outcome)
    left = [f"{each['kind']} {os.path.basename(each['name'])}" for each in report.get('leftOver', [])]
    return report['verdict'], having('fail'), having('inconclusive'), left


def tell(program, results, took):
    kinds = collections.Counter(json.dumps(each[:3]) for each in results)
    verdict, failed, unjudged, left = results[0]
    print(f"{'same' if len(kinds) == 1 else 'DIFFERS':8}  {program}: {took:.0f} s; {verdict}; fails {' '.join(failed) or 'nothing'}"
          + (f"; unjudged {' '.join(unjudged)}" if unjudged else '') + (f"; left over {', '.join(left)}" if left else ''))
    if len(kinds) > 1:
        usual = [set(part) for part in json.loads(kinds.most_common(1)[0][0])[1:]]
        for i, (verdict, *parts, _) in enumerate(results, 1):
            odd = [f'{sign}{each} ({what})' for what, one, other in zip(('fails', 'unjudged'), map(set, parts), usual)
                   for sign, some in (('+', one - other), ('-', other - one)) for each in sorted(some)]
            print(f"    time {i}: {verdict} {' '.join(odd)}")
    sys.stdout.flush()
    return len(kinds) > 1


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument('-n', '--times', type=int, default=3)
    asked.add_argument('-l', '--loops', type=int, default=0, help='busy loops beside them')
    asked.add_argument('-t', '--tool-option', action='append', default=[], metavar='OPTION')
    asked.add_argument('names', nargs='*')
    options = asked.parse_args()
    known = programs()
    loops = [subprocess.Popen(['sh', '-c', 'while :; do :; done']) for _ in range(options.loops)]
    try:
        names = options.names or HARD
        differing = 0
        for name in names:
            began = time.monotonic()
            results = [check(known[name], options.tool_option) for _ in range(options.times)]
            differing += tell(name, results, time.monotonic() - began)
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()
    print(f'three-times: {len(names)} programs, {options.times} times each beside {options.loops} busy loops, '
          f'{differing} differ')
    return 1 if differing else 0


sys.exit(main())
