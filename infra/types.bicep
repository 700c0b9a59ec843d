// A member that ends with SecretName holds the name of a secret in the Key Vault, never the secret itself.

@export()
@description('A member of the Studio. Becomes HumanTasks__Environments__<n>__Members__<m>__*.')
type memberType = {
  @description('Email address with which they sign in.')
  address: string

  @description('Name that others see. Default: the address.')
  name: string?

  @description('Role, which decides what they may do.')
  role: ('Viewer' | 'Responder' | 'Editor' | 'Owner')?
}

@export()
@description('A channel that announces tasks. Becomes HumanTasks__Environments__<n>__Channels__<m>__*.')
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

  @description('Name that members and reviewers see. Default: the ID.')
  @minLength(1)
  @maxLength(100)
  displayName: string?

  @description('Plan. On Free and Shared every run counts against the monthly allowance.')
  tier: ('Free' | 'Shared' | 'Dedicated')?

  @description('Runs that may start in a calendar month. Default: unlimited.')
  @minValue(0)
  monthlyRunAllowance: int?

  @description('Hours for which a run stays available. No link may outlive it.')
  @minValue(1)
  runRetentionHours: int?

  @description('Whether rule sets of this environment may ask people.')
  humanTasks: bool?

  @description('IANA time zone in which forms ask for a date and time.')
  timeZone: string?

  @description('Language of emails and cards if an action sets none.')
  language: string?

  @description('Whether email subjects contain titles.')
  titleInSubject: bool?

  @description('Maximum descendants of a run without a person in between.')
  @minValue(1)
  maxDescendants: int?

  @description('Maximum size of a run context, in bytes of JSON.')
  @minValue(1)
  maxContextBytes: int?

  @description('Members of the Studio.')
  members: memberType[]?

  @description('Channels in Teams and Slack.')
  channels: channelType[]?

  @description('Names of the Key Vault secrets that sign webhooks. Each webhook is signed with all of them.')
  webhookSecretNames: string[]?

  @description('Secrets that http actions of this environment can send as secret.NAME: NAME to the name of a Key Vault secret.')
  secretNames: object?

  @description('Custom email templates, by kind and language: { code: { en: "Subject: ..." } }.')
  mailTemplates: object?

  @description('Limits for models that ask by MCP.')
  mcp: {
    @description('Allowed assignees: addresses, or domains such as @example.com. Default: anybody.')
    assignees: string[]?

    @description('Hosts that links written by a model may lead to.')
    allowedHosts: string[]?
  }?
}

@export()
@description('An API key by its hash, never the key itself. Becomes HumanTasks__ApiKeys__<n>__*.')
type apiKeyType = {
  @description('Name of the key in logs and versions.')
  name: string?

  @description('Id of the environment that the key belongs to.')
  @minLength(1)
  @maxLength(64)
  environment: string

  @description('SHA-256 of the whole key (with its ht_ prefix), 64 hex digits.')
  @minLength(64)
  @maxLength(64)
  hash: string

  @description('Scopes of the key.')
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

  @description('Model, or the deployment of Azure OpenAI. Default: the name.')
  model: string?

  @description('Name of the Key Vault secret with the API key of the provider.')
  apiKeySecretName: string?

  @description('Signs in with the identity of the app instead of a key.')
  managedIdentity: bool?

  @description('Client ID of another identity. Default: the identity of the app.')
  clientId: string?

  @description('Timeout of one call, in seconds.')
  @minValue(1)
  @maxValue(240)
  timeoutSeconds: int?
}

@export()
@description('How members can sign in besides a code by email. Becomes HumanTasks__SignIn__*.')
type signInType = {
  @description('An OpenID Connect provider.')
  openIdConnect: {
    @description('Address of the issuer.')
    authority: string

    @description('Client id at the provider.')
    clientId: string

    @description('Name of the Key Vault secret with the client secret.')
    clientSecretName: string?

    @description('Text of the button after "Sign in with".')
    displayName: string?
  }?

  @description('Trusts the header of App Service Authentication.')
  appService: bool?
}
