using Azure.Data.Tables;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Functions.Storage;

/// <summary>The records that change together with a run: tasks, responses, log lines and starts.</summary>
internal sealed class RunRecords(Records records)
{
    /// <summary>
    /// The number of responses that a transaction consumes; more are consumed after it, because it takes 100 changes at
    /// most.
    /// </summary>
    private const int MaxConsumed = 50;

    private const int MaxTasks = 40;

    /// <summary>Adds a task that replaces its existing row.</summary>
    public async Task ReplaceTaskAsync(
        RunChange change, HumanTask task, TableEntity before, CancellationToken cancellationToken)
    {
        var was = TaskPlace.Read(before, task.Id);
        var place = TaskPlace.Of(task, was);
        var order = Records.OrderOf(before);
        change.Replace(
            await records.OfTaskAsync(task, place, order, change.Stamp, change.Room, cancellationToken), before);
        if (place != was)
        {
            change.Move(was.Rows(null), place.Rows(task));
        }
    }

    /// <summary>Adds everything of a commit except the run.</summary>
    /// <param name="change">The change that receives the entities.</param>
    /// <param name="commit">The commit of the turn.</param>
    /// <param name="before">The existing rows of the tasks, in the order of the commit; null for new tasks.</param>
    /// <param name="cancellationToken">Stops the upload of large values.</param>
    public async Task AddAsync(
        RunChange change, TurnCommit commit, IReadOnlyList<TableEntity?> before, CancellationToken cancellationToken)
    {
        if (commit.Tasks.Count > MaxTasks)
        {
            throw new ArgumentException($"A turn changes at most {MaxTasks} tasks.", nameof(commit));
        }

        foreach (var (i, task) in commit.Tasks.Index())
        {
            if (i < before.Count && before[i] is { } existing)
            {
                await ReplaceTaskAsync(change, task, existing, cancellationToken);
                continue;
            }

            var place = TaskPlace.Of(task, null);
            var order = (commit.Run.Version * 1000L) + i;
            change.Add(await records.OfTaskAsync(task, place, order, change.Stamp, change.Room, cancellationToken));
            change.Move([], place.Rows(task));
        }

        if (commit.Accepted is { } accepted)
        {
            var task = commit.Tasks.Single(task => task.Id == accepted.TaskId);
            await AddResponseAsync(change, accepted, task, consumed: true, cancellationToken);
        }

        if (commit.Log.Count > 0)
        {
            change.Add(await records.OfLogAsync(commit.Run, commit.Log, change.Stamp, change.Room, cancellationToken));
        }

        if (commit.Starts.Count > 0)
        {
            var starts = await records.OfStartsAsync(commit.Run, commit.Starts, change.Stamp, change.Room, cancellationToken);
            change.Start(starts, commit.Starts);
        }

        Consume(change, [.. commit.Consumed.Distinct()]);
    }

    /// <summary>Adds a response and its submission key, if it has one.</summary>
    public async Task AddResponseAsync(
        RunChange change, HumanResponse response, HumanTask task, bool consumed, CancellationToken cancellationToken)
    {
        change.Add(await records.OfResponseAsync(
            response, task.History.Version, consumed, change.Stamp, change.Room, cancellationToken));
        if (response.SubmissionKey is { } key)
        {
            change.Add(Records.OfSubmission(response, key, change.Stamp));
        }
    }

    private static void Consume(RunChange change, List<string> responses)
    {
        var work = RunKey.Work(change.RunId);
        foreach (var response in responses)
        {
            change.Drop(new RowAddress(work, Work.OpenRow(change.RunId, response)));
        }

        if (responses.Count > MaxConsumed)
        {
            change.ConsumeLater(responses);
            return;
        }

        foreach (var response in responses)
        {
            change.Merge(Records.ConsumedResponse(change.RunId, response));
        }
    }
}
