metadata description = 'Durable Task Scheduler and its task hub. No verified module exists for it yet.'

@description('Unique part of the name.')
param token string

@description('Region. It must offer the scheduler.')
param location string

@description('Tags of the scheduler.')
param tags object

@description('Plan of the scheduler.')
@allowed([
  'Consumption'
  'Dedicated'
])
param sku string

@description('Principal id of the identity that runs orchestrations.')
param principalId string

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: 'dts-humantasks-${token}'
  location: location
  tags: tags
  properties: {
    sku: sku == 'Dedicated' ? { name: 'Dedicated', capacity: 1 } : { name: 'Consumption' }
    ipAllowlist: [
      '0.0.0.0/0' // an empty list closes it to everyone; whoever reaches it still needs a role, there are no keys
    ]
  }
}

resource taskHub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: 'HumanTasks' // hubName in host.dts.json
}

var durableTaskDataContributor = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '0ad04412-c4d5-4796-b79c-f76d14c8d402'
)

resource mayRunOrchestrations 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(taskHub.id, principalId, durableTaskDataContributor)
  scope: taskHub
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: durableTaskDataContributor
  }
}

@description('Address of the scheduler.')
output endpoint string = scheduler.properties.endpoint
