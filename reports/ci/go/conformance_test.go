// Package exampled is checked by `go test`.
package exampled

import (
	"errors"
	"os"
	"os/exec"
	"testing"
)

func TestBecomesADaemon(t *testing.T) {
	program := os.Getenv("EXAMPLED")
	if program == "" {
		program = "../exampled/exampled"
	}
	output, err := exec.Command("daemon-conformance", program).CombinedOutput()
	var ended *exec.ExitError
	if errors.As(err, &ended) && ended.ExitCode() == 77 {
		t.Skip("nothing that counts applies here")
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
}
