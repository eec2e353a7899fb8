// Package literalsecret finds a secret that is written in the policy.
//
// What is in git is read by everybody who can clone it, and stays there. A
// secret has a block that says where each system keeps it, and reaches a command
// as an environment variable. What has the form of a token or a key is an error;
// a variable that is called like a secret and has a text is a warning.
//
// Wrong:
//
//	environment "production" {
//	  deploy = "./deploy.sh"
//	  env    = { DB_PASSWORD = "hunter2" }
//
//	  approval "release" {
//	    approvers = [group.managers]
//	  }
//	}
//
// Right:
//
//	secret "db" {
//	  github = { name = "DB_PASSWORD" }
//	}
//
//	environment "production" {
//	  deploy  = "./deploy.sh"
//	  secrets = { DB_PASSWORD = secret.db }
//
//	  approval "release" {
//	    approvers = [group.managers]
//	  }
//	}
package literalsecret
