// SPDX-License-Identifier: MPL-2.0

package application

// IsRedirectURI is for the test that compares it with the server.
var IsRedirectURI = isRedirectURI
