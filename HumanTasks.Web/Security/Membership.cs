using HumanTasks.Core.Environments;

namespace HumanTasks.Web.Security;

/// <summary>A member's place in an environment.</summary>
public sealed record Membership(RunEnvironment Environment, Member Member);
