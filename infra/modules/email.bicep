metadata description = 'Communication Services with an e-mail domain, and a role for sending.'

@description('Unique part of the names.')
param token string

@description('Tags of the resources.')
param tags object

@description('Where the service keeps its data.')
param dataLocation string

@description('Domain of your own. Empty: a domain that Azure manages.')
@maxLength(253)
param domain string

@description('Whether the DNS records of the domain of your own are verified.')
param domainVerified bool

@description('Full sender address. Empty: DoNotReply at the domain.')
param sender string

@description('Role that lets the app send.')
@allowed([
  'custom'
  'builtIn'
])
param senderRole string

@description('Principal id of the identity that sends.')
param principalId string

var azureManaged = empty(domain)
var communicationAndEmailServiceOwner = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '09976791-48a7-449e-bb21-39d1a415f350'
)

// Sending is authorized by these control-plane actions. Unlike the built-in role: no keys, no deleting.
resource emailSender 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (senderRole == 'custom') {
  name: guid(resourceGroup().id, 'HumanTasks e-mail sender')
  properties: {
    roleName: 'HumanTasks e-mail sender ${token}'
    description: 'Sends mail through Communication Services. Cannot read its keys.'
    type: 'CustomRole'
    permissions: [
      {
        actions: [
          'Microsoft.Communication/CommunicationServices/Read'
          'Microsoft.Communication/CommunicationServices/Write'
          'Microsoft.Communication/EmailServices/read'
          'Microsoft.Communication/EmailServices/write'
        ]
      }
    ]
    assignableScopes: [
      resourceGroup().id
    ]
  }
}

module emailService 'br/public:avm/res/communication/email-service:0.4.5' = {
  name: 'email-service'
  params: {
    name: 'email-humantasks-${token}'
    location: 'global'
    tags: tags
    dataLocation: dataLocation
    domains: [
      {
        name: azureManaged ? 'AzureManagedDomain' : domain
        domainManagement: azureManaged ? 'AzureManaged' : 'CustomerManaged'
        userEngagementTracking: 'Disabled'
      }
    ]
    enableTelemetry: false
  }
}

module communicationService 'br/public:avm/res/communication/communication-service:0.5.0' = {
  name: 'communication-service'
  params: {
    name: 'acs-humantasks-${token}'
    location: 'global'
    tags: tags
    dataLocation: dataLocation
    linkedDomains: azureManaged || domainVerified ? emailService.outputs.domainResourceIds : []
    roleAssignments: [
      {
        principalId: principalId
        principalType: 'ServicePrincipal'
        roleDefinitionIdOrName: senderRole == 'custom' ? emailSender.id : communicationAndEmailServiceOwner
      }
    ]
    enableTelemetry: false
  }
}

@description('Where mail is handed in.')
output endpoint string = 'https://${communicationService.outputs.endpoint}'

@description('Address from which mail is sent.')
output sender string = !empty(sender)
  ? sender
  : 'DoNotReply@${azureManaged ? emailService.outputs.domainFromSenderDomains[0] : domain}'
