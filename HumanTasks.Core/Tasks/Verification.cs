namespace HumanTasks.Core.Tasks;

/// <summary>How the person who responded was verified.</summary>
public enum Verification
{
    /// <summary>Not verified: anyone with the link.</summary>
    Link,

    /// <summary>By a one-time code sent to the assignee's address.</summary>
    Code,

    /// <summary>By a Studio session.</summary>
    Session,

    /// <summary>By an API key of the environment. The person it names is not verified.</summary>
    ApiKey,
}
