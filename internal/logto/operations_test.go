// SPDX-License-Identifier: MPL-2.0

package logto_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// operation is how a comment names an operation of the API, or says that there is none.
var operation = regexp.MustCompile(`(GET|POST|PUT|PATCH|DELETE)\s+/|does nothing`)

// The comment of an exported method that calls the API names the operation. Those of
// types that serve many groups cannot: the comment of the accessor has the path.
func TestMethodsNameTheirOperation(t *testing.T) {
	t.Parallel()
	generic := map[string]bool{"Collection": true, "Links": true, "Singleton": true}
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	methods := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		positions := token.NewFileSet()
		parsed, err := parser.ParseFile(positions, file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || !f.Name.IsExported() || !takesContext(f) || generic[receiver(f)] {
				continue
			}
			methods++
			if !operation.MatchString(f.Doc.Text()) {
				t.Errorf("%s: the comment of %s.%s names no operation, such as GET /roles/{id}", positions.Position(f.Pos()), receiver(f), f.Name)
			}
		}
	}
	if methods < 50 {
		t.Errorf("only %d methods call the API", methods)
	}
}

func takesContext(f *ast.FuncDecl) bool {
	if len(f.Type.Params.List) == 0 {
		return false
	}
	kind, ok := f.Type.Params.List[0].Type.(*ast.SelectorExpr)
	return ok && kind.Sel.Name == "Context"
}

func receiver(f *ast.FuncDecl) string {
	kind := f.Recv.List[0].Type
	if pointer, ok := kind.(*ast.StarExpr); ok {
		kind = pointer.X
	}
	switch of := kind.(type) {
	case *ast.IndexExpr:
		kind = of.X
	case *ast.IndexListExpr:
		kind = of.X
	}
	name, ok := kind.(*ast.Ident)
	if !ok {
		return ""
	}
	return name.Name
}
