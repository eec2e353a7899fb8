// What a declaration becomes: delivery, hotfix and redeploy, on three systems. projen writes the files.
const { Project, YamlFile } = require('projen');

const flows = {
  delivery: { on: { push: { branches: ['main'] } }, rule: '$CI_COMMIT_BRANCH == "main"', trigger: { branches: { include: ['main'] } }, checked: true },
  hotfix: { on: { push: { branches: ['hotfix/*'] } }, rule: '$CI_COMMIT_BRANCH =~ /^hotfix\\//', trigger: { branches: { include: ['hotfix/*'] } }, checked: true },
  redeploy: { on: { workflow_dispatch: { inputs: { version: { required: true, type: 'string' } } } }, rule: '$CI_PIPELINE_SOURCE == "web"', trigger: 'none', checked: false },
};
const values = ['version', 'commit', 'base', 'hotfix_branch', 'incident'];
const variable = (v) => `RELEASE_${v.toUpperCase()}`;
const of = (pairs) => Object.fromEntries(pairs);
const operation = (title, text) => ({ title, run: `sh .git/fettle-release.sh ${text}`, token: true });
const command = (title, run) => ({ title, run });

// The jobs of a flow, each with what it needs.
function jobs(policy, kind) {
  const { checked } = flows[kind];
  const last = policy.environments.at(-1).name;
  const out = [{ name: 'identify', title: 'Identify the release', needs: [], steps: [operation('Reserve the version', `identify ${kind}`)] }];
  if (checked) {
    for (const c of policy.checks) out.push({ name: `check-${c.name}`, title: `Check ${c.name}`, needs: ['identify'], told: true, steps: [command(`Check ${c.name}`, c.run), operation('Hand on the outcome', `outcome ${c.name}`)] });
    out.push({ name: 'candidate', title: 'Candidate', needs: ['identify', ...policy.checks.map((c) => `check-${c.name}`)], told: true, steps: [operation('Record the candidate', ['candidate', '--outcomes', ...policy.checks.map((c) => c.name)].join(' '))] });
  }
  policy.environments.forEach(({ name: e, deploy }, i) => {
    const before = i > 0 ? `deploy-${policy.environments[i - 1].name}` : checked ? 'candidate' : 'identify';
    out.push(
      { name: `request-${e}`, title: `Request approval for ${e}`, needs: ['identify', before], told: true, steps: [operation('Run the guards and show what is approved', `request ${e}`)] },
      { name: `approve-${e}`, title: `Approve ${e}`, needs: ['identify', `request-${e}`], told: true, approval: true, environment: `${e}-approval`, steps: [command('Find the approval', `./approval.sh ${e}`)] },
      {
        name: `deploy-${e}`, title: `Deploy to ${e}`, needs: ['identify', `approve-${e}`], told: true, environment: e,
        steps: [operation('Run the guards and record the intent', `begin ${e}`), command('Deploy', deploy), operation('Record the deployment', `deployed ${e}`), operation('Record the success', `passed ${e}`)],
      },
    );
  });
  if (kind === 'hotfix') out.push({ name: 'merge-back', title: 'Merge back', needs: ['identify', `deploy-${last}`], told: true, steps: [operation('Bring the hotfix home', 'merge-back')] });
  return out;
}

const plain = (name) => name.replaceAll('-', '_');
const systems = {
  github: (policy, kind) => ({
    name: `${policy.name} ${kind}`,
    on: flows[kind].on,
    permissions: {},
    defaults: { run: { shell: 'sh' } },
    env: { RELEASE_FLOW: kind },
    jobs: of(jobs(policy, kind).map((j) => [j.name, {
      name: j.title,
      'runs-on': 'ubuntu-24.04',
      needs: j.needs,
      'timeout-minutes': 30,
      permissions: { contents: 'read' },
      ...(j.environment && { environment: { name: j.environment }, concurrency: { group: j.environment } }),
      ...(j.told ? { env: of(values.map((v) => [variable(v), `\${{ needs.identify.outputs.${v} }}`])) } : { outputs: of(values.map((v) => [v, `\${{ steps.identify.outputs.${v} }}`])) }),
      steps: [
        { name: 'Check out', uses: 'actions/checkout@v4', with: { 'fetch-depth': 0, 'persist-credentials': false } },
        { name: 'Take the script of the mainline', env: { MAINLINE: 'main' }, run: 'git show "refs/remotes/origin/$MAINLINE:.fettle/release.sh" > .git/fettle-release.sh' },
        { name: 'Get a token that may push', id: 'token', uses: 'actions/create-github-app-token@v2', with: { 'client-id': '${{ vars.CLIENT_ID }}', 'private-key': '${{ secrets.PRIVATE_KEY }}' } },
        ...j.steps.map((s) => ({ name: s.title, ...(s.token && { env: { FETTLE_TOKEN: '${{ steps.token.outputs.token }}' } }), run: s.run })),
      ],
    }])),
  }),
  gitlab: (policy, kind) => ({
    stages: jobs(policy, kind).map((j) => j.name),
    variables: { RELEASE_FLOW: kind, GIT_DEPTH: '0' },
    ...of(jobs(policy, kind).map((j) => [j.name, {
      stage: j.name,
      needs: j.needs,
      rules: [{ if: flows[kind].rule }],
      timeout: '30m',
      ...(j.approval && { when: 'manual' }),
      ...(j.environment && { environment: { name: j.environment }, resource_group: j.environment }),
      ...(j.told && { variables: of(values.map((v) => [variable(v), `$IDENTIFIED_${v.toUpperCase()}`])) }),
      script: ['git fetch --quiet origin +refs/heads/main:refs/remotes/origin/main', 'git show refs/remotes/origin/main:.fettle/release.sh > .git/fettle-release.sh', ...j.steps.map((s) => s.run)],
      artifacts: { reports: { dotenv: 'release.env' } },
    }])),
  }),
  azure: (policy, kind) => ({
    name: `${policy.name}-$(Build.BuildId)`,
    trigger: flows[kind].trigger,
    variables: [{ name: 'RELEASE_FLOW', value: kind }],
    stages: jobs(policy, kind).map((j) => ({
      stage: plain(j.name),
      displayName: j.title,
      dependsOn: j.needs.map(plain),
      condition: 'succeeded()',
      ...(j.environment && { lockBehavior: 'sequential' }),
      ...(j.told && { variables: values.map((v) => ({ name: variable(v), value: `$[ stageDependencies.identify.run.outputs['identify.${v}'] ]` })) }),
      jobs: [{
        job: 'run',
        displayName: j.title,
        pool: { vmImage: 'ubuntu-24.04' },
        timeoutInMinutes: 30,
        steps: [
          { checkout: 'self', fetchDepth: 0, fetchTags: true, clean: true },
          { bash: 'git show refs/remotes/origin/main:.fettle/release.sh > .git/fettle-release.sh', displayName: 'Take the script of the mainline' },
          ...j.steps.map((s) => ({ bash: s.run, displayName: s.title, ...(s.token && { env: { FETTLE_TOKEN: '$(System.AccessToken)' } }) })),
        ],
      }],
    })),
  }),
};

// synth writes the files of all policies.
exports.synth = (policies) => {
  const project = new Project({ name: 'pipelines', outdir: process.env.OUT, commitGenerated: true });
  for (const policy of policies) {
    for (const [system, text] of Object.entries(systems)) {
      for (const kind of Object.keys(flows)) new YamlFile(project, `${policy.name}/${system}/${kind}.yml`, { obj: text(policy, kind) });
    }
  }
  project.synth();
};
