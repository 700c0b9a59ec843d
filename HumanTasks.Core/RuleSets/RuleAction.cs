using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;

namespace HumanTasks.Core.RuleSets;

/// <summary>One step of a compiled rule set. Positions count from 0 in the flat list; jumps only lead forward.</summary>
public abstract record RuleAction
{
    private RuleAction()
    {
    }

    /// <summary>Unique in its rule set.</summary>
    public required string Name { get; init; }

    /// <summary>Where the step stands in the rule set's document, as a JSON pointer.</summary>
    public string Pointer { get; init; } = "";

    /// <summary>The type's name in the contract.</summary>
    public abstract string Type { get; }

    public sealed record Set : RuleAction
    {
        public override string Type => "set";

        public required IReadOnlyList<(ContextPath Key, ValueTemplate Value)> Values { get; init; }
    }

    /// <summary>Goes on with the next step when the condition holds, with <see cref="Otherwise"/> when it does not.</summary>
    public sealed record When : RuleAction
    {
        public override string Type => "when";

        public required Condition If { get; init; }

        public required int Otherwise { get; init; }
    }

    /// <summary>Goes on elsewhere; stands at the end of a <c>then</c> and is never written by a person.</summary>
    public sealed record Jump : RuleAction
    {
        public override string Type => "jump";

        public required int To { get; init; }
    }

    public sealed record Http : RuleAction
    {
        public override string Type => "http";

        public required string Method { get; init; }

        public required Template Url { get; init; }

        public IReadOnlyList<(string Name, Template Value)> Headers { get; init; } = [];

        public ValueTemplate? Body { get; init; }

        public ContextPath? SaveAs { get; init; }

        public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

        /// <summary>The statuses that count as success; empty means 200 to 299.</summary>
        public IReadOnlyList<int> Expect { get; init; } = [];
    }

    public sealed record Email : RuleAction
    {
        public override string Type => "email";

        public required IReadOnlyList<Template> To { get; init; }

        public IReadOnlyList<Template> Cc { get; init; } = [];

        public required Template Subject { get; init; }

        public required Template Body { get; init; }
    }

    public sealed record HumanTask : RuleAction
    {
        public override string Type => "humanTask";

        public required PersonRequest Request { get; init; }

        public required Template Assignee { get; init; }

        public TimeSpan? DueIn { get; init; }

        /// <summary>Without it the task lives as long as its run stays available.</summary>
        public TimeSpan? ExpiresIn { get; init; }

        public bool AllowReject { get; init; }

        public required ContextPath SaveAs { get; init; }

        /// <summary>Queued with the answer, as for a human intervention; most human tasks have none.</summary>
        public Continuation? Continuation { get; init; }
    }

    public sealed record HumanIntervention : RuleAction
    {
        public override string Type => "humanIntervention";

        public required PersonRequest Request { get; init; }

        public required Continuation Continuation { get; init; }

        /// <summary>Counted from the pause. Default one hour.</summary>
        public TimeSpan LinkExpiration { get; init; } = TimeSpan.FromHours(1);

        /// <summary>1 to 1000.</summary>
        public int MaxUses { get; init; } = 1;

        /// <summary>The context key under which templates find the link.</summary>
        public required string LinkContextKey { get; init; }
    }

    public sealed record StartRuleSet : RuleAction
    {
        public override string Type => "startRuleSet";

        public required string RuleSet { get; init; }

        /// <summary>The new run's context; without it a copy of this run's.</summary>
        public ValueTemplate? Context { get; init; }
    }

    public sealed record End : RuleAction
    {
        public override string Type => "end";

        public EndStatus Status { get; init; }

        public ValueTemplate? Output { get; init; }
    }
}

public enum EndStatus
{
    Completed,
    Failed,
    Cancelled,
}

/// <summary>What every request to a person has.</summary>
public sealed record PersonRequest
{
    public required Template Title { get; init; }

    /// <summary>Markdown.</summary>
    public Template? Description { get; init; }

    public required Form Form { get; init; }

    /// <summary>The context paths that the person sees beside the form; null shows the whole context.</summary>
    public IReadOnlyList<ContextPath>? Show { get; init; }
}
