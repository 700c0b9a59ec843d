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

    private static readonly JsonElement QuestionSchema = Of(AskMembers(followUp: false), "title", "fields");
    private static readonly JsonElement FollowUpSchema = Of(AskMembers(followUp: true), "fields");
    private static readonly JsonElement CloseSchema = Of(
        new JsonObject
        {
            ["outcome"] = FormSchema.OfType("string", ("description", "How it ended, in a word or two."), ("maxLength", MaxOutcome)),
            ["note"] = FormSchema.OfType("string", ("maxLength", MaxNote)),
        },
        "outcome");

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
            Of(new JsonObject { ["result"] = action.Output is { } output ? ResultOf(output) : new JsonObject() }, "result")),
    ];

    private static JsonObject ResultOf(Form output)
    {
        var schema = FormSchema.Of(output, "Result");
        schema.Remove("$schema");
        return schema;
    }

    private static JsonObject AskMembers(bool followUp)
    {
        var members = new JsonObject
        {
            ["title"] = FormSchema.OfType("string", ("maxLength", AgentQuestion.MaxTitle)),
            ["description"] = FormSchema.OfType(
                "string", ("description", "Markdown: what the person must know to respond."), ("maxLength", AgentQuestion.MaxDescription)),
            ["fields"] = FormSchema.OfFields(AgentQuestion.MaxFields),
            ["submitLabel"] = FormSchema.OfType("string", ("maxLength", FormReader.MaxSubmitLabel)),
            ["dueInHours"] = Hours(),
            ["expiresInHours"] = Hours(),
        };
        if (!followUp)
        {
            members["assignee"] = FormSchema.OfType(
                "string", ("description", "The assignee's email address. Omit it for the default assignee."));
            members["allowReject"] = FormSchema.OfType("boolean", ("description", "Whether the person may decline with a reason. Default true."));
        }

        return members;
    }

    private static JsonObject Hours() => FormSchema.OfType("number", ("exclusiveMinimum", 0), ("maximum", AgentQuestion.MaxHours));

    private static JsonElement Of(JsonObject members, params ReadOnlySpan<string> required) =>
        JsonSerializer.SerializeToElement(FormSchema.OfMembers(members, required), ValueJson.Default.JsonObject);
}
