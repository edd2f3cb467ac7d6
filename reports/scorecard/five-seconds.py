#!/usr/bin/env python3
"""Holds the facts of a report against /proc, 5 s after the starter has returned. Shares no code with the tool.

    npm run build && python3 reports/scorecard/five-seconds.py [-b BATCH.json] [-t OPTION]... [NAME...]

Each program of the batch file is started twice: by by-hand.py, as the foreground job of a terminal, and by the tool from
its clean start. Compared are the processes that are left, and of each: session, parent, terminal, mask, directories,
descriptors 0 to 2, blocked, ignored and caught signals. What stays in the foreground is looked at 5 s after its start.
It is looked at once more a second later: who wakes by a clock may be another at each look (proftpd blocks signals for
0.2 s every 5 s), and the report is right with one of both. Exit status 1 if it is with none. Linux; as root, where the
programs need it.
"""
import argparse, json, os, shutil, signal, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOOL = os.path.join(HERE, '../../harness/bin.cjs')
SEEN = ('session,session-leader,controlling-terminal,signal-mask,working-directory,standard-streams,'
        'surviving-processes,stability,file-mode-creation-mask,foreground')
NUMBERS = {**{each.name: each.value for each in signal.Signals}, 'SIGSTKFLT': 16, 'SIGPOLL': 29}


def kind_of(target, directory):
    if target.startswith(('/dev/pts/', '/dev/tty')):
        return 'terminal'
    kind = target.split(':')[0]
    return kind if kind in ('pipe', 'socket', 'anon_inode') else target.replace(directory, '{dir}')


def alike(process, directory):
    """Without what differs from one start to the next: numbers, and signals that the C library keeps for itself."""
    def numbers(those):
        if isinstance(those, str):
            those = [each for each in range(1, 65) if int(those, 16) >> (each - 1) & 1]
        return sorted(each for each in those if each < 32)
    return {
        **process, 'streams': {fd: kind_of(target, directory) for fd, target in process['streams'].items()},
        **{key: process[key].replace(directory, '{dir}') for key in ('directory', 'root')},
        **{key: numbers(process[key]) for key in ('blocked', 'ignored', 'caught')},
    }


def by_hand(argv, directory, environment, foreground):
    """Its exit status, and the processes that are left, twice."""
    command = [sys.executable, os.path.join(HERE, 'by-hand.py'), *(['--foreground'] if foreground else []), *argv]
    status, looks = json.loads(subprocess.run(command, cwd=directory, env=environment, stdout=subprocess.PIPE).stdout)
    return status, [[alike(each, directory) for each in look] for look in looks]


def by_tool(argv, directory, environment, options):
    command = ['node', TOOL, '--start', 'clean', '--only', SEEN, '--timeout', '60s', '-f', 'json', *options, '--', *argv]
    made = subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True)
    if not made.stdout:
        raise RuntimeError(made.stderr.strip() or f'exit status {made.returncode}')
    run = json.loads(made.stdout)['runs'][0]

    def of(each):
        return alike({
            'leader': each['session'] == each['pid'], 'adopted': each['parent']['role'] != 'other',
            'terminal': each['terminal'] is not None, 'mask': each['fileModeCreationMask'],
            'streams': {str(fd['fd']): fd['target'] for fd in each['descriptors'] if fd['fd'] < 3},
            'directory': each['workingDirectory'], 'root': each['rootDirectory'],
            **{key: [NUMBERS.get(name, 99) for name in each['signals'][key]] for key in ('blocked', 'ignored', 'caught')},
        }, directory)
    how = f"{run['settling']['by']} after {run['settling']['afterMs']:.0f} ms"
    return run['starter']['exitCode'], [of(each) for each in run['processes'] if each['state'] != 'Z'], how


def prepared(program, directory, there):
    """Its directory as the batch has it: files, then the commands of the setup. Words with {dir} in its place."""
    def put(text):
        return text.replace('{dir}', directory).replace('{here}', there)
    missing = [each for each in program.get('needs', {}).get('programs', []) if not shutil.which(each)]
    if missing:
        raise RuntimeError(f'there is no {missing[0]}')
    shutil.rmtree(directory, ignore_errors=True)
    os.mkdir(directory, 0o755)
    for name, lines in program.get('files', {}).items():
        with open(os.path.join(directory, name), 'w', encoding='utf-8') as file:
            file.write(put('\n'.join(lines)) + '\n')
    environment = {**os.environ, **{name: put(value) for name, value in program.get('env', {}).items()}}
    for command in program.get('setup', []):
        subprocess.run([put(word) for word in command], check=True, cwd=directory, env=environment, capture_output=True)
    return [put(word) for word in program['argv']], environment


def differences(hand, tool):
    ours, theirs = ([json.dumps(each, sort_keys=True) for each in some] for some in (hand, tool))
    for each in list(ours):
        if each in theirs:
            ours.remove(each)
            theirs.remove(each)
    return [('/proc 5 s later', each) for each in ours] + [('the report', each) for each in theirs]


def compare(program, directory, options):
    """Whether the report is contradicted; None where nothing could be compared."""
    there = os.path.dirname(os.path.abspath(options.batch))
    name, foreground = program['name'], program.get('profile') == 'supervised'
    try:
        argv, environment = prepared(program, directory, there)
        status, looks = by_hand(argv, directory, environment, foreground)
        argv, environment = prepared(program, directory, there)
        more = ['-p', 'supervised'] if foreground else []
        told, tool, how = by_tool(argv, directory, environment, [*more, *options.tool_option])
    except (OSError, RuntimeError, subprocess.CalledProcessError, ValueError) as error:
        print(f'not compared  {name}: {error}', flush=True)
        return None
    differ = min((differences(hand, tool) for hand in looks), key=len)
    if not foreground and status != told:
        differ.append(('the report', f'its starter ended with {told}'))
    print(f"{'CONTRADICTED' if differ else 'same':12}  {name}: {len(looks[0])} processes, exit {status}; {how}", flush=True)
    for where, each in differ:
        print(f'    only in {where}: {each}', flush=True)
    return bool(differ)


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument('-b', '--batch', default=os.path.join(HERE, 'field.json'))
    asked.add_argument('-t', '--tool-option', action='append', default=[], metavar='OPTION')
    asked.add_argument('names', nargs='*')
    options = asked.parse_args()
    room = tempfile.mkdtemp(prefix='five-seconds-')
    os.chmod(room, 0o755)
    with open(options.batch, encoding='utf-8') as file:
        chosen = [each for each in json.load(file)['programs'] if not options.names or each['name'] in options.names]
    try:
        outcomes = [compare(each, os.path.join(room, 'dir'), options) for each in chosen]
    finally:
        shutil.rmtree(room, ignore_errors=True)
    contradicted, not_compared = outcomes.count(True), outcomes.count(None)
    print(f'five-seconds: {len(outcomes) - not_compared} compared, {contradicted} contradicted, {not_compared} not compared')
    return 1 if contradicted or not_compared == len(outcomes) else 0


sys.exit(main())
