using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>
/// Reads earlier responses that the run's record does not contain, from the stored responses and never from the
/// context.
/// </summary>
internal sealed class StandingReader(IRunStore store)
{
    /// <summary>
    /// Returns the standing with the responses that several people have given so far, which older builds leave out of
    /// the record.
    /// </summary>
    public async Task<RunStanding> WithGatheredAsync(RunStanding standing, CancellationToken cancellationToken)
    {
        if (standing is not { Run.Gathered: null, Task: { Asked: Asked.Several asked } task }
            || !asked.Seats.Any(seat => seat.Answer is { } answer && standing.Unconsumed.All(open => open.Id != answer.ResponseId)))
        {
            return standing;
        }

        var responses = await store.ResponsesOfTaskAsync(task.Id, cancellationToken);
        var open = standing.Unconsumed.Select(response => response.Id).ToHashSet(StringComparer.Ordinal);
        return standing with
        {
            Run = standing.Run with
            {
                Gathered = [.. responses.Where(response => !open.Contains(response.Id)).Select(GatheredAnswer.Of)],
            },
        };
    }

    /// <summary>
    /// Returns the responses to earlier actions of the run by the action's name, including those of this turn.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<HumanResponse>>> ResponsesAsync(
        TurnDraft draft, IEnumerable<string> actions, CancellationToken cancellationToken)
    {
        Dictionary<string, IReadOnlyList<HumanResponse>> found = new(StringComparer.Ordinal);
        foreach (var action in actions)
        {
            var taskId = HumanTask.IdOf(draft.Run.Id, action);
            var stored = draft.Run.Version == 0 ? [] : await store.ResponsesOfTaskAsync(taskId, cancellationToken);
            found[action] =
            [
                .. stored
                    .Concat(draft.Arrived)
                    .Concat(draft.Defaulted is { } silence ? [silence] : [])
                    .Where(response => response.TaskId == taskId)
                    .DistinctBy(response => response.Id),
            ];
        }

        return found;
    }
}
