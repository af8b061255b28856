// SPDX-License-Identifier: MPL-2.0

// Package effects has tests only. They run against a real Logto and show, by plain HTTP,
// that what Terraform reports as done takes effect: in tokens, at sign-ins, in webhooks.
package effects
