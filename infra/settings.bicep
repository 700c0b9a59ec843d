// Converts parameters to app settings: only names and shapes. Configuration ignores letter case, but members are written
// in Pascal case as in the docs.

func pascal(name string) string => '${toUpper(take(name, 1))}${skip(name, 1)}'

@export()
@description('Returns the app setting that the platform replaces with a Key Vault secret.')
func secretOf(vault string, secretName string) string => '@Microsoft.KeyVault(VaultName=${vault};SecretName=${secretName})'

@export()
@description('Members with a single value each: { maxBodyBytes: 1024 } becomes { <prefix>MaxBodyBytes: 1024 }. Null members are left out.')
func flat(prefix string, values object, except string[]) object =>
  toObject(
    filter(items(values), member => member.value != null && !contains(except, member.key)),
    member => '${prefix}${pascal(member.key)}',
    member => string(member.value)
  )

@export()
@description('A list of single values: <prefix>0, <prefix>1, …')
func listed(prefix string, values array) object =>
  toObject(range(0, length(values)), i => '${prefix}${i}', i => string(values[i]))

@export()
@description('Members that are lists: { knownProxies: ["10.0.0.1"] } becomes { <prefix>KnownProxies__0: "10.0.0.1" }.')
func lists(prefix string, values object) object =>
  shallowMerge(map(items(values), member => listed('${prefix}${pascal(member.key)}__', member.value ?? [])))

@export()
@description('A list of names of secrets: <prefix>0, <prefix>1, …, each a reference.')
func listedSecrets(prefix string, vault string, secretNames array) object =>
  toObject(range(0, length(secretNames)), i => '${prefix}${i}', i => secretOf(vault, secretNames[i]))

@export()
@description('Settings whose values are secrets: { name: secretName } becomes { <prefix>name: reference }.')
func namedSecrets(prefix string, vault string, secretNames object) object =>
  toObject(items(secretNames), named => '${prefix}${named.key}', named => secretOf(vault, named.value))
