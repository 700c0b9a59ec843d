using HumanTasks.Core.Tasks;

namespace HumanTasks.Web.Api;

/// <summary>The failure to email an assignee.</summary>
/// <param name="State"><c>failed</c>.</param>
/// <param name="Since">When the first email to the assignee failed.</param>
/// <param name="Error">Why the most recent one failed.</param>
public sealed record MailAnswer(string State, DateTimeOffset Since, string Error)
{
    public static MailAnswer? Of(HumanTask task) =>
        task.UnsentMail is { } failure ? new MailAnswer("failed", failure.Since, failure.Error) : null;
}
