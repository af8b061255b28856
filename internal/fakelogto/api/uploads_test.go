// SPDX-License-Identifier: MPL-2.0

package api

import (
	"archive/zip"
	"bytes"
	"mime/multipart"
	"net/textproto"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// uploaded posts a file and returns the status and the answer.
func uploaded(t *testing.T, s *engine.Server, path, mediaType string, content []byte) (int, doc) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="file"; filename="f"`}, "Content-Type": {mediaType},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write(content)
	_ = w.Close()
	status, answer := s.Serve(engine.Request{
		Method: "POST", Path: path, Trusted: true, ContentType: w.FormDataContentType(), Body: b.Bytes(),
	}).Decoded()
	out, _ := answer.(map[string]any)
	return status, out
}

func TestUploads(t *testing.T) {
	t.Parallel()
	const pages, assets, status = signInPath + "/default/custom-ui-assets", "/api/user-assets", "/api/user-assets/service-status"
	var archive bytes.Buffer
	if err := zip.NewWriter(&archive).Close(); err != nil {
		t.Fatal(err)
	}
	s := NewServer()
	if code, got := uploaded(t, s, pages, "application/zip", archive.Bytes()); code != 400 || got.str("code") != "storage.not_configured" {
		t.Errorf("without storage: %d %v", code, got)
	}
	HaveStorage(s)
	if got := must(t, s, "GET", status, nil, 200); got.str("status") != "ready" {
		t.Errorf("status %v", got)
	}
	for _, c := range []struct {
		path, mediaType string
		content         []byte
		status          int
		key             string
	}{
		{pages, "application/zip", archive.Bytes(), 200, "customUiAssetId"},
		{pages, "application/zip", []byte("no zip"), 500, "code"},
		{pages, "image/png", archive.Bytes(), 400, "code"},
		{assets, "image/png", []byte("png"), 200, "url"},
		{assets, "text/plain", []byte("text"), 400, "code"},
	} {
		if code, got := uploaded(t, s, c.path, c.mediaType, c.content); code != c.status || got.str(c.key) == "" {
			t.Errorf("%s %s: %d %v", c.path, c.mediaType, code, got)
		}
	}
}
