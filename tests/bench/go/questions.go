package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"sync"
	"time"
)

// What is asked of a contestant: how long its calls take, and what it makes of others' signatures.
type questions struct {
	setup  Setup
	header http.Header
	one    *contestant
	kept   []*contestant
}

type question struct {
	Op         string `json:"op"`
	Calls      int    `json:"calls"`
	InFlight   int    `json:"in_flight"`
	Count      int    `json:"count"`
	First      int    `json:"first"`
	Answer     Answer `json:"answer"`
	Message    string `json:"message"`
	Signature  string `json:"signature"`
	Plaintext  string `json:"plaintext"`
	Ciphertext string `json:"ciphertext"`
}

func (q *questions) answer(line []byte) (map[string]any, error) {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return nil, err
	}
	switch asked.Op {
	case "answer":
		q.expect(asked.Answer)
		return map[string]any{}, nil
	case "sign":
		return named("ns")(together(q.one.sign, asked.Calls, asked.InFlight))
	case "verify":
		read := func() error { return q.one.verify(q.setup.Answer, q.header) }
		return named("ns")(together(read, asked.Calls, asked.InFlight))
	case "authorization":
		return named("authorization")(q.one.authorization())
	case "callers":
		return named("ns")(q.callers(asked.First, asked.Count))
	case "make":
		return named("signature")(q.one.make(asked.Message))
	case "check":
		return named("valid")(q.one.check(asked.Message, asked.Signature), nil)
	case "seal":
		return named("ciphertext")(q.one.seal(asked.Plaintext))
	case "open":
		return named("plaintext")(q.one.open(asked.Ciphertext))
	}
	return nil, fmt.Errorf("%s is not asked here", asked.Op)
}

// From now on this answer is read.
func (q *questions) expect(answer Answer) {
	q.setup.Answer, q.header = answer, http.Header{}
	for name, value := range answer.Headers {
		q.header.Set(name, value)
	}
}

// How long so many callers with keys of their own take to make; each is used, and all are kept.
func (q *questions) callers(first, count int) (any, error) {
	started := time.Now()
	var made []*contestant
	for number := first; number < first+count; number++ {
		one, err := open(q.setup, strconv.Itoa(number))
		if err != nil {
			return nil, err
		}
		made = append(made, one)
	}
	taken := time.Since(started).Nanoseconds()
	for _, one := range made {
		if err := one.sign(); err != nil {
			return nil, err
		}
		if err := one.verify(q.setup.Answer, q.header); err != nil {
			return nil, err
		}
	}
	q.kept = append(q.kept, made...)
	debug.FreeOSMemory()
	return taken, nil
}

func named(name string) func(any, error) (map[string]any, error) {
	return func(value any, err error) (map[string]any, error) { return map[string]any{name: value}, err }
}

// Nanoseconds that calls take, so many at a time.
func together(call func() error, calls, inFlight int) (any, error) {
	var group sync.WaitGroup
	failures := make([]error, inFlight)
	lane := func(at int) {
		for done := 0; done < calls/inFlight && failures[at] == nil; done++ {
			failures[at] = call()
		}
	}
	started := time.Now()
	for at := 1; at < inFlight; at++ {
		group.Add(1)
		go func() {
			defer group.Done()
			lane(at)
		}()
	}
	lane(0)
	group.Wait()
	taken := time.Since(started).Nanoseconds()
	for _, failure := range failures {
		if failure != nil {
			return nil, failure
		}
	}
	return taken, nil
}
