// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// withoutHint are the codes of which the provider tells nothing besides what Logto
// says, and why.
var withoutHint = map[string][]string{
	"the client tells of them by itself": {
		"auth.authorization_header_missing", "auth.authorization_token_type_not_supported", "auth.forbidden", "auth.unauthorized",
	},
	"Logto names the attributes, or says what is wrong": {"guard.invalid_input", "request.invalid_input"},
	"the object is gone, or the link is there already, which the client takes for done": {
		"application.custom_domain_not_found", "application.role_exists", "oidc.invalid_grant", "oidc.session_not_found", "role.scope_exists",
		"user.enterprise_sso_identity_not_exists", "user.identity_not_exist",
	},
	"only reads are answered so":        {"guard.invalid_pagination", "log.invalid_time_window"},
	"another value replaces the object": {"application.device_flow_not_changeable", "connector.can_not_modify_target"},
	"no Terraform type makes such a call": {
		"action.general", "application.no_legacy_secret_found", "connector.email_connector.bulk_deletion_no_filter", "connector.not_implemented",
		"jwt_customizer.general",
		"oidc.key_not_found", "oidc.key_required", "oidc.only_previous_key_can_be_deleted",
		"one_time_token.cannot_reactivate_token", "one_time_token.email_mismatch", "one_time_token.token_consumed", "one_time_token.token_expired",
		"one_time_token.token_not_found", "one_time_token.token_revoked", "organization.role_names_not_found", "role.application_exists", "role.user_exists",
		"session.insufficient_info", "session.invalid_credentials", "session.mfa.backup_code_can_not_be_alone",
		"single_sign_on.can_not_delete_active_signing_key",
		"user.backup_code_already_in_use", "user.totp_already_in_use", "user.totp_secret_invalid", "user.wrong_backup_code_format",
		"verification_code.code_mismatch", "verification_code.exceed_max_try", "verification_code.expired", "verification_code.not_found",
	},
}

// What Logto can answer is explained to people, or left out on purpose.
func TestEveryCodeHasAHint(t *testing.T) {
	t.Parallel()
	hinted := maps.Clone(framework.CommonHints())
	for _, area := range Areas() {
		for _, hints := range area.Hints {
			maps.Copy(hinted, hints)
		}
	}
	left := map[string]bool{}
	for _, codes := range withoutHint {
		for _, code := range codes {
			left[code] = true
		}
	}
	// A hint for one type does not make up for the others.
	typed := []string{"request.invalid_input"}
	answered := codesOfLogto(t)
	for code := range answered {
		_, has := hinted[code]
		switch {
		case !has && !left[code]:
			t.Errorf("the in-memory Logto answers %s: give it a hint in the hints.go of its area, or a reason in withoutHint", code)
		case has && left[code] && !slices.Contains(typed, code):
			t.Errorf("%s has a hint, and withoutHint says that it needs none", code)
		}
	}
	for code := range left {
		if !answered[code] {
			t.Errorf("withoutHint has %s, which the in-memory Logto does not answer", code)
		}
	}
}

// A hint belongs to a type of its area, is placed at an attribute that is there, and
// is written in sentences.
func TestHintsFitTheirTypes(t *testing.T) {
	t.Parallel()
	for _, area := range Areas() {
		types := attributesOf(t, area)
		for name, hints := range area.Hints {
			has := types[name]
			if name == "" {
				has = map[string]bool{}
				for _, attributes := range types {
					maps.Copy(has, attributes)
				}
			}
			if has == nil {
				t.Errorf("hints for %s, which is no type of their area", name)
				continue
			}
			for code, h := range hints {
				if h.Attribute != "" && !has[h.Attribute] && !has[strings.TrimSuffix(h.Attribute, "s")] {
					t.Errorf("%s of %q is placed at %s, which the type does not have", code, name, h.Attribute)
				}
				if !strings.HasSuffix(h.Advice, ".") {
					t.Errorf("the hint for %s of %q is no sentence: %q", code, name, h.Advice)
				}
				if h == framework.CommonHints()[code] {
					t.Errorf("the hint for %s of %q says what all types say", code, name)
				}
			}
		}
	}
}

// attributesOf are the attributes of the types of an area that write.
func attributesOf(t *testing.T, area framework.ServicePackage) map[string]map[string]bool {
	t.Helper()
	types := map[string]map[string]bool{}
	add := func(name string, attributes []string) {
		if types[name] == nil {
			types[name] = map[string]bool{}
		}
		for _, a := range attributes {
			types[name][a] = true
		}
	}
	for _, made := range area.Resources {
		var meta resource.MetadataResponse
		var s resource.SchemaResponse
		made().Metadata(t.Context(), resource.MetadataRequest{}, &meta)
		made().Schema(t.Context(), resource.SchemaRequest{}, &s)
		add(meta.TypeName, slices.Collect(maps.Keys(s.Schema.Attributes)))
	}
	for _, made := range area.Ephemeral {
		var meta ephemeral.MetadataResponse
		var s ephemeral.SchemaResponse
		made().Metadata(t.Context(), ephemeral.MetadataRequest{}, &meta)
		made().Schema(t.Context(), ephemeral.SchemaRequest{}, &s)
		add(meta.TypeName, slices.Collect(maps.Keys(s.Schema.Attributes)))
	}
	for _, made := range area.Actions {
		var meta action.MetadataResponse
		var s action.SchemaResponse
		made().Metadata(t.Context(), action.MetadataRequest{}, &meta)
		made().Schema(t.Context(), action.SchemaRequest{}, &s)
		add(meta.TypeName, slices.Collect(maps.Keys(s.Schema.Attributes)))
	}
	return types
}

// fakeLogto are the folders of the in-memory Logto that answer errors.
var fakeLogto = []string{"../fakelogto/engine", "../fakelogto/api"}

var aCode = regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)+$`)

// codesOfLogto are the error codes in the source of the in-memory Logto. engine.Fail
// takes them, and so do functions that hand them on to it; none are put together.
func codesOfLogto(t *testing.T) map[string]bool {
	t.Helper()
	files := token.NewFileSet()
	codes, families := map[string]bool{}, map[string]bool{}
	code := func(e ast.Expr) string {
		literal, ok := e.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return ""
		}
		s, err := strconv.Unquote(literal.Value)
		if err != nil || !aCode.MatchString(s) {
			return ""
		}
		return s
	}
	var all []string // whatever looks like a code
	for _, name := range sourcesOf(t, fakeLogto) {
		file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if s := code(n); s != "" {
					all = append(all, s)
				}
			case *ast.CallExpr:
				if !isFail(n.Fun) || len(n.Args) < 2 {
					break
				}
				if _, joined := n.Args[1].(*ast.BinaryExpr); joined {
					t.Errorf("%s: a code is put together: write it in full", files.Position(n.Pos()))
				}
				if s := code(n.Args[1]); s != "" {
					family, _, _ := strings.Cut(s, ".")
					codes[s], families[family] = true, true
				}
			}
			return true
		})
	}
	for _, s := range all {
		if family, _, _ := strings.Cut(s, "."); families[family] {
			codes[s] = true
		}
	}
	// Names of other things that look like codes.
	delete(codes, "oidc.session")
	delete(codes, "user.mfa.totp")
	if len(codes) < 100 {
		t.Fatalf("only %d codes in %s", len(codes), fakeLogto)
	}
	return codes
}

// isFail reports whether a function is engine.Fail, as its own package and others name it.
func isFail(f ast.Expr) bool {
	if selector, ok := f.(*ast.SelectorExpr); ok {
		f = selector.Sel
	}
	name, ok := f.(*ast.Ident)
	return ok && name.Name == "Fail"
}

// sourcesOf are the files of folders with Go code that is no test.
func sourcesOf(t *testing.T, folders []string) []string {
	t.Helper()
	var out []string
	for _, folder := range folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			if strings.HasSuffix(entry.Name(), ".go") && !strings.HasSuffix(entry.Name(), "_test.go") {
				out = append(out, folder+"/"+entry.Name())
			}
		}
	}
	return out
}
