using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>
/// The mails to assignees. A title comes from a rule set and its context: in the Markdown it is text and never markup.
/// </summary>
internal static class NoticeTexts
{
    private const int MaxSubject = 200;

    public static Email Write(HumanTask task, NoticeKind kind, RunEnvironment environment, string link)
    {
        var title = string.Join(' ', task.Title.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        var (subject, why) = kind switch
        {
            NoticeKind.Reassigned => ($"For you: {title}", "This was handed to you. Links that others got before no longer work."),
            NoticeKind.Reminder => ($"Reminder: {title}", "This still waits for your answer."),
            NoticeKind.FreshLink => ($"Your new link: {title}", "Here is the new link that was asked for. Earlier links no longer work."),
            NoticeKind.FollowUp => ($"One more question: {title}", "Thank you for your answer. There is one more question; what you answered before is on the page."),
            _ => (title, "Your answer is needed."),
        };
        var until = ForPeople.Moment(task.ExpiresAt);
        var due = task.DueAt is { } at ? $"Please answer by {ForPeople.Moment(at)}. " : "";
        string[] lines =
        [
            $"{due}It can be answered until {until}. The page asks for a code that is mailed to this address, so that nobody else can answer for you.",
            $"If you did not expect this from {environment.DisplayName}, do not open the link and tell them.",
        ];
        return new Email(
            [task.Assignee!],
            [],
            ActionOutcome.Cut(subject, MaxSubject),
            string.Join("\n\n", [$"{environment.DisplayName} asks: {title}", why, link, .. lines]),
            string.Join("\n\n",
            [
                $"**{Template.Plain(environment.DisplayName)} asks:** {Template.Plain(title)}",
                why,
                $"[Open and answer]({link})",
                $"Or copy this address: <{link}>",
                Template.Plain(lines[0]),
                Template.Plain(lines[1]),
            ]),
            task.CorrelationId)
        {
            FromName = environment.DisplayName,
            RuleSet = task.RuleSet,
        };
    }
}
