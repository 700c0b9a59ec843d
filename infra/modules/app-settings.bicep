metadata description = 'All app settings. What is not listed is gone after a deployment: a removed key, member or secret must not linger.'

import { flat, listed, listedSecrets, lists, namedSecrets, secretOf } from '../settings.bicep'
import { apiKeyType, environmentType, modelType, signInType } from '../types.bicep'

@description('Name of the function app.')
param functionAppName string

@description('Client id of the identity of the app.')
param identityClientId string

@description('Name of the storage account.')
param storageAccountName string

@description('Prefix of the names of tables and containers.')
param storagePrefix string

@description('Connection string for the telemetry of the worker. The host gets none, because its own spans contain whole paths, and so links.')
param applicationInsightsConnectionString string

@description('Name of the Key Vault with the secrets.')
param keyVaultName string

@description('Names of the secrets with the link keys. The first signs, all verify.')
param linkKeySecretNames string[]

@description('Endpoint of Communication Services.')
param emailEndpoint string

@description('Sender address of email.')
param emailSender string

@description('Address of the Durable Task Scheduler. Empty: orchestrations use the storage account.')
param schedulerEndpoint string

@description('Public address for links.')
param publicBaseAddress string

@description('Environments and their plans.')
param environments environmentType[]

@description('API keys, each by its hash.')
param apiKeys apiKeyType[]

@description('Language models of agents.')
param models modelType[]

@description('How members sign in.')
param signIn signInType

@description('Limits, by name.')
param limits object

@description('Reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are trusted.')
param proxies object

@description('Values of {{secret.NAME}}: name to the name of the Key Vault secret.')
param secretNames object

@description('Folder in the package with email templates. Empty: none.')
param mailTemplates string

@description('Whether http actions and webhooks may reach private networks.')
param allowPrivateAddresses bool

@description('Any other app settings, by name.')
param extraSettings object

@description('Any other app settings whose values are secrets: name to the name of the Key Vault secret.')
param extraKeyVaultSettings object

var hostSettings = {
  AzureWebJobsStorage__accountName: storageAccountName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AZURE_CLIENT_ID: identityClientId
}

var schedulerAuthentication = 'Authentication=ManagedIdentity;ClientID=${identityClientId}'

var schedulerSettings = empty(schedulerEndpoint)
  ? {}
  : { DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};${schedulerAuthentication}' }

var deploymentSettings = {
  HumanTasks__PublicBaseAddress: publicBaseAddress
  HumanTasks__AllowPrivateAddresses: string(allowPrivateAddresses)
  HumanTasks__Storage__AccountName: storageAccountName
  HumanTasks__Storage__ClientId: identityClientId
  HumanTasks__Storage__Prefix: storagePrefix
  HumanTasks__Storage__EndpointSuffix: environment().suffixes.storage
  HumanTasks__Email__Endpoint: emailEndpoint
  HumanTasks__Email__Sender: emailSender
  HumanTasks__Email__ClientId: identityClientId
  HumanTasks__Telemetry__ConnectionString: applicationInsightsConnectionString
  HumanTasks__Telemetry__ClientId: identityClientId
}

var mailTemplateSettings = empty(mailTemplates) ? {} : { HumanTasks__MailTemplates: mailTemplates }

var environmentSettings = [
  for (environment, n) in environments: flat(
    'HumanTasks__Environments__${n}__',
    environment,
    ['members', 'channels', 'webhookSecretNames', 'secretNames', 'mailTemplates', 'mcp']
  )
]

var webhookSettings = [
  for (environment, n) in environments: listedSecrets(
    'HumanTasks__Environments__${n}__WebhookSecrets__',
    keyVaultName,
    environment.?webhookSecretNames ?? []
  )
]

var sentSecretSettings = [
  for (environment, n) in environments: namedSecrets(
    'HumanTasks__Environments__${n}__Secrets__',
    keyVaultName,
    environment.?secretNames ?? {}
  )
]

var memberSettings = [
  for (environment, n) in environments: shallowMerge(map(
    range(0, length(environment.?members ?? [])),
    m => flat('HumanTasks__Environments__${n}__Members__${m}__', environment.members![m], [])
  ))
]

var channelSettings = [
  for (environment, n) in environments: shallowMerge(map(
    range(0, length(environment.?channels ?? [])),
    m => union(
      flat('HumanTasks__Environments__${n}__Channels__${m}__', environment.channels![m], ['addressSecretName']),
      {
        'HumanTasks__Environments__${n}__Channels__${m}__Address': secretOf(
          keyVaultName,
          environment.channels![m].addressSecretName
        )
      }
    )
  ))
]

var templateSettings = [
  for (environment, n) in environments: shallowMerge(map(
    items(environment.?mailTemplates ?? {}),
    kind => toObject(
      items(kind.value),
      language => 'HumanTasks__Environments__${n}__MailTemplates__${kind.key}__${language.key}',
      language => string(language.value)
    )
  ))
]

var mcpSettings = [
  for (environment, n) in environments: lists('HumanTasks__Environments__${n}__Mcp__', environment.?mcp ?? {})
]

var apiKeySettings = [
  for (apiKey, n) in apiKeys: union(
    flat('HumanTasks__ApiKeys__${n}__', apiKey, ['scopes', 'hash']),
    { 'HumanTasks__ApiKeys__${n}__Hash': toLower(apiKey.hash) },
    listed('HumanTasks__ApiKeys__${n}__Scopes__', apiKey.scopes)
  )
]

var modelSettings = [
  for (model, n) in models: union(
    model.?managedIdentity ?? false ? { 'HumanTasks__Models__${n}__ClientId': identityClientId } : {},
    flat('HumanTasks__Models__${n}__', model, ['apiKeySecretName']),
    empty(model.?apiKeySecretName ?? '')
      ? {}
      : { 'HumanTasks__Models__${n}__ApiKey': secretOf(keyVaultName, model.apiKeySecretName!) }
  )
]

var openIdConnectSettings = union(
  flat('HumanTasks__SignIn__OpenIdConnect__', signIn.?openIdConnect ?? {}, ['clientSecretName']),
  empty(signIn.?openIdConnect.?clientSecretName ?? '')
    ? {}
    : { HumanTasks__SignIn__OpenIdConnect__ClientSecret: secretOf(keyVaultName, signIn.openIdConnect!.clientSecretName!) }
)

resource app 'Microsoft.Web/sites@2024-04-01' existing = {
  name: functionAppName
}

resource settings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: shallowMerge(concat(
    [
      hostSettings
      schedulerSettings
      deploymentSettings
      mailTemplateSettings
      listedSecrets('HumanTasks__LinkKeys__', keyVaultName, linkKeySecretNames)
      flat('HumanTasks__SignIn__', signIn, ['openIdConnect'])
      openIdConnectSettings
      flat('HumanTasks__Limits__', limits, [])
      lists('HumanTasks__Proxies__', proxies)
      namedSecrets('HumanTasks__Secrets__', keyVaultName, secretNames)
    ],
    environmentSettings,
    webhookSettings,
    sentSecretSettings,
    memberSettings,
    channelSettings,
    templateSettings,
    mcpSettings,
    apiKeySettings,
    modelSettings,
    [
      namedSecrets('', keyVaultName, extraKeyVaultSettings)
      extraSettings
    ]
  ))
}
