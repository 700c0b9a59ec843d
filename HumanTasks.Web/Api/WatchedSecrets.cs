using HumanTasks.Core.Engine;
using HumanTasks.Core.Masking;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Api;

/// <summary>
/// Hides secrets of runs and tasks from callers. An API key sees everything, because keys supply the values. A member
/// sees no secret, except what a task shows to its assignees.
/// </summary>
internal sealed class WatchedSecrets(IRunStore store, RunEngine engine)
{
    public async ValueTask<SecretMask> OfAsync(HttpContext context, Run run) => context.User.IsMember()
        ? SecretMask.Of(run, await engine.FindRuleSetAsync(run, null, context.RequestAborted))
        : SecretMask.None;

    /// <summary>Returns the mask for a task and its history.</summary>
    public async ValueTask<SecretMask> OfAsync(HttpContext context, HumanTask task) =>
        TakesPart(context, task) ? SecretMask.None
        : await store.FindRunAsync(task.RunId, context.RequestAborted) is { } run ? await OfAsync(context, run)
        : SecretMask.Of(task);

    /// <summary>Returns whether a caller who asks for an assignee's tasks may learn that this task is theirs.</summary>
    public static bool Names(HttpContext context, HumanTask task, string? assignee) =>
        assignee is null || InList(context, task).Asked.Names == task.Asked.Names;

    /// <summary>Returns the task as lists show it, without reading its run.</summary>
    public static HumanTask InList(HttpContext context, HumanTask task) =>
        TakesPart(context, task) ? task : SecretMask.Of(task).Task(task);

    /// <summary>Returns the mask for a run whose rule set is built in.</summary>
    public static SecretMask InList(HttpContext context, Run run) => context.User.IsMember() ? SecretMask.Of(run, null) : SecretMask.None;

    private static bool TakesPart(HttpContext context, HumanTask task) =>
        !context.User.IsMember()
        || task.IsAssignedTo(context.User.MemberAddress()!)
        || (context.User.May(Scopes.Respond) && TaskView.Answerable(task, context.User.MemberAddress()) is not null);
}
