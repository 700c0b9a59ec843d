using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Notices;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>
/// Sends notices about tasks, by email and as cards in channels. The invoker follows no redirects and refuses private
/// addresses.
/// </summary>
public sealed class NoticeSender(
    MailDelivery mail,
    HttpMessageInvoker invoker,
    NoticeWriter writer,
    IRunStore store,
    EnvironmentCatalog environments,
    MailAllowance allowance,
    NoticeLists lists,
    EffectWatch watch,
    TimeProvider time)
{
    /// <summary>The activity text for a notice that waits for the next list.</summary>
    public const string InList = "with the next list";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Returns whether a notice was sent or failed, or waits for being sent.</summary>
    internal ActionOutcome Notify(TurnDraft draft, TaskView view, Notice notice)
    {
        var environment = environments.Get(draft.Run.Environment);
        var channel = notice.Channel is { } name ? environment.Channels.FirstOrDefault(channel => channel.Name == name) : null;
        if (notice.Channel is not null && channel is null)
        {
            return new ActionOutcome.Failed($"The channel '{notice.Channel}' no longer exists (HumanTasks:Environments:N:Channels).", MayPass: false);
        }

        var address = notice.To ?? view.Assignee;
        if (channel is null && (address is null || !EmailAddresses.Are(address)))
        {
            return new ActionOutcome.Failed(TaskNotices.NoAddress, MayPass: false) { Error = "email.address" };
        }

        var lane = channel is null
            ? EffectLane.Email(draft.Root)
            : new EffectLane(EffectKind.Channel, channel.Address.Authority, draft.Root);
        var happened = channel is null ? TaskEventKind.Mailed : TaskEventKind.Posted;
        var effect = new Effect(notice.KeyOf(view.Id), lane, stop => PerformAsync(draft, view, notice, channel, environment, stop))
        {
            TaskId = view.Id,
            Note = (late, now, performed) =>
                Note(late, now, notice, happened, TaskNotices.Whom(notice.Channel ?? address, new ActionOutcome.Finished(performed.Note))),
        };
        return draft.ResultOf(effect) is not { } result ? ActionOutcome.Waits
            : result.Failure ?? (ActionOutcome)new ActionOutcome.Finished(result.Note);
    }

    /// <summary>Records a sent notice in a turn that has no more notices to send.</summary>
    private static void Note(TurnDraft draft, HumanTask? task, Notice notice, TaskEventKind kind, string? whom)
    {
        if (task is not null)
        {
            TaskNotices.Put(draft, task, notice, kind, whom, error: null);
        }

        draft.Log(kind == TaskEventKind.Mailed ? RunEvent.EmailSent : RunEvent.ChannelPosted, whom);
    }

    private async Task<EffectResult> PerformAsync(
        TurnDraft draft,
        TaskView view,
        Notice notice,
        NoticeChannel? channel,
        RunEnvironment environment,
        CancellationToken cancellationToken)
    {
        if (channel is not null)
        {
            using var posting = Telemetry.Effect("channel", draft.Run);
            Telemetry.Calls(channel.Address.Host, "POST");
            var card = NoticeWriter.Card(view.Task, notice, environment, draft.LinkOf);
            var trace = Telemetry.Outgoing(posting, draft.Trace, draft.Run.CorrelationId);
            var refused = await PostAsync(channel, card, notice.KeyOf(view.Id), trace, cancellationToken);
            watch.Note(EffectKind.Channel, channel.Address.Authority, fails: refused is { MayPass: true });
            return EffectResult.Of(posting, "channel", draft.Run, refused);
        }

        // a person who requests a new link waits for it, and has a separate limit
        var address = notice.To ?? view.Assignee!;
        var isCounted = notice.Kind != NoticeKind.FreshLink;
        if (isCounted && allowance.Take(address) is not null)
        {
            await lists.AddAsync(view.Task, notice, address, cancellationToken);
            return new EffectResult(null, InList);
        }

        using var span = Telemetry.Effect("email", draft.Run);
        try
        {
            await mail.SendAsync(writer.Write(view, notice, environment, draft.LinkOf(view)), notice.KeyOf(view.Id), cancellationToken);
            return EffectResult.Of(span, "email", draft.Run, null);
        }
        catch (EffectFailedException refused)
        {
            if (isCounted)
            {
                allowance.GiveBack(address);
            }

            return EffectResult.Of(span, "email", draft.Run, EmailAction.Failed(refused));
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            Telemetry.EffectFaulted(span, "email", draft.Run, unexpected);
            throw;
        }
    }

    /// <summary>Sends the notices about a closed task one by one, in a run of its own that nothing waits for.</summary>
    internal async Task<ActionOutcome> TellAsync(
        TurnDraft draft, Func<TaskView, Notice, ActionOutcome> notify, CancellationToken cancellationToken)
    {
        var task = JsonValues.TryText(draft.Context["task"], out var id) ? await store.FindTaskAsync(id, cancellationToken) : null;
        var notices = task is null ? [] : NoticesOf(draft.Context).ToArray();
        var told = JsonValues.TryNumber(draft.Context["told"], out var number) ? (int)number : 0;
        if (task is null || told >= notices.Length)
        {
            draft.GoOn();
            return ActionOutcome.Done;
        }

        var outcome = notify(TaskView.Of(task), notices[told]);
        if (outcome is ActionOutcome.Waiting)
        {
            return outcome;
        }

        draft.EffectDone();
        var failure = outcome as ActionOutcome.Failed;
        if (failure is { MayPass: true } && draft.RetryAt(RetryPolicy.OfNotices, failure) is { } again)
        {
            draft.Become(new RunState.Running(draft.Retry(failure, again)));
            return ActionOutcome.Waits;
        }

        draft.Context["told"] = told + 1;
        draft.Become(new RunState.Running());
        draft.Log(failure is null ? RunEvent.EmailSent : RunEvent.EmailFailed, failure?.Message ?? TaskNotices.Whom(notices[told].To ?? notices[told].Channel, outcome));
        return ActionOutcome.Waits;
    }

    private static IEnumerable<Notice> NoticesOf(JsonObject context)
    {
        foreach (var entry in context["notices"]?.AsArray().OfType<JsonObject>() ?? [])
        {
            if (JsonValues.TryText(entry["kind"], out var kind) && Enum.TryParse<NoticeKind>(kind, out var known))
            {
                yield return new Notice(known, 0, default)
                {
                    To = JsonValues.TryText(entry["to"], out var to) ? to : null,
                    Channel = JsonValues.TryText(entry["channel"], out var channel) ? channel : null,
                };
            }
        }
    }

    private async Task<ActionOutcome.Failed?> PostAsync(
        NoticeChannel channel, NoticeCard card, string key, RunTrace trace, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, channel.Address)
        {
            Content = new StringContent(card.For(channel.Kind).ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("Idempotency-Key", key);
        trace.WriteTo(request);
        try
        {
            using var response = await invoker.SendAsync(request, either.Token);
            Telemetry.Answered((int)response.StatusCode);
            return response.IsSuccessStatusCode ? null : ActionOutcome.Failed.Of(
                string.Create(CultureInfo.InvariantCulture, $"The channel '{channel.Name}' returned {(int)response.StatusCode}."),
                response,
                time.GetUtcNow());
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new ActionOutcome.Failed($"The channel '{channel.Name}' timed out.", MayPass: true) { Error = "http.timeout" };
        }
        catch (HttpRequestException refused) when (refused.InnerException is EffectFailedException { MayPass: false } inner)
        {
            return new ActionOutcome.Failed($"The channel '{channel.Name}': {inner.Message}", MayPass: false);
        }
        catch (HttpRequestException)
        {
            return new ActionOutcome.Failed($"Couldn't reach the channel '{channel.Name}'.", MayPass: true) { Error = "http.network" };
        }
    }
}
