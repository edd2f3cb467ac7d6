package main

import (
	"log"

	daemon "github.com/sevlyar/go-daemon"
)

func main() {
	context := &daemon.Context{}
	child, err := context.Reborn()
	if err != nil {
		log.Fatal(err)
	}
	if child != nil {
		return
	}
	defer context.Release()
	if err := daemon.ServeSignals(); err != nil {
		log.Fatal(err)
	}
}
