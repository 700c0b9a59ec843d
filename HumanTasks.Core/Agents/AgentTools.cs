using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using Microsoft.Extensions.AI;

namespace HumanTasks.Core.Agents;

/// <summary>The tools of a model, with schemas derived from the form model.</summary>
public static class AgentTools
{
    public const string Create = "create_human_task";
    public const string FollowUp = "ask_follow_up";
    public const string Close = "close_task";
    public const string Finish = "finish";

    /// <summary>The maximum length of the outcome of a closed task, in characters.</summary>
    public const int MaxOutcome = 200;
    public const int MaxNote = 2000;

    /// <summary>The outcome of a closed task.</summary>
    public static readonly TextMember Outcome = new("outcome", MaxOutcome) { Required = true, Says = "How it ended, in a word or two." };
    public static readonly TextMember Note = new("note", MaxNote);

    /// <summary>The members of the call that closes a task.</summary>
    public static readonly Shape CloseShape = new("CloseTask", Outcome, Note);

    private static readonly JsonElement QuestionSchema = Of(AgentQuestion.Shape.Schema(Definitions.ForModels()));
    private static readonly JsonElement FollowUpSchema = Of(AgentQuestion.FollowUpShape.Schema(Definitions.ForModels()));
    private static readonly JsonElement CloseSchema = Of(CloseShape.Schema(Definitions.ForModels()));

    /// <summary>Returns the tools that the model of an action can call.</summary>
    public static IList<AITool> Of(RuleAction.Agent action) =>
    [
        AIFunctionFactory.CreateDeclaration(
            Create,
            "Asks a person with a form that you design. The run waits until the person responds or declines, or the task expires. The "
            + "result says which. One question at a time.",
            QuestionSchema),
        AIFunctionFactory.CreateDeclaration(
            FollowUp,
            "Asks the same person a follow-up question with a new form. The person sees their earlier answers.",
            FollowUpSchema),
        AIFunctionFactory.CreateDeclaration(Close, "Closes the last task that has a response, with an outcome and a note.", CloseSchema),
        AIFunctionFactory.CreateDeclaration(
            Finish,
            "Ends your work with its result.",
            Of(FormSchema.OfMembers(new JsonObject { ["result"] = action.Output is { } output ? ResultOf(output) : new JsonObject() }, "result"))),
    ];

    private static JsonObject ResultOf(Form output)
    {
        var schema = FormSchema.Of(output, "Result");
        schema.Remove("$schema");
        return schema;
    }

    private static JsonElement Of(JsonObject schema) => JsonSerializer.SerializeToElement(schema, ValueJson.Default.JsonObject);
}
