namespace HumanTasks.Web.Api;

public sealed record MyEnvironment(string Id, string Name, string Role, bool HumanTasks);
