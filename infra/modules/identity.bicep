metadata description = 'The identity of the app: every role goes to it.'

@description('Unique part of the name.')
param token string

@description('Region.')
param location string

@description('Tags of the identity.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-humantasks-${token}'
  location: location
  tags: tags
}

@description('Resource id of the identity.')
output resourceId string = identity.id

@description('Principal id that roles are assigned to.')
output principalId string = identity.properties.principalId

@description('Client id that the app signs in with.')
output clientId string = identity.properties.clientId
