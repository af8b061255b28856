// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/logto-community/terraform-provider-logto/internal/acctest/tally"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
)

// Random lives: a resource of a random configuration is created, updated to others,
// imported and destroyed. A configuration that a plan accepts must apply, and the plan
// after it must be empty; what is refused must name the attribute. The same seed gives
// the same lives.

const (
	shortSeed   = 1 // of the few lives of each test run
	shortRounds = 2
	updates     = 3 // of a life
)

// chance is the random lives of one lifecycle.
type chance struct {
	*life
	tally     *tally.Lives
	generator *generator
	schema    schema.Schema
	validator *run
	have      subject
	config    tftypes.Value // that was applied last
	about     string        // which life it is, for problems
}

// Random lives the lives of which [tally.RandomVariable] says how many, and leaves what
// it counts in a folder.
func (l Lifecycle) Random(t *testing.T, o tally.RandomOptions) {
	t.Helper()
	target := l.start(t)
	if l.Since != "" {
		target.Needs(t, l.Since)
	}
	life := &life{Lifecycle: l, t: t, target: target}
	if l.Permanent != "" {
		target.Keep(t, l.Path)
	}
	typeName, _, _ := strings.Cut(l.Resource, ".")
	count := &tally.Lives{Test: t.Name(), Type: typeName, Seed: o.Seed}
	started := time.Now()
	minimal, full := resource.TestStep{Config: l.Setup + "\n" + l.Minimal, Check: life.note}, resource.TestStep{Config: l.Setup + "\n" + l.Full, Check: life.note}
	if l.Full == "" {
		full.Config = minimal.Config
	}
	again := full
	full.PreConfig = func() { _, life.minimalPlanned, _ = target.lastPlanned(t, l.Resource, life.attributes) }
	again.PreConfig = func() { life.randomLives(o.Seed, o.Rounds, count) }
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{minimal, full, again}})
	count.Took = time.Since(started)
	if err := count.Save(o.Dir); err != nil {
		t.Fatal(err)
	}
}

// inEachRun are the types that live a few random lives in each test run. The others do
// with "make random" only, so far.
var inEachRun = []string{
	"logto_account_center", "logto_captcha_provider", "logto_custom_phrase", "logto_custom_profile_field", "logto_email_template",
	"logto_sign_in_experience", "logto_user", "logto_user_identity", "logto_personal_access_token",
}

// randomly adds a few random lives before a step that creates the resource again.
func (l *life) randomly(step resource.TestStep) resource.TestStep {
	if typeName, _, _ := strings.Cut(l.Resource, "."); !slices.Contains(inEachRun, typeName) {
		return step
	}
	before := step.PreConfig
	step.PreConfig = func() {
		if before != nil {
			before()
		}
		l.randomLives(shortSeed, shortRounds, &tally.Lives{Test: l.t.Name()})
	}
	return step
}

// randomLives takes the resource that the CLI applied last away, and lives random
// lives in its surroundings.
func (l *life) randomLives(seed uint64, rounds int, count *tally.Lives) {
	l.t.Helper()
	have, config := l.applied()
	c := &chance{life: l, tally: count, have: have, config: config, schema: schemaOf(l.t, have.typeName)}
	l.remade = true
	c.about = "before the random lives"
	c.destroy()
	var base map[string]int
	if l.target.Server != nil {
		base = l.target.Server.Rows()
	}
	begin := []tftypes.Value{config}
	if l.minimalPlanned.Type() != nil && c.isValid(l.minimalPlanned) {
		begin = append(begin, l.minimalPlanned)
	}
	for round := range rounds {
		hash := fnv.New64a()
		fmt.Fprintf(hash, "%s %d", count.Test, round)
		c.generator = newGenerator(rand.New(rand.NewPCG(seed, hash.Sum64())), c.schema, c.isValid, begin...)
		c.about = fmt.Sprintf("seed %d, round %d", seed, round)
		c.tally.Lives++
		c.live(base)
		if l.t.Failed() && count.Seed == 0 {
			break // of the test suite: the first is enough
		}
	}
}

// applied is the resource that the CLI applied last, and its configuration. A way may have
// created it again since then.
func (l *life) applied() (have subject, config tftypes.Value) {
	have, config, ok := l.target.lastPlanned(l.t, l.Resource, l.attributes)
	if ok {
		return have, config
	}
	if have, config, ok = l.target.lastPlanned(l.t, l.Resource, nil); !ok {
		l.t.Fatalf("no plan of %s was seen", l.Resource)
	}
	have, problems := l.target.newRun(l.t).importID(have.typeName, l.fill(l.importID()))
	if problems != "" {
		l.t.Fatalf("import before the random lives: %s", problems)
	}
	return have, config
}

func (c *chance) isValid(config tftypes.Value) bool {
	if c.validator == nil {
		c.validator = c.target.newRun(c.t)
	}
	return c.validator.validate(c.have.typeName, config) == ""
}

// live is one life.
func (c *chance) live(base map[string]int) {
	c.have = null(c.have)
	for n := range 1 + updates {
		config := c.generator.config()
		for range 20 {
			if !c.have.state.IsNull() || c.become(fmt.Sprintf("create %d", n), config) {
				break
			}
			config = c.generator.config()
		}
		if n > 0 && !c.have.state.IsNull() {
			c.become(fmt.Sprintf("update %d", n), config)
		}
	}
	if c.have.state.IsNull() {
		c.tally.Unborn++
		return
	}
	c.importIt()
	c.destroy()
	if base == nil {
		return
	}
	if now := c.target.Server.Rows(); !maps.Equal(now, base) {
		c.fault("destroyed, and this is left (-wanted +there):\n%s", cmp.Diff(base, now))
		c.target.Reset()
	}
}

// become plans and applies a configuration, and reports whether it was applied.
func (c *chance) become(what string, config tftypes.Value) bool {
	r := c.target.newRun(c.t)
	have, told := c.have, ""
	if !have.state.IsNull() {
		if have, told = r.refresh(have); told != "" {
			c.fault("%s: refresh: %s", what, told)
			return false
		}
	}
	p := r.plan(have, config)
	switch refused := p.errors + p.foretold; {
	case refused != "":
		c.tally.RefusedInPlan++
		c.namesAttribute(what+" refused in the plan", refused, config)
		return false
	case p.state.Equal(have.state):
		return true
	case p.replaces && !have.state.IsNull(): // Terraform plans the new object, too, before it destroys
		if again := r.plan(null(have), config); again.errors+again.foretold != "" {
			c.tally.RefusedInPlan++
			c.namesAttribute(what+" refused in the plan", again.errors+again.foretold, config)
			return false
		}
	}
	after, problems := r.carryOut(have, config, p)
	if problems != "" {
		c.tally.RefusedByLogto++
		c.tally.Refusals = append(c.tally.Refusals, c.about+": "+what+": "+problems)
		c.namesAttribute(what+" planned, and then refused", problems, config)
		if (have.state.IsNull() || p.replaces) && !after.state.IsNull() { // Terraform replaces what was made with an error
			c.have, c.config = after, config
			c.destroy()
			after = null(after)
		}
		c.have = after
		c.goBack(what)
		return false
	}
	c.tally.Applied++
	if !p.replaces && !keeps(p.state, after.state) {
		c.fault("%s: the state is not what was planned: %v\n%s", what, changes(p.state, after.state), shown(config))
	}
	c.have, c.config = after, config
	c.settled(what, after)
	return true
}

// goBack applies the configuration before one that was refused.
func (c *chance) goBack(what string) {
	if c.have.state.IsNull() {
		return
	}
	r := c.target.newRun(c.t)
	seen, problems := r.refresh(c.have)
	if problems == "" && !seen.state.IsNull() {
		c.have, problems = r.change(seen, c.config)
	}
	if problems != "" || seen.state.IsNull() {
		c.fault("%s was refused, and the configuration before it cannot be applied again: gone: %v, %s\n%s", what, seen.state.IsNull(), problems, shown(c.config))
		return
	}
	c.settled("the configuration before a refused one", c.have)
}

// settled checks that a new run finds nothing to do, and the defaults of what is left out.
func (c *chance) settled(what string, have subject) {
	r := c.target.newRun(c.t)
	seen, problems := r.refresh(have)
	if problems != "" || seen.state.IsNull() {
		c.fault("%s: refresh: gone: %v, %s\n%s", what, seen.state.IsNull(), problems, shown(c.config))
		return
	}
	p := r.plan(seen, c.config)
	if p.errors != "" || !p.state.Equal(seen.state) {
		c.fault("%s: the next plan changes %v %s\n%s", what, changes(seen.state, p.state), p.errors, shown(c.config))
	}
	if v, ok := get(c.config, "protected_app"); ok && !v.IsNull() {
		return // Logto writes other attributes of a protected application
	}
	for name, a := range enforced(c.schema.Attributes, "") {
		given, ok := get(c.config, name)
		if !ok || !given.IsNull() || a.IsComputed() && !a.IsOptional() {
			continue
		}
		want, v := planmodifiers.DefaultOf(a), tftypes.NewValue(given.Type(), nil)
		if want != nil {
			v = terraformValue(c.t, want)
		}
		if got, ok := get(seen.state, name); ok && !got.Equal(v) {
			c.fault("%s: %s is left out, and is not its default but %s\n%s", what, name, got, shown(c.config))
		}
	}
}

func terraformValue(tb testing.TB, v attr.Value) tftypes.Value {
	tb.Helper()
	out, err := v.ToTerraformValue(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// neverImported is what an import of a type cannot know, because Logto does not tell it.
var neverImported = map[string][]string{
	"logto_hook": {"signing_key_rotation"}, "logto_user": {"password", "password_algorithm", "password_digest"},
}

// importIt imports the object. A plan changes only what an import cannot know.
func (c *chance) importIt() {
	c.attributes = texts(c.have.state)
	r := c.target.newRun(c.t)
	got, problems := r.importID(c.have.typeName, c.fill(c.importID()))
	if problems != "" || got.state.IsNull() {
		c.fault("import of %s: %s\n%s", c.fill(c.importID()), problems, shown(c.config))
		return
	}
	p := r.plan(got, c.config)
	unknown := slices.Concat(c.NotImported, neverImported[c.have.typeName])
	changed := slices.DeleteFunc(changes(got.state, p.state), func(name string) bool {
		was, _ := get(got.state, name)
		now, _ := get(p.state, name)
		return isEmpty(was) && isEmpty(now) || slices.ContainsFunc(unknown, func(i string) bool { return covers(i, name) || covers(name, i) })
	})
	if p.errors != "" || len(changed) > 0 && !c.OwnSettings {
		c.fault("after an import the plan changes %v %s\n%s", changed, p.errors, shown(c.config))
	}
}

// isEmpty reports whether a value has nothing in it: after an import null stands for
// none, and an apply of it writes nothing.
func isEmpty(v tftypes.Value) bool {
	var list []tftypes.Value
	var text string
	var flag bool
	switch {
	case v.IsNull():
		return true
	case v.Type().Is(tftypes.Bool): // what Logto has no value for is false
		return v.As(&flag) == nil && !flag
	case v.Type().Is(tftypes.Object{}), v.Type().Is(tftypes.Map{}):
		for _, inner := range members(v) {
			if !isEmpty(inner) {
				return false
			}
		}
		return true
	case v.Type().Is(tftypes.String):
		return v.As(&text) == nil && text == ""
	}
	return v.As(&list) == nil && len(list) == 0
}

// destroy destroys the object. It must be gone then.
func (c *chance) destroy() {
	gone := tftypes.NewValue(c.have.kind, nil)
	c.attributes = texts(c.have.state)
	after, problems := c.target.newRun(c.t).apply(c.have, gone, destroying(c.have, gone))
	if problems != "" || !after.state.IsNull() {
		c.fault("destroy: %s\n%s", problems, shown(c.config))
		return
	}
	if !strings.HasSuffix(c.Path, "/{id}") {
		return // the path is that of another object
	}
	if object, err := c.object(); err == nil {
		c.fault("destroy: %s %s is still there: %v", http.MethodGet, c.at(c.Path), object)
	}
}

// namesAttribute checks that an error names the attribute.
func (c *chance) namesAttribute(what, problems string, config tftypes.Value) {
	if !strings.Contains(problems, "[AttributeName(") {
		c.fault("%s, and the error names no attribute: %s\n%s", what, problems, shown(config))
	}
}

// fault tells of something that must not be.
func (c *chance) fault(format string, values ...any) {
	c.t.Helper()
	problem := c.about + ": " + fmt.Sprintf(format, values...)
	c.tally.Problems = append(c.tally.Problems, c.tally.Test+", "+problem)
	c.t.Error(problem)
}

// shown is a configuration for a person who looks for a fault.
func shown(config tftypes.Value) string {
	return "configuration: " + string((&sweep{}).plain(config))
}

// randomOptions are those of the environment; ok is false when there are none.
func randomOptions(tb testing.TB) (o tally.RandomOptions, ok bool) {
	tb.Helper()
	text := os.Getenv(tally.RandomVariable)
	if text == "" {
		return o, false
	}
	o, err := tally.ParseRandom(text)
	if err != nil {
		tb.Fatal(err)
	}
	return o, true
}
