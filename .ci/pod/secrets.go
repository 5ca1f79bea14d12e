package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	core "k8s.io/api/core/v1"
)

// The files of a Secret, as a node lays them out: their folder is behind a link that is set anew once the new files
// are all there, so whoever reads sees the old ones or the new ones.
type secretVolume struct {
	name   string
	source core.SecretVolumeSource
	dir    string
	group  int
}

func (p *pod) mountSecrets(secrets map[string]core.Secret) {
	for _, volume := range p.spec.Volumes {
		if volume.Secret != nil {
			secretVolume{
				volume.Name, *volume.Secret, filepath.Join(p.dir, volume.Name), int(*p.spec.SecurityContext.FSGroup),
			}.write(secrets)
		}
	}
}

func (v secretVolume) write(secrets map[string]core.Secret) {
	secret, found := secrets[v.source.SecretName]
	if !found {
		fail(fmt.Sprintf("there is no Secret %s, which the volume %s names", v.source.SecretName, v.name))
	}
	version := "..version-" + strconv.FormatInt(time.Now().UnixNano(), 10)
	check(os.MkdirAll(filepath.Join(v.dir, version), 0o755))
	for key, text := range secret.StringData {
		file := filepath.Join(v.dir, version, key)
		check(os.WriteFile(file, []byte(text), os.FileMode(*v.source.DefaultMode)))
		check(os.Chown(file, 0, v.group))
	}
	check(os.Symlink(version, filepath.Join(v.dir, "..new")))
	check(os.Rename(filepath.Join(v.dir, "..new"), filepath.Join(v.dir, "..data")))
	for key := range secret.StringData {
		if link := filepath.Join(v.dir, key); !exists(link) {
			check(os.Symlink(filepath.Join("..data", key), link))
		}
	}
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
