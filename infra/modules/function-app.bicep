metadata description = 'The function app on Flex Consumption and its settings.'

import { apiKeyType, environmentType } from '../types.bicep'

@description('Name of the function app.')
param name string

@description('Unique part of the name of the plan.')
param token string

@description('Region.')
param location string

@description('Tags of the resources.')
param tags object

@description('Resource id of the identity of the app.')
param identityResourceId string

@description('Client id of the identity of the app.')
param identityClientId string

@description('Name of the storage account.')
param storageAccountName string

@description('Address of the container for the deployed package.')
param deploymentContainerUri string

@description('Where telemetry goes.')
param applicationInsightsConnectionString string

@description('Name of the Key Vault with the link keys.')
param keyVaultName string

@description('Names of the secrets with the link keys. The first signs, all verify.')
param linkKeySecretNames string[]

@description('Where mail is handed in.')
param emailEndpoint string

@description('Address from which mail is sent.')
param emailSender string

@description('Address of the Durable Task Scheduler. Empty: orchestrations live in the storage account.')
param schedulerEndpoint string

@description('Address that links are built from.')
param publicBaseAddress string

@description('Environments and their plans.')
param environments environmentType[]

@description('API keys by their hash.')
param apiKeys apiKeyType[]

@description('Most instances.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('Memory of one instance, in MB.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int

@description('HTTP requests that one instance serves at a time.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int

@description('Instances kept warm for pages and API.')
@minValue(0)
@maxValue(1000)
param alwaysReadyHttp int

@description('Instances kept warm for orchestrations.')
@minValue(0)
@maxValue(1000)
param alwaysReadyDurable int

var hostSettings = {
  AzureWebJobsStorage__accountName: storageAccountName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  AZURE_CLIENT_ID: identityClientId
}

var schedulerAuthentication = 'Authentication=ManagedIdentity;ClientID=${identityClientId}'

var schedulerSettings = empty(schedulerEndpoint)
  ? {}
  : { DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};${schedulerAuthentication}' }

var humanTasksSettings = {
  HumanTasks__PublicBaseAddress: publicBaseAddress
  HumanTasks__Storage__AccountName: storageAccountName
  HumanTasks__Storage__ClientId: identityClientId
  HumanTasks__Email__Endpoint: emailEndpoint
  HumanTasks__Email__Sender: emailSender
}

var linkKeySettings = toObject(
  range(0, length(linkKeySecretNames)),
  i => 'HumanTasks__LinkKeys__${i}',
  i => '@Microsoft.KeyVault(VaultName=${keyVaultName};SecretName=${linkKeySecretNames[i]})'
)

var environmentSettings = map(range(0, length(environments)), i => {
  'HumanTasks__Environments__${i}__Id': environments[i].id
  'HumanTasks__Environments__${i}__DisplayName': environments[i].displayName
  'HumanTasks__Environments__${i}__Tier': environments[i].tier
  'HumanTasks__Environments__${i}__MonthlyRunAllowance': string(environments[i].monthlyRunAllowance)
  'HumanTasks__Environments__${i}__RunRetentionHours': string(environments[i].runRetentionHours)
  'HumanTasks__Environments__${i}__HumanTasks': environments[i].humanTasks ? 'true' : 'false'
})

var apiKeySettings = map(range(0, length(apiKeys)), i => {
  'HumanTasks__ApiKeys__${i}__Environment': apiKeys[i].environment
  'HumanTasks__ApiKeys__${i}__Hash': toLower(apiKeys[i].hash)
})

var apiKeyScopeSettings = map(
  range(0, length(apiKeys)),
  i =>
    toObject(
      range(0, length(apiKeys[i].scopes)),
      j => 'HumanTasks__ApiKeys__${i}__Scopes__${j}',
      j => apiKeys[i].scopes[j]
    )
)

var alwaysReady = filter(
  [
    {
      name: 'http'
      instanceCount: alwaysReadyHttp
    }
    {
      name: 'durable'
      instanceCount: alwaysReadyDurable
    }
  ],
  group => group.instanceCount > 0
)

module plan 'br/public:avm/res/web/serverfarm:0.7.0' = {
  name: 'plan'
  params: {
    name: 'plan-humantasks-${token}'
    location: location
    tags: tags
    kind: 'linux'
    reserved: true
    skuName: 'FC1'
    enableTelemetry: false
  }
}

module app 'br/public:avm/res/web/site:0.23.1' = {
  name: 'app'
  params: {
    name: name
    location: location
    tags: union(tags, { 'azd-service-name': 'functions' })
    kind: 'functionapp,linux'
    serverFarmResourceId: plan.outputs.resourceId
    managedIdentities: {
      userAssignedResourceIds: [
        identityResourceId
      ]
    }
    keyVaultAccessIdentityResourceId: identityResourceId
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    clientAffinityEnabled: false
    basicPublishingCredentialsPolicies: [
      {
        name: 'ftp'
        allow: false
      }
      {
        name: 'scm'
        allow: false
      }
    ]
    siteConfig: {
      alwaysOn: false
      ftpsState: 'Disabled'
      http20Enabled: true
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUri
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityResourceId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: instanceMemoryMB
        alwaysReady: alwaysReady
        triggers: {
          http: {
            perInstanceConcurrency: httpConcurrency
          }
        }
      }
    }
    configs: [
      {
        name: 'appsettings'
        // What is not listed is gone: a removed API key or link key must not linger.
        retainCurrentAppSettings: false
        properties: shallowMerge(
          concat(
            [
              hostSettings
              schedulerSettings
              humanTasksSettings
              linkKeySettings
            ],
            environmentSettings,
            apiKeySettings,
            apiKeyScopeSettings
          )
        )
      }
    ]
    enableTelemetry: false
  }
}

@description('Name of the function app.')
output name string = app.outputs.name

@description('Resource id of the function app.')
output resourceId string = app.outputs.resourceId
