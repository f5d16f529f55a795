// Command flux-build builds Flux Kustomizations from a folder with the libraries of kustomize-controller, without a
// cluster. It reads one request a line from its input and answers with one line each, in order:
//
//	{"path": "./apps", "kustomization": {...}}  ->  {"objects": [...]} or {"error": "..."}
//
// The folder must be a copy: as in the controller, a kustomization.yaml is written where it belongs.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/yaml"
)

type request struct {
	Path          string         `json:"path"`
	Kustomization map[string]any `json:"kustomization"`
}

type response struct {
	Objects []map[string]any `json:"objects,omitempty"`
	Error   string           `json:"error,omitempty"`
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: flux-build FOLDER < requests")
		os.Exit(2)
	}
	if err := serve(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(root string) error {
	// The file system of a secure build compares resolved paths.
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		return err
	}
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Buffer(nil, 16<<20)
	encoder := json.NewEncoder(os.Stdout)
	for scanner.Scan() {
		var asked request
		if err := json.Unmarshal(scanner.Bytes(), &asked); err != nil {
			return err
		}
		objects, err := build(root, asked)
		answer := response{Objects: objects}
		if err != nil {
			answer = response{Error: err.Error()}
		}
		if err := encoder.Encode(answer); err != nil {
			return err
		}
	}
	return scanner.Err()
}

func build(root string, asked request) (objects []map[string]any, err error) {
	// kustomize panics on some input that it should refuse.
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("kustomize cannot build it: %v", panicked)
		}
	}()
	folder := filepath.Join(root, asked.Path)
	if inside, err := filepath.Rel(root, folder); err != nil || !filepath.IsLocal(inside) {
		return nil, fmt.Errorf("path %s leaves the repository", asked.Path)
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("path %s is no folder of the repository", asked.Path)
	}
	kustomization := unstructured.Unstructured{Object: asked.Kustomization}
	generator := kustomize.NewGenerator(root, kustomization)
	action, err := generator.WriteFile(folder, kustomize.WithSaveOriginalKustomization())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, kustomize.CleanDirectory(folder, action)) }()
	if err := askForOrigins(folder); err != nil {
		return nil, err
	}
	resources, err := kustomize.SecureBuild(root, folder, false)
	if err != nil {
		return nil, err
	}
	return substituted(resources, kustomization)
}

// askForOrigins makes kustomize annotate each object with the file that it is from.
func askForOrigins(folder string) error {
	for _, name := range []string{"kustomization.yaml", "kustomization.yml", "Kustomization"} {
		file := filepath.Join(folder, name)
		data, err := os.ReadFile(file)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		var fields map[string]any
		if err := yaml.Unmarshal(data, &fields); err != nil {
			return err
		}
		asked, _ := fields["buildMetadata"].([]any)
		fields["buildMetadata"] = append(asked, "originAnnotations")
		if data, err = yaml.Marshal(fields); err != nil {
			return err
		}
		return os.WriteFile(file, data, 0o600)
	}
	return nil
}

// substituted replaces what postBuild names; what comes from the cluster has been written into it by who asks.
func substituted(resources resmap.ResMap, kustomization unstructured.Unstructured) ([]map[string]any, error) {
	_, wanted, err := unstructured.NestedMap(kustomization.Object, "spec", "postBuild")
	if err != nil {
		return nil, err
	}
	var objects []map[string]any
	for _, resource := range resources.Resources() {
		if wanted {
			changed, err := kustomize.SubstituteVariables(context.Background(), nil, kustomization, resource, kustomize.SubstituteWithDryRun(true))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", resource.CurId(), err)
			}
			if changed != nil {
				resource.ResetRNode(changed)
			}
		}
		object, err := resource.Map()
		if err != nil {
			return nil, err
		}
		objects = append(objects, object)
	}
	return objects, nil
}
