using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Agents;

/// <summary>
/// A model's question to a person. The model's texts are untrusted: they contain no templates, and everything is
/// bounded.
/// </summary>
internal sealed record AgentQuestion
{
    public const int MaxTitle = 200;
    public const int MaxDescription = 10_000;
    public const int MaxFields = 50;

    /// <summary>The maximum size of a form, in bytes of JSON.</summary>
    private const int MaxFormBytes = 64 * 1024;

    public const double MaxHours = 24 * 366;

    private static readonly TextMember TitleMember = new("title", MaxTitle) { Required = true };
    private static readonly TextMember FollowUpTitleMember = new("title", MaxTitle);
    private static readonly TextMember DescriptionMember = new("description", MaxDescription) { Says = "Markdown: what the person must know to respond." };
    private static readonly OtherMember FieldsMember = new("fields", "7", static _ => FormSchema.OfFields(MaxFields)) { Required = true };
    private static readonly TextMember SubmitLabelMember = new("submitLabel", FormReader.MaxSubmitLabel);
    private static readonly HoursMember DueInHoursMember = new("dueInHours", MaxHours);
    private static readonly HoursMember ExpiresInHoursMember = new("expiresInHours", MaxHours);
    private static readonly TextMember AssigneeMember = new("assignee", 254) { Says = "The assignee's email address. Omit it for the default assignee." };
    private static readonly FlagMember AllowRejectMember = new("allowReject") { Says = "Whether the person may decline with a reason. Default true." };

    /// <summary>The members of a question.</summary>
    public static readonly Shape Shape = new(
        "Question", TitleMember, DescriptionMember, FieldsMember, SubmitLabelMember, DueInHoursMember, ExpiresInHoursMember, AssigneeMember, AllowRejectMember);

    /// <summary>The members of a follow-up question to the same person.</summary>
    public static readonly Shape FollowUpShape = new(
        "FollowUpQuestion", FollowUpTitleMember, DescriptionMember, FieldsMember, SubmitLabelMember, DueInHoursMember, ExpiresInHoursMember);

    public string? Title { get; init; }

    /// <summary>The description, in Markdown.</summary>
    public string? Description { get; init; }

    public required JsonElement Form { get; init; }

    public string? Assignee { get; init; }

    public TimeSpan? DueIn { get; init; }

    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>Whether the person may decline. Default true.</summary>
    public bool AllowReject { get; init; }

    /// <summary>Why a title from a model cannot contain a web address.</summary>
    public const string NoWebAddress = "The title must not contain a URL.";

    /// <summary>Returns why a model may not name an assignee.</summary>
    /// <param name="hasOthers">Whether the model may name anyone besides the default assignee.</param>
    public static string AssigneeNotAllowed(bool hasOthers) =>
        "This assignee isn't allowed. Omit 'assignee' to use the default"
        + (hasOthers ? ", or name one of the allowed addresses or domains." : ".");

    public static bool HasWebAddress(string title) =>
        title.Contains("://", StringComparison.Ordinal) || title.Contains("www.", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Reads a question, or returns null with every problem recorded under its pointer into the arguments.
    /// </summary>
    public static AgentQuestion? Read(JsonElement arguments, bool followUp, Problems problems)
    {
        if (ObjectReader.Open(arguments, "", problems) is not { } members)
        {
            return null;
        }

        var title = members.Text(followUp ? FollowUpTitleMember : TitleMember);
        var description = members.Text(DescriptionMember);
        var question = new AgentQuestion
        {
            Title = string.IsNullOrWhiteSpace(title) ? null : title,
            Description = description,
            Form = ReadForm(members, title, description, problems),
            Assignee = followUp ? null : members.Text(AssigneeMember),
            AllowReject = !followUp && (members.Flag(AllowRejectMember) ?? true),
            DueIn = members.Hours(DueInHoursMember) is { } due ? TimeSpan.FromHours(due) : null,
            ExpiresIn = members.Hours(ExpiresInHoursMember) is { } expires ? TimeSpan.FromHours(expires) : null,
        };
        if (title is not null && HasWebAddress(title))
        {
            members.Refuse(TitleMember, NoWebAddress);
        }

        members.Finish();
        return problems.Count == 0 ? question : null;
    }

    // Models that have seen an action of a rule set write its 'form' member.
    private static JsonElement ReadForm(ObjectReader members, string? title, string? description, Problems problems)
    {
        var (at, definition) = members.Any("form") is { ValueKind: JsonValueKind.Object } given && members.Any(FieldsMember) is null
            ? ("/form", given)
            : ("", Together(members));
        if (FormDefinition.FieldsOf(definition).Count() > MaxFields)
        {
            problems.Add($"{at}/{(definition.TryGetProperty("pages", out _) ? "pages" : "fields")}", $"A form can have at most {MaxFields} fields.");
            return definition;
        }

        if (definition.GetRawText().Length > MaxFormBytes)
        {
            problems.Add($"{at}/fields", $"The form is too large: at most {MaxFormBytes} bytes of JSON.");
            return definition;
        }

        if (FormReader.Read(definition, at, problems) is { } form)
        {
            SecretQuestions.Refuse(form, title, description, at, problems);
        }

        return definition;
    }

    private static JsonElement Together(ObjectReader members)
    {
        var form = new JsonObject();
        foreach (var name in (ReadOnlySpan<string>)[FieldsMember.Name, SubmitLabelMember.Name])
        {
            if (members.Any(name) is { } value)
            {
                form[name] = JsonSerializer.SerializeToNode(value, ValueJson.Default.JsonElement);
            }
        }

        return JsonSerializer.SerializeToElement(form, ValueJson.Default.JsonObject);
    }
}
