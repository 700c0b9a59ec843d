using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Steps;

/// <summary>
/// Tells how far a run has come with each action of its rule set, from its position, its log and its tasks. Without a rule
/// set it knows only the actions in the log.
/// </summary>
public static class RunSteps
{
    public static IReadOnlyList<RunStep> Of(Run run, RuleSet? ruleSet, IReadOnlyList<LogLine> log, IReadOnlyList<HumanTask> tasks)
    {
        var told = log.Where(line => line.Action is not null).ToArray();
        return ruleSet is null
            ? [.. told.DistinctBy(line => line.Action).Select(line => Step(run, null, line.Action!, null, 0, StateWithoutRuleSet(run, line.Action!), told, tasks))]
            : [.. OfRuleSet(run, ruleSet, told, tasks)];
    }

    private static IEnumerable<RunStep> OfRuleSet(Run run, RuleSet ruleSet, LogLine[] log, IReadOnlyList<HumanTask> tasks)
    {
        var reachable = ReachableFrom(run.Position, ruleSet.Actions);
        foreach (var (index, action) in ruleSet.Actions.Index())
        {
            if (action is not RuleAction.Jump)
            {
                var isTold = log.Any(line => IsOf(action, line.Action!));
                yield return Step(run, action, action.Name, action.Type, DepthOf(action), (index - run.Position) switch
                {
                    0 => AtPosition(run, isTold),
                    < 0 => isTold ? Left(action, tasks) : StepState.Skipped,
                    _ when isTold => StepState.Done,
                    _ when run.State.IsOver => StepState.NotReached,
                    _ => reachable.Contains(index) ? StepState.Coming : StepState.Skipped,
                }, log, tasks);
            }
        }
    }

    private static RunStep Step(
        Run run, RuleAction? action, string name, string? type, int depth, StepState state, LogLine[] log, IReadOnlyList<HumanTask> tasks)
    {
        bool Is(string other) => action is null ? other == name : IsOf(action, other);
        var first = Array.FindIndex(log, line => Is(line.Action!));
        CallAttempt[] calls = [.. (run.Calls ?? []).Where(call => Is(call.Action))];
        LogLine[] lines = [.. log.Where(line => Is(line.Action!))];
        var isOpen = state is StepState.Running or StepState.Retrying or StepState.Waiting;
        return new RunStep(name, type, depth, state)
        {
            Lines = lines,
            Tasks = [.. tasks.Where(task => Is(task.Action))],
            Calls = calls,
            From = first > 0 ? log[first - 1].At : first == 0 ? run.CreatedAt : isOpen ? log.LastOrDefault()?.At ?? run.CreatedAt : null,
            To = isOpen || lines.Length == 0 ? null : calls.Select(call => call.End).Append(lines[^1].At).Max(),
            Until = !isOpen ? null : run.State switch
            {
                RunState.Running { Retry: { } retry } => retry.Until,
                RunState.Paused paused => paused.Until,
                _ => null,
            },
        };
    }

    private static StepState AtPosition(Run run, bool isTold) => run.State switch
    {
        RunState.Queued => StepState.Coming,
        RunState.Running { Retry: not null } => StepState.Retrying,
        RunState.Running => StepState.Running,
        RunState.Paused => StepState.Waiting,
        RunState.Completed => StepState.Done,
        RunState.Failed failed => failed.Error.Action.Length > 0 || isTold ? StepState.Failed : StepState.NotReached,
        RunState.Cancelled => StepState.Cancelled,
        _ => StepState.Expired,
    };

    /// <summary>Returns how the run left an action: a person's one as its last task ended.</summary>
    private static StepState Left(RuleAction action, IReadOnlyList<HumanTask> tasks) =>
        action is RuleAction.HumanTask or RuleAction.HumanIntervention && tasks.LastOrDefault(task => IsOf(action, task.Action)) is { } task
            ? task.State switch
            {
                TaskState.Rejected => StepState.Rejected,
                TaskState.Cancelled => StepState.Cancelled,
                TaskState.Expired when task.Asked.Uses.Count == 0 => StepState.Expired,
                _ => StepState.Done,
            }
            : StepState.Done;

    private static StepState StateWithoutRuleSet(Run run, string action) => run.State switch
    {
        RunState.Failed failed when failed.Error.Action == action => StepState.Failed,
        RunState.Paused paused when paused.TaskId == HumanTask.IdOf(run.Id, action) => StepState.Waiting,
        _ => StepState.Done,
    };

    // an agent's tasks are named after it and a number
    private static bool IsOf(RuleAction action, string name) =>
        name == action.Name || (action is RuleAction.Agent && name.StartsWith(action.Name + ".", StringComparison.Ordinal));

    /// <summary>Returns the number of branches around an action, from its place in the document: /actions/1/then/0.</summary>
    private static int DepthOf(RuleAction action) => Math.Max(0, (action.Pointer.Count(character => character == '/') / 2) - 1);

    private static HashSet<int> ReachableFrom(int position, IReadOnlyList<RuleAction> actions)
    {
        var reached = new HashSet<int>();
        var next = new Stack<int>([position]);
        while (next.TryPop(out var at))
        {
            if (at < actions.Count && reached.Add(at))
            {
                foreach (var to in After(actions[at], at))
                {
                    next.Push(to);
                }
            }
        }

        return reached;
    }

    private static int[] After(RuleAction action, int at) => action switch
    {
        RuleAction.When branch => [at + 1, branch.Otherwise],
        RuleAction.Jump jump => [jump.To],
        RuleAction.End => [],
        _ => [at + 1],
    };
}
