using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Stored;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Storage;

/// <summary>Records as the engine would make them, for tests that only move them about.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly JsonElement Form = JsonElement.Parse("""{"fields":[{"name":"ok","type":"boolean","label":"OK"}]}""");

    /// <summary>A run at version 0, running.</summary>
    public static Run Run(DateTimeOffset? at = null, string environment = "acme", string ruleSet = "approval") => new()
    {
        Id = Ids.New(at ?? Start),
        Environment = environment,
        RuleSet = ruleSet,
        RuleSetVersion = 1,
        CorrelationId = Ids.New(at ?? Start),
        CreatedAt = at ?? Start,
        UpdatedAt = at ?? Start,
        AvailableUntil = (at ?? Start) + TimeSpan.FromDays(30),
        State = new RunState.Running(),
        Context = new JsonObject { ["invoice"] = new JsonObject { ["number"] = "Ä-1", ["amount"] = 12.5m } },
    };

    public static HumanTask Task(Run run, string action = "ask", DateTimeOffset? at = null) => new()
    {
        Id = HumanTask.IdOf(run.Id, action),
        RunId = run.Id,
        Environment = run.Environment,
        RuleSet = run.RuleSet,
        Action = action,
        Kind = TaskKind.HumanIntervention,
        CorrelationId = run.CorrelationId,
        Question = new Question { Title = "Approve the invoice", Rounds = [new TaskRound(1, at ?? run.UpdatedAt, Form)] },
        Asked = new Asked.Anyone(0, Uses.Once),
        Schedule = new Schedule((at ?? run.UpdatedAt) + TimeSpan.FromHours(1)),
        State = new TaskState.Pending(),
        History = History.Begin(at ?? run.UpdatedAt),
    };

    public static HumanResponse Response(HumanTask task, string? submissionKey = null)
    {
        var id = Ids.New(task.History.UpdatedAt);
        return new HumanResponse
        {
            Id = id,
            TaskId = task.Id,
            RunId = task.RunId,
            Round = 1,
            At = task.History.UpdatedAt,
            Values = new JsonObject { ["ok"] = true },
            SubmissionKey = submissionKey,
            ResumedRunId = task.ResumedRunId(id),
        };
    }

    /// <summary>The task after one more use.</summary>
    public static HumanTask Used(HumanTask task)
    {
        var uses = task.Asked.Uses.More();
        var answered = task.Changed(task.History.UpdatedAt, TaskEventKind.Answered) with { Asked = task.Asked with { Uses = uses } };
        return uses.AreUp ? answered with { State = new TaskState.Completed() } : answered;
    }

    /// <summary>The first commit of a run that paused at its tasks, or completed when it has none.</summary>
    public static TurnCommit First(Run run, params HumanTask[] tasks) => new()
    {
        Run = Moved(run, tasks.Length == 0 ? new RunState.Completed(null) : new RunState.Paused(tasks[0].Id, tasks[0].Schedule.ExpiresAt)),
        ExpectedVersion = 0,
        Tasks = tasks,
        Log = [Line(run.UpdatedAt, RunEvent.Started)],
    };

    public static TurnCommit Turn(Run run, RunState state, params HumanTask[] tasks) => new()
    {
        Run = Moved(run, state),
        ExpectedVersion = run.Version,
        Tasks = tasks,
        Log = [Line(run.UpdatedAt, RunEvent.ActionCompleted)],
    };

    public static Run Moved(Run run, RunState state) => run with { Version = run.Version + 1, State = state };

    /// <summary>A run that goes on from a response.</summary>
    public static Run Continuation(Run from, string responseId) =>
        Run(from.UpdatedAt, from.Environment, "decided") with
        {
            Id = Ids.Derive(responseId, "continuation"),
            CorrelationId = from.CorrelationId,
            ContinuedFrom = from.Id,
            Depth = from.Depth + 1,
        };

    public static LogLine Line(DateTimeOffset at, RunEvent happened, string? detail = null) =>
        new(at, "ask", happened, detail);

    public static string Json(Run? run) => JsonSerializer.Serialize(run, CoreJson.Default.Run!);

    public static string Json(HumanTask? task) => task is null ? "null" : JsonSerializer.Serialize(StoredTask.Of(task), CoreJson.Default.StoredTask);

    public static string Json(HumanResponse? response) => JsonSerializer.Serialize(response, CoreJson.Default.HumanResponse!);
}
