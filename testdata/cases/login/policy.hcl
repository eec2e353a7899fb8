# A deployment to AWS from GitHub and from GitLab without a stored key: the pipeline's own token is exchanged before anything begins.
policy "login" {
  targets = ["github", "gitlab"]
  active  = "github"
}
use "cloud" {
  source = "builtin:cloud"
}
environment "production" {
  setup  = cloud::aws_login({ role = "arn:aws:iam::123456789012:role/deploy" })
  deploy = "aws s3 sync site/ s3://shop-${release.version}"
  env    = { AWS_SHARED_CREDENTIALS_FILE = ".login/aws", AWS_REGION = "eu-central-1" }
  github = { id_token = true }
  gitlab = { id_tokens = { ID_TOKEN = "sts.amazonaws.com" } }

  approval "release" { approvers = [group.managers] }
}
group "managers" {
  github = "acme/managers"
  gitlab = "acme/managers"
}
delivery {
  environments = [environment.production]
}
