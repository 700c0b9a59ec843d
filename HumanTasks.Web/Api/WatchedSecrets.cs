using HumanTasks.Core.Engine;
using HumanTasks.Core.Masking;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Api;

/// <summary>
/// What the caller of a request does not see of runs and tasks. An API key sees everything, for it put the values there. A
/// member sees no secret, but for what a task shows to those who answer it.
/// </summary>
internal sealed class WatchedSecrets(IRunStore store, RunEngine engine)
{
    public async ValueTask<SecretMask> OfAsync(HttpContext context, Run run) => context.User.IsMember()
        ? SecretMask.Of(run, await engine.FindRuleSetAsync(run, null, context.RequestAborted))
        : SecretMask.None;

    /// <summary>What is hidden of a task and of what was said about it.</summary>
    public async ValueTask<SecretMask> OfAsync(HttpContext context, HumanTask task) =>
        TakesPart(context, task) ? SecretMask.None
        : await store.FindRunAsync(task.RunId, context.RequestAborted) is { } run ? await OfAsync(context, run)
        : SecretMask.Of(task);

    /// <summary>Whether a caller who asks for an assignee's tasks may learn that this one is theirs.</summary>
    public static bool Names(HttpContext context, HumanTask task, string? assignee) =>
        assignee is null || InList(context, task).Assignee == task.Assignee;

    /// <summary>A task as it stands in a list, without looking at its run.</summary>
    public static HumanTask InList(HttpContext context, HumanTask task) =>
        TakesPart(context, task) ? task : SecretMask.Of(task).Task(task);

    /// <summary>The same for a run whose rule set is one of our own.</summary>
    public static SecretMask InList(HttpContext context, Run run) => context.User.IsMember() ? SecretMask.Of(run, null) : SecretMask.None;

    private static bool TakesPart(HttpContext context, HumanTask task) =>
        !context.User.IsMember()
        || task.IsAssignedTo(context.User.MemberAddress()!)
        || (context.User.May(Scopes.Respond) && TaskCalls.Answerable(context, task) is not null);
}
