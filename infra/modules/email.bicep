metadata description = 'Communication Services with an e-mail domain, and a role for sending.'

@description('Unique part of the names.')
param token string

@description('Tags of the resources.')
param tags object

@description('Where the service keeps its data.')
param dataLocation string

@description('Your own domain. Empty: a domain that Azure manages.')
@maxLength(253)
param domain string

@description('Whether the DNS records of your own domain are verified.')
param domainVerified bool

@description('Full sender address. Empty: DoNotReply at the domain.')
param sender string

@description('Role that lets the app send email.')
@allowed([
  'custom'
  'builtIn'
])
param senderRole string

@description('Principal ID of the identity that sends email.')
param principalId string

var azureManaged = empty(domain)
var communicationAndEmailServiceOwner = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '09976791-48a7-449e-bb21-39d1a415f350'
)

// equals emailSender.id, but is known before the deployment, as the name of the assignment must be
var senderRoleId = senderRole == 'custom'
  ? resourceId('Microsoft.Authorization/roleDefinitions', guid(resourceGroup().id, 'HumanTasks e-mail sender'))
  : communicationAndEmailServiceOwner

// These control-plane actions authorize sending. Unlike the built-in role, they allow neither reading keys nor deleting.
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

resource emailService 'Microsoft.Communication/emailServices@2023-04-01' = {
  name: 'email-humantasks-${token}'
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
  }
}

resource emailServiceDomain 'Microsoft.Communication/emailServices/domains@2023-04-01' = {
  parent: emailService
  name: azureManaged ? 'AzureManagedDomain' : domain
  location: 'global'
  tags: tags
  properties: {
    domainManagement: azureManaged ? 'AzureManaged' : 'CustomerManaged'
    userEngagementTracking: 'Disabled'
  }
}

resource communicationService 'Microsoft.Communication/communicationServices@2023-04-01' = {
  name: 'acs-humantasks-${token}'
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    linkedDomains: azureManaged || domainVerified ? [emailServiceDomain.id] : []
  }
}

resource maySendMail 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(communicationService.id, principalId, senderRoleId)
  scope: communicationService
  dependsOn: [
    emailSender
  ]
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: senderRoleId
  }
}

@description('Endpoint of Communication Services.')
output endpoint string = 'https://${communicationService.properties.hostName}'

@description('Sender address of email.')
output sender string = !empty(sender)
  ? sender
  : 'DoNotReply@${azureManaged ? emailServiceDomain.properties.fromSenderDomain : domain}'
