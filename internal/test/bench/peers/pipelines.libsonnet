// What a declaration becomes: delivery, hotfix and redeploy, on three systems.
local flows = {
  delivery: { on: { push: { branches: ['main'] } }, when: '$CI_COMMIT_BRANCH == "main"', trigger: { branches: { include: ['main'] } }, checked: true },
  hotfix: { on: { push: { branches: ['hotfix/*'] } }, when: '$CI_COMMIT_BRANCH =~ /^hotfix\\//', trigger: { branches: { include: ['hotfix/*'] } }, checked: true },
  redeploy: { on: { workflow_dispatch: { inputs: { version: { required: true, type: 'string' } } } }, when: '$CI_PIPELINE_SOURCE == "web"', trigger: 'none', checked: false },
};
// The jobs of a flow, each with what it needs.
local jobs(policy, kind) =
  local checks = if flows[kind].checked then ['check-' + c.name for c in policy.checks] else [];
  local environments = policy.environments;
  [{ name: 'identify', needs: [], environment: null, run: ['sh .fettle/release.sh identify ' + kind] }]
  + (if flows[kind].checked then [{ name: 'check-' + c.name, needs: ['identify'], environment: null, run: [c.run] } for c in policy.checks] else [])
  + [
    {
      name: 'deploy-' + environments[i].name,
      needs: if i == 0 then ['identify'] + checks else ['deploy-' + environments[i - 1].name],
      environment: environments[i].name,
      run: ['sh .fettle/release.sh begin ' + environments[i].name, environments[i].deploy, 'sh .fettle/release.sh passed ' + environments[i].name],
    }
    for i in std.range(0, std.length(environments) - 1)
  ];
local github(policy, kind) = {
  name: policy.name + ' ' + kind,
  on: flows[kind].on,
  permissions: {},
  jobs: {
    [j.name]: {
      'runs-on': 'ubuntu-24.04',
      needs: j.needs,
      'timeout-minutes': 30,
      [if j.environment != null then 'environment']: { name: j.environment },
      [if j.environment != null then 'concurrency']: { group: j.environment },
      steps: [{ uses: 'actions/checkout@v4', with: { 'fetch-depth': 0 } }] + [{ run: r } for r in j.run],
    }
    for j in jobs(policy, kind)
  },
};
local gitlab(policy, kind) = {
  stages: [j.name for j in jobs(policy, kind)],
} + {
  [j.name]: {
    stage: j.name,
    needs: j.needs,
    rules: [{ 'if': flows[kind].when }],
    [if j.environment != null then 'environment']: { name: j.environment },
    [if j.environment != null then 'resource_group']: j.environment,
    script: j.run,
  }
  for j in jobs(policy, kind)
};
local azure(policy, kind) = {
  name: policy.name + '-$(Build.BuildId)',
  trigger: flows[kind].trigger,
  stages: [
    {
      stage: std.strReplace(j.name, '-', '_'),
      dependsOn: [std.strReplace(n, '-', '_') for n in j.needs],
      [if j.environment != null then 'lockBehavior']: 'sequential',
      jobs: [{ job: 'run', timeoutInMinutes: 30, steps: [{ checkout: 'self', fetchDepth: 0 }] + [{ bash: r } for r in j.run] }],
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
