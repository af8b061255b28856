// SPDX-License-Identifier: MPL-2.0

package framework_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var assertion = regexp.MustCompile(`_ framework\.(\w+)(?:\[\w+\])?\s*= \(\*(\w+)\)\(nil\)`)

// A file whose model has the method of a hook asserts the hook, so that the compiler
// checks the signature.
func TestHooksAreAsserted(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("hooks.go")
	if err != nil {
		t.Fatal(err)
	}
	hooks := map[string]string{} // by method
	for _, m := range regexp.MustCompile(`type ((?:Ephemeral)?ModelWith\w+)(?:\[M any\])? interface \{\n\t(\w+)\(`).FindAllStringSubmatch(string(page), -1) {
		hooks[m[2]] = m[1]
	}
	if len(hooks) < 15 {
		t.Fatalf("found %d hooks in hooks.go", len(hooks))
	}
	files, err := filepath.Glob("../service/*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files of services: %v", len(files), err)
	}
	asserted, methods := map[string]bool{}, map[string][]string{} // "area type", methods of it
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		area := filepath.Base(filepath.Dir(file))
		for _, m := range assertion.FindAllStringSubmatch(string(text), -1) {
			asserted[area+" "+m[2]+" "+m[1]] = true
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil {
				continue
			}
			star, ok := f.Recv.List[0].Type.(*ast.StarExpr)
			if !ok {
				continue
			}
			if name, ok := star.X.(*ast.Ident); ok {
				methods[area+" "+name.Name] = append(methods[area+" "+name.Name], f.Name.Name)
			}
		}
	}
	for model, of := range methods {
		for _, method := range of {
			if hook := hooks[method]; hook != "" && !asserted[model+" "+hook] {
				t.Errorf("%s has the method %s: assert %s behind the type", model, method, hook)
			}
		}
	}
}
