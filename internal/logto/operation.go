// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Terraform asks for ten things at a time, and each answer may be large. Of the
// operations whose answers are larger than smallAnswer in sum, one at a time goes
// on, so that memory stays small whatever a server answers.

// operation is what belongs to one operation of Terraform.
type operation struct {
	reading chan struct{} // is full while a large answer is read and decoded

	mu    sync.Mutex
	turn  chan struct{} // the client's, while this operation has it
	bytes int           // that its lists have in memory
}

type operationKey struct{}

// Operation returns a context for an operation that holds large answers until it
// ends, as one that makes Terraform's values of a list does. Within another one it
// is a part of that.
func Operation(ctx context.Context) (within context.Context, end func()) {
	if operationOf(ctx) != nil {
		return ctx, func() {}
	}
	o := &operation{reading: make(chan struct{}, 1)}
	return context.WithValue(ctx, operationKey{}, o), o.end
}

func operationOf(ctx context.Context) *operation {
	o, _ := ctx.Value(operationKey{}).(*operation)
	return o
}

// hold notes more bytes of a list. It waits for the turn when there are many.
func (o *operation) hold(ctx context.Context, c *Client, n int) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.bytes += n
	if o.bytes < smallAnswer {
		return nil
	}
	return o.await(ctx, c)
}

// longestTurn is how long an operation waits for the turn.
const longestTurn = 5 * time.Minute

var errNoTurn = errors.New("other answers to this run are so large that there was no room for this one within " + longestTurn.String())

// await waits for the turn, unless the operation has it. Callers hold the lock.
func (o *operation) await(ctx context.Context, c *Client) error {
	if o.turn != nil {
		return nil
	}
	timer := time.NewTimer(longestTurn)
	defer timer.Stop()
	select {
	case c.large <- struct{}{}:
		o.turn = c.large
		return nil
	default:
		if c.cfg.LogWait != nil {
			c.cfg.LogWait(ctx, Wait{Why: "other answers to this run that are large come first"})
		}
	}
	select {
	case c.large <- struct{}{}:
		o.turn = c.large
		return nil
	case <-timer.C:
		return errNoTurn
	case <-ctx.Done():
		return ctx.Err()
	}
}

// begin waits until the operation may read a large answer.
func (o *operation) begin(ctx context.Context, c *Client) error {
	select {
	case o.reading <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	err := o.await(ctx, c)
	if err != nil {
		<-o.reading
	}
	return err
}

func (o *operation) end() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.turn != nil {
		<-o.turn
		o.turn = nil
	}
}
