using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine;

/// <summary>A caller starts a run.</summary>
internal sealed record BeginRun(StartRequest Request)
{
    /// <summary>Returns the run before its first turn.</summary>
    public Run Seed(DateTimeOffset now) => new()
    {
        Id = Request.RunId,
        Environment = Request.Environment.Id,
        RuleSet = Request.RuleSet.Name,
        RuleSetVersion = Request.RuleSet.Version,
        CorrelationId = Request.CorrelationId ?? Request.RunId,
        CreatedAt = now,
        UpdatedAt = now,
        AvailableUntil = now + Request.Environment.RunRetention,
        State = new RunState.Running(),
        Context = Request.Context,
        Trace = RunTrace.Here,
    };

    /// <summary>Returns why the request is refused before its first turn; null if it isn't.</summary>
    public StartVerdict.Invalid? Refusal => ContextSize.Of(Request.Context) is var size && size > Request.Environment.MaxContextBytes
        ? new StartVerdict.Invalid(ContextSize.Refusal(size, Request.Environment.MaxContextBytes))
        : null;

    /// <summary>Returns why the request is refused after its first turn; null if the run is created.</summary>
    public StartVerdict.Invalid? RefusalAfter(TurnCommit first) => Request.MustPause && first.Run.State is RunState.Failed failed
        ? new StartVerdict.Invalid(failed.Error.Message) { Pointer = failed.Error.Pointer ?? "" }
        : null;
}
