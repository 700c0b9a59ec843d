using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Notices;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>Tells people of tasks: by mail, and by cards in channels. The invoker does not follow redirects and refuses private addresses.</summary>
public sealed class NoticeSender(
    IEmailSender sender, HttpMessageInvoker invoker, NoticeWriter writer, IRunStore store, EnvironmentCatalog environments, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const int TooManyRequests = 429;
    private const int ServerError = 500;

    /// <summary>Sends one notice; answers why not, or null.</summary>
    internal async Task<ActionOutcome.Failed?> NotifyAsync(
        TurnDraft draft, HumanTask task, Notice notice, CancellationToken cancellationToken)
    {
        var environment = environments.Get(draft.Run.Environment);
        if (notice.Channel is { } name)
        {
            return environment.Channels.FirstOrDefault(channel => channel.Name == name) is { } channel
                ? await PostAsync(channel, NoticeWriter.Card(task, notice, environment, draft.LinkOf), notice.KeyOf(task.Id), cancellationToken)
                : new ActionOutcome.Failed($"There is no channel '{name}' any more.", MayPass: false);
        }

        if ((notice.To ?? task.Assignee) is not { } address || !EmailAddresses.Are(address))
        {
            return new ActionOutcome.Failed(TaskNotices.NoAddress, MayPass: false);
        }

        try
        {
            await sender.SendAsync(writer.Write(task, notice, environment, draft.LinkOf(task)), notice.KeyOf(task.Id), cancellationToken);
            return null;
        }
        catch (EffectFailedException refused)
        {
            return new ActionOutcome.Failed($"The mail was not sent: {refused.Message}", refused.MayPass);
        }
    }

    /// <summary>Tells of a task that is over, one after the other: a run of its own, which nothing else waits for.</summary>
    internal async Task<ActionOutcome> TellAsync(TurnDraft draft, CancellationToken cancellationToken)
    {
        var task = JsonValues.TryText(draft.Context["task"], out var id) ? await store.FindTaskAsync(id, cancellationToken) : null;
        var notices = task is null ? [] : NoticesOf(draft.Context).ToArray();
        var told = JsonValues.TryNumber(draft.Context["told"], out var number) ? (int)number : 0;
        if (task is null || told >= notices.Length)
        {
            draft.GoOn();
            return ActionOutcome.Done;
        }

        var failure = await NotifyAsync(draft, task, notices[told], cancellationToken);
        draft.EffectDone();
        if (failure is { MayPass: true })
        {
            return failure;
        }

        draft.Context["told"] = told + 1;
        draft.Become(new RunState.Running());
        draft.Log(failure is null ? RunEvent.EmailSent : RunEvent.EmailFailed, failure?.Message ?? notices[told].To ?? notices[told].Channel);
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
        NoticeChannel channel, NoticeCard card, string key, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, channel.Address)
        {
            Content = new StringContent(card.For(channel.Kind).ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var response = await invoker.SendAsync(request, either.Token);
            var status = (int)response.StatusCode;
            return response.IsSuccessStatusCode ? null : new ActionOutcome.Failed(
                string.Create(CultureInfo.InvariantCulture, $"The channel '{channel.Name}' answered {status}."),
                status is TooManyRequests or >= ServerError,
                response.Headers.RetryAfter?.Delta);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new ActionOutcome.Failed($"The channel '{channel.Name}' did not answer in time.", MayPass: true);
        }
        catch (HttpRequestException refused) when (refused.InnerException is EffectFailedException { MayPass: false } inner)
        {
            return new ActionOutcome.Failed($"The channel '{channel.Name}': {inner.Message}", MayPass: false);
        }
        catch (HttpRequestException)
        {
            return new ActionOutcome.Failed($"The channel '{channel.Name}' could not be reached.", MayPass: true);
        }
    }
}
