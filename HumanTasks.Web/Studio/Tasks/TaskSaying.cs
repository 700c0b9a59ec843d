using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>What the page of a task says after a change.</summary>
/// <param name="Name">The change, as the address names it.</param>
/// <param name="Text">The text.</param>
public sealed record TaskSaying(string Name, string Text)
{
    public const string Answered = "answered";
    public const string Commented = "commented";

    /// <summary>A response to the task before was sent, and this one is the next.</summary>
    public const string Next = "next";

    private const string Reassigned = "reassigned";
    private const string Reminded = "reminded";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        [Answered] = "SaidAnswered",
        [Next] = "SaidNext",
        [Reassigned] = "SaidReassigned",
        [Reminded] = "SaidReminded",
        ["reissued"] = "SaidReissued",
        ["cancelled"] = "SaidCancelled",
        ["claimed"] = "SaidClaimed",
        ["released"] = "SaidReleased",
        [Commented] = "SaidCommented",
    };

    /// <summary>When it happened, where that matters.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Returns what is said of a change; null for no change that is known.</summary>
    /// <param name="name">The change; null for none.</param>
    /// <param name="task">The task after it.</param>
    /// <param name="mail">Tells who can be emailed.</param>
    public static TaskSaying? Of(string? name, HumanTask task, IEmailSender mail) =>
        name is null || !Texts.TryGetValue(name, out var text) ? null : name switch
        {
            Reassigned when Last(task, TaskEventKind.Reassigned)?.Detail is { } assignee && !mail.Reaches(assignee) => new TaskSaying(
                name, mail.Delivers ? StudioTexts.Get("SaidReassignedUnmailed", assignee) : StudioTexts.Get("SaidReassignedNoMail")),
            Reminded when !mail.Delivers => new TaskSaying(name, StudioTexts.Get("SaidRemindedNoMail")),
            Reminded => new TaskSaying(name, StudioTexts.Get(text)) { At = Last(task, TaskEventKind.Reminded)?.At },
            _ => new TaskSaying(name, StudioTexts.Get(text)),
        };

    private static TaskEvent? Last(HumanTask task, TaskEventKind kind) => task.History.Timeline.LastOrDefault(happened => happened.Kind == kind);
}
