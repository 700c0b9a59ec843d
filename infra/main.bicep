targetScope = 'subscription'

metadata name = 'HumanTasks on Azure Functions'
metadata description = 'One resource group: function app (Flex Consumption), storage, secrets, e-mail, monitoring.'

import { apiKeyType, environmentType, modelType, signInType } from 'types.bicep'

@description('Name of the azd environment. Names the resource group and seeds the unique part of every other name.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region of all regional resources. It must offer Flex Consumption.')
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('Public address for links. Empty: the address of the function app.')
param publicBaseAddress string = ''

@description('Backend of orchestrations. The deployed package must use the same one, see README.')
@allowed([
  'azureStorage'
  'durableTaskScheduler'
])
param durableTaskBackend string = 'azureStorage'

@description('Plan of the Durable Task Scheduler. Only used with durableTaskBackend = durableTaskScheduler.')
@allowed([
  'Consumption'
  'Dedicated'
])
param schedulerSku string = 'Consumption'

@description('Redundancy of the storage account that holds runs, tasks and uploads. ZRS needs a region with zones.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
  'Standard_GZRS'
])
param storageSku string = 'Standard_ZRS'

@description('Prefix of the names of tables and containers: letters and digits.')
@minLength(1)
@maxLength(40)
param storagePrefix string = 'HumanTasks'

@description('Maximum number of instances of the function app.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Memory of one instance, in MB.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int = 2048

@description('HTTP requests that one instance serves at a time before another instance is added.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 32

@description('Instances kept warm for pages and API. 0: the first request after a quiet time waits for a cold start.')
@minValue(0)
@maxValue(1000)
param alwaysReadyHttp int = 0

@description('Instances kept warm for orchestrations. 0: the first one after a quiet time waits for a cold start.')
@minValue(0)
@maxValue(1000)
param alwaysReadyDurable int = 0

@description('Where Communication Services keeps its data, such as Europe or United States. Cannot be changed later.')
param emailDataLocation string = 'Europe'

@description('Your own domain to send email from. Empty: a domain that Azure manages.')
@maxLength(253)
param emailDomain string = ''

@description('Set once the DNS records of emailDomain are verified: only then can the domain be linked.')
param emailDomainVerified bool = false

@description('Full sender address. It must exist as a sender of the domain. Empty: DoNotReply at the domain.')
param emailSender string = ''

@description('Role that lets the app send email: a custom role without access to keys, or the built-in owner role.')
@allowed([
  'custom'
  'builtIn'
])
param emailSenderRole string = 'custom'

@description('Names of the Key Vault secrets with the link keys. The first signs, all verify.')
@minLength(1)
@maxLength(10)
param linkKeySecretNames string[] = [
  'link-key-1'
]

@description('Environments (tenants) and their plans.')
@minLength(1)
param environments environmentType[] = [
  {
    id: 'default'
    displayName: 'Default'
    tier: 'Dedicated'
    monthlyRunAllowance: 100000
    runRetentionHours: 2160
    humanTasks: true
  }
]

@description('API keys, each by its hash. Hashes are not secrets.')
param apiKeys apiKeyType[] = []

@description('Language models of agents. API keys of providers are Key Vault secrets.')
param models modelType[] = []

@description('How members can sign in besides a code by email. The client secret is a Key Vault secret.')
param signIn signInType = {}

@description('Limits by name, such as { maxUploadBytes: 20971520 }. See docs/guide.md.')
param limits object = {}

@description('Reverse proxies in front of the app: { knownProxies: [...], knownNetworks: [...] }.')
param proxies object = {}

@description('Values of {{secret.NAME}} in rule sets: { NAME: name of the Key Vault secret }.')
param secretNames object = {}

@description('Folder in the package with email templates. Empty: none. Environments can also contain templates.')
param mailTemplates string = ''

@description('Whether http actions and webhooks may reach private networks.')
param allowPrivateAddresses bool = false

@description('Any other app settings by name. They override all others.')
param extraSettings object = {}

@description('Any other app settings whose values are secrets: { setting: name of the Key Vault secret }.')
param extraKeyVaultSettings object = {}

@description('Hash of the API key of the acceptance suite. Adds an environment "acceptance" for it. Empty: none.')
@maxLength(64)
param acceptanceApiKeyHash string = ''

@description('Days for which logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

var token = uniqueString(subscription().id, environmentName, location)
var functionAppName = 'func-humantasks-${token}'
var baseAddress = empty(publicBaseAddress) ? 'https://${functionAppName}.azurewebsites.net' : publicBaseAddress

var tags = {
  'azd-env-name': environmentName
}

var acceptanceEnvironment = {
  id: 'acceptance'
  displayName: 'Acceptance tests'
  tier: 'Dedicated'
  monthlyRunAllowance: 100000
  runRetentionHours: 168
  humanTasks: true
}

var acceptanceApiKey = {
  environment: 'acceptance'
  hash: acceptanceApiKeyHash
  scopes: [
    'runs'
    'tasks'
    'rule-sets'
    'admin'
  ]
}

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    retentionDays: logRetentionDays
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    sku: storageSku
    principalId: identity.outputs.principalId
  }
}

module keyVault 'modules/key-vault.bicep' = {
  name: 'key-vault'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    workspaceResourceId: monitoring.outputs.workspaceResourceId
  }
}

module email 'modules/email.bicep' = {
  name: 'email'
  scope: group
  params: {
    token: token
    tags: tags
    dataLocation: emailDataLocation
    domain: emailDomain
    domainVerified: emailDomainVerified
    sender: emailSender
    senderRole: emailSenderRole
    principalId: identity.outputs.principalId
  }
}

module scheduler 'modules/durable-task-scheduler.bicep' = if (durableTaskBackend == 'durableTaskScheduler') {
  name: 'durable-task-scheduler'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    sku: schedulerSku
    principalId: identity.outputs.principalId
  }
}

module functionApp 'modules/function-app.bicep' = {
  name: 'function-app'
  scope: group
  params: {
    name: functionAppName
    token: token
    location: location
    tags: tags
    identityResourceId: identity.outputs.resourceId
    deploymentContainerUri: storage.outputs.deploymentContainerUri
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    httpConcurrency: httpConcurrency
    alwaysReadyHttp: alwaysReadyHttp
    alwaysReadyDurable: alwaysReadyDurable
  }
}

module appSettings 'modules/app-settings.bicep' = {
  name: 'app-settings'
  scope: group
  params: {
    functionAppName: functionApp.outputs.name
    identityClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.name
    storagePrefix: storagePrefix
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    keyVaultName: keyVault.outputs.name
    linkKeySecretNames: linkKeySecretNames
    emailEndpoint: email.outputs.endpoint
    emailSender: email.outputs.sender
    schedulerEndpoint: durableTaskBackend == 'durableTaskScheduler' ? scheduler!.outputs.endpoint : ''
    publicBaseAddress: baseAddress
    environments: empty(acceptanceApiKeyHash) ? environments : concat(environments, [acceptanceEnvironment])
    apiKeys: empty(acceptanceApiKeyHash) ? apiKeys : concat(apiKeys, [acceptanceApiKey])
    models: models
    signIn: signIn
    limits: limits
    proxies: proxies
    secretNames: secretNames
    mailTemplates: mailTemplates
    allowPrivateAddresses: allowPrivateAddresses
    extraSettings: extraSettings
    extraKeyVaultSettings: extraKeyVaultSettings
  }
}

@description('Region of the deployment.')
output AZURE_LOCATION string = location

@description('Resource group that holds everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the function app that azd deploys to.')
output SERVICE_FUNCTIONS_NAME string = functionApp.outputs.name

@description('Resource id of the function app, for the link key hook.')
output FUNCTION_APP_RESOURCE_ID string = functionApp.outputs.resourceId

@description('Resource id of the Key Vault, for the link key hook.')
output KEY_VAULT_RESOURCE_ID string = keyVault.outputs.resourceId

@description('Names of the link keys, separated by spaces, for the link key hook.')
output LINK_KEY_NAMES string = join(linkKeySecretNames, ' ')

@description('Address of the app; the acceptance suite runs against it.')
output HUMANTASKS_BASE_URL string = baseAddress

@description('Sender address of email.')
output HUMANTASKS_EMAIL_SENDER string = email.outputs.sender
