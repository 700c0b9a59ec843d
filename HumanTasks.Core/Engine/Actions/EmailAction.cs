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
            return new ActionOutcome.Failed($"An email needs 1 to {MaxRecipients} recipients. This one has {to.Count + cc.Count}.", false);
        }

        // names the member, never the value, which may be a misplaced link or secret
        if ((to.TrueForAll(EmailAddresses.Are) ? cc.TrueForAll(EmailAddresses.Are) ? null : "cc" : "to") is { } wrong)
        {
            return new ActionOutcome.Failed($"'{wrong}' contains an invalid email address.", MayPass: false);
        }

        var key = draft.IdempotencyKey("email");
        var recipients = string.Join(", ", to.Concat(cc));
        if (draft.Known<EffectResult>(key) is not { } result)
        {
            if (!draft.Enter(EffectLane.Email(draft.Root)))
            {
                return ActionOutcome.Waits;
            }

            result = await SendAsync(draft, email, key, cancellationToken);
            draft.Perform(
                result, key, null, result.Failure is null ? (late, _) => late.Log(RunEvent.EmailSent, recipients, action.Name) : null);
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

    private async Task<EffectResult> SendAsync(TurnDraft draft, Email email, string key, CancellationToken cancellationToken)
    {
        using var span = Telemetry.Effect("email", draft.Run);
        try
        {
            await mail.SendAsync(email, key, cancellationToken);
            return EffectResult.Of(span, "email", draft.Run, null);
        }
        catch (EffectFailedException refused)
        {
            return EffectResult.Of(span, "email", draft.Run, Failed(refused));
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            Telemetry.EffectFaulted(span, "email", draft.Run, unexpected);
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
