package settings

import (
	"net/url"
	"slices"
	"strings"

	"github.com/fettle-ci/fettle/schema/regex"
)

// Locate is what an address of a repository says of the variables of a host: the
// address that git fetches from, or that people open. Where a token goes is never
// read from it, but for names that belong to one service alone: the address must
// lie on the host that base names.
//
// A path alone is on that host; on Azure DevOps it is PROJECT/REPOSITORY.
func (h *Host) Locate(address, base string) (values map[string]string, why string) {
	variable := h.repository()
	if variable == "" {
		return nil, h.Title + " holds no repositories"
	}
	at, path := split(address)
	alone := at == "" && !strings.Contains(address, ":") && !strings.HasPrefix(address, "/") && !strings.HasPrefix(address, ".") // of this machine
	switch {
	case at == "" && !alone:
		return nil, "it is no address of a repository on a host"
	case h.Name == "azure":
		return azureLocation(at, path, base)
	case !alone && !sameHost(at, base):
		return nil, "it is on " + at + ", and " + h.Base.Name + " is not"
	case !alone:
		path = strings.TrimPrefix(path, below(base))
	}
	if !repositoryPath().MatchString(path) || strings.Contains(path, "/.") {
		return nil, "its path is not that of a repository"
	}
	return map[string]string{variable: path}, ""
}

// repositoryPath is sent as it is.
var repositoryPath = regex.New(`^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9._-]+)+$`)

// Unplaced says whether the variables say of no repository.
func (h *Host) Unplaced(values map[string]string) bool {
	variable := h.repository()
	return variable != "" && values[variable] == ""
}

// repository is the variable with the path of the repository; "" where there is none.
func (h *Host) repository() string {
	for _, v := range h.Known {
		if v.As == "repository" {
			return v.Name
		}
	}
	for _, v := range h.Known {
		if v.As == "project" { // of GitLab
			return v.Name
		}
	}
	return ""
}

// split is the host of an address and the path on it, without what only git has.
func split(address string) (host, path string) {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		host, path = u.Hostname(), u.Path
	} else if before, after, found := strings.Cut(address, ":"); found && !strings.ContainsAny(before, "/\\") && !strings.HasPrefix(after, "/") && len(before) > 1 {
		host, path = before[strings.LastIndex(before, "@")+1:], after // the short form of ssh
	}
	if host == "" {
		path = address
	}
	return strings.ToLower(host), strings.TrimSuffix(strings.Trim(path, "/"), ".git")
}

// sameHost compares with the address of a REST interface: github.com has it on a
// name of its own.
func sameHost(host, base string) bool {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" {
		return false
	}
	return host == u.Hostname() || host == "github.com" && u.Hostname() == "api.github.com"
}

// below is where a host is that shares its name with others: what stands before
// its REST interface.
func below(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	path := strings.Trim(u.Path, "/")
	path = strings.Trim(strings.TrimSuffix(strings.TrimSuffix(path, "api/v3"), "api/v4"), "/")
	if path == "" {
		return ""
	}
	return path + "/"
}

// azureLocation knows the addresses of Azure Repos, which name the organisation.
func azureLocation(host, path, base string) (map[string]string, string) {
	parts := azureParts(host, path)
	if host == "" && len(parts) == 2 {
		return map[string]string{"SYSTEM_TEAMPROJECT": parts[0], "BUILD_REPOSITORY_NAME": parts[1]}, ""
	}
	if len(parts) != 3 {
		return nil, "it is no address of Azure Repos"
	}
	organisation := "https://dev.azure.com/" + parts[0]
	if base != "" && !strings.EqualFold(strings.TrimSuffix(base, "/"), organisation) {
		return nil, "it is in " + organisation + ", and SYSTEM_COLLECTIONURI is not"
	}
	return map[string]string{"SYSTEM_COLLECTIONURI": organisation, "SYSTEM_TEAMPROJECT": parts[1], "BUILD_REPOSITORY_NAME": parts[2]}, ""
}

// azureParts are organisation, project and repository; a repository that is
// called as its project may stand for both.
func azureParts(host, path string) []string {
	parts := strings.Split(path, "/")
	at := slices.Index(parts, "_git")
	organisation, old := strings.CutSuffix(host, ".visualstudio.com")
	switch {
	case host == "":
		return parts
	case host == "ssh.dev.azure.com" && parts[0] == "v3":
		return parts[1:]
	case old && at >= 0:
		parts = append([]string{organisation}, slices.DeleteFunc(parts, func(p string) bool { return p == "DefaultCollection" })...)
	case host != "dev.azure.com" || at < 0:
		return nil
	}
	at = slices.Index(parts, "_git")
	if at == 1 && len(parts) == 3 {
		return []string{parts[0], parts[2], parts[2]}
	}
	return slices.Delete(parts, at, at+1)
}
