// SPDX-License-Identifier: MPL-2.0

// Package engine serves an API as Logto serves its Management API, and knows none of
// its operations: routes, rows with the constraints of a database, bodies that are
// checked as Zod does, pages, errors, tokens, and the faults that a test injects.
package engine
