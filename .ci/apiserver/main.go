// The API server of Kubernetes with its store, and nothing else: no nodes, no controllers.
//
//	apiserver DIR PORT
//
// It listens on loopback until it is told to end, takes every object that a cluster of its version would take,
// and holds every pod against the restricted Pod Security Standard. DIR/kubeconfig leads to it.
package main

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

// Pods that are not restricted are refused, and whoever would make such pods is warned.
const admission = `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
  - name: PodSecurity
    configuration:
      apiVersion: pod-security.admission.config.k8s.io/v1
      kind: PodSecurityConfiguration
      defaults: {enforce: restricted, warn: restricted}
`

const kubeconfig = `apiVersion: v1
kind: Config
clusters: [{name: it, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
users: [{name: it, user: {token: %s}}]
contexts: [{name: it, context: {cluster: it, user: it}}]
current-context: it
`

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: apiserver DIR PORT"))
	}
	dir := os.Args[1]
	port, err := strconv.Atoi(os.Args[2])
	fail(err)
	fail(os.MkdirAll(dir, 0o700))

	store := startStore(filepath.Join(dir, "etcd"), port+1)
	token := random()
	write(dir, "tokens.csv", token+",admin,1,system:masters\n")
	write(dir, "admission.yaml", admission)
	write(dir, "key.pem", key())
	write(dir, "kubeconfig", fmt.Sprintf(kubeconfig, port, token))

	server := app.NewAPIServerCommand()
	server.SetArgs([]string{
		"--etcd-servers=" + store,
		"--bind-address=127.0.0.1",
		"--secure-port=" + strconv.Itoa(port),
		"--cert-dir=" + filepath.Join(dir, "certificates"),
		"--endpoint-reconciler-type=none",
		"--service-cluster-ip-range=10.0.0.0/24",
		"--service-account-issuer=https://kubernetes.test",
		"--service-account-key-file=" + filepath.Join(dir, "key.pem"),
		"--service-account-signing-key-file=" + filepath.Join(dir, "key.pem"),
		"--token-auth-file=" + filepath.Join(dir, "tokens.csv"),
		"--authorization-mode=RBAC",
		"--admission-control-config-file=" + filepath.Join(dir, "admission.yaml"),
	})
	fail(server.Execute())
}

func startStore(dir string, port int) string {
	config := embed.NewConfig()
	config.Dir = dir
	config.LogLevel = "error"
	clients, peers := address(port), address(port+1)
	config.ListenClientUrls, config.AdvertiseClientUrls = clients, clients
	config.ListenPeerUrls, config.AdvertisePeerUrls = peers, peers
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	// Nothing of it has to outlive a failing machine.
	config.UnsafeNoFsync = true
	etcd, err := embed.StartEtcd(config)
	fail(err)
	select {
	case <-etcd.Server.ReadyNotify():
	case <-time.After(time.Minute):
		fail(fmt.Errorf("the store did not start within a minute"))
	}
	return clients[0].String()
}

func address(port int) []url.URL {
	return []url.URL{{Scheme: "http", Host: fmt.Sprintf("127.0.0.1:%d", port)}}
}

func key() string {
	made, err := rsa.GenerateKey(rand.Reader, 2048)
	fail(err)
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(made)}))
}

func random() string {
	bytes := make([]byte, 16)
	_, err := rand.Read(bytes)
	fail(err)
	return hex.EncodeToString(bytes)
}

func write(dir, name, text string) {
	fail(os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "apiserver:", err)
		os.Exit(1)
	}
}
