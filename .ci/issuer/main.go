// An issuer of tokens as OpenID Connect has it, for tests: its keys, and tokens for callers that are named beforehand.
//
//	issuer ADDRESS CERTIFICATE KEY CALLERS DIR
//
// Serves https://ADDRESS. CALLERS is a JSON file: name to the claims of the name's token, with `lasts`, in seconds,
// for how long it holds; what lasts less than nothing has expired. Tokens lie in DIR, one file a name; they and a
// line that says so are there once the issuer answers.
package main

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

func main() {
	if len(os.Args) != 6 {
		fail("usage: issuer ADDRESS CERTIFICATE KEY CALLERS DIR")
	}
	address, url, dir := os.Args[1], "https://"+os.Args[1], os.Args[5]
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	check(err)

	http.Handle("/.well-known/openid-configuration", answer(map[string]any{
		"issuer":                                url,
		"jwks_uri":                              url + "/keys",
		"authorization_endpoint":                url + "/authorize",
		"token_endpoint":                        url + "/token",
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"response_types_supported":              []string{"code"},
		"subject_types_supported":               []string{"public"},
	}))
	http.Handle("/keys", answer(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{
		{Key: key.Public(), KeyID: "one", Algorithm: "RS256", Use: "sig"},
	}}))
	listener, err := net.Listen("tcp", address)
	check(err)

	signer, err := jose.NewSigner(
		jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: "one"}},
		(&jose.SignerOptions{}).WithType("JWT"))
	check(err)
	for name, claims := range callers(os.Args[4]) {
		check(os.WriteFile(filepath.Join(dir, name), []byte(token(signer, url, name, claims)), 0o600))
	}
	fmt.Println("READY")
	fail(http.ServeTLS(listener, nil, os.Args[2], os.Args[3]).Error())
}

func callers(file string) map[string]map[string]any {
	text, err := os.ReadFile(file)
	check(err)
	var callers map[string]map[string]any
	check(json.Unmarshal(text, &callers))
	return callers
}

func token(signer jose.Signer, issuer, name string, claims map[string]any) string {
	lasts := claims["lasts"].(float64)
	delete(claims, "lasts")
	made := time.Now()
	if lasts < 0 {
		made = made.Add(-time.Hour)
	}
	all := map[string]any{
		"iss": issuer, "sub": name, "preferred_username": name,
		"iat": made.Unix(), "exp": time.Now().Add(time.Duration(lasts) * time.Second).Unix(),
	}
	for claim, value := range claims {
		all[claim] = value
	}
	text, err := jwt.Signed(signer).Claims(all).Serialize()
	check(err)
	return text
}

func answer(with any) http.Handler {
	return http.HandlerFunc(func(response http.ResponseWriter, _ *http.Request) {
		response.Header().Set("Content-Type", "application/json")
		check(json.NewEncoder(response).Encode(with))
	})
}

func check(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(what string) {
	fmt.Fprintln(os.Stderr, "issuer:", what)
	os.Exit(1)
}
