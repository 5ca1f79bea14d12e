// A front of TLS before a server that has none, as a Temporal server that is started for development: who connects
// shows a certificate of AUTHORITY, or is sent away.
//
//	front ADDRESS SERVER CERTIFICATE KEY AUTHORITY
//
// The files are read for each connection, so renewed ones hold from then on.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"os"
)

func main() {
	if len(os.Args) != 6 {
		fail("usage: front ADDRESS SERVER CERTIFICATE KEY AUTHORITY")
	}
	listener, err := tls.Listen("tcp", os.Args[1], &tls.Config{GetConfigForClient: renewed})
	check(err)
	fmt.Println("READY")
	for {
		client, err := listener.Accept()
		check(err)
		go join(client.(*tls.Conn), os.Args[2])
	}
}

func renewed(*tls.ClientHelloInfo) (*tls.Config, error) {
	own, err := tls.LoadX509KeyPair(os.Args[3], os.Args[4])
	if err != nil {
		return nil, err
	}
	authority, err := os.ReadFile(os.Args[5])
	if err != nil {
		return nil, err
	}
	authorities := x509.NewCertPool()
	authorities.AppendCertsFromPEM(authority)
	return &tls.Config{
		Certificates: []tls.Certificate{own},
		ClientAuth:   tls.RequireAndVerifyClientCert,
		ClientCAs:    authorities,
		NextProtos:   []string{"h2"},
		// Tickets would let a client in again by what it showed earlier.
		SessionTicketsDisabled: true,
	}, nil
}

func join(client *tls.Conn, address string) {
	defer client.Close()
	if err := client.Handshake(); err != nil {
		fmt.Println("sent away:", err)
		return
	}
	fmt.Printf("let in: %X\n", client.ConnectionState().PeerCertificates[0].SerialNumber)
	server, err := net.Dial("tcp", address)
	if err != nil {
		fmt.Println("out of reach:", err)
		return
	}
	defer server.Close()
	over := make(chan struct{}, 2)
	for _, way := range [][2]io.ReadWriter{{client, server}, {server, client}} {
		go func() {
			_, _ = io.Copy(way[0], way[1])
			over <- struct{}{}
		}()
	}
	<-over
}

func check(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(what string) {
	fmt.Fprintln(os.Stderr, "front:", what)
	os.Exit(1)
}
