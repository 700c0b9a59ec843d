using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Agents;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Forms;
using HumanTasks.Core.People;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>
/// Executes the tool calls of one model answer. Models are not trusted: every argument is checked, only permitted
/// people are asked, and nothing more is done once a question is asked or the work is finished.
/// </summary>
/// <param name="draft">The turn of the call.</param>
/// <param name="action">The agent's action.</param>
/// <param name="environment">The environment of the run.</param>
/// <param name="task">The newest task of the agent; null before the first.</param>
internal sealed partial class ToolCalls(TurnDraft draft, RuleAction.Agent action, RunEnvironment environment, HumanTask? task)
{
    private const int MaxArguments = 128 * 1024;
    private const int MaxResult = 64 * 1024;

    /// <summary>
    /// The time during which a person who just responded is still at the page and sees a follow-up there.
    /// </summary>
    private static readonly TimeSpan AtThePage = TimeSpan.FromMinutes(2);

    private HumanTask? task = task;

    /// <summary>The messages to the model in the next call.</summary>
    public List<AgentPart> Told { get; } = [];

    public bool DidAnything { get; private set; }

    public bool IsFinished { get; private set; }

    /// <summary>The first refused call.</summary>
    public string? WhyRefused { get; private set; }

    private bool IsAsking => draft.State is RunState.Paused;

    public void Take(AgentPart.Call call, string? unusable)
    {
        if (unusable is not null)
        {
            Refuse(call, unusable);
        }
        else if (IsAsking || IsFinished)
        {
            Refuse(call, "Not done, because an earlier call in this response came first. Call one tool at a time.");
        }
        else if (call.Arguments == ModelTalk.TooLarge || Encoding.UTF8.GetByteCount(call.Arguments) > MaxArguments)
        {
            Refuse(call, $"The arguments are too large: at most {MaxArguments} bytes.");
        }
        else if (Parse(call.Arguments, out var problems) is { } arguments)
        {
            Do(call, arguments);
        }
        else
        {
            Refuse(call, problems);
        }
    }

    public void FinishWith(JsonNode? result)
    {
        Settle();
        action.SaveAs.Put(draft.Context, result);
        draft.Log(RunEvent.ActionCompleted);
        (DidAnything, IsFinished) = (true, true);
    }

    private void Do(AgentPart.Call call, JsonElement arguments)
    {
        switch (call.Tool)
        {
            case AgentTools.Create:
                Create(call, arguments);
                break;
            case AgentTools.FollowUp:
                FollowUp(call, arguments);
                break;
            case AgentTools.Close:
                Close(call, arguments);
                break;
            case AgentTools.Finish:
                Finish(call, arguments);
                break;
            default:
                Refuse(call, $"Unknown tool '{ActionOutcome.Cut(call.Tool, 60)}'. Use create_human_task, ask_follow_up, close_task or finish.");
                break;
        }
    }

    private void Finish(AgentPart.Call call, JsonElement arguments)
    {
        var result = arguments.TryGetProperty("result", out var given) && action.Output?.Find("result") is null ? given : arguments;
        if (result.GetRawText().Length > MaxResult)
        {
            Refuse(call, $"The result is too large: at most {MaxResult} bytes.");
            return;
        }

        var value = JsonSerializer.SerializeToNode(result, ValueJson.Default.JsonElement);
        if (action.Output is not { } output)
        {
            FinishWith(value);
            return;
        }

        switch (value is JsonObject values ? FormInput.Check(output, values, 0) : null)
        {
            case FormInput.Valid valid:
                FinishWith(valid.Values);
                break;
            case FormInput.Invalid invalid:
                var problems = new Problems();
                foreach (var problem in invalid.Problems)
                {
                    problems.Add(problem.Pointer.Replace("/values/", "/result/", StringComparison.Ordinal), problem.Message);
                }

                Refuse(call, problems);
                break;
            default:
                Refuse(call, "'result' must be an object with the fields of 'output'.");
                break;
        }
    }

    private void Ask(AgentPart.Call call, HumanTask asked, NoticeKind kind, DateTimeOffset mailAt)
    {
        draft.Put(asked);
        draft.Agent = draft.Agent! with { Rounds = draft.Agent.Rounds + 1, Waiting = call };
        var notice = EmailAddresses.Are(asked.Asked.Names ?? "") ? new Notice(kind, asked.History.Version, mailAt) : null;
        draft.Become(new RunState.Paused(asked.Id, asked.Schedule.ExpiresAt).And(notice is null ? [] : [notice]));
        DidAnything = true;
    }

    /// <summary>A reviewed response becomes final when the model continues with something else.</summary>
    private void Settle()
    {
        if (task is { State: TaskState.Reviewing })
        {
            draft.Put(AgentAction.Final(draft, task));
            task = null;
        }
    }

    private bool OutOfRounds(AgentPart.Call call)
    {
        if (draft.Agent!.Rounds < action.MaxRounds)
        {
            return false;
        }

        Refuse(call, $"Limit reached: {draft.Agent.Rounds} questions ('maxRounds' is {action.MaxRounds}). Call finish.");
        return true;
    }

    /// <summary>Returns the assignee if the action allows it; otherwise records a problem and returns null.</summary>
    private string? AssigneeOf(AgentQuestion question, Problems problems)
    {
        var scope = draft.Scope();
        var named = new PeopleReader(scope);
        var usual = named.One(action.Assignee);
        var others = named.Entries(action.Assignees);
        if ((ActionOutcome.UnknownPaths(scope)?.Message ?? named.Problem?.Message) is { } nobody)
        {
            problems.Add("/assignee", nobody);
            return null;
        }

        var wanted = question.Assignee?.Trim() is { Length: > 0 } asked ? asked : usual;
        if (PersonAddress.Same(wanted, usual))
        {
            return usual;
        }

        if (PersonAddress.Of(wanted) is not { } address)
        {
            problems.Add("/assignee", PersonAddress.Problem(wanted)!);
            return null;
        }

        if (others.Any(entry => PersonAddress.Allows(entry, address)))
        {
            return address;
        }

        problems.Add("/assignee", AgentQuestion.AssigneeNotAllowed(others.Count > 0));
        return null;
    }

    private (DateTimeOffset? DueAt, DateTimeOffset ExpiresAt) Times(AgentQuestion question, HumanTask? before)
    {
        var life = question.ExpiresIn ?? before?.Life ?? TimeSpan.MaxValue;
        var until = draft.Run.AvailableUntil;
        return (question.DueIn is { } due ? draft.Now + due : null, life < until - draft.Now ? draft.Now + life : until);
    }

    private void Refuse(AgentPart.Call call, string why)
    {
        WhyRefused ??= why;
        Told.Add(ToolResults.Refused(call, why));
    }

    private void Refuse(AgentPart.Call call, Problems problems)
    {
        WhyRefused ??= $"{call.Tool}: {problems[0].Pointer} {problems[0].Message}";
        Told.Add(ToolResults.Refused(call, problems));
    }

    /// <summary>Reads the arguments as strictly as the body of a request.</summary>
    private static JsonElement? Parse(string arguments, out Problems problems)
    {
        problems = [];
        var members = StrictJson.Parse(arguments, problems);
        if (members is { ValueKind: JsonValueKind.Object })
        {
            return members;
        }

        if (members is not null || arguments.Length == 0)
        {
            problems = [];
            problems.Add("", "The arguments are not a JSON object.");
        }

        return null;
    }
}
