metadata description = 'Log Analytics workspace and Application Insights, Entra ID only.'

@description('Unique part of the names.')
param token string

@description('Region.')
param location string

@description('Tags of the resources.')
param tags object

@description('Principal id of the identity that sends telemetry.')
param principalId string

@description('Days for which logs are kept.')
@minValue(30)
@maxValue(730)
param retentionDays int

module workspace 'br/public:avm/res/operational-insights/workspace:0.15.0' = {
  name: 'workspace'
  params: {
    name: 'log-humantasks-${token}'
    location: location
    tags: tags
    skuName: 'PerGB2018'
    dataRetention: retentionDays
    features: {
      disableLocalAuth: true
    }
    enableTelemetry: false
  }
}

module insights 'br/public:avm/res/insights/component:0.7.1' = {
  name: 'insights'
  params: {
    name: 'appi-humantasks-${token}'
    location: location
    tags: tags
    kind: 'web'
    applicationType: 'web'
    workspaceResourceId: workspace.outputs.resourceId
    disableIpMasking: false
    disableLocalAuth: true
    roleAssignments: [
      {
        principalId: principalId
        principalType: 'ServicePrincipal'
        roleDefinitionIdOrName: '3913510d-42f4-4e42-8a64-420c390055eb' // Monitoring Metrics Publisher
      }
    ]
    enableTelemetry: false
  }
}

@description('Resource id of the workspace.')
output workspaceResourceId string = workspace.outputs.resourceId

@description('Where telemetry goes. Not a credential: local authentication is off.')
output connectionString string = insights.outputs.connectionString
