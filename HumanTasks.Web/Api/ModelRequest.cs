using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Agents;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Forms;
using HumanTasks.Core.People;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;

namespace HumanTasks.Web.Api;

/// <summary>
/// A request of <c>POST /api/tasks</c> with the member <c>fromModel</c>: an outside language model wrote it, so the
/// guards of agents apply. It contains no templates, and its problems are noted together with those of its other
/// members.
/// </summary>
/// <param name="guards">The environment's limits.</param>
/// <param name="usual">The default assignee; null without one.</param>
internal sealed class ModelRequest(ModelGuards guards, string? usual)
{
    private static readonly ObjectMember SchemaMember = new("schema") { Says = "The JSON Schema of the answer that the model asked for." };
    private static readonly FlagMember CheckMember = new("check") { Says = "Whether the request is only checked: then nothing is asked." };
    private static readonly Shape Shape = new("ModelQuestionRequest", SchemaMember, CheckMember);

    public static readonly ObjectMember Member = new("fromModel", Shape) { Says = "Set by a caller on whose behalf a language model wrote the request: nothing in it is a template, and the guards of agents apply." };

    private const string Assignee = "assignee";
    private const string AllowReject = "allowReject";
    private const int MaxSchemaBytes = 64 * 1024;

    /// <summary>
    /// A placeholder for a form that cannot be read, so that the other texts are checked all the same.
    /// </summary>
    private static readonly Form Harmless =
        FormReader.Read(JsonElement.Parse("""{ "fields": [{ "name": "ok", "type": "boolean" }] }"""), "/form", new Problems { Literal = true })!;

    /// <summary>Whether the request named nobody, so that the default assignee applies.</summary>
    public bool NamesNobody { get; private set; }

    public static bool IsIn(JsonElement request) =>
        request.ValueKind == JsonValueKind.Object && request.TryGetProperty(Member.Name, out var given) && given.ValueKind != JsonValueKind.Null;

    /// <summary>
    /// Returns the request with its defaults: the default assignee if it names nobody, and permission to decline unless
    /// it forbids that.
    /// </summary>
    public JsonElement Complete(JsonElement request)
    {
        if (!IsIn(request))
        {
            return request;
        }

        string[] people = [Assignee, "assignees", "candidates"];
        NamesNobody = usual is not null && !people.Any(Says);
        if (!NamesNobody && Says(AllowReject))
        {
            return request;
        }

        var members = JsonObject.Create(request)!;
        if (NamesNobody)
        {
            members[Assignee] = usual;
        }

        if (!Says(AllowReject))
        {
            members[AllowReject] = true;
        }

        return JsonSerializer.SerializeToElement(members, WebJson.Default.JsonObject);

        bool Says(string member) => request.TryGetProperty(member, out var given) && given.ValueKind != JsonValueKind.Null;
    }

    /// <summary>
    /// Returns the model's request with every violation noted; null for a request that a model did not write.
    /// </summary>
    public ModelQuestion? Read(ObjectReader request)
    {
        if (!IsIn(request.Element) || request.Object(Member) is not { } reader)
        {
            return null;
        }

        var schema = reader.Object(SchemaMember);
        if (reader.Flag(CheckMember) == true)
        {
            reader.Refuse(CheckMember, "Dry run: the request is valid and no task was created.");
        }

        reader.Finish(Shape);
        if (schema?.Element.GetRawText().Length > MaxSchemaBytes)
        {
            reader.Refuse(SchemaMember, $"The schema is too large: at most {MaxSchemaBytes} bytes of JSON.");
        }

        CheckAssignee(request);
        CheckTexts(request);
        return new ModelQuestion(schema?.Element.Clone());
    }

    private void CheckAssignee(ObjectReader request)
    {
        if (usual is null && request.Any(Assignee) is null)
        {
            request.Refuse(Assignee, "Set 'assignee': this environment has no owner to use as the default.");
        }

        if (guards.Assignees.Count > 0 && PersonAddress.Of(TextOf(request.Element, Assignee)) is { } wanted
            && !PersonAddress.Same(wanted, usual)
            && !guards.Assignees.Any(entry => PersonAddress.Allows(entry, wanted)))
        {
            request.Refuse(Assignee, AgentQuestion.AssigneeNotAllowed(hasOthers: true));
        }
    }

    private static void CheckTexts(ObjectReader request)
    {
        var (title, description) = (TextOf(request.Element, "title"), TextOf(request.Element, "description"));
        if (title is not null && AgentQuestion.HasWebAddress(title))
        {
            request.Refuse("title", AgentQuestion.NoWebAddress);
        }

        // problems of the form itself are noted where the action is read
        var form = request.Element.TryGetProperty("form", out var given) ? FormReader.Read(given, "/form", new Problems { Literal = true }) : null;
        SecretQuestions.Refuse(form ?? Harmless, title, description, "/form", request.Problems);
    }

    private static string? TextOf(JsonElement request, string member) =>
        request.TryGetProperty(member, out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
}
