// Package authorsapprove finds an approval of production that who wrote the version may give.
//
// Who started a run never approves it. Who wrote what it releases may, unless the
// approval excludes them: separation of duties asks for somebody else. GitHub and
// GitLab tell who approved in a way that can be compared with commits; Azure and
// Jenkins do not, and there a group that no developer is in has to do. The rule is
// off until a policy asks for it: a small team has nobody else.
//
// Wrong:
//
//	environment "production" {
//	  deploy = "./deploy.sh"
//
//	  approval "release" {
//	    approvers = [group.managers]
//	  }
//	}
//
//	lint "authors-approve" {
//	  severity = "warning"
//	}
//
// Right:
//
//	environment "production" {
//	  deploy = "./deploy.sh"
//
//	  approval "release" {
//	    approvers = [group.managers]
//	    exclude   = [requester, authors]
//	  }
//	}
//
//	lint "authors-approve" {
//	  severity = "warning"
//	}
package authorsapprove
