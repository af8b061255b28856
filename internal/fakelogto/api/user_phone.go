// SPDX-License-Identifier: MPL-2.0

package api

import (
	"regexp"
	"slices"
	"strings"
)

// callingCode matches the country calling codes that are assigned.
var callingCode = regexp.MustCompile(`^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|` +
	`21[12368]|2[2-6][0-9]|29[01789]|35[0-9]|37[0-9]|38[0-35-79]|42[013]|50[0-9]|59[0-9]|67[02-9]|68[0-35-9]|` +
	`69[0-2]|80[08]|85[02356]|87[08]|88[0-368]|96[0-8]|97[0-79]|99[2-68])`)

// zeroTrunk are calling codes of countries where a 0 is dialled before the number
// at home only.
const zeroTrunk = "20 27 31 32 33 40 41 43 44 46 49 51 54 55 58 60 61 62 63 64 66 81 82 84 86 90 91 92 93 94 95 98 " +
	"212 213 233 234 249 251 254 255 256 260 263 353 355 358 359 380 381 385 386 387 389 855 856 880 886 " +
	"961 962 963 964 966 967 971 972 976 977 994 995 996 998"

// parsePhone is a rough stand-in for the library of phone numbers that Logto uses:
// it knows calling codes and lengths and drops the digit dialled at home. False
// means that there is no such number.
func parsePhone(phone string) (string, bool) {
	code := callingCode.FindString(phone)
	national := phone[len(code):]
	if code == "" || len(national) < 2 || len(national) > 17 {
		return "", false
	}
	trunk := ""
	switch {
	case code == "7" && len(national) == 11:
		trunk = "8"
	case slices.Contains(strings.Fields(zeroTrunk), code) && len(national) > 4:
		trunk = "0"
	}
	return code + strings.TrimPrefix(national, trunk), true
}
