// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// lookEvery is how long the memory of a provider is not looked at. The kernel keeps the peak,
// so that only a peak in the last moments of a process can be missed.
const lookEvery = 50 * time.Millisecond

// PeakMemory runs a command and returns the most memory, in bytes, that one process of the
// provider had resident at any time of it. It is 0 where there is no /proc to read it from.
func (s *Sandbox) PeakMemory(command func() error) (peak int64, err error) {
	done := make(chan error, 1)
	go func() { done <- command() }()
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for {
		select {
		case err := <-done:
			return peak, err
		case <-ticker.C:
			peak = max(peak, s.residentPeak())
		}
	}
}

// residentPeak is the largest peak of the processes of the provider that run now.
func (s *Sandbox) residentPeak() (peak int64) {
	programs, _ := filepath.Glob("/proc/[0-9]*/exe")
	for _, program := range programs {
		if target, err := os.Readlink(program); err != nil || target != s.Binary {
			continue
		}
		status, err := os.ReadFile(filepath.Join(filepath.Dir(program), "status"))
		if err != nil {
			continue // it has ended
		}
		for line := range bytes.Lines(status) {
			fields := bytes.Fields(line)
			if len(fields) < 2 || string(fields[0]) != "VmHWM:" {
				continue
			}
			if kibibytes, err := strconv.ParseInt(string(fields[1]), 10, 64); err == nil {
				peak = max(peak, kibibytes<<10)
			}
		}
	}
	return peak
}
