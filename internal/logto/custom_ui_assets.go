// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// UploadedPages are sign-in pages that were uploaded. Logto has no operation that reads,
// lists or deletes them.
type UploadedPages struct {
	ID         string
	UploadedAt *time.Time // nil when it is not known
}

// UploadedPagesInput is what [UploadedPages] are made of.
type UploadedPagesInput struct{ Source string } // the path of a zip file

// UploadedPagesAPI uploads sign-in pages.
type UploadedPagesAPI struct{ c *Client }

// UploadedPages are the sign-in pages of the tenant: /sign-in-exp/default/custom-ui-assets.
func (c *Client) UploadedPages() *UploadedPagesAPI { return &UploadedPagesAPI{c} }

// MaxUpload is how large a file can be that Logto takes, in bytes.
const MaxUpload = 20 << 20

// Create uploads the file: POST /sign-in-exp/default/custom-ui-assets. What is wrong
// with the file is an [InputError].
func (s *UploadedPagesAPI) Create(ctx context.Context, _ Key, in UploadedPagesInput) (*UploadedPages, error) {
	content, err := readFile(in.Source)
	if err != nil {
		return nil, refuse("source", err.Error())
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="file"; filename="pages.zip"`},
		"Content-Type":        {"application/zip"},
	})
	if err == nil {
		_, err = part.Write(content)
	}
	if err = errors.Join(err, form.Close()); err != nil {
		return nil, err
	}
	var answer struct {
		ID string `json:"customUiAssetId"`
	}
	r := request{method: http.MethodPost, path: path("sign-in-exp", "default", "custom-ui-assets"), has: []string{"customUiAssetId"},
		form: body.Bytes(), formType: form.FormDataContentType()}
	if err := s.c.do(ctx, r, &answer); err != nil {
		return nil, withDetails(err)
	}
	if answer.ID == "" {
		return nil, s.c.unreadable(r.method, r.path, errors.New("it has no customUiAssetId"))
	}
	now := s.c.Now().UTC().Truncate(time.Millisecond)
	return &UploadedPages{ID: answer.ID, UploadedAt: &now}, nil
}

// readFile reads a file that is small enough to be uploaded.
func readFile(name string) ([]byte, error) {
	file, err := os.Open(filepath.Clean(name))
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(file, MaxUpload+1))
	if err = errors.Join(err, file.Close()); err == nil && len(content) > MaxUpload {
		err = fmt.Errorf("the file %s is larger than %d MB, which is the most that Logto takes", name, MaxUpload>>20)
	}
	return content, err
}

// Get does nothing but to repeat the id: Logto has no operation that reads uploaded
// pages.
func (s *UploadedPagesAPI) Get(_ context.Context, key Key) (*UploadedPages, error) {
	return &UploadedPages{ID: key.ID()}, nil
}

// InUse returns the pages with that id when the sign-in experience uses them:
// GET /sign-in-exp.
func (s *UploadedPagesAPI) InUse(ctx context.Context, id string) (*UploadedPages, error) {
	experience, err := s.c.SignInExperience().Get(ctx, nil)
	if err != nil {
		return nil, err
	}
	assets := experience.CustomUIAssets
	if assets == nil || assets.ID != id {
		return nil, notFound("GET /api/sign-in-exp")
	}
	at := time.UnixMilli(int64(assets.CreatedAt)).UTC()
	return &UploadedPages{ID: id, UploadedAt: &at}, nil
}

// Update does nothing: another file is uploaded anew.
func (s *UploadedPagesAPI) Update(ctx context.Context, key Key, _, _ UploadedPagesInput) (*UploadedPages, error) {
	return s.Get(ctx, key)
}

// Delete does nothing: Logto deletes no uploaded pages.
func (s *UploadedPagesAPI) Delete(context.Context, Key) error { return nil }

// Search does nothing: Logto lists no uploaded pages.
func (s *UploadedPagesAPI) Search(context.Context, []string, url.Values) ([]UploadedPages, error) {
	return nil, nil
}

// withDetails adds why the storage did not take a file.
func withDetails(err error) error {
	refused, ok := errors.AsType[*Error](err)
	if !ok {
		return err
	}
	var data struct {
		Details string `json:"details"`
	}
	if json.Unmarshal(refused.Data, &data) != nil || data.Details == "" {
		return err
	}
	return fmt.Errorf("%w\n\n%s", err, Printable(data.Details))
}
