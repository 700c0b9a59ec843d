using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>Sends email, once as far as the email system honors the idempotency key.</summary>
public sealed class EmailAction(MailDelivery mail)
{
    private const int MaxRecipients = 50;
    private const int MaxSubject = 500;

    internal ActionOutcome Handle(TurnDraft draft, RuleAction.Email action)
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
            return new ActionOutcome.Failed($"An email needs 1 to {MaxRecipients} recipients. This one has {to.Count + cc.Count}.", false);
        }

        // names the member, never the value, which may be a misplaced link or secret
        if ((to.TrueForAll(EmailAddresses.Are) ? cc.TrueForAll(EmailAddresses.Are) ? null : "cc" : "to") is { } wrong)
        {
            return new ActionOutcome.Failed($"'{wrong}' contains an invalid email address.", MayPass: false);
        }

        var key = draft.IdempotencyKey("email");
        var recipients = string.Join(", ", to.Concat(cc));
        var effect = new Effect(key, EffectLane.Email(draft.Root), stop => SendAsync(draft.Run, email, key, stop))
        {
            Note = (late, _, _) => late.Log(RunEvent.EmailSent, recipients, action.Name),
        };
        if (draft.ResultOf(effect) is not { } result)
        {
            return ActionOutcome.Waits;
        }

        if (result.Failure is { } failed)
        {
            return failed;
        }

        draft.EffectDone();
        draft.Log(RunEvent.EmailSent, recipients);
        draft.GoOn();
        return ActionOutcome.Done;
    }

    private async Task<EffectResult> SendAsync(Run run, Email email, string key, CancellationToken cancellationToken)
    {
        using var span = Telemetry.Effect("email", run);
        try
        {
            await mail.SendAsync(email, key, cancellationToken);
            return EffectResult.Of(span, "email", run, null);
        }
        catch (EffectFailedException refused)
        {
            return EffectResult.Of(span, "email", run, Failed(refused));
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            Telemetry.EffectFaulted(span, "email", run, unexpected);
            throw;
        }
    }

    /// <summary>Returns the outcome for an email that was not sent.</summary>
    internal static ActionOutcome.Failed Failed(EffectFailedException refused) =>
        new($"The email couldn't be sent: {refused.Message}", refused.MayPass, refused.After)
        {
            Error = refused.WrongAddress ? "email.address" : "email.delivery",
        };

    private static List<string> Addresses(IReadOnlyList<Template> templates, Scope scope) =>
    [
        .. templates
            .Select(template => template.Render(scope))
            .SelectMany(value => value is JsonArray list ? list.Select(JsonValues.Format) : [JsonValues.Format(value)])
            .SelectMany(text => text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];
}
