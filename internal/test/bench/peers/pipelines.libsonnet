// What a declaration becomes: delivery, hotfix and redeploy, on three systems.
local flows = {
  delivery: { on: { push: { branches: ['main'] } }, rule: '$CI_COMMIT_BRANCH == "main"', trigger: { branches: { include: ['main'] } }, checked: true },
  hotfix: { on: { push: { branches: ['hotfix/*'] } }, rule: '$CI_COMMIT_BRANCH =~ /^hotfix\\//', trigger: { branches: { include: ['hotfix/*'] } }, checked: true },
  redeploy: { on: { workflow_dispatch: { inputs: { version: { required: true, type: 'string' } } } }, rule: '$CI_PIPELINE_SOURCE == "web"', trigger: 'none', checked: false },
};
local values = ['version', 'commit', 'base', 'hotfix_branch', 'incident'];
local variable(v) = 'RELEASE_' + std.asciiUpper(v);
local operation(title, text) = { title: title, run: 'sh .git/fettle-release.sh ' + text, token: true };
local command(title, text) = { title: title, run: text, token: false };
local job(name, title, needs, steps, environment=null, approval=false, told=true) =
  { name: name, title: title, needs: needs, steps: steps, environment: environment, approval: approval, told: told };
// The jobs of a flow, each with what it needs.
local jobs(policy, kind) =
  local checked = flows[kind].checked;
  local checks = ['check-' + c.name for c in policy.checks];
  local first = if checked then 'candidate' else 'identify';
  [job('identify', 'Identify the release', [], [operation('Reserve the version', 'identify ' + kind)], told=false)]
  + (if checked then [job('check-' + c.name, 'Check ' + c.name, ['identify'], [command('Check ' + c.name, c.run), operation('Hand on the outcome', 'outcome ' + c.name)]) for c in policy.checks]
                    + [job('candidate', 'Candidate', ['identify'] + checks, [operation('Record the candidate', std.join(' ', ['candidate', '--outcomes'] + [c.name for c in policy.checks]))])] else [])
  + std.flattenArrays([
    local e = policy.environments[i].name;
    [
      job('request-' + e, 'Request approval for ' + e, ['identify', if i == 0 then first else 'deploy-' + policy.environments[i - 1].name], [operation('Run the guards and show what is approved', 'request ' + e)]),
      job('approve-' + e, 'Approve ' + e, ['identify', 'request-' + e], [command('Find the approval', './approval.sh ' + e)], environment=e + '-approval', approval=true),
      job('deploy-' + e, 'Deploy to ' + e, ['identify', 'approve-' + e], [
        operation('Run the guards and record the intent', 'begin ' + e),
        command('Deploy', policy.environments[i].deploy),
        operation('Record the deployment', 'deployed ' + e),
        operation('Record the success', 'passed ' + e),
      ], environment=e),
    ]
    for i in std.range(0, std.length(policy.environments) - 1)
  ])
  + (if kind == 'hotfix' then [job('merge-back', 'Merge back', ['identify', 'deploy-' + policy.environments[std.length(policy.environments) - 1].name], [operation('Bring the hotfix home', 'merge-back')])] else []);
local github(policy, kind) = {
  name: policy.name + ' ' + kind,
  on: flows[kind].on,
  permissions: {},
  defaults: { run: { shell: 'sh' } },
  env: { RELEASE_FLOW: kind },
  jobs: {
    [j.name]: {
      name: j.title,
      'runs-on': 'ubuntu-24.04',
      needs: j.needs,
      'timeout-minutes': 30,
      permissions: { contents: 'read' },
      [if j.environment != null then 'environment']: { name: j.environment },
      [if j.environment != null then 'concurrency']: { group: j.environment },
      [if !j.told then 'outputs']: { [v]: '${{ steps.identify.outputs.' + v + ' }}' for v in values },
      [if j.told then 'env']: { [variable(v)]: '${{ needs.identify.outputs.' + v + ' }}' for v in values },
      steps: [
        { name: 'Check out', uses: 'actions/checkout@v4', with: { 'fetch-depth': 0, 'persist-credentials': false } },
        { name: 'Take the script of the mainline', env: { MAINLINE: 'main' }, run: 'git show "refs/remotes/origin/$MAINLINE:.fettle/release.sh" > .git/fettle-release.sh' },
        { name: 'Get a token that may push', id: 'token', uses: 'actions/create-github-app-token@v2', with: { 'client-id': '${{ vars.CLIENT_ID }}', 'private-key': '${{ secrets.PRIVATE_KEY }}' } },
      ] + [{ name: s.title, [if s.token then 'env']: { FETTLE_TOKEN: '${{ steps.token.outputs.token }}' }, run: s.run } for s in j.steps],
    }
    for j in jobs(policy, kind)
  },
};
local gitlab(policy, kind) = {
  stages: [j.name for j in jobs(policy, kind)],
  variables: { RELEASE_FLOW: kind, GIT_DEPTH: '0' },
} + {
  [j.name]: {
    stage: j.name,
    needs: j.needs,
    rules: [{ 'if': flows[kind].rule }],
    timeout: '30m',
    [if j.approval then 'when']: 'manual',
    [if j.environment != null then 'environment']: { name: j.environment },
    [if j.environment != null then 'resource_group']: j.environment,
    [if j.told then 'variables']: { [variable(v)]: '$IDENTIFIED_' + std.asciiUpper(v) for v in values },
    script: ['git fetch --quiet origin +refs/heads/main:refs/remotes/origin/main', 'git show refs/remotes/origin/main:.fettle/release.sh > .git/fettle-release.sh'] + [s.run for s in j.steps],
    artifacts: { reports: { dotenv: 'release.env' } },
  }
  for j in jobs(policy, kind)
};
local plain(name) = std.strReplace(name, '-', '_');
local azure(policy, kind) = {
  name: policy.name + '-$(Build.BuildId)',
  trigger: flows[kind].trigger,
  variables: [{ name: 'RELEASE_FLOW', value: kind }],
  stages: [
    {
      stage: plain(j.name),
      displayName: j.title,
      dependsOn: [plain(n) for n in j.needs],
      condition: 'succeeded()',
      [if j.environment != null then 'lockBehavior']: 'sequential',
      [if j.told then 'variables']: [{ name: variable(v), value: '$[ stageDependencies.identify.run.outputs[\'identify.' + v + '\'] ]' } for v in values],
      jobs: [{
        job: 'run',
        displayName: j.title,
        pool: { vmImage: 'ubuntu-24.04' },
        timeoutInMinutes: 30,
        steps: [
          { checkout: 'self', fetchDepth: 0, fetchTags: true, clean: true },
          { bash: 'git show refs/remotes/origin/main:.fettle/release.sh > .git/fettle-release.sh', displayName: 'Take the script of the mainline' },
        ] + [{ bash: s.run, displayName: s.title, [if s.token then 'env']: { FETTLE_TOKEN: '$(System.AccessToken)' } } for s in j.steps],
      }],
    }
    for j in jobs(policy, kind)
  ],
};
function(policy) {
  [policy.name + '/github/' + kind + '.yml']: std.manifestYamlDoc(github(policy, kind), indent_array_in_object=true)
  for kind in std.objectFields(flows)
} + {
  [policy.name + '/gitlab/' + kind + '.yml']: std.manifestYamlDoc(gitlab(policy, kind), indent_array_in_object=true)
  for kind in std.objectFields(flows)
} + {
  [policy.name + '/azure/' + kind + '.yml']: std.manifestYamlDoc(azure(policy, kind), indent_array_in_object=true)
  for kind in std.objectFields(flows)
}
