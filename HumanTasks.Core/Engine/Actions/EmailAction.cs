using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>Sends mail, once as far as the mail system honours the idempotency key.</summary>
public sealed class EmailAction(IEmailSender sender)
{
    private const int MaxRecipients = 50;
    private const int MaxSubject = 500;

    internal async Task<ActionOutcome> HandleAsync(
        TurnDraft draft, RuleAction.Email action, CancellationToken cancellationToken)
    {
        var scope = draft.Scope();
        var to = Addresses(action.To, scope);
        var cc = Addresses(action.Cc, scope);
        var subject = ActionOutcome.Cut(
            string.Join(' ', action.Subject.RenderText(scope).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)), MaxSubject);
        var email = new Email(
            to, cc, subject, Text: null, action.Body.RenderMarkdown(scope, forPeople: true), draft.Run.CorrelationId)
        {
            RuleSet = draft.Run.RuleSet,
            Environment = draft.Run.Environment,
        };
        if (ActionOutcome.UnknownPaths(scope) is { } failure)
        {
            return failure;
        }

        if (to.Count == 0 || to.Count + cc.Count > MaxRecipients)
        {
            return new ActionOutcome.Failed($"A mail needs 1 to {MaxRecipients} recipients; this one has {to.Count + cc.Count}.", false);
        }

        // the member and never the value: it may be a link or another secret in the wrong place
        if ((to.TrueForAll(EmailAddresses.Are) ? cc.TrueForAll(EmailAddresses.Are) ? null : "cc" : "to") is { } wrong)
        {
            return new ActionOutcome.Failed($"'{wrong}' has something in it that is not an e-mail address.", MayPass: false);
        }

        try
        {
            await sender.SendAsync(email, draft.IdempotencyKey("email"), cancellationToken);
        }
        catch (EffectFailedException refused)
        {
            return new ActionOutcome.Failed($"The mail was not sent: {refused.Message}", refused.MayPass);
        }

        draft.EffectDone();
        draft.Log(RunEvent.EmailSent, string.Join(", ", to.Concat(cc)));
        draft.GoOn();
        return ActionOutcome.Done;
    }

    private static List<string> Addresses(IReadOnlyList<Template> templates, Scope scope) =>
    [
        .. templates
            .Select(template => template.Render(scope))
            .SelectMany(value => value is JsonArray list ? list.Select(JsonValues.Format) : [JsonValues.Format(value)])
            .SelectMany(text => text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];
}
