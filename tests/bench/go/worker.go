// One contestant of `cargo xtask bench peers`, asked line by line.
//
//	worker serve                the first line is the setup; each further one is a question and has one answer
//	worker cold SETUP EPOCH     nanoseconds from EPOCH to the first signed request
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"time"
)

// Setup is what every contestant works with.
type Setup struct {
	Mchid      string `json:"mchid"`
	SerialNo   string `json:"serial_no"`
	PrivateKey string `json:"private_key"`
	KeyID      string `json:"key_id"`
	PublicKey  string `json:"public_key"`
	Host       string `json:"host"`
	Target     string `json:"target"`
	Answer     Answer `json:"answer"`
}

// Answer is what the gateway answered.
type Answer struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
}

// Longest line: a setup with its keys.
const longest = 1 << 20

func main() {
	var err error
	if os.Args[1] == "cold" {
		err = cold(os.Args[2], os.Args[3])
	} else {
		err = serve()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func cold(path, epoch string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var setup Setup
	if err := json.Unmarshal(text, &setup); err != nil {
		return err
	}
	one, err := open(setup, setup.Mchid)
	if err != nil {
		return err
	}
	if err := one.sign(); err != nil {
		return err
	}
	since, err := strconv.ParseInt(epoch, 10, 64)
	fmt.Printf("{\"ns\":%d}\n", time.Now().UnixNano()-since)
	return err
}

func serve() error {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, longest), longest)
	var setup Setup
	lines.Scan()
	if err := json.Unmarshal(lines.Bytes(), &setup); err != nil {
		return err
	}
	one, err := open(setup, setup.Mchid)
	if err != nil {
		return err
	}
	fmt.Println("{}")
	asked := &questions{setup: setup, one: one}
	asked.expect(setup.Answer)
	for lines.Scan() {
		answer, err := asked.answer(lines.Bytes())
		if err != nil {
			answer = map[string]any{"error": err.Error()}
		}
		text, err := json.Marshal(answer)
		if err != nil {
			return err
		}
		fmt.Println(string(text))
	}
	return lines.Err()
}
