// What a declaration becomes: delivery, hotfix and redeploy, on three systems. projen writes the files.
const { Project, YamlFile } = require('projen');

const flows = {
  delivery: { on: { push: { branches: ['main'] } }, when: '$CI_COMMIT_BRANCH == "main"', trigger: { branches: { include: ['main'] } }, checked: true },
  hotfix: { on: { push: { branches: ['hotfix/*'] } }, when: '$CI_COMMIT_BRANCH =~ /^hotfix\\//', trigger: { branches: { include: ['hotfix/*'] } }, checked: true },
  redeploy: { on: { workflow_dispatch: { inputs: { version: { required: true, type: 'string' } } } }, when: '$CI_PIPELINE_SOURCE == "web"', trigger: 'none', checked: false },
};

function jobs(policy, kind) {
  const checks = flows[kind].checked ? policy.checks : [];
  return [
    { name: 'identify', needs: [], run: [`sh .fettle/release.sh identify ${kind}`] },
    ...checks.map((c) => ({ name: `check-${c.name}`, needs: ['identify'], run: [c.run] })),
    ...policy.environments.map((e, i) => ({
      name: `deploy-${e.name}`,
      needs: i === 0 ? ['identify', ...checks.map((c) => `check-${c.name}`)] : [`deploy-${policy.environments[i - 1].name}`],
      environment: e.name,
      run: [`sh .fettle/release.sh begin ${e.name}`, e.deploy, `sh .fettle/release.sh passed ${e.name}`],
    })),
  ];
}

const systems = {
  github: (policy, kind) => ({
    name: `${policy.name} ${kind}`,
    on: flows[kind].on,
    permissions: {},
    jobs: Object.fromEntries(jobs(policy, kind).map((j) => [j.name, {
      'runs-on': 'ubuntu-24.04',
      needs: j.needs,
      'timeout-minutes': 30,
      ...(j.environment && { environment: { name: j.environment }, concurrency: { group: j.environment } }),
      steps: [{ uses: 'actions/checkout@v4', with: { 'fetch-depth': 0 } }, ...j.run.map((run) => ({ run }))],
    }])),
  }),
  gitlab: (policy, kind) => ({
    stages: jobs(policy, kind).map((j) => j.name),
    ...Object.fromEntries(jobs(policy, kind).map((j) => [j.name, {
      stage: j.name,
      needs: j.needs,
      rules: [{ if: flows[kind].when }],
      ...(j.environment && { environment: { name: j.environment }, resource_group: j.environment }),
      script: j.run,
    }])),
  }),
  azure: (policy, kind) => ({
    name: `${policy.name}-$(Build.BuildId)`,
    trigger: flows[kind].trigger,
    stages: jobs(policy, kind).map((j) => ({
      stage: j.name.replaceAll('-', '_'),
      dependsOn: j.needs.map((n) => n.replaceAll('-', '_')),
      ...(j.environment && { lockBehavior: 'sequential' }),
      jobs: [{ job: 'run', timeoutInMinutes: 30, steps: [{ checkout: 'self', fetchDepth: 0 }, ...j.run.map((bash) => ({ bash }))] }],
    })),
  }),
};

// synth writes the files of all policies.
exports.synth = (policies) => {
  const project = new Project({ name: 'pipelines', outdir: process.env.OUT, commitGenerated: true });
  for (const policy of policies) {
    for (const [system, of] of Object.entries(systems)) {
      for (const kind of Object.keys(flows)) new YamlFile(project, `${policy.name}/${system}/${kind}.yml`, { obj: of(policy, kind) });
    }
  }
  project.synth();
};
