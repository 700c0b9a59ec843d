@export()
@description('A tenant boundary with its plan. Becomes HumanTasks__Environments__<n>__*.')
type environmentType = {
  @description('Id that API keys and addresses use.')
  @minLength(1)
  @maxLength(64)
  id: string

  @description('Name that members see.')
  @minLength(1)
  @maxLength(100)
  displayName: string

  @description('Plan. On Free and Shared every run counts against the monthly allowance.')
  tier: 'Free' | 'Shared' | 'Dedicated'

  @description('Runs that may start in a calendar month.')
  @minValue(0)
  monthlyRunAllowance: int

  @description('Hours for which a run stays available. No link may outlive it.')
  @minValue(1)
  runRetentionHours: int

  @description('Whether rule sets of this environment may ask people.')
  humanTasks: bool
}

@export()
@description('What is known of an API key: never the key itself. Becomes HumanTasks__ApiKeys__<n>__*.')
type apiKeyType = {
  @description('Id of the environment that the key belongs to.')
  @minLength(1)
  @maxLength(64)
  environment: string

  @description('SHA-256 of the whole key (with its ht_ prefix), 64 hex digits.')
  @minLength(64)
  @maxLength(64)
  hash: string

  @description('What the key may do.')
  @minLength(1)
  scopes: ('runs' | 'tasks' | 'rule-sets' | 'admin')[]
}
