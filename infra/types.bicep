// What a member ends with says what it holds: ...SecretName is the name of a secret in the Key Vault, never the secret.

@export()
@description('Somebody who works in the Studio. Becomes HumanTasks__Environments__<n>__Members__<m>__*.')
type memberType = {
  @description('E-mail address by which they sign in.')
  address: string

  @description('Name that others read. Without it the address.')
  name: string?

  @description('What they may do.')
  role: ('Viewer' | 'Responder' | 'Editor' | 'Owner')?
}

@export()
@description('Where tasks are announced. Becomes HumanTasks__Environments__<n>__Channels__<m>__*.')
type channelType = {
  @description('Name that actions use.')
  @minLength(1)
  @maxLength(64)
  name: string

  @description('Kind of the incoming webhook.')
  kind: 'Teams' | 'Slack'

  @description('Name of the Key Vault secret with the address of the incoming webhook.')
  addressSecretName: string
}

@export()
@description('A tenant boundary with its plan. Becomes HumanTasks__Environments__<n>__*. Other members become settings of the same name.')
type environmentType = {
  @description('Id that API keys and addresses use.')
  @minLength(1)
  @maxLength(64)
  id: string

  @description('Name that members and reviewers see. Without it the id.')
  @minLength(1)
  @maxLength(100)
  displayName: string?

  @description('Plan. On Free and Shared every run counts against the monthly allowance.')
  tier: ('Free' | 'Shared' | 'Dedicated')?

  @description('Runs that may start in a calendar month. Without it unlimited.')
  @minValue(0)
  monthlyRunAllowance: int?

  @description('Hours for which a run stays available. No link may outlive it.')
  @minValue(1)
  runRetentionHours: int?

  @description('Whether rule sets of this environment may ask people.')
  humanTasks: bool?

  @description('IANA time zone in which forms ask for a date and time.')
  timeZone: string?

  @description('Language of mails and cards where an action names none.')
  language: string?

  @description('Whether titles stand in the subjects of mails.')
  titleInSubject: bool?

  @description('Runs that may descend from one without a person in between.')
  @minValue(1)
  maxDescendants: int?

  @description('Largest context of a run, in bytes of JSON.')
  @minValue(1)
  maxContextBytes: int?

  @description('Who works in the Studio.')
  members: memberType[]?

  @description('Teams and Slack.')
  channels: channelType[]?

  @description('Names of the Key Vault secrets that webhooks are signed with. Every one signs.')
  webhookSecretNames: string[]?

  @description('What http actions of this environment send as secret.NAME: NAME to the name of a Key Vault secret.')
  secretNames: object?

  @description('Mails in your own words, by kind and language: { code: { en: "Subject: ..." } }.')
  mailTemplates: object?

  @description('What models may do that ask by MCP.')
  mcp: {
    @description('Who may be asked: addresses, or domains such as @example.com. Without it anybody.')
    assignees: string[]?

    @description('Hosts that links in what a model writes may lead to.')
    allowedHosts: string[]?
  }?
}

@export()
@description('What is known of an API key: never the key itself. Becomes HumanTasks__ApiKeys__<n>__*.')
type apiKeyType = {
  @description('Who uses the key, as logs and versions name it.')
  name: string?

  @description('Id of the environment that the key belongs to.')
  @minLength(1)
  @maxLength(64)
  environment: string

  @description('SHA-256 of the whole key (with its ht_ prefix), 64 hex digits.')
  @minLength(64)
  @maxLength(64)
  hash: string

  @description('What the key may do.')
  @minLength(1)
  scopes: ('runs' | 'tasks' | 'rule-sets' | 'admin')[]
}

@export()
@description('A language model of agents. Becomes HumanTasks__Models__<n>__*. Other members become settings of the same name.')
type modelType = {
  @description('Name that actions use.')
  @minLength(1)
  name: string

  @description('Base address, such as https://api.openai.com/v1 or that of an Azure OpenAI resource.')
  endpoint: string

  @description('Model, or the deployment of Azure OpenAI. Without it the name.')
  model: string?

  @description('Name of the Key Vault secret with the API key of the provider.')
  apiKeySecretName: string?

  @description('Signs in with the identity of the app instead of a key.')
  managedIdentity: bool?

  @description('Client id of another identity. Without it the identity of the app.')
  clientId: string?

  @description('Seconds that one call may take.')
  @minValue(1)
  @maxValue(240)
  timeoutSeconds: int?
}

@export()
@description('How members sign in besides a mailed code. Becomes HumanTasks__SignIn__*.')
type signInType = {
  @description('A provider of OpenID Connect.')
  openIdConnect: {
    @description('Address of the issuer.')
    authority: string

    @description('Client id at the provider.')
    clientId: string

    @description('Name of the Key Vault secret with the client secret.')
    clientSecretName: string?

    @description('What the button says after "Sign in with".')
    displayName: string?
  }?

  @description('Trusts the header of App Service Authentication.')
  appService: bool?
}
