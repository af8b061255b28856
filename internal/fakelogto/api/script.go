// SPDX-License-Identifier: MPL-2.0

package api

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/scanner"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

var (
	errDenied   = errors.New("access denied")
	errNoObject = errors.New("the script must return an object")
)

// runScript runs the small part of JavaScript that tests of customizers and actions
// need: one function, arrow or not, whose only statement returns an expression of
// literals and of what it is given. api.denyAccess() ends in errDenied. Anything
// else is refused like a mistake in the script. defined is false for undefined.
func runScript(code, name string, argument engine.Object) (result any, defined bool, err error) {
	p := &scriptParser{vars: map[string]any{}}
	p.scan.Init(strings.NewReader(code))
	p.scan.Error = func(*scanner.Scanner, string) {} // quotes of JavaScript are read by text
	p.scan.Mode = scanner.ScanIdents | scanner.ScanFloats | scanner.SkipComments | scanner.ScanComments
	p.code = code
	p.next()
	value, err := p.function(name, argument)
	if err != nil {
		return nil, false, err
	}
	if _, undefined := value.(engine.Missing); undefined {
		return nil, false, nil
	}
	return value, true, nil
}

type scriptParser struct {
	scan scanner.Scanner
	code string
	tok  rune
	text string
	vars map[string]any
}

// next reads a token. Strings, in any of JavaScript's quotes, come as scanner.String.
func (p *scriptParser) next() {
	p.tok = p.scan.Scan()
	p.text = p.scan.TokenText()
	if p.tok != '"' && p.tok != '\'' && p.tok != '`' {
		return
	}
	quote, b := p.tok, strings.Builder{}
	for {
		switch r := p.scan.Next(); r {
		case scanner.EOF:
			p.tok = scanner.EOF
			return
		case quote:
			p.tok, p.text = scanner.String, b.String()
			return
		case '\\':
			switch r := p.scan.Next(); r {
			case 'n':
				b.WriteByte('\n')
			case 't':
				b.WriteByte('\t')
			default:
				b.WriteRune(r)
			}
		default:
			b.WriteRune(r)
		}
	}
}

func (p *scriptParser) fail() error { return fmt.Errorf("SyntaxError: unexpected %q", p.text) }

// took reports whether the token is the text, and then goes on.
func (p *scriptParser) took(text string) bool {
	if p.tok == scanner.String || p.text != text {
		return false
	}
	p.next()
	return true
}

func (p *scriptParser) want(texts ...string) error {
	for _, text := range texts {
		if !p.took(text) {
			return p.fail()
		}
	}
	return nil
}

// function reads "const name = async (…) => …" or "async function name(…) {…}".
func (p *scriptParser) function(name string, argument engine.Object) (any, error) {
	p.took("export")
	arrow := false
	switch {
	case p.took("const"), p.took("let"), p.took("var"):
		arrow = true
		if err := p.want(name, "="); err != nil {
			return nil, err
		}
		p.took("async")
	default:
		p.took("async")
		if err := p.want("function", name); err != nil {
			return nil, err
		}
	}
	if err := p.parameters(argument); err != nil {
		return nil, err
	}
	if arrow {
		if err := p.want("=", ">"); err != nil {
			return nil, err
		}
	}
	if arrow && p.text != "{" {
		value, err := p.expression()
		if err != nil {
			return nil, err
		}
		return value, p.end()
	}
	if err := p.want("{"); err != nil {
		return nil, err
	}
	value := any(engine.Missing{})
	if p.took("return") && p.text != ";" && p.text != "}" {
		var err error
		if value, err = p.expression(); err != nil {
			return nil, err
		}
	}
	p.took(";")
	if err := p.want("}"); err != nil {
		return nil, err
	}
	return value, p.end()
}

func (p *scriptParser) end() error {
	for p.took(";") {
		continue
	}
	if p.tok != scanner.EOF {
		return p.fail()
	}
	return nil
}

// parameters binds the argument to one name, or its members to the names in braces.
func (p *scriptParser) parameters(argument engine.Object) error {
	if err := p.want("("); err != nil {
		return err
	}
	if p.took("{") {
		for !p.took("}") {
			if p.tok != scanner.Ident {
				return p.fail()
			}
			p.vars[p.text] = memberOf(argument, p.text)
			p.next()
			if !p.took(",") && p.text != "}" {
				return p.fail()
			}
		}
	} else if p.tok == scanner.Ident {
		p.vars[p.text] = argument
		p.next()
	}
	return p.want(")")
}

func memberOf(v any, key string) any {
	switch v := v.(type) {
	case engine.Object:
		if v.Has(key) {
			return v.Get(key)
		}
		if key == "api" {
			return engine.Object{{"denyAccess", errDenied}}
		}
	case []any:
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(v) {
			return v[i]
		}
	}
	return engine.Missing{}
}

func (p *scriptParser) expression() (any, error) {
	value, err := p.primary()
	for err == nil {
		switch {
		case p.took("."):
			key := p.text
			if p.tok != scanner.Ident {
				return nil, p.fail()
			}
			p.next()
			value, err = access(value, key)
		case p.took("["):
			var key any
			if key, err = p.expression(); err == nil {
				if err = p.want("]"); err == nil {
					value, err = access(value, fmt.Sprint(key))
				}
			}
		case p.took("("):
			if denied, ok := value.(error); ok {
				return nil, denied
			}
			return nil, errors.New("TypeError: not a function that is supported here")
		default:
			return value, nil
		}
	}
	return nil, err
}

func access(value any, key string) (any, error) {
	if _, undefined := value.(engine.Missing); undefined || value == nil {
		return nil, fmt.Errorf("TypeError: nothing has a property %q", key)
	}
	return memberOf(value, key), nil
}

func (p *scriptParser) primary() (any, error) {
	tok, text := p.tok, p.text
	switch {
	case tok == scanner.String:
		p.next()
		return text, nil
	case tok == scanner.Int || tok == scanner.Float:
		p.next()
		return strconv.ParseFloat(text, 64)
	case p.took("("):
		value, err := p.expression()
		if err != nil {
			return nil, err
		}
		return value, p.want(")")
	case p.took("["):
		return p.list()
	case p.took("{"):
		return p.object()
	case tok != scanner.Ident:
		return nil, p.fail()
	}
	p.next()
	switch text {
	case "await":
		return p.expression()
	case "undefined":
		return engine.Missing{}, nil
	case "null":
		return nil, nil
	case "true", "false":
		return text == "true", nil
	}
	value, ok := p.vars[text]
	if !ok {
		return nil, fmt.Errorf("ReferenceError: %s is not defined", text)
	}
	return value, nil
}

func (p *scriptParser) list() (any, error) {
	out := []any{}
	for !p.took("]") {
		value, err := p.expression()
		if err != nil {
			return nil, err
		}
		if _, undefined := value.(engine.Missing); undefined {
			value = nil
		}
		out = append(out, value)
		if !p.took(",") && p.text != "]" {
			return nil, p.fail()
		}
	}
	return out, nil
}

func (p *scriptParser) object() (any, error) {
	out := engine.Object{}
	for !p.took("}") {
		if p.took(".") {
			if err := p.want(".", "."); err != nil {
				return nil, err
			}
			value, err := p.expression()
			if err != nil {
				return nil, err
			}
			more, _ := value.(engine.Object)
			out = out.Merge(more)
		} else if err := p.member(&out); err != nil {
			return nil, err
		}
		if !p.took(",") && p.text != "}" {
			return nil, p.fail()
		}
	}
	return out, nil
}

func (p *scriptParser) member(out *engine.Object) error {
	if p.tok != scanner.Ident && p.tok != scanner.String {
		return p.fail()
	}
	key, value := p.text, any(nil)
	p.next()
	if p.took(":") {
		var err error
		if value, err = p.expression(); err != nil {
			return err
		}
	} else if v, ok := p.vars[key]; ok {
		value = v
	} else {
		return p.fail()
	}
	if _, undefined := value.(engine.Missing); !undefined {
		*out = out.With(key, value)
	}
	return nil
}
