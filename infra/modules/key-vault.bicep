metadata description = 'Key Vault for the link keys: roles only, purge protection, reads are audited.'

@description('Unique part of the name.')
param token string

@description('Region.')
param location string

@description('Tags of the vault.')
param tags object

@description('Principal id of the identity that reads the link keys.')
param principalId string

@description('Resource id of the workspace that keeps the audit log.')
param workspaceResourceId string

module vault 'br/public:avm/res/key-vault/vault:0.13.3' = {
  name: 'vault'
  params: {
    name: 'kv-ht-${token}'
    location: location
    tags: tags
    sku: 'standard'
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    enableVaultForDeployment: false
    enableVaultForTemplateDeployment: false
    enableVaultForDiskEncryption: false
    publicNetworkAccess: 'Enabled'
    roleAssignments: [
      {
        principalId: principalId
        principalType: 'ServicePrincipal'
        roleDefinitionIdOrName: '4633458b-17de-408a-b874-0445c86b69e6' // Key Vault Secrets User
      }
    ]
    diagnosticSettings: [
      {
        name: 'audit'
        workspaceResourceId: workspaceResourceId
        logCategoriesAndGroups: [
          {
            categoryGroup: 'audit'
          }
        ]
        metricCategories: []
      }
    ]
    enableTelemetry: false
  }
}

@description('Name of the vault.')
output name string = vault.outputs.name

@description('Resource id of the vault.')
output resourceId string = vault.outputs.resourceId
