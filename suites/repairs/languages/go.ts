/**
 * The edits in Go: its runtime has threads, of which fork(2) copies one, so the program starts itself once more. What it
 * does to signals and hands on of them is said by the documentation of os/signal.
 */

import type { LanguageGuide } from '../../../harness/judge/repair.ts';

export const go: LanguageGuide = {
  sources: [
    { work: 'Go standard library', at: 'os/signal, Overview' },
    { work: 'Go standard library', at: 'os/exec, type Cmd; syscall, type SysProcAttr' },
  ],
  together: {
    ids: [
      'fork',
      'open-streams',
      'close-descriptors',
      'reset-dispositions',
      'empty-mask',
      'clear-environment',
      'setsid',
      'second-fork',
      'null-streams',
    ],
    change:
      'Start the program once more in a new session and with nothing but the null device, and that one once more, in place of what puts it into the background now; the first waits until the last is ready.',
  },
  top: {
    fork: [
      'import "os"',
      'import "os/exec"',
      'import "os/signal"',
      'import "runtime"',
      'import "strconv"',
      'import "syscall"',
      'import "unsafe"',
    ],
    umask: ['import "syscall"'],
    chdir: ['import "os"'],
    pidfile: ['import "fmt"', 'import "os"', 'import "runtime"', 'import "syscall"'],
  },
  code: {
    // exec(2) sets to its default what Notify() catches; os/exec gives /dev/null for what is nil.
    fork: [
      `generation, _ := strconv.Atoi(os.Getenv("GENERATION"))
ready := os.NewFile(3, "ready")
if generation < 2 {
	signal.Notify(make(chan os.Signal, 1)) // every signal: none stays ignored
	runtime.LockOSThread()                 // it hands on the mask of its thread
	var none uint64
	syscall.RawSyscall6(syscall.SYS_RT_SIGPROCMASK, 2 /* SIG_SETMASK */, uintptr(unsafe.Pointer(&none)), 0, 8, 0, 0)
	names, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		if fd, _ := strconv.Atoi(name.Name()); fd > 2 {
			syscall.CloseOnExec(fd)
		}
	}
	program, err := os.Executable()
	if err != nil {
		panic(err)
	}
	var told *os.File
	if generation == 0 {
		if told, ready, err = os.Pipe(); err != nil {
			panic(err)
		}
	}
	again := exec.Command(program, os.Args[1:]...)
	again.Env = []string{"PATH=/usr/bin:/bin", "GENERATION=" + strconv.Itoa(generation+1)}
	again.ExtraFiles = []*os.File{ready} // number 3
	again.SysProcAttr = &syscall.SysProcAttr{Setsid: generation == 0}
	if err := again.Start(); err != nil {
		panic(err)
	}
	ready.Close()
	if told != nil {
		if size, _ := told.Read(make([]byte, 1)); size == 0 {
			println("it did not get ready")
			os.Exit(1)
		}
	}
	os.Exit(0)
}
syscall.CloseOnExec(3)`,
      `// as the last step, when it can do its work
if _, err := ready.Write([]byte("1")); err != nil {
	panic(err)
}
ready.Close()`,
    ],
    umask: ['syscall.Umask(0)'],
    chdir: [
      `if err := os.Chdir("/"); err != nil {
	panic(err)
}`,
    ],
    pidfile: [
      `pidfile, err := os.OpenFile("/run/mydaemon.pid", os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0644)
if err != nil {
	panic(err)
}
file, err := pidfile.Stat()
if err != nil || !file.Mode().IsRegular() || file.Sys().(*syscall.Stat_t).Nlink != 1 {
	panic("pidfile: no file of its own")
}
if err := syscall.Flock(int(pidfile.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
	panic(err)
}
pidfile.Truncate(0)
fmt.Fprintln(pidfile, os.Getpid())
defer runtime.KeepAlive(pidfile) // open as long as it runs`,
    ],
  },
};
