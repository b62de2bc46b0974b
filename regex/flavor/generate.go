package flavor

//go:generate go run ./gen ../../docs/flavors.md
