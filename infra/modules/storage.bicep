metadata description = 'The one storage account, keyless: host, orchestrations, runs, tasks, uploads, packages.'

@description('Unique part of the name.')
param token string

@description('Region.')
param location string

@description('Tags of the account.')
param tags object

@description('Redundancy of the account.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
  'Standard_GZRS'
])
param sku string

@description('Principal id of the identity of the app.')
param principalId string

var deploymentContainer = 'deployments'

module account 'br/public:avm/res/storage/storage-account:0.32.0' = {
  name: 'account'
  params: {
    name: 'stht${token}'
    location: location
    tags: tags
    kind: 'StorageV2'
    skuName: sku
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowCrossTenantReplication: false
    supportsHttpsTrafficOnly: true
    minimumTlsVersion: 'TLS1_2'
    // Reachable over the internet and closed to everyone without a role: Flex Consumption is not in a network here.
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: 'Allow'
    }
    blobServices: {
      containerDeleteRetentionPolicyEnabled: true
      containerDeleteRetentionPolicyDays: 7
      deleteRetentionPolicyEnabled: true
      deleteRetentionPolicyDays: 7
      containers: [
        {
          name: deploymentContainer
          publicAccess: 'None'
        }
      ]
    }
    roleAssignments: [
      {
        principalId: principalId
        principalType: 'ServicePrincipal'
        roleDefinitionIdOrName: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
      }
      {
        principalId: principalId
        principalType: 'ServicePrincipal'
        roleDefinitionIdOrName: '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
      }
      {
        principalId: principalId
        principalType: 'ServicePrincipal'
        roleDefinitionIdOrName: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
      }
    ]
    enableTelemetry: false
  }
}

@description('Name of the account.')
output name string = account.outputs.name

@description('Address of the container that holds the deployed package.')
output deploymentContainerUri string = '${account.outputs.primaryBlobEndpoint}${deploymentContainer}'
