package differential

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// loadGitleaks takes what is in three quotes: the patterns. Words that are not secrets are in double quotes.
func loadGitleaks(ctx context.Context) ([]string, error) {
	dir, err := goModule(ctx, gitleaksModule)
	if err != nil {
		return nil, err
	}
	content, err := os.ReadFile(filepath.Join(dir, "config/gitleaks.toml"))
	return submatches(string(content), `(?m)^\s*(?:\w+ = )?'''(.*?)'''`, strings.NewReplacer()), err
}

// loadCRS takes the operators @rx of the OWASP core rule set.
func loadCRS(ctx context.Context) ([]string, error) {
	dir, err := goModule(ctx, crsModule)
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "rules/@owasp_crs/*.conf"))
	if err != nil {
		return nil, err
	}
	var patterns []string
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		patterns = append(patterns, submatches(string(content), `"!?@rx ((?:[^"\\]|\\.)*)"`, strings.NewReplacer(`\"`, `"`))...)
	}
	return patterns, nil
}

// loadUAP takes the user agent patterns of uap-core.
func loadUAP(ctx context.Context) ([]string, error) {
	dir, err := npmPackage(ctx, uapPackage)
	if err != nil {
		return nil, err
	}
	content, err := os.ReadFile(filepath.Join(dir, "regexes.yaml"))
	return submatches(string(content), `(?m)regex: '((?:[^'\n]|'')*)'`, strings.NewReplacer(`''`, `'`)), err
}

// loadTextMate takes the patterns of TextMate grammars, which are written for Oniguruma.
func loadTextMate(ctx context.Context) ([]string, error) {
	dir, err := npmPackage(ctx, tmPackage)
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "grammars/*.json"))
	if err != nil {
		return nil, err
	}
	var patterns []string
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var grammar any
		if err := json.Unmarshal(content, &grammar); err != nil {
			return nil, err
		}
		patterns = appendRules(patterns, grammar)
	}
	return patterns, nil
}

// appendRules appends the patterns of a grammar's rules, wherever in the tree they are.
func appendRules(patterns []string, node any) []string {
	switch node := node.(type) {
	case []any:
		for _, element := range node {
			patterns = appendRules(patterns, element)
		}
	case map[string]any:
		keys := make([]string, 0, len(node))
		for key := range node {
			keys = append(keys, key)
		}
		slices.Sort(keys) // so that the order is the same each time
		for _, key := range keys {
			if text, ok := node[key].(string); ok && slices.Contains([]string{"match", "begin", "end", "while"}, key) {
				patterns = append(patterns, text)
			}
			patterns = appendRules(patterns, node[key])
		}
	}
	return patterns
}
