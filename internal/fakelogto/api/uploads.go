// SPDX-License-Identifier: MPL-2.0

package api

import (
	"archive/zip"
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"slices"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

const (
	maxUpload  = 20 << 20
	assetWidth = 8
)

// HaveStorage makes the tenant one of a server that keeps files. Nothing serves them.
func HaveStorage(s *engine.Server) {
	s.Locked(func(db *engine.Store) { stateOf(db).storage = true })
}

// upload reads the part "file" of a multipart body and checks its type and size.
func uploadedFile(c *engine.Context, allowed ...string) ([]byte, error) {
	mediaType, params, err := mime.ParseMediaType(c.ContentType)
	var is engine.Issues
	if err != nil || mediaType != "multipart/form-data" {
		is.WrongType(nil, "object", engine.Missing{})
		return nil, engine.InvalidInput(is, "files")
	}
	parts := multipart.NewReader(bytes.NewReader(c.Body), params["boundary"])
	for {
		part, err := parts.NextPart()
		if err != nil {
			is.WrongType(engine.Path{"file"}, "array", engine.Missing{})
			return nil, engine.InvalidInput(is, "files")
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		content, err := io.ReadAll(part)
		switch {
		case err != nil:
			return nil, engine.InternalError()
		case len(content) > maxUpload:
			return nil, engine.Fail(400, "guard.file_size_exceeded")
		case !slices.Contains(allowed, part.Header.Get("Content-Type")):
			return nil, engine.Fail(400, "guard.mime_type_not_allowed")
		case !stateOf(c.DB).storage:
			return nil, engine.Fail(400, "storage.not_configured")
		}
		return content, nil
	}
}

// uploadPages takes a zip with the pages of a sign-in experience of one's own.
func uploadPages(c *engine.Context) (any, error) {
	content, err := uploadedFile(c, "application/zip")
	if err != nil {
		return nil, err
	}
	if _, err := zip.NewReader(bytes.NewReader(content), int64(len(content))); err != nil {
		return nil, engine.Fail(500, "storage.upload_error", engine.Object{{"details", err.Error()}})
	}
	return engine.Object{{"customUiAssetId", engine.NewID(assetWidth)}}, nil
}

func assetTypes() []string {
	return strings.Fields(`image/jpeg image/png image/gif image/vnd.microsoft.icon image/x-icon image/svg+xml image/tiff
		image/webp image/bmp application/zip`)
}

func assetRoutes(r *engine.Routes) {
	r.Get("/user-assets/service-status", func(c *engine.Context) (any, error) {
		out := engine.Object{{"status", "not_configured"}}
		if stateOf(c.DB).storage {
			out = engine.Object{{"status", "ready"}, {"allowUploadMimeTypes", engine.ToList(assetTypes())}, {"maxUploadFileSize", maxUpload}}
		}
		if !c.Server.Before("1.41") {
			out = out.With("isExperienceAvatarUploadEnabled", true)
		}
		return out, nil
	})
	r.Post("/user-assets", 200, func(c *engine.Context) (any, error) {
		if _, err := uploadedFile(c, assetTypes()...); err != nil {
			return nil, err
		}
		return engine.Object{{"url", "https://storage.example/" + engine.NewID(assetWidth)}}, nil
	})
}
