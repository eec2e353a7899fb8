# Logins without a stored key: the pipeline's own OpenID token is exchanged for credentials that end by themselves. The token is in the
# variable ID_TOKEN where the system sets one (GitLab: id_tokens; Jenkins: a secret); GitHub is asked for it where the job may (id_token).
# Where a login is kept, a variable of its program says. A path in the folder of the job keeps it from other jobs on the machine.

command "id_token" {
  description = "Writes the OpenID token of the pipeline to .login/id-token, for the logins below and for others."
  shells      = ["sh", "bash"]
  id_tokens   = ["ID_TOKEN"]

  run = <<-EOT
    umask 077
    mkdir -p .login
    if [ -n "$${ID_TOKEN:-}" ]; then
      printf '%s' "$ID_TOKEN" >.login/id-token
    elif [ -n "$${ACTIONS_ID_TOKEN_REQUEST_URL:-}" ]; then
      answer=$(printf 'header = "Authorization: bearer %s"\n' "$ACTIONS_ID_TOKEN_REQUEST_TOKEN" | curl --config - --fail --silent --show-error "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=${parameter.audience}")
      printf '%s\n' "$answer" | sed -n 's/.*"value" *: *"\([^"]*\)".*/\1/p' >.login/id-token
    fi
    if [ ! -s .login/id-token ]; then
      echo 'There is no OpenID token. Write github = { id_token = true }, gitlab = { id_tokens = { ID_TOKEN = "AUDIENCE" } }, or on Jenkins secrets = { ID_TOKEN = secret.NAME }.' >&2
      exit 1
    fi
  EOT

  parameter "audience" {
    description = "Who the token is for. On GitLab and Jenkins it is said where the token is made."
    required    = true
  }
}

command "aws_login" {
  description = "Logs in to AWS as a role, and prints as whom."
  shells      = ["sh", "bash"]
  env         = ["AWS_SHARED_CREDENTIALS_FILE"]

  run = [
    command::id_token({ audience = parameter.audience }),
    <<-EOT
      umask 077
      credentials=$(aws sts assume-role-with-web-identity --role-arn ${parameter.role} --role-session-name ${parameter.session} --duration-seconds ${parameter.seconds} --web-identity-token file://.login/id-token --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)
      set -- $credentials
      mkdir -p "$(dirname "$AWS_SHARED_CREDENTIALS_FILE")"
      printf '[default]\naws_access_key_id = %s\naws_secret_access_key = %s\naws_session_token = %s\n' "$1" "$2" "$3" >"$AWS_SHARED_CREDENTIALS_FILE"
    EOT
    ,
    "aws sts get-caller-identity --query Arn --output text",
  ]

  parameter "role" {
    description = "The role, by its ARN. Its trust policy names the repository and the environment."
    required    = true
  }

  parameter "audience" {
    description = "Who the token is for, as the identity provider in AWS has it."
    default     = "sts.amazonaws.com"
  }

  parameter "session" {
    description = "What the session is called in the logs of AWS."
    default     = "deployment"
  }

  parameter "seconds" {
    description = "How long the login lasts; no longer than the role allows."
    type        = number
    default     = 3600
  }
}

command "azure_login" {
  description = "Logs in to Azure as an application or a managed identity with a federated credential."
  shells      = ["sh", "bash"]
  env         = ["AZURE_CONFIG_DIR"]

  run = [
    command::id_token({ audience = parameter.audience }),
    "az login --service-principal --output none --federated-token \"$(cat .login/id-token)\" ${options}",
    given.subscription ? ["az account set --subscription ${parameter.subscription}"] : [],
  ]

  parameter "client" {
    description = "The client id."
    required    = true
    option      = "--username"
  }

  parameter "tenant" {
    description = "The tenant."
    required    = true
    option      = "--tenant"
  }

  parameter "subscription" {
    description = "The subscription that later commands are for."
  }

  parameter "audience" {
    description = "Who the token is for, as the federated credential has it."
    default     = "api://AzureADTokenExchange"
  }
}

command "gcp_login" {
  description = "Logs in to Google Cloud by workload identity federation."
  shells      = ["sh", "bash"]
  env         = ["CLOUDSDK_CONFIG"]

  run = [
    command::id_token({ audience = given.audience ? parameter.audience : "https://iam.googleapis.com/${parameter.provider}" }),
    "gcloud iam workload-identity-pools create-cred-config ${parameter.provider} --credential-source-file \"$PWD/.login/id-token\" --output-file .login/gcp.json ${options}",
    "gcloud auth login --quiet --cred-file .login/gcp.json",
  ]

  parameter "provider" {
    description = "The provider: projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/NAME."
    required    = true
  }

  parameter "service_account" {
    description = "The service account that it acts as; without one, the token's own rights count."
    option      = "--service-account"
  }

  parameter "audience" {
    description = "Who the token is for, where the provider allows another audience than its own name."
  }
}

command "kubernetes_login" {
  description = "Writes a kubeconfig for a cluster that trusts the pipeline's OpenID tokens, and asks it as whom one is known."
  shells      = ["sh", "bash"]
  env         = ["KUBECONFIG"]

  run = [
    command::id_token({ audience = parameter.audience }),
    <<-EOT
      umask 077
      mkdir -p "$(dirname "$KUBECONFIG")"
      kubectl config set-cluster deployment --server ${parameter.server} --certificate-authority ${parameter.certificate_authority} --embed-certs
      kubectl config set users.deployment.tokenFile "$PWD/.login/id-token"
      kubectl config set-context deployment --cluster deployment --user deployment --namespace ${parameter.namespace}
      kubectl config use-context deployment
    EOT
    ,
    "kubectl auth whoami",
  ]

  parameter "server" {
    description = "The address of the API server."
    required    = true
  }

  parameter "certificate_authority" {
    description = "File of the repository with the cluster's certificate."
    required    = true
  }

  parameter "audience" {
    description = "Who the token is for, as the cluster's authentication has it."
    required    = true
  }

  parameter "namespace" {
    description = "The namespace of later commands."
    default     = "default"
  }
}

command "eks_cluster" {
  description = "Writes a kubeconfig for a cluster of AWS, after aws_login."
  env         = ["AWS_SHARED_CREDENTIALS_FILE", "KUBECONFIG"]

  run = "aws eks update-kubeconfig ${options}"

  parameter "name" {
    description = "The cluster."
    required    = true
    option      = "--name"
  }

  parameter "region" {
    description = "Its region."
    required    = true
    option      = "--region"
  }
}

command "aks_cluster" {
  description = "Writes a kubeconfig for a cluster of Azure, after azure_login. A cluster that takes Entra accounts alone needs kubelogin on the machine."
  env         = ["AZURE_CONFIG_DIR", "KUBECONFIG"]

  run = "az aks get-credentials --overwrite-existing ${options}"

  parameter "name" {
    description = "The cluster."
    required    = true
    option      = "--name"
  }

  parameter "resource_group" {
    description = "Its resource group."
    required    = true
    option      = "--resource-group"
  }
}

command "gke_cluster" {
  description = "Writes a kubeconfig for a cluster of Google Cloud, after gcp_login; kubectl needs the plugin gke-gcloud-auth-plugin."
  env         = ["CLOUDSDK_CONFIG", "KUBECONFIG"]

  run = "gcloud container clusters get-credentials ${parameter.name} ${options}"

  parameter "name" {
    description = "The cluster."
    required    = true
  }

  parameter "location" {
    description = "Its region or zone."
    required    = true
    option      = "--location"
  }

  parameter "project" {
    description = "Its project."
    required    = true
    option      = "--project"
  }
}

command "kubernetes_apply" {
  description = "Applies manifests, and waits until a workload has the new version."
  env         = ["KUBECONFIG"]

  run = [
    "kubectl apply --filename ${parameter.manifests} ${options}",
    given.workload ? ["kubectl rollout status ${parameter.workload} --timeout ${parameter.timeout} ${options}"] : [],
  ]

  parameter "manifests" {
    description = "A file or a folder."
    required    = true
  }

  parameter "workload" {
    description = "What is waited for, as deployment/shop."
  }

  parameter "timeout" {
    description = "How long."
    default     = "300s"
  }

  parameter "namespace" {
    description = "The namespace; without one, that of the kubeconfig."
    option      = "--namespace"
  }
}
