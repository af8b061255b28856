// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"archive/zip"
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"slices"
	"strings"
)

const (
	maxUpload  = 20 << 20
	assetWidth = 8
)

// HaveStorage makes the tenant one of a server that keeps files. Nothing serves them.
func (s *Server) HaveStorage() {
	s.data.Lock()
	defer s.data.Unlock()
	s.storage = true
}

// upload reads the part "file" of a multipart body and checks its type and size.
func (c *call) upload(allowed ...string) ([]byte, error) {
	mediaType, params, err := mime.ParseMediaType(c.contentType)
	var is issues
	if err != nil || mediaType != "multipart/form-data" {
		is.wrongType(nil, "object", missing{})
		return nil, invalidInput(is, "files")
	}
	parts := multipart.NewReader(bytes.NewReader(c.body), params["boundary"])
	for {
		part, err := parts.NextPart()
		if err != nil {
			is.wrongType(path{"file"}, "array", missing{})
			return nil, invalidInput(is, "files")
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		content, err := io.ReadAll(part)
		switch {
		case err != nil:
			return nil, internal()
		case len(content) > maxUpload:
			return nil, fail(400, "guard.file_size_exceeded")
		case !slices.Contains(allowed, part.Header.Get("Content-Type")):
			return nil, fail(400, "guard.mime_type_not_allowed")
		case !c.server.storage:
			return nil, fail(400, "storage.not_configured")
		}
		return content, nil
	}
}

// uploadPages takes a zip with the pages of a sign-in experience of one's own.
func uploadPages(c *call) (any, error) {
	content, err := c.upload("application/zip")
	if err != nil {
		return nil, err
	}
	if _, err := zip.NewReader(bytes.NewReader(content), int64(len(content))); err != nil {
		return nil, fail(500, "storage.upload_error", object{{"details", err.Error()}})
	}
	return object{{"customUiAssetId", newID(assetWidth)}}, nil
}

func assetTypes() []string {
	return strings.Fields(`image/jpeg image/png image/gif image/vnd.microsoft.icon image/x-icon image/svg+xml image/tiff
		image/webp image/bmp application/zip`)
}

func assetRoutes(r *routes) {
	r.get("/user-assets/service-status", func(c *call) (any, error) {
		out := object{{"status", "not_configured"}}
		if c.server.storage {
			out = object{{"status", "ready"}, {"allowUploadMimeTypes", toList(assetTypes())}, {"maxUploadFileSize", maxUpload}}
		}
		if !c.server.before("1.41") {
			out = out.with("isExperienceAvatarUploadEnabled", true)
		}
		return out, nil
	})
	r.post("/user-assets", 200, func(c *call) (any, error) {
		if _, err := c.upload(assetTypes()...); err != nil {
			return nil, err
		}
		return object{{"url", "https://storage.example/" + newID(assetWidth)}}, nil
	})
}
