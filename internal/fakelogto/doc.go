// SPDX-License-Identifier: MPL-2.0

// Package fakelogto is a Logto tenant in memory, for tests, demos and benchmarks.
//
// It answers the Management API as Logto OSS 1.43 was seen to answer: statuses,
// error codes, validation issues, normalised values, orders, page headers, and the
// calls that fail after half of their work. It stands alone: neither the client
// nor Terraform is imported.
//
//	server := fakelogto.Start(t)
//	server.Do("DELETE", "/api/roles/"+id, nil)                   // behind Terraform's back
//	server.Inject(fakelogto.Fault{Path: "/api/roles", Status: 503, Times: 1})
//
// Package engine has what serves any API of this kind (router, rows, validation,
// pages, errors, faults, tokens), package api the groups of the Management API. The
// tests of this package replay what a real Logto answered.
package fakelogto
