// Runs one pod of a Deployment on this machine as a node would, from its manifest alone.
//
//	pod MANIFESTS DEPLOYMENT IMAGES DIR PORT
//
// MANIFESTS is what `helm template` renders, with the Secrets that it names. IMAGES has a folder for each image with
// what lies in its /kedge. DIR becomes the pod's disk. Sidecars are started first and told to end last; containers
// run as the user of the manifest, without privileges, on a root file system that is read only, with its environment
// and none other. Two things are not as rendered: everything listens on loopback, and on PORT and those after it.
// Prints READY when all probes say so, and ends by itself if a container does. SIGHUP makes it read the Secrets anew,
// as a node does when they have changed: files in volumes follow, variables do not.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"
)

type pod struct {
	spec      core.PodSpec
	secrets   map[string]core.Secret
	images    string
	dir       string
	ports     map[string]string // port of a container, as rendered, to that on this machine
	processes []*process
}

type process struct {
	name    string
	command *exec.Cmd
	pid     int
	ended   chan struct{}
}

func main() {
	if len(os.Args) != 6 {
		fail("usage: pod MANIFESTS DEPLOYMENT IMAGES DIR PORT")
	}
	first, err := strconv.Atoi(os.Args[5])
	check(err)
	p := read(os.Args[1], os.Args[2])
	p.images, p.dir = os.Args[3], os.Args[4]
	p.choosePorts(first)
	p.mountSecrets(p.secrets)

	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGTERM, syscall.SIGINT)
	changed := make(chan os.Signal, 1)
	signal.Notify(changed, syscall.SIGHUP)
	ended := make(chan string, 8)
	go p.run(ended)
	for {
		select {
		case <-changed:
			p.mountSecrets(read(os.Args[1], os.Args[2]).secrets)
			fmt.Println("SECRETS READ")
		case <-told:
			p.stop()
			return
		case name := <-ended:
			p.stop()
			fail(name + " has ended")
		}
	}
}

func read(manifests, name string) *pod {
	text, err := os.ReadFile(manifests)
	check(err)
	p := &pod{secrets: map[string]core.Secret{}, ports: map[string]string{}}
	for _, document := range bytes.Split(text, []byte("\n---\n")) {
		var kind struct{ Kind string }
		check(yaml.Unmarshal(document, &kind))
		switch kind.Kind {
		case "Secret":
			var secret core.Secret
			check(yaml.UnmarshalStrict(document, &secret))
			p.secrets[secret.Name] = secret
		case "Deployment":
			var deployment apps.Deployment
			check(yaml.UnmarshalStrict(document, &deployment))
			if deployment.Name == name {
				p.spec = deployment.Spec.Template.Spec
			}
		}
	}
	if p.spec.Containers == nil {
		fail("there is no Deployment " + name)
	}
	return p
}

func (p *pod) choosePorts(first int) {
	for _, container := range append(p.spec.InitContainers, p.spec.Containers...) {
		for _, port := range container.Ports {
			p.ports[strconv.Itoa(int(port.ContainerPort))] = strconv.Itoa(first)
			first++
		}
	}
}

// As a node: each sidecar has started before the next container is.
func (p *pod) run(ended chan<- string) {
	for _, container := range append(p.spec.InitContainers, p.spec.Containers...) {
		started := p.start(container)
		p.processes = append(p.processes, started)
		go func() {
			<-started.ended
			ended <- started.name
		}()
		p.await(container, container.StartupProbe)
	}
	for _, container := range append(p.spec.InitContainers, p.spec.Containers...) {
		p.await(container, container.ReadinessProbe)
	}
	fmt.Println("READY")
}

func (p *pod) start(container core.Container) *process {
	image := container.Image[strings.LastIndex(container.Image, "/")+1:]
	image, _, _ = strings.Cut(image, ":")
	java, err := filepath.EvalSymlinks(javaPath())
	check(err)
	arguments := []string{
		"--unshare-all", "--share-net", "--as-pid-1", "--die-with-parent", "--clearenv", "--info-fd", "3",
		"--ro-bind", "/usr", "/usr",
		"--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--symlink", "usr/bin", "/bin",
		"--ro-bind", filepath.Join(p.images, image), "/kedge",
		"--proc", "/proc", "--dev", "/dev",
	}
	// One by one, since the pod's own files are mounted beside them.
	settings, err := os.ReadDir("/etc")
	check(err)
	for _, entry := range settings {
		path := filepath.Join("/etc", entry.Name())
		arguments = append(arguments, "--ro-bind-try", path, path)
	}
	for _, mount := range container.VolumeMounts {
		folder := filepath.Join(p.dir, mount.Name, mount.SubPath)
		if mount.ReadOnly {
			arguments = append(arguments, "--ro-bind", folder, mount.MountPath)
			continue
		}
		check(os.MkdirAll(folder, 0o755))
		for _, owned := range []string{filepath.Join(p.dir, mount.Name), folder} {
			check(os.Chown(owned, int(*p.spec.SecurityContext.RunAsUser), int(*p.spec.SecurityContext.FSGroup)))
		}
		arguments = append(arguments, "--bind", folder, mount.MountPath)
	}
	if *container.SecurityContext.ReadOnlyRootFilesystem {
		arguments = append(arguments, "--remount-ro", "/")
	}
	for _, variable := range container.Env {
		arguments = append(arguments, "--setenv", variable.Name, p.value(variable))
	}
	for _, port := range container.Ports {
		listener := "QUARKUS_HTTP_"
		if port.Name == "management" {
			listener = "QUARKUS_MANAGEMENT_"
		}
		arguments = append(arguments,
			"--setenv", listener+"HOST", "127.0.0.1",
			"--setenv", listener+"PORT", p.chosen(port))
		if port.Name == "grpc" {
			arguments = append(arguments, "--setenv", listener+"SSL_PORT", p.chosen(port))
		}
	}
	arguments = append(arguments, "--chdir", "/kedge", "--", java, "-jar", "/kedge/quarkus-run.jar")

	log, err := os.Create(filepath.Join(p.dir, container.Name+".log"))
	check(err)
	info, toInfo, err := os.Pipe()
	check(err)
	command := exec.Command("bwrap", arguments...)
	command.Stdout, command.Stderr = log, log
	command.ExtraFiles = []*os.File{toInfo}
	command.SysProcAttr = &syscall.SysProcAttr{
		// Not of the terminal's: who ends, and when, is decided here.
		Setpgid:    true,
		Credential: &syscall.Credential{Uid: uint32(*p.spec.SecurityContext.RunAsUser), Gid: uint32(*p.spec.SecurityContext.RunAsGroup)},
	}
	check(command.Start())
	check(toInfo.Close())
	var child struct {
		Pid int `json:"child-pid"`
	}
	check(json.NewDecoder(info).Decode(&child))
	started := &process{container.Name, command, child.Pid, make(chan struct{})}
	go func() {
		_ = command.Wait()
		close(started.ended)
	}()
	return started
}

func javaPath() string {
	if home := os.Getenv("JAVA_HOME"); home != "" {
		return filepath.Join(home, "bin/java")
	}
	path, err := exec.LookPath("java")
	check(err)
	return path
}

func (p *pod) value(variable core.EnvVar) string {
	if variable.ValueFrom != nil {
		reference := variable.ValueFrom.SecretKeyRef
		value, found := p.secrets[reference.Name].StringData[reference.Key]
		if !found {
			fail(fmt.Sprintf("there is no key %s in the Secret %s", reference.Key, reference.Name))
		}
		return value
	}
	if host, port, found := strings.Cut(variable.Value, ":"); found && host == "127.0.0.1" && p.ports[port] != "" {
		return host + ":" + p.ports[port]
	}
	return variable.Value
}

func (p *pod) chosen(port core.ContainerPort) string {
	return p.ports[strconv.Itoa(int(port.ContainerPort))]
}

func (p *pod) probed(container core.Container, probe *core.Probe) string {
	for _, port := range container.Ports {
		if port.Name == probe.HTTPGet.Port.StrVal {
			return p.chosen(port)
		}
	}
	fail(fmt.Sprintf("%s has no port %s, which its probe names", container.Name, probe.HTTPGet.Port.StrVal))
	return ""
}

func (p *pod) await(container core.Container, probe *core.Probe) {
	address := fmt.Sprintf("http://127.0.0.1:%s%s", p.probed(container, probe), probe.HTTPGet.Path)
	client := http.Client{Timeout: time.Duration(probe.TimeoutSeconds) * time.Second}
	for {
		answer, err := client.Get(address)
		if err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(300 * time.Millisecond)
	}
}

// As a node: containers first, then sidecars, the last one first; all within the grace period.
func (p *pod) stop() {
	end := time.Now().Add(time.Duration(*p.spec.TerminationGracePeriodSeconds) * time.Second)
	for i := len(p.processes) - 1; i >= 0; i-- {
		told := time.Now()
		_ = syscall.Kill(p.processes[i].pid, syscall.SIGTERM)
		select {
		case <-p.processes[i].ended:
			fmt.Printf("%s ended in %.1f s\n", p.processes[i].name, time.Since(told).Seconds())
		case <-time.After(time.Until(end)):
			_ = syscall.Kill(p.processes[i].pid, syscall.SIGKILL)
			fmt.Printf("%s was KILLED: the grace period is over\n", p.processes[i].name)
		}
	}
}

func check(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(what string) {
	fmt.Fprintln(os.Stderr, "pod:", what)
	os.Exit(1)
}
